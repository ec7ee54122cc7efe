/**
 * Edges are drawn twice, as two lanes side by side: the value's way forward, the gradient's way back. The engine gives
 * the line between them, all of whose stretches are level or upright. No DOM.
 */
import type { EdgeView } from 'chalkgrad-engine';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A lane, as the `d` of a path. */
export interface Lanes {
  readonly forward: string;
  readonly backward: string;
  /** Where it leaves a lane that it shares with other edges; nothing where it comes from the node itself. */
  readonly joint?: { readonly forward: Point; readonly backward: Point };
}

/** Half the distance between the two lanes. */
export const LANE = 6;
/** Between a lane's end and what it points to. */
const AIR = 1.5;
/** How round the corners between the lanes are. */
const ROUND = 9;

/** The lanes of an edge; an operand's ends at a circle of this radius, a result's begins at one. */
export function lanesOf(edge: EdgeView, radius: number): Lanes {
  const line = pairs(edge.points);
  const isOperand = edge.kind === 'operand';
  // A lane meets a circle later than the middle line does: by this much.
  const chord = radius > LANE ? radius - Math.sqrt(radius ** 2 - LANE ** 2) : 0;
  const isShared = edge.shared > 0;
  const ends: [number, number] = isOperand ? [AIR, AIR - chord] : [AIR - chord, AIR];
  const lane = (aside: number): Point[] => {
    const whole = moved(line, aside);
    const from = isShared ? whole.slice(edge.shared) : shortened(whole, ends[0]);
    return shortened(from.toReversed(), ends[1]).toReversed();
  };
  const [forward, backward] = [lane(LANE), lane(-LANE)];
  const lanes = { forward: rounded(forward), backward: rounded(backward.toReversed()) };
  const [first, last] = [forward[0], backward[0]];
  return isShared && first && last ? { ...lanes, joint: { forward: first, backward: last } } : lanes;
}

export function pairs(flat: readonly number[]): Point[] {
  return Array.from({ length: flat.length / 2 }, (_, at) => ({ x: flat[2 * at] ?? 0, y: flat[2 * at + 1] ?? 0 }));
}

/** The line beside a line, to the left of its direction. */
function moved(line: readonly Point[], aside: number): Point[] {
  const normals = line.slice(1).map((to, at) => {
    const from = line[at] ?? to;
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    return { x: (to.y - from.y) / length, y: (from.x - to.x) / length };
  });
  return line.map((point, at) => {
    const [before, behind] = [normals[at - 1], normals[at]];
    const isCorner = before && behind && before.x * behind.x + before.y * behind.y < 0.5;
    const one = behind ?? before ?? { x: 0, y: 0 };
    const other = isCorner ? before : { x: 0, y: 0 };
    return { x: point.x + aside * (one.x + other.x), y: point.y + aside * (one.y + other.y) };
  });
}

/** A line that begins so much later; earlier where that is below 0. */
function shortened([first, second, ...rest]: readonly Point[], by: number): Point[] {
  if (!first || !second) return [];
  const length = Math.hypot(second.x - first.x, second.y - first.y) || 1;
  const share = Math.min(by / length, 0.9);
  return [{ x: first.x + (second.x - first.x) * share, y: first.y + (second.y - first.y) * share }, second, ...rest];
}

function rounded(line: readonly Point[]): string {
  const [first, ...rest] = line;
  if (!first) return '';
  let from = first;
  const path = [`M${written(first)}`];
  rest.forEach((corner, at) => {
    const to = rest[at + 1];
    if (!to) {
      path.push(`L${written(corner)}`);
      return;
    }
    const [before, behind] = [Math.hypot(corner.x - from.x, corner.y - from.y), Math.hypot(to.x - corner.x, to.y - corner.y)];
    const round = Math.min(ROUND, before / 2, behind / 2);
    path.push(`L${written(between(corner, from, round / (before || 1)))}Q${written(corner)} ${written(between(corner, to, round / (behind || 1)))}`);
    from = corner;
  });
  return path.join('');
}

function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function written({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
