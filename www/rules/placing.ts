/**
 * Where the graph's lines and texts go, given where the engine put nodes and operators. On a narrow
 * page a graph stands upright: its columns become rows. No DOM.
 */
import type { EdgeView, GraphView, NodeView, OperatorView, RunView } from 'chalkgrad-engine';
import { plain, soleParameterOf } from './parts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A straight line with an arrow at its end. */
export interface Line {
  readonly from: Point;
  readonly to: Point;
}

/** An edge drawn twice: the value's way forward and the gradient's way back, side by side. */
export interface PairedEdge {
  readonly edge: EdgeView;
  readonly forward: Line;
  readonly backward: Line;
}

/** Where a local derivative is written. */
export interface Note extends Point {
  readonly anchor: 'middle' | 'start';
}

export interface PlacedOperator extends OperatorView {
  /** One for each of its local derivatives. */
  readonly notes: readonly Note[];
}

/** A graph, ready to be drawn; lengths in CSS pixels at a root size of 15. */
export interface Picture {
  readonly isUpright: boolean;
  /** The upper end: below 0 where something is written above the first row. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly NodeView[];
  readonly operators: readonly PlacedOperator[];
  readonly edges: readonly PairedEdge[];
  /** Where the update of a parameter may be written: beneath or beside it, if nothing stands there. */
  readonly updates: ReadonlyMap<number, Point>;
}

/** Half the distance between the two lines of an edge. */
const LANE = 6;
/** Between a line's end and what it points to. */
const AIR = 1.5;
/** From a parameter down to the line on which its update is written, and how long that may become. */
const UPDATE_DROP = 43;
const UPDATE_LENGTH = 230;
/** In the upright graph: between one row of nodes and the next, and between the nodes of a row. */
const UPRIGHT_DROP = 110;
const UPRIGHT_GAP = 28;
const UPRIGHT_UPDATE = 202;
/** From the lower side of a row down to the line of its local derivatives. */
const NOTE_DROP = 16;
const NOTE_HEIGHT = 34;
export const NOTE_SIZE = 13;
const NOTE_ASCENT = 17;
/** From one line of text to the next. */
const LINE = 17;

/** The graph as the engine laid it, from left to right. */
export function lying(view: GraphView): Picture {
  const updates = new Map<number, Point>();
  const trained = soleParameterOf(view);
  if (trained) {
    const { x, y, height } = trained;
    const room = { x, y: y + height + 2, width: UPDATE_LENGTH, height: UPDATE_DROP };
    if (isFree(room, view, trained)) updates.set(trained.id, { x: x + 26, y: y + height + UPDATE_DROP });
  }
  const operators = view.operators.map(operator => ({ ...operator, notes: notesOf(operator, view) }));
  const notes = operators.flatMap(operator => operator.notes);
  return {
    isUpright: false,
    top: Math.min(0, ...notes.map(note => note.y - NOTE_ASCENT)),
    width: Math.max(view.width, UPDATE_LENGTH),
    height: Math.max(
      view.height,
      ...notes.map(note => note.y + 7),
      ...[...updates.values()].map(place => place.y + 9),
    ),
    nodes: view.nodes,
    operators,
    edges: view.edges.map(edge => {
      const [x0, y0, x1, y1] = edge.points;
      const operator = view.operators.find(({ id }) => id === edge.operator);
      return paired(edge, { x: x0, y: y0 }, { x: x1, y: y1 }, operator, false);
    }),
    updates,
  };
}

