/** How large the gradients of a net's states are, from one state to the next. No DOM. */
import type { GraphView } from 'chalkgrad-engine';
import { numbersOf } from '../rules/parts';

/** ‖∂L/∂hₜ‖ for the states of a name, in their order: t from 1, Euclidean; without the state that the program is given. */
export function normsOf({ nodes }: GraphView, gradients: Float64Array, states: string): number[] {
  const order = (key: string): number => (key === states ? Infinity : Number(key.slice(states.length + 1)));
  return nodes
    .filter(({ key, role }) => role !== 'data' && (key === states || (key.startsWith(`${states}#`) && Number.isInteger(order(key)))))
    .sort((a, b) => order(a.key) - order(b.key))
    .map(node => Math.hypot(...numbersOf(node, gradients)));
}

/** The decades that a logarithmic axis shows: those of its values, and at least these. */
export function decadesOf(values: readonly number[], [low, high]: readonly [number, number]): { low: number; high: number } {
  const exponents = values.filter(value => value > 0 && Number.isFinite(value)).map(Math.log10);
  return { low: Math.floor(Math.min(low, ...exponents)), high: Math.ceil(Math.max(high, ...exponents)) };
}
