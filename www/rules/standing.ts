/** How far a walk along the graph has come: what is known, what is at hand, what is not known yet. No DOM. */
import type { Move } from 'chalkgrad-engine';

/** Of a gradient that is summed from several uses of its node a part may be known. */
export type Known = 'ahead' | 'part' | 'known';

/** Of one way along an edge: not gone yet, gone in the move that was made last, gone before; or never. */
export type Way = 'ahead' | 'now' | 'gone' | 'never';

export interface Standing {
  /** The move that was made last; nothing at the start. */
  readonly now: Move | undefined;
  /** How many operators have handed their gradient on. */
  readonly handedOn: number;
  isValueKnown(node: number): boolean;
  gradient(node: number): Known;
  /** Through an operator, or through all that are folded into one box. */
  forward(operators: readonly number[]): Way;
  backward(operators: readonly number[]): Way;
  /** Whether the last move was made at one of these operators. */
  isAtHand(operators: readonly number[]): boolean;
  isUpdated(node: number): boolean;
}

/** Where so many moves of a walk have led. */
export function standingAt(moves: readonly Move[], at: number, loss: number): Standing {
  const now = moves[at - 1];
  const place = { forward: new Map<number, number>(), loss: new Map<number, number>(), backward: new Map<number, number>(), update: new Map<number, number>() };
  const contributions = new Map<number, number[]>();
  moves.forEach(({ phase, node, operands }, index) => {
    place[phase].set(node, index);
    if (phase !== 'backward') return;
    for (const operand of operands) {
      const known = contributions.get(operand);
      if (known) known.push(index);
      else contributions.set(operand, [index]);
    }
  });
  const seeded = place.loss.get(loss) ?? Infinity;
  const way = (places: ReadonlyMap<number, number>, operators: readonly number[]): Way => {
    const all = operators.map(operator => places.get(operator)).filter(place => place !== undefined);
    if (all.length === 0) return 'never';
    if (all.includes(at - 1)) return 'now';
    return all.some(place => place < at) ? 'gone' : 'ahead';
  };
  return {
    now,
    handedOn: moves.slice(0, at).filter(({ phase }) => phase === 'backward').length,
    isValueKnown: node => (place.forward.get(node) ?? -1) < at,
    gradient: node => {
      if (node === loss) return seeded < at ? 'known' : 'ahead';
      const all = contributions.get(node) ?? [];
      const made = all.filter(index => index < at).length;
      if (all.length === 0) return seeded < at ? 'known' : 'ahead';
      return made === 0 ? 'ahead' : made < all.length ? 'part' : 'known';
    },
    forward: operators => way(place.forward, operators),
    backward: operators => way(place.backward, operators),
    isAtHand: operators => now !== undefined && (now.phase === 'forward' || now.phase === 'backward') && operators.includes(now.node),
    isUpdated: node => now?.phase === 'update' && now.node === node,
  };
}
