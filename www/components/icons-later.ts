/** Icons of what is fetched later. */
import { svg } from 'lit';
import { icon } from './icons';

export const cross = icon(svg`<path d="M5 5l10 10M15 5L5 15"/>`);
export const plus = icon(svg`<path d="M10 4v12M4 10h12"/>`);
export const minus = icon(svg`<path d="M4 10h12"/>`);
export const whole = icon(svg`<path d="M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4"/>`);
export const picture = icon(svg`<path d="M3 3.5V16h14M5 13l4-4 3 2 4.5-6"/>`);
