/** What a run does, as the legend says it: which sentence, and with what in it. No DOM. */

import type { Outcome } from 'chalkgrad-engine';

/** A sentence without the numbers in it. */
export type Clause =
  | { readonly key: 'climbs' | 'swings' | 'swingsSlowly' | 'falls' | 'fallsSlowly'; readonly factor: number }
  | { readonly key: 'below' | 'leaves'; readonly step: number }
  | { readonly key: 'jumps'; readonly between: readonly [number, number] }
  | { readonly key: 'diverges' | 'bottomless' | 'holds' | 'converges' | 'convergesSwinging' | 'slow' | 'slowSwinging' };

/** From this factor on a run is said to fall slowly: it takes seven steps for a half. */
const SLOW = 0.9;

export function clauseOf({ kind, isSwinging, isBottomless, factor, step, between }: Outcome): Clause {
  const size = Math.abs(factor ?? NaN);
  switch (kind) {
    case 'diverges':
      if (isBottomless) return { key: 'bottomless' };
      if (size > 1) return { key: 'climbs', factor: size };
      return step === undefined ? { key: 'diverges' } : { key: 'leaves', step };
    case 'oscillates': {
      const [first, second] = between ?? [];
      return first === undefined || second === undefined ? { key: 'holds' } : { key: 'jumps', between: [first, second] };
    }
    case 'converges':
      if (isSwinging) return factor === undefined ? { key: 'convergesSwinging' } : { key: size >= SLOW ? 'swingsSlowly' : 'swings', factor };
      if (size >= SLOW) return { key: 'fallsSlowly', factor: size };
      if (step !== undefined) return { key: 'below', step };
      return size < 1 ? { key: 'falls', factor: size } : { key: 'converges' };
    case 'slow':
      if (factor === undefined || size >= 1) return { key: isSwinging ? 'slowSwinging' : 'slow' };
      return isSwinging ? { key: 'swingsSlowly', factor } : { key: 'fallsSlowly', factor: size };
  }
}

/** The colour that a run wears by what came of it, as the theme calls it. */
export function colourOf(outcome: Outcome | undefined): 'falls' | 'swings' | 'ink' | 'diverges' | 'ink-2' {
  switch (outcome?.kind) {
    case undefined: return 'ink-2';
    case 'diverges': return 'diverges';
    case 'oscillates': return 'ink';
    case 'slow':
    case 'converges': return outcome.isSwinging ? 'swings' : 'falls';
  }
}

/** The places that are set in a mask. */
export function isIn(mask: number, place: number): boolean {
  return ((mask >> place) & 1) === 1;
}

/** A mask of hidden runs after the run of a place was taken away. */
export function without(mask: number, place: number): number {
  const below = (1 << place) - 1;
  return (mask & below) | ((mask >> 1) & ~below);
}
