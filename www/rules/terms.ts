/** What comes along the paths to a node, added up and compared with its gradient. No DOM. */

/** Whether every entry of a gradient is the sum of its terms; `odd` where some of it is not finite. */
export type Agreement = 'equal' | 'unequal' | 'odd';

export interface Sum {
  /** The terms of one entry. */
  readonly parts: readonly number[];
  /** The entry: the one that was picked, else the largest. */
  readonly entry: number;
  /** The gradient there, as the backward pass made it. */
  readonly gradient: number;
  readonly agreement: Agreement;
}

/** How far two sums of the same terms in another order may lie apart, of the size of the terms. */
const TOLERANCE = 1e-9;

/** `terms` lie one behind the other, each as long as the gradient. */
export function sumOf(terms: Float64Array, gradient: Float64Array, picked: number | undefined): Sum {
  const { length } = gradient;
  const count = Math.floor(terms.length / length);
  const entry = picked ?? largestAt(gradient);
  const parts = Array.from({ length: count }, (_, at) => terms[at * length + entry] ?? NaN);
  let agreement: Agreement = 'equal';
  for (let at = 0; at < length; at++) {
    let [sum, size] = [0, 0];
    for (let path = 0; path < count; path++) {
      const term = terms[path * length + at] ?? NaN;
      sum += term;
      size = Math.max(size, Math.abs(term));
    }
    const expected = gradient[at] ?? NaN;
    if (!Number.isFinite(sum) || !Number.isFinite(expected)) agreement = 'odd';
    else if (agreement === 'equal' && Math.abs(sum - expected) > TOLERANCE * Math.max(size, Math.abs(expected))) agreement = 'unequal';
  }
  return { parts, entry, gradient: gradient[entry] ?? NaN, agreement };
}

/** Where the largest size is; at the first where there is none. */
function largestAt(numbers: Float64Array): number {
  return numbers.reduce((best, value, at) => (Math.abs(value) > Math.abs(numbers[best] ?? NaN) ? at : best), 0);
}
