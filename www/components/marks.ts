/** What lies over the graph inside a step: what can be lit, and what is taken over from an earlier step. */
import { nothing, svg, type SVGTemplateResult } from 'lit';
import type { NodeView, OperatorView } from 'chalkgrad-engine';
import { drawn, gradientLabel } from '../formula';
import { lantern, type Light } from '../lantern';
import { isScalar, lossOf, plain } from '../rules/parts';
import { lanesOf, type Point } from '../rules/lanes';
import { roughWidth, type DrawnEdge } from '../rules/placing';
import type { Session } from '../session';
import type { Walk } from '../walk';
import { FOOT, HEAD, PADDING } from './cells';
import type { Graph } from './graph';

/** Operators of a graph that is a long one. */
const MANY = 60;
const SIZE = 13;
const HEIGHT = 18;

/** A node as the graph has it now. */
function drawnNode(id: number): NodeView | undefined {
  return document.querySelector<Graph>('cg-graph')?.view.nodes.find(node => node.id === id);
}

/** Over what is drawn of the graph. */
export function marks(session: Session, nodes: readonly NodeView[], operators: readonly OperatorView[], edges: readonly DrawnEdge[], isUpright: boolean): SVGTemplateResult | typeof nothing {
  const { walk } = session;
  if (!walk || session.gear === 'update') {
    lantern.mark([]);
    return nothing;
  }
  const hand = walk.derivations.node;
  const reused = new Set(walk.derivations.of(hand, session.form).reused.map(({ node }) => node));
  lantern.mark([...reused]);
  const radius = new Map(operators.map(each => [each.id, each.radius]));
  const folded = new Set(operators.filter(({ members }) => members.length > 0).map(({ id }) => id));
  const { now } = walk.standing;
  const isBack = now?.phase === 'backward';
  return svg`<g class=${`marks ${session.graph.operators.length > MANY ? 'many' : ''}`}>
    ${edges.map(({ edge }) => {
      const isOperand = edge.kind === 'operand';
      const lanes = lanesOf({ ...edge, shared: 0 }, radius.get(edge.operator) ?? 0);
      const back = isOperand ? (folded.has(edge.operator) ? '' : `d${edge.operator}.${edge.slot}`) : `g${edge.node}`;
      return svg`<path class="lit lane forward" d=${lanes.forward} data-of=${`v${edge.node}`}/><path class="lit lane" d=${lanes.backward} data-of=${back}/>`;
    })}
    ${operators.filter(({ id }) => !folded.has(id)).map(({ id, x, y, radius, locals }) => svg`<circle class=${`lit ring ${isBack && now.node === id ? 'now' : ''}`} cx=${x} cy=${y} r=${radius + 1} data-of=${locals.map(({ slot }) => `d${id}.${slot}`).join(' ')}/>
      ${locals.filter(({ place }) => place.length > 0).map(({ slot, place: [left = 0, top = 0, width = 0, height = 0] }) => svg`<rect class="lit note" x=${left} y=${top} width=${width} height=${height} rx="2" data-of=${`d${id}.${slot}`}/>`)}`)}
    ${nodes.map(node => svg`${halfOf(node, 'v')}${node.reaches ? halfOf(node, 'g') : nothing}`)}
    ${nodes.filter(({ id }) => reused.has(id)).map(marker)}
    ${operators.filter(({ id }) => reused.has(id)).map(each => label(walk, each, nodes, isUpright))}
    ${isBack && walk.derivations.isReached(hand) ? nodes.filter(({ id }) => id === hand).map(node => halfOf(node, 'g', 'now')) : nothing}
    <g class="entries"></g></g>`;
}

/** The half of a node with its value or its gradient: left and right, of a number above and below. */
function halfOf(node: NodeView, kind: 'v' | 'g', state = kind === 'v' ? 'forward' : ''): SVGTemplateResult {
  const { x, y, width, height } = boxOf(node, kind);
  return svg`<rect class=${`lit half ${state}`} x=${x + 1} y=${y + 1} width=${width - 2} height=${height - 2} rx="2" data-of=${kind + node.id}/>`;
}

function boxOf(node: NodeView, kind: string): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = node;
  const isSecond = kind === 'g' ? 1 : 0;
  return isScalar(node) ? { x, y: y + (isSecond * height) / 2, width, height: height / 2 } : { x: x + (isSecond * width) / 2, y, width: width / 2, height };
}

/** A marker pen's stroke over the name of a gradient. */
function marker(node: NodeView): SVGTemplateResult {
  const { x, y, width, height } = boxOf(node, 'g');
  const tall = isScalar(node) ? height - 3 : HEAD - 4;
  return svg`<g class="marker"><rect x=${x + 2} y=${y + 2} width=${width - 4} height=${tall - 1}/><path d=${`M${x + 2} ${y + tall + 1}h${width - 4}`}/></g>`;
}

