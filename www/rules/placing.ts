/** The graph's picture, given where the engine put everything: how large it is drawn, and where an arrow key leads. No DOM. */
import type { EdgeView, GraphView, NodeView } from 'chalkgrad-engine';
import { lanesOf, type Lanes, type Point } from './lanes';

export interface DrawnEdge extends Lanes {
  readonly edge: EdgeView;
  /** Where it passes over other edges. */
  readonly hops: readonly Point[];
  /** Left, top, right and bottom. */
  readonly box: readonly [number, number, number, number];
}

/** A graph, ready to be drawn; lengths in CSS pixels at a root size of 15. */
export interface Picture {
  readonly isUpright: boolean;
  readonly view: GraphView;
  /** Those that pass over others come last. */
  readonly edges: readonly DrawnEdge[];
}

export const NOTE_SIZE = 13;
/** How much of a window's height a graph across the board may take. */
export const SHARE_ABOVE = 0.44;

export function pictureOf(view: GraphView, isUpright: boolean): Picture {
  const radius = new Map(view.operators.map(operator => [operator.id, operator.radius]));
  const hops = new Map<number, Point[]>();
  for (let at = 0; at + 2 < view.hops.length; at += 3) {
    const [edge = 0, x = 0, y = 0] = view.hops.slice(at, at + 3);
    hops.set(edge, [...(hops.get(edge) ?? []), { x, y }]);
  }
  const edges = view.edges.map((edge, at) => ({ edge, hops: hops.get(at) ?? [], box: boxOf(edge.points), ...lanesOf(edge, radius.get(edge.operator) ?? 0) }));
  return { isUpright, view, edges: [...edges.filter(each => each.hops.length === 0), ...edges.filter(each => each.hops.length > 0)] };
}

function boxOf(points: readonly number[]): [number, number, number, number] {
  const [across, down] = [points.filter((_, at) => at % 2 === 0), points.filter((_, at) => at % 2 === 1)];
  return [Math.min(...across), Math.min(...down), Math.max(...across), Math.max(...down)];
}

/** Across an arrow's direction counts so much more than along it. */
const ASIDE = 2;

/** The node that an arrow key leads to: along the edges where one goes there, else the nearest on that side. */
export function neighbour({ view }: Picture, id: number, key: string): number | undefined {
  const here = view.nodes.find(node => node.id === id);
  const way = WAYS[key];
  if (!here || !way) return undefined;
  const operands = (operator: number): number[] => view.edges.filter(({ kind, operator: of }) => kind === 'operand' && of === operator).map(({ node }) => node);
  const uses = view.edges.filter(({ kind, node }) => kind === 'operand' && node === id).map(({ operator }) => operator);
  const joined = new Set([...operands(id), ...uses]);
  const from = middleOf(here);
  const nearest = (nodes: readonly NodeView[]): NodeView | undefined => {
    let [best, least]: [NodeView | undefined, number] = [undefined, Infinity];
    for (const node of nodes) {
      const to = middleOf(node);
      const [along, aside] = [(to.x - from.x) * way.x + (to.y - from.y) * way.y, Math.abs((to.x - from.x) * way.y) + Math.abs((to.y - from.y) * way.x)];
      if (along > 1 && along * ASIDE > aside && along + ASIDE * aside < least) [best, least] = [node, along + ASIDE * aside];
    }
    return best;
  };
  return (nearest(view.nodes.filter(node => joined.has(node.id))) ?? nearest(view.nodes))?.id;
}

const WAYS: Readonly<Record<string, Point>> = {
  ArrowRight: { x: 1, y: 0 }, ArrowLeft: { x: -1, y: 0 }, ArrowDown: { x: 0, y: 1 }, ArrowUp: { x: 0, y: -1 },
};

/** How far apart a picture's coordinates are drawn, so that it fills a width without shouting or whispering. */
export function scaleFor(width: number, available: number, root: number): number {
  const natural = root / 15;
  return Math.min(natural * 1.3, Math.max(natural * 0.86, available / width));
}

/** A rough width of a text in em, good enough to choose a size that fits. */
export function roughWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/[\s.,']/.test(character)) width += 0.29;
    else if (/[⁰¹²³⁴-⁹⁻₀-₉]/.test(character)) width += 0.44;
    else if (/[()/ij]/.test(character)) width += 0.36;
    else width += 0.63;
  }
  return width;
}

function middleOf(node: NodeView): Point {
  return { x: node.x + node.width / 2, y: node.y + node.height / 2 };
}
