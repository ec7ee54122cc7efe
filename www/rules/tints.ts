/** How a number is marked by its sign, the stronger the larger it is among its own. No DOM. */

/** `odd`: not finite, which is no sign. */
export type Sign = 'positive' | 'negative' | 'zero' | 'odd';

export interface Tint {
  readonly sign: Sign;
  /** The tint's opacity. */
  readonly alpha: number;
}

/** The faintest tint that shows, and what is added for the largest number: any ink stays legible on it. */
const FAINTEST = 0.07;
const RANGE = 0.35;

/** The largest size among the finite ones, 0 where there is none. */
export function largestOf(numbers: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < numbers.length; at++) {
    const size = Math.abs(numbers[at] ?? NaN);
    if (size > largest && size < Infinity) largest = size;
  }
  return largest;
}

export function tintOf(value: number, largest: number): Tint {
  if (!Number.isFinite(value)) return { sign: 'odd', alpha: 0 };
  if (value === 0) return { sign: 'zero', alpha: 0 };
  return { sign: value > 0 ? 'positive' : 'negative', alpha: FAINTEST + RANGE * (Math.abs(value) / largest) };
}