/** Which gradient comes back to an operator: beside it, where nothing else stands. */
function label(walk: Walk, { id, x, y, radius, locals }: OperatorView, nodes: readonly NodeView[], isUpright: boolean): SVGTemplateResult | typeof nothing {
  const node = walk.graph.nodes.find(each => each.id === id);
  if (!node) return nothing;
  const text = gradientLabel(lossOf(walk.graph), node);
  const width = roughWidth(plain(text)) * SIZE + 8;
  const output = nodes.find(each => each.id === id);
  const right = output && !isUpright ? output.x - 3 - width : x + radius + 3;
  const taken = [...nodes.map(({ x, y, width, height }) => [x, y, width, height]), ...locals.map(({ place }) => place)];
  const isFree = (left: number, top: number): boolean => !taken.some(([x = 0, y = 0, w = 0, h = 0]) => left < x + w && left + width > x && top < y + h && top + HEIGHT > y);
  const places: [number, number][] = [[right, y + radius + 2], [x - width / 2, y + radius + 2], [right, y - radius - HEIGHT - 3], [x - width / 2, y - radius - HEIGHT - 3], [right, y + radius + 18]];
  // Where everything is taken its place among the gradients is marked all the same.
  const [left, top] = places.find(([left, top]) => isFree(left, top)) ?? [];
  if (left === undefined || top === undefined) return nothing;
  return svg`<g class="taken" data-of=${`g${id}`}><rect x=${left} y=${top} width=${width} height=${HEIGHT}/><path d=${`M${left} ${top + HEIGHT}h${width}`}/>
    <text class="mid" x=${left + width / 2} y=${top + 13} font-size=${SIZE}>${drawn(text)}</text></g>`;
}

// In the graph a place says what is pointed at: cells have no elements of their own where they are small.
lantern.ask((event, target) => {
  const group = target.closest<SVGGElement>('svg.graph [data-node]');
  const node = drawnNode(Number(group?.dataset['node'] ?? NaN));
  if (!group || !node) return undefined;
  const both = node.reaches ? [`v${node.id}`, `g${node.id}`] : [`v${node.id}`];
  if (!(event instanceof MouseEvent)) return { keys: both };
  const matrix = group.ownerSVGElement?.getScreenCTM();
  if (!matrix) return { keys: both };
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  const kind = (isScalar(node) ? at.y > node.y + node.height / 2 : at.x > node.x + node.width / 2) ? 'g' : 'v';
  return kind === 'g' && !node.reaches ? { keys: both } : { keys: [kind + node.id], at: entryAt(node, kind, at) };
});

function entryAt(node: NodeView, kind: string, { x, y }: Point): number | undefined {
  if (isScalar(node)) return undefined;
  const cells = cellsOf(node, kind);
  const [row, column] = [Math.floor((y - cells.y) / cells.height), Math.floor((x - cells.x) / cells.width)];
  return row >= 0 && row < cells.rows && column >= 0 && column < cells.columns ? row * node.columns + column : undefined;
}

/** Where the cells are, how large one is, and how many have entries. */
function cellsOf(node: NodeView, kind: string): { x: number; y: number; width: number; height: number; rows: number; columns: number } {
  const box = boxOf(node, kind);
  const entries = (all: number, shown: number): number => (shown < all ? shown - 1 : all);
  return {
    x: box.x + PADDING, y: box.y + HEAD,
    width: (box.width - 2 * PADDING) / node.shownColumns, height: (box.height - HEAD - FOOT) / node.shownRows,
    rows: entries(node.rows, node.shownRows), columns: entries(node.columns, node.shownColumns),
  };
}

lantern.watch(() => document.querySelector('svg.graph .entries')?.replaceChildren(...rings(lantern.light)));

/** Around the entry that is lit. */
function rings({ keys, at }: Light): SVGElement[] {
  if (at === undefined) return [];
  return keys.flatMap(key => {
    const node = drawnNode(Number(key.slice(1)));
    if (!node || !/^[vg]/.test(key) || isScalar(node)) return [];
    const { x, y, width, height, rows, columns } = cellsOf(node, key.charAt(0));
    const [row, column] = [Math.floor(at / node.columns), at % node.columns];
    if (row >= rows || column >= columns) return [];
    const ring = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    const place = { class: 'entry', x: x + column * width, y: y + row * height, width, height };
    for (const [name, value] of Object.entries(place)) ring.setAttribute(name, String(value));
    return [ring];
  });
}
