/** What a run does, as the legend says it: which sentence, and with what in it. No DOM. */

import type { Outcome } from 'chalkgrad-engine';

/** A sentence without the numbers in it. */
export type Clause =
  | { readonly key: 'climbs' | 'swings' | 'swingsSlowly' | 'falls' | 'fallsSlowly'; readonly factor: number }
  | { readonly key: 'below' | 'leaves'; readonly step: number }
  | { readonly key: 'jumps' | 'ends'; readonly between: readonly [number, number] }
  | { readonly key: 'diverges' | 'bottomless' | 'holds' | 'converges' | 'convergesSwinging' | 'slow' | 'slowSwinging' | 'wanders' };

/** From this factor on a run is said to fall slowly: it takes seven steps for a half. */
const SLOW = 0.9;

export function clauseOf({ kind, isSwinging, isBottomless, factor, step, between, speed }: Outcome): Clause {
  const size = Math.abs(factor ?? NaN);
  switch (kind) {
    case 'diverges':
      if (isBottomless) return { key: 'bottomless' };
      if (size > 1) return { key: 'climbs', factor: size };
      return step === undefined ? { key: 'diverges' } : { key: 'leaves', step };
    case 'oscillates':
      if (between) return { key: 'jumps', between };
      if (size > 1) return { key: 'climbs', factor: size };
      if (factor !== undefined && size < 1) return { key: 'swingsSlowly', factor };
      return { key: speed > 0 ? 'slowSwinging' : 'holds' };
    case 'converges':
      if (isSwinging) return factor === undefined ? { key: 'convergesSwinging' } : { key: size >= SLOW ? 'swingsSlowly' : 'swings', factor };
      if (size >= SLOW) return { key: 'fallsSlowly', factor: size };
      if (step !== undefined) return { key: 'below', step };
      return size < 1 ? { key: 'falls', factor: size } : { key: 'converges' };
    case 'slow':
      if (between) return { key: 'ends', between };
      if (size < 1) return { key: 'fallsSlowly', factor: size };
      return { key: speed > 0 ? 'slow' : 'wanders' };
  }
}

type Colour = 'falls' | 'swings' | 'ink' | 'diverges';

/** Of each sentence, as the theme calls it. What gets nowhere is in ink. */
const COLOURS: Readonly<Record<Clause['key'], Colour>> = {
  climbs: 'diverges', diverges: 'diverges', bottomless: 'diverges', leaves: 'diverges',
  swings: 'swings', swingsSlowly: 'swings', convergesSwinging: 'swings', slowSwinging: 'swings',
  falls: 'falls', fallsSlowly: 'falls', below: 'falls', converges: 'falls', slow: 'falls',
  jumps: 'ink', ends: 'ink', holds: 'ink', wanders: 'ink',
};

/** The colour that a run wears by what came of it. */
export function colourOf(outcome: Outcome | undefined): Colour | 'ink-2' {
  return outcome ? COLOURS[clauseOf(outcome).key] : 'ink-2';
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