/** The same graph from top to bottom, for a page that is narrow. */
export function upright(view: GraphView): Picture {
  const down = tracks(view.nodes, endOf, node => node.height, UPRIGHT_DROP);
  const across = tracks(view.nodes, node => middleOf(node).y, node => node.width, UPRIGHT_GAP);
  const nodes = view.nodes.map(node => {
    const [x, y] = [across(middleOf(node).y).middle, down(endOf(node)).middle];
    return { ...node, x: x - node.width / 2, y: y - node.height / 2 };
  });
  const operators = view.operators.map(operator => {
    const output = view.nodes.find(({ id }) => id === operator.id);
    const x = across(operator.y).middle;
    const y = (output ? down(endOf(output)).start : 0) - UPRIGHT_DROP / 2;
    // To the right of the circle, or below it where an edge comes from the right.
    const isTaken = view.edges.some(({ node, operator: of, kind }) => {
      const from = nodes.find(({ id }) => id === node);
      return of === operator.id && kind === 'operand' && from !== undefined && middleOf(from).x > x;
    });
    const first = isTaken ? { x: x + 2.5 * LANE, y: y + operator.radius + NOTE_SIZE } : { x: x + operator.radius + 10, y: y + 5 };
    const notes = operator.locals.map((_, at) => ({ x: first.x, y: first.y + at * LINE, anchor: 'start' as const }));
    return { ...operator, x, y, notes };
  });
  const edges = view.edges.flatMap(edge => {
    const node = nodes.find(({ id }) => id === edge.node);
    const operator = operators.find(({ id }) => id === edge.operator);
    if (!node || !operator) return [];
    const isInto = edge.kind === 'operand';
    const border = { x: middleOf(node).x, y: isInto ? node.y + node.height : node.y };
    const rim = towards(operator, border, operator.radius);
    return [isInto ? paired(edge, border, rim, operator, true) : paired(edge, rim, border, operator, true)];
  });
  const updates = new Map<number, Point>();
  const trained = soleParameterOf(view);
  for (const node of nodes) {
    const isLast = !nodes.some(other => middleOf(other).y === middleOf(node).y && other.x > node.x);
    if (node.id === trained?.id && isLast) updates.set(node.id, { x: node.x + node.width + 24, y: middleOf(node).y });
  }
  const right = Math.max(
    ...nodes.map(node => node.x + node.width + (updates.has(node.id) ? UPRIGHT_UPDATE : 1)),
    ...operators.flatMap(({ locals, notes }) => notes.map(({ x }, at) => x + lengthOf(locals[at]?.label ?? []))),
  );
  const bottom = Math.max(...nodes.map(node => node.y + node.height + 1));
  return { isUpright: true, top: 0, width: right, height: bottom, nodes, operators, edges, updates };
}

