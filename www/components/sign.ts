/** The signs by which runs are known beside their colours. */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { RunView } from '../runs';

/** The shapes of the engine's markers, in its order. */
const SHAPES: readonly SVGTemplateResult[] = [
  svg`<circle cx="14" cy="8" r="4.3"/>`,
  svg`<path d="M10.1 4.1h7.8v7.8h-7.8z"/>`,
  svg`<path d="M14 2.6L19.4 8L14 13.4L8.6 8z"/>`,
  svg`<path d="M14 2.8L19.2 11.9H8.8z"/>`,
  svg`<path d="M14 13.2L19.2 4.1H8.8z"/>`,
  svg`<path class="open" d="M10.6 4.6h6.8v6.8h-6.8z"/>`,
  svg`<path class="open" d="M14 3.2L18.8 8L14 12.8L9.2 8z"/>`,
  svg`<path class="open" d="M14 3.6L18.4 11.3H9.6z"/>`,
];

/** The sign of a run: its line with its shape, as in the charts. */
export function sign({ place, colour }: Pick<RunView, 'place' | 'colour'>): TemplateResult {
  return html`<svg class="runsign" viewBox="0 0 28 16" aria-hidden="true" .style=${`color:var(--${colour})`}><path class="line" d="M0 8h28"/>${SHAPES[place]}</svg>`;
}
