/** What each term of a gradient adds to one of its entries. No DOM. */
import type { FactorView } from 'chalkgrad-engine';

type Factor = Pick<FactorView, 'before' | 'rows' | 'columns' | 'offset'>;

/**
 * The terms' values at an entry, row by row, of a gradient that is the first of the factors. Nothing where there is
 * one term, or where an entry takes whole rows and columns: matrix products, and sums over what was broadcast.
 */
export function contributionsOf(factors: readonly Factor[], figures: Float64Array, entry: number): number[] | undefined {
  const [gradient, ...others] = factors;
  const terms: number[] = [];
  for (const { before, rows, columns, offset } of others) {
    const isNumber = rows * columns === 1;
    if (/[×Σ]/.test(before) || !gradient || !(isNumber || (rows === gradient.rows && columns === gradient.columns))) return undefined;
    const value = figures[offset + (isNumber ? 0 : entry)] ?? NaN;
    if (/[=+−]/.test(before)) terms.push(before.includes('−') ? -value : value);
    else terms.push((terms.pop() ?? 1) * value);
  }
  return terms.length > 1 ? terms : undefined;
}

/** Terms one behind the other, each with its sign: `36 − 18`. */
export function written(terms: readonly number[], short: (value: number) => string): string {
  return terms.map((term, at) => (at === 0 ? short(term) : `${term < 0 ? '−' : '+'} ${short(Math.abs(term))}`)).join(' ');
}