/** The nodes that an arrow key leads to: along the edges, or across them to a node in the same column. */
export function neighbour(picture: Picture, id: number, key: string): number | undefined {
  const turn: Record<string, string> = { ArrowDown: 'ArrowRight', ArrowUp: 'ArrowLeft', ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp' };
  const way = picture.isUpright ? turn[key] : key;
  const here = picture.nodes.find(node => node.id === id);
  if (!here) return undefined;
  const into = picture.edges.filter(({ edge }) => edge.kind === 'operand');
  switch (way) {
    case 'ArrowRight':
      return into.find(({ edge }) => edge.node === id)?.edge.operator;
    case 'ArrowLeft':
      return into.find(({ edge }) => edge.operator === id)?.edge.node;
    case 'ArrowDown':
      return beside(picture, here, 1);
    case 'ArrowUp':
      return beside(picture, here, -1);
    default:
      return undefined;
  }
}

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

/**
 * One operand's derivative stands beneath the row of nodes, where even a long one runs into neither
 * neighbour. Of several, each stands by its own edge: above the operator, or beside a slanting edge.
 */
function notesOf(operator: OperatorView, view: GraphView): Note[] {
  const beside = view.nodes.filter(node => middleOf(node).y === operator.y);
  const drop = Math.max(...beside.map(({ height }) => height / 2)) + NOTE_DROP;
  if (operator.locals.length === 1) return [{ x: operator.x, y: operator.y + drop, anchor: 'middle' }];
  const above: Note = { x: operator.x, y: operator.y - drop + 11, anchor: 'middle' };
  return operator.locals.map(local => {
    const edge = view.edges.find(each => each.operator === operator.id && each.kind === 'operand' && each.slot === local.slot);
    if (!edge) return above;
    const [x0, y0, x1, y1] = edge.points;
    if (Math.abs(y1 - y0) < LANE) return above;
    const y = y0 > y1 ? operator.y + drop + 2 : (y0 + y1) / 2 + 4;
    return { x: x1 + ((x0 - x1) * (y - y1)) / (y0 - y1) + 2.5 * LANE, y, anchor: 'start' };
  });
}

/** `isUpright` says which side of a node its edges meet: there the lanes lie along the border, however steep they are. */
function paired(edge: EdgeView, from: Point, to: Point, operator: OperatorView | undefined, isUpright: boolean): PairedEdge {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const way = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const normal = isUpright ? { x: way.y, y: -way.x } : { x: -way.y, y: way.x };
  // A lane meets a circle later than the middle line does: by this much.
  const radius = operator?.radius ?? 0;
  const chord = radius > LANE ? radius - Math.sqrt(radius ** 2 - LANE ** 2) : 0;
  const isOut = edge.kind === 'operand';
  const atCircle = ({ x, y }: Point, lane: number): Point => {
    const distance = isOut ? chord - AIR : AIR - chord;
    return { x: x + way.x * distance + normal.x * lane, y: y + way.y * distance + normal.y * lane };
  };
  const atNode = ({ x, y }: Point, lane: number): Point => {
    const distance = isOut ? AIR : -AIR;
    return isUpright ? { x: x + lane, y: y + distance } : { x: x + distance, y: y + lane };
  };
  const [atFrom, atTo] = isOut ? [atNode, atCircle] : [atCircle, atNode];
  return {
    edge,
    forward: { from: atFrom(from, -LANE), to: atTo(to, -LANE) },
    backward: { from: atTo(to, LANE), to: atFrom(from, LANE) },
  };
}

function middleOf(node: NodeView): Point {
  return { x: node.x + node.width / 2, y: node.y + node.height / 2 };
}

/** The right side: nodes of one column end there. */
function endOf(node: NodeView): number {
  return node.x + node.width;
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) / length) * distance, y: from.y + ((to.y - from.y) / length) * distance };
}

/** How long a local derivative is, written with its sign. */
function lengthOf(label: readonly RunView[]): number {
  return label.length === 0 ? 0 : roughWidth(`× ${plain(label)}`) * NOTE_SIZE;
}

interface Track {
  readonly start: number;
  readonly middle: number;
}

/** Nodes of the same place share a track, as thick as the thickest of them; the tracks follow each other with a gap. */
function tracks(nodes: readonly NodeView[], place: (node: NodeView) => number, extent: (node: NodeView) => number, gap: number): (at: number) => Track {
  const thickness = new Map<number, number>();
  for (const node of nodes) thickness.set(place(node), Math.max(extent(node), thickness.get(place(node)) ?? 0));
  const placed = new Map<number, Track>();
  let start = 1;
  for (const [at, thick] of [...thickness].sort(([a], [b]) => a - b)) {
    placed.set(at, { start, middle: start + thick / 2 });
    start += thick + gap;
  }
  return at => placed.get(at) ?? { start: 1, middle: 1 };
}

function beside(picture: Picture, here: NodeView, direction: 1 | -1): number | undefined {
  const along = picture.isUpright ? (node: NodeView) => middleOf(node).y : endOf;
  const across = picture.isUpright ? 'x' : 'y';
  const column = picture.nodes.filter(node => along(node) === along(here));
  column.sort((a, b) => a[across] - b[across]);
  return column[column.indexOf(here) + direction]?.id;
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

function isFree(room: Box, view: GraphView, but: NodeView): boolean {
  const boxes: Box[] = [
    ...view.nodes.filter(node => node !== but),
    ...view.operators.map(({ x, y, radius }) => ({
      x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius + NOTE_HEIGHT,
    })),
  ];
  // The first operator's note may stand above the written update, which begins lower down.
  const written = { ...room, y: room.y + NOTE_HEIGHT, height: room.height - NOTE_HEIGHT };
  return !boxes.some(box => overlaps(box, written));
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
