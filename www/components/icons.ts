import { svg, type SVGTemplateResult } from 'lit';

export const icon = (shape: SVGTemplateResult): SVGTemplateResult =>
  svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${shape}</svg>`;

/** The mark: a value, an operator, and the line between them. */
export const mark = svg`<svg viewBox="0 0 34 20" aria-hidden="true"><rect x="1" y="4" width="12" height="12"/><path d="M13 10h7"/><circle cx="26.5" cy="10" r="6.5"/></svg>`;

export const code = icon(svg`<path d="M7 6L3 10l4 4M13 6l4 4-4 4"/>`);
export const halfMoon = icon(svg`<circle cx="10" cy="10" r="7"/><path class="solid" d="M10 3a7 7 0 0 1 0 14z"/>`);
export const chain = icon(
  svg`<path d="M8.5 11.5l3-3M9.5 6l1.8-1.8a3.2 3.2 0 0 1 4.5 4.5L14 10.5M10.5 14l-1.8 1.8a3.2 3.2 0 0 1-4.5-4.5L6 9.5"/>`,
);
export const chevron = icon(svg`<path d="M12.5 4L7 10l5.5 6"/>`);
export const cursorKey = svg`<svg class="cursorkey" viewBox="0 0 12 14" aria-hidden="true"><path d="M1 10.5h10M6 2v11"/><circle cx="6" cy="4" r="2.4"/></svg>`;

export const toStart = icon(svg`<path d="M5 4v12M16 4.5v11L8 10z"/>`);
export const back = icon(svg`<path d="M12.5 4.5v11L5 10z"/><path d="M15.5 4.5v11"/>`);
export const play = icon(svg`<path class="solid" d="M6 3.8v12.4L16 10z"/>`);
export const pause = icon(svg`<path class="solid" d="M5 4h3.6v12H5zM11.4 4H15v12h-3.6z"/>`);
export const forth = icon(svg`<path d="M7.5 4.5v11L15 10z"/><path d="M4.5 4.5v11"/>`);
export const toEnd = icon(svg`<path d="M15 4v12M4 4.5v11L12 10z"/>`);
export const restart = icon(svg`<path d="M5.2 6.2A6.3 6.3 0 1 1 3.7 10M5.5 2.6v4h4"/>`);

export const table = icon(svg`<path d="M3 4h14v12H3zM3 8h14M3 12h14M8 4v12"/>`);

export const update = icon(svg`<path d="M3 10h13M12 5.5l4.5 4.5-4.5 4.5M3 5v10"/>`);
export const operator = icon(svg`<path d="M2 10h4M14 10h4"/><circle cx="10" cy="10" r="4"/>`);
export const guess = icon(svg`<circle cx="10" cy="10" r="6" stroke-dasharray="2.6 2.1"/>`);
export const arrow = icon(svg`<path d="M2 13h15M13 9l4 4-4 4M8 8c0-5 4-6 5-5M6.5 6h4.5"/>`);
