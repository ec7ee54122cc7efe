/** The learning rate as a person handles it: the slider's logarithmic scale, its keys, and the number field. No DOM. */

/** The slider's ends: five decades, wide enough for every lesson. A typed rate may lie outside. */
export const LOWEST_EXPONENT = -4;
export const HIGHEST_EXPONENT = 1;

/** Twenty stops a decade make an arrow key's step 12 %, fine enough to find an edge and quick enough to cross a decade. */
const STOPS_PER_DECADE = 20;

/**
 * How far from a stop, in stops, still counts as standing on it: rounding to three digits moves a
 * rate by up to 0.044 stops, and an arrow must not be spent on undoing that.
 */
const STOP_TOLERANCE = 0.05;

const DIGITS_WHEN_DRAGGED = 3;

/** The exponent (base 10) at which the cursor stands; a rate outside the scale stands at its end. */
export function exponentOf(rate: number): number {
  return Math.min(HIGHEST_EXPONENT, Math.max(LOWEST_EXPONENT, Math.log10(rate)));
}

/** The cursor's place along the track, 0 to 1. */
export function placeOf(rate: number): number {
  return (exponentOf(rate) - LOWEST_EXPONENT) / (HIGHEST_EXPONENT - LOWEST_EXPONENT);
}

/** The rate under a dragged cursor: three digits, so that what is shown is what is used. */
export function rateAt(exponent: number): number {
  const within = Math.min(HIGHEST_EXPONENT, Math.max(LOWEST_EXPONENT, exponent));
  return Number((10 ** within).toPrecision(DIGITS_WHEN_DRAGGED));
}

/** The rate after a key on the slider, or nothing where the key means nothing there. */
export function rateAfterKey(rate: number, key: string): number | undefined {
  const stop = exponentOf(rate) * STOPS_PER_DECADE;
  const up = Math.floor(stop + STOP_TOLERANCE) + 1;
  const down = Math.ceil(stop - STOP_TOLERANCE) - 1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return rateAt(up / STOPS_PER_DECADE);
    case 'ArrowLeft':
    case 'ArrowDown':
      return rateAt(down / STOPS_PER_DECADE);
    case 'PageUp':
      return rateAt(exponentOf(rate) + 1);
    case 'PageDown':
      return rateAt(exponentOf(rate) - 1);
    case 'Home':
      return rateAt(LOWEST_EXPONENT);
    case 'End':
      return rateAt(HIGHEST_EXPONENT);
    default:
      return undefined;
  }
}

/** What is wrong with a typed rate; each is a message of its own. */
export type RateProblem = 'empty' | 'comma' | 'notANumber' | 'notPositive' | 'tooLarge' | 'tooSmall';

/** What was read from a number field. */
export type TypedRate = { readonly rate: number } | { readonly problem: RateProblem };

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Reads a typed rate exactly: the float64 nearest to what stands there, which may be a fraction (2/8), or another number that
 * is above some other than 0. Full-width digits and signs and the true minus sign are what an input method or a copied formula leaves.
 */
export function readRate(typed: string, above = 0): TypedRate {
  const text = plainly(typed);
  if (text === '') return { problem: 'empty' };
  if (/^[+-]?\d*,\d+$/.test(text)) return { problem: 'comma' };
  const parts = text.split('/').map(part => part.trim());
  if (parts.length > 2 || !parts.every(part => NUMBER.test(part))) return { problem: 'notANumber' };
  const rate = parts.map(Number).reduce((above, below) => above / below);
  if (Number.isNaN(rate)) return { problem: 'notANumber' };
  if (!Number.isFinite(rate)) return { problem: 'tooLarge' };
  if (rate === 0 && /[1-9]/.test((parts[0] ?? '').replace(/e.*$/i, ''))) return { problem: 'tooSmall' };
  if (rate <= above) return { problem: 'notPositive' };
  return { rate };
}

/** What was typed with ASCII digits and signs. */
export function plainly(typed: string): string {
  return typed
    .replace(/[\uFF01-\uFF5E]/g, wide => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2212\u2013]/g, '-')
    .trim();
}

/** A rate of no more characters stands in a picture as it was typed. */
const LONGEST_NAME = 7;

/** What a run of a rate is called: as it was typed where that is short, for 0.24999 is another one than 0.25. */
export function rateName(rate: number, words: { full(value: number): string; short(value: number): string }): string {
  const typed = words.full(rate);
  return typed.length > LONGEST_NAME ? words.short(rate) : typed;
}

/** A mark on the scale: a decade has a label, the marks between are as on a slide rule. */
export interface Tick {
  readonly place: number;
  readonly label?: string;
}

/** The scale's marks from one end to the other: 1 to 9 in every decade. */
export function ticks(): Tick[] {
  const marks: Tick[] = [];
  for (let exponent = LOWEST_EXPONENT; exponent < HIGHEST_EXPONENT; exponent++) {
    for (let digit = 1; digit <= 9; digit++) {
      const place = placeOf(digit * 10 ** exponent);
      marks.push(digit === 1 ? { place, label: String(Number((10 ** exponent).toPrecision(1))) } : { place });
    }
  }
  marks.push({ place: 1, label: String(10 ** HIGHEST_EXPONENT) });
  return marks;
}

/** One learning rate of a run and the step from which it acted. */
export interface RateSpan {
  readonly rate: number;
  readonly from: number;
}

/** Whether a run is gradient descent and nothing else: then an update is one row of arithmetic. */
export function isPlain(run: string): boolean {
  return /^gd:[^;]*$/.test(run);
}

/** The η timeline of a run's text: "gd:0.1,0.03@120" is 0.1 from step 0 and 0.03 from step 120. */
export function timelineOf(run: string): RateSpan[] {
  return run
    .replace(/^.*:|;.*$/g, '')
    .split(',')
    .map(entry => {
      const [rate, from] = entry.split('@');
      return { rate: Number(rate), from: from === undefined ? 0 : Number(from) };
    });
}
