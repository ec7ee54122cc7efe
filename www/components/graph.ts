import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { LocalView, NodeView, RunView } from 'chalkgrad-engine';
import { writtenUpdate } from '../arithmetic';
import { drawn, gradientLabel } from '../formula';
import { isScalar, numbersOf, plain } from '../rules/parts';
import { NOTE_SIZE, lying, neighbour, roughWidth, scaleFor, upright, type Line, type Note, type PairedEdge, type Picture, type PlacedOperator, type Point } from '../rules/placing';
import { half } from './cells';
import { showFlow } from './flow';
import { Piece } from './piece';

const PADDING = 11;
const VALUE_SIZE = 15;
const GRADIENT_SIZE = 14;
const LEAST_SIZE = 11;
/** What has more can't be read, and would hold the page up at each step. */
const MOST_OPERATORS = 300;
const SHARE_BESIDE_CURVE = 0.26;
const LEAST_SCALE = 0.75;
const SYMBOL_SIZE = 13.5;
const LEAST_SYMBOL = 8.5;
/** In a panel narrower than this, as on a phone, the graph stands upright. */
const NARROW_PX = 480;

/** The computation graph: values and gradients in rectangles, operators in circles. */
export class Graph extends Piece {
  static override properties = { ...Piece.properties, available: { state: true }, focused: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'rate', 'language', 'draft'] as const;
  declare private available: number;
  declare private focused: number | undefined;
  #picture: Picture | undefined;
  #byId: ReadonlyMap<number, NodeView> = new Map();
  #drawnFrom: unknown;
  #step = 0;
  #observed: Element | null = null;
  #observer = new ResizeObserver(([entry]) => requestAnimationFrame(() => {
    if (entry && entry.contentRect.width > 0) this.available = entry.contentRect.width;
  }));

  constructor() {
    super();
    this.available = 0;
    this.focused = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#observed = null;
  }

  protected override updated(): void {
    // A graph that is too large to draw has no frame.
    const frame = this.querySelector('.graphframe');
    if (frame !== this.#observed) {
      this.#observer.disconnect();
      if (frame) this.#observer.observe(frame);
      this.#observed = frame;
    }
    const { step } = this.session.report;
    const picture = this.#picture;
    const advanced = step === this.#step + 1;
    this.#step = step;
    const drawing = this.querySelector<SVGSVGElement>('svg.graph');
    if (advanced && picture && drawing && this.session.isFollowable) showFlow(drawing, picture);
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const root = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const count = session.graph.operators.length;
    if (count > MOST_OPERATORS) {
      this.#picture = undefined;
      return html`<section class="p-graph" aria-label=${session.say('panel.graph')}><p class="muted">${session.show('graph.tooLarge', { count })}</p></section>`;
    }
    const picture = (this.#picture = this.#place());
    // Beside a curve the graph leaves it the better part of a low board.
    const tallest = session.parameter && !picture.isUpright ? (SHARE_BESIDE_CURVE * innerHeight) / (picture.height - picture.top) : Infinity;
    const scale = Math.min(scaleFor(picture.width, this.available || picture.width, root), Math.max(LEAST_SCALE, tallest));
    const label = session.say('graph.label', { loss: session.loss.plain });
    return html`<section class="p-graph ${session.isStale ? 'stale' : ''}" aria-label=${session.say('panel.graph')}>
      ${session.isStale ? html`<p class="why">${session.show('graph.stale')}</p>` : nothing}
      <div class="graphframe">
        <svg class="graph" role="group" aria-label=${label} viewBox=${`0 ${picture.top} ${picture.width} ${picture.height - picture.top}`}
          width=${picture.width * scale} height=${(picture.height - picture.top) * scale} @keydown=${this.#key}>
          <defs>${(['forward', 'backward', 'param'] as const).map(arrowHead)}</defs>
          ${picture.edges.map(each => this.#edge(each))}
          ${picture.operators.map(each => this.#operator(each))}
          ${picture.nodes.map(each => this.#node(each, picture))}
        </svg>
      </div>
    </section>`;
  }

  #place(): Picture {
    const view = this.session.graph;
    const isNarrow = this.available > 0 && this.available < NARROW_PX && this.available < view.width;
    if (this.#picture && this.#drawnFrom === view && this.#picture.isUpright === isNarrow) return this.#picture;
    this.#drawnFrom = view;
    this.#byId = new Map(view.nodes.map(node => [node.id, node]));
    return isNarrow ? upright(view) : lying(view);
  }

  #edge({ edge, forward, backward }: PairedEdge): SVGTemplateResult {
    const node = this.#byId.get(edge.node);
    const colour = edge.kind === 'operand' && node?.role === 'param' ? 'param' : 'forward';
    return svg`<path class=${`edge ${colour}`} d=${path(forward)} marker-end=${`url(#head-${colour})`}/>
      <path class="edge backward" d=${path(backward)} marker-end="url(#head-backward)"/>`;
  }

  #operator(operator: PlacedOperator): SVGTemplateResult {
    const { session } = this;
    const locals = operator.locals.filter(local => this.#isTrue(local, operator));
    const spoken = locals.map(local => plain(local.label) + this.#local(local)).join(', ');
    const name = spoken
      ? session.say('graph.operator', { name: operator.name, local: spoken })
      : session.say('graph.operator.plain', { name: operator.name });
    const size = Math.max(LEAST_SYMBOL, Math.min(SYMBOL_SIZE, (2 * operator.radius - 3) / roughWidth(operator.symbol)));
    return svg`<g class="operator" role="img" aria-label=${name}>
      <circle cx=${operator.x} cy=${operator.y} r=${operator.radius}/>
      <text class="mid" x=${operator.x} y=${operator.y + size * 0.35} font-size=${size}>${operator.symbol}</text>
      ${locals.filter(isFirst).map(local => this.#note(local, operator.notes[operator.locals.indexOf(local)]))}
    </g>`;
  }

  #note(local: LocalView, note: Note | undefined): SVGTemplateResult | typeof nothing {
    if (!note) return nothing;
    // On paper of its own: an edge that ran through it would read as a minus.
    const [sign, value] = [this.#sign(local), this.#local(local)];
    const width = roughWidth(`${sign} ${plain(local.label)}${value}`) * NOTE_SIZE;
    const left = note.anchor === 'middle' ? note.x - width / 2 : note.x;
    return svg`<rect class="paper" x=${left - 1} y=${note.y - NOTE_SIZE} width=${width + 2} height=${NOTE_SIZE * 1.25}/><text class="local" text-anchor=${note.anchor} x=${note.x} y=${note.y} font-size=${NOTE_SIZE}>${sign} ${drawn(local.label)}${value}</text>`;
  }

  /** Whether the gradient goes back by this factor alone, and it can be written: not where a number was spread over a matrix, and is summed. */
  #isTrue({ label, node }: LocalView, operator: PlacedOperator): boolean {
    const [from, to] = [this.#byId.get(node), this.#byId.get(operator.id)];
    return label.length > 0 && !plain(label).includes('…') && from?.rows === to?.rows && from?.columns === to?.columns;
  }

  /** Matrices are multiplied entry by entry. */
  #sign({ label, node }: LocalView): string {
    const from = this.#byId.get(node);
    const isNumber = (from && isScalar(from)) || /^[−\d.]+$/.test(plain(label));
    return isNumber ? '×' : '⊙';
  }

  /** ` = 4` behind a local derivative; nothing where the label is that number already, or it is a matrix. */
  #local({ label, index }: LocalView): string {
    const value = this.session.numbers.locals[index] ?? NaN;
    const text = this.session.short(value);
    return Number.isNaN(value) || plain(label) === text ? '' : ` = ${text}`;
  }

  #node(node: NodeView, picture: Picture): SVGTemplateResult {
    const { session } = this;
    const { values, gradients } = session.numbers;
    const value = values[node.offset] ?? NaN;
    const gradient = gradients[node.offset] ?? NaN;
    const first = session.graph.nodes.find(({ role }) => role === 'param') ?? session.graph.nodes[0];
    const isEntry = (this.focused ?? first?.id) === node.id;
    const update = picture.updates.get(node.id);
    return svg`<g class=${`node ${node.role}`} role="button" aria-haspopup="dialog" tabindex=${isEntry ? 0 : -1} data-node=${node.id}
        aria-label=${this.#name(node, value, gradient)} @focus=${() => (this.focused = node.id)} @click=${() => this.#open(node.id)}>
      <title>${isScalar(node) ? `${node.plain} = ${session.full(value)}\n∂${session.loss.plain}/∂${node.plain} = ${session.full(gradient)}` : `${node.plain}: ${node.rows}×${node.columns}`}</title>
      <rect class="box" x=${node.x} y=${node.y} width=${node.width} height=${node.height} rx="2"/>
      ${isScalar(node) ? this.#number(node, session.short(value), session.short(gradient)) : this.#matrix(node, values, gradients)}
      ${update ? this.#update(node, update, picture.isUpright) : nothing}
    </g>`;
  }

  #number(node: NodeView, value: string, gradient: string): SVGTemplateResult {
    return svg`${row(node, node.y + node.height * 0.34, VALUE_SIZE, 'value', node.label, value)}
      <path class="hair" d=${`M${node.x + 1} ${node.y + node.height / 2}h${node.width - 2}`}/>
      ${row(node, node.y + node.height * 0.83, GRADIENT_SIZE, 'gradient', gradientLabel(this.session.loss, node), gradient)}`;
  }

  /** Value and gradient side by side. */
  #matrix(node: NodeView, values: Float64Array, gradients: Float64Array): SVGTemplateResult {
    const { session } = this;
    const middle = node.x + node.width / 2;
    const short = (value: number): string => session.short(value);
    return svg`${half(node, node.x, label => label, numbersOf(node, values), 'value', short)}
      <path class="hair" d=${`M${middle} ${node.y + 1}v${node.height - 2}`}/>
      ${half(node, middle, label => gradientLabel(session.loss, node, label), numbersOf(node, gradients), 'gradient', short)}`;
  }

  #name(node: NodeView, value: number, gradient: number): string {
    const { session } = this;
    if (!isScalar(node)) return session.say('graph.matrix', { name: node.plain, rows: node.rows, columns: node.columns });
    return session.say('graph.node', { name: node.plain, value: session.short(value), gradient: session.short(gradient) });
  }

  #open(node: number): void {
    this.dispatchEvent(new CustomEvent('open-node', { bubbles: true, detail: node }));
  }

  /** The update that the next step will make, led away from its parameter. */
  #update(node: NodeView, at: Point, isUpright: boolean): SVGTemplateResult | typeof nothing {
    const { session } = this;
    const now = session.row(session.report.step);
    if (node.id !== session.parameter?.id || !now || session.report.diverged) return nothing;
    const { value, rate, gradient, next } = writtenUpdate(session, now);
    const lead = isUpright
      ? `M${node.x + node.width + 2} ${node.y + node.height / 2}H${at.x - 5}`
      : `M${node.x + 16} ${node.y + node.height + 2}V${at.y - 5}H${at.x - 4}`;
    const first = svg`${drawn(node.label)} ← ${value}`;
    const second = svg`− ${rate} × <tspan class="backward">${gradient}</tspan>`;
    const line = (down: number, content: unknown): SVGTemplateResult => svg`<text class="written" x=${at.x} y=${at.y + down}>${content}</text>`;
    return svg`<path class="edge param lead" d=${lead} marker-end="url(#head-param)"/>
      ${isUpright ? [line(-13, first), line(7, second), line(27, `= ${next}`)] : line(0, svg`${first} ${second} = ${next}`)}`;
  }

  #key(event: KeyboardEvent): void {
    const from = (event.target as Element).closest<SVGGElement>('[data-node]');
    if (!from || !this.#picture || event.altKey || event.ctrlKey || event.metaKey) return;
    const id = Number(from.dataset['node']);
    const opens = event.key === 'Enter' || event.key === ' ';
    if (!opens && !event.key.startsWith('Arrow')) return;
    // These keys belong to the graph while it has the focus, the arrows at its rim too.
    event.preventDefault();
    if (opens) {
      this.#open(id);
      return;
    }
    const to = neighbour(this.#picture, id, event.key);
    if (to !== undefined) this.querySelector<SVGGElement>(`[data-node="${to}"]`)?.focus();
  }
}

function arrowHead(colour: 'forward' | 'backward' | 'param'): SVGTemplateResult {
  return svg`<marker id=${`head-${colour}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"
    orient="auto" markerUnits="userSpaceOnUse"><path class=${`head ${colour}`} d="M.5 .8L7.5 4L.5 7.2L2.4 4z"/></marker>`;
}

function path({ from, to }: Line): string {
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
}

/** `x = 2` in one half of a node, set smaller where it would not fit. */
function row(node: NodeView, y: number, size: number, kind: string, label: readonly RunView[], text: string): SVGTemplateResult {
  const room = node.width - 2 * PADDING;
  const width = roughWidth(`${plain(label)} = ${text}`);
  const fitting = Math.max(LEAST_SIZE, Math.min(size, room / width));
  const squeezed = width * fitting > room + 1;
  return svg`<text class=${kind} x=${node.x + PADDING} y=${y + fitting * 0.12} font-size=${fitting.toFixed(1)}
    textLength=${squeezed ? room : nothing} lengthAdjust=${squeezed ? 'spacingAndGlyphs' : nothing}>${drawn(label)} = ${text}</text>`;
}

/** Edges from the same node lie on each other: what stands by both is written once. */
function isFirst(local: LocalView, at: number, all: readonly LocalView[]): boolean {
  return all.findIndex(({ node, label }) => node === local.node && plain(label) === plain(local.label)) === at;
}

customElements.define('cg-graph', Graph);
