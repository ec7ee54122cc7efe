import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { LocalView, NodeView, RunView } from 'chalkgrad-engine';
import { writtenUpdate } from '../arithmetic';
import { drawn, gradientLabel } from '../formula';
import { lying, neighbour, roughWidth, scaleFor, upright, type Line, type Note, type PairedEdge, type Picture, type PlacedOperator, type Point } from '../rules/placing';
import { showFlow } from './flow';
import { Piece } from './piece';

const PADDING = 11;
const VALUE_SIZE = 15;
const GRADIENT_SIZE = 14;
const LEAST_SIZE = 11;
const NOTE_SIZE = 13;
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
  }

  protected override firstUpdated(): void {
    const frame = this.querySelector('.graphframe');
    if (frame) this.#observer.observe(frame);
  }

  protected override updated(): void {
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
    const picture = (this.#picture = this.#place());
    const scale = scaleFor(picture.width, this.available || picture.width, root);
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
    const locals = operator.locals.filter(({ label }) => label.length > 0);
    const spoken = locals.map(local => plain(local.label) + this.#local(local)).join(', ');
    const name = spoken
      ? session.say('graph.operator', { name: operator.name, local: spoken })
      : session.say('graph.operator.plain', { name: operator.name });
    const size = operator.symbol.length > 4 ? 11 : 13.5;
    return svg`<g class="operator" role="img" aria-label=${name}>
      <circle cx=${operator.x} cy=${operator.y} r=${operator.radius}/>
      <text class="mid" x=${operator.x} y=${operator.y + size * 0.35} font-size=${size}>${operator.symbol}</text>
      ${operator.locals.map((local, at) => (local.label.length === 0 ? nothing : this.#note(local, operator.notes[at])))}
    </g>`;
  }

  #note(local: LocalView, note: Note | undefined): SVGTemplateResult | typeof nothing {
    if (!note) return nothing;
    // On paper of its own: an edge that ran through it would read as a minus.
    const width = roughWidth(`× ${plain(local.label)}${this.#local(local)}`) * NOTE_SIZE;
    const left = note.anchor === 'middle' ? note.x - width / 2 : note.x;
    return svg`<rect class="paper" x=${left - 1} y=${note.y - NOTE_SIZE} width=${width + 2} height=${NOTE_SIZE * 1.25}/><text class="local" text-anchor=${note.anchor} x=${note.x} y=${note.y} font-size=${NOTE_SIZE}>× ${drawn(local.label)}${this.#local(local)}</text>`;
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
    const isNumber = node.rows * node.columns === 1;
    const middle = node.y + node.height / 2;
    const shape = `${node.rows}×${node.columns}`;
    const first = session.graph.nodes.find(({ role }) => role === 'param') ?? session.graph.nodes[0];
    const isEntry = (this.focused ?? first?.id) === node.id;
    const update = picture.updates.get(node.id);
    return svg`<g class=${`node ${node.role}`} role="img" tabindex=${isEntry ? 0 : -1} data-node=${node.id}
        aria-label=${this.#name(node, value, gradient)} @focus=${() => (this.focused = node.id)}>
      <title>${isNumber ? `${node.plain} = ${session.full(value)}\n∂${session.loss.plain}/∂${node.plain} = ${session.full(gradient)}` : shape}</title>
      <rect x=${node.x} y=${node.y} width=${node.width} height=${node.height} rx="2"/>
      ${row(node, node.y + node.height * 0.34, VALUE_SIZE, 'value', node.label, isNumber ? session.short(value) : shape)}
      <path class="hair" d=${`M${node.x + 1} ${middle}h${node.width - 2}`}/>
      ${row(node, node.y + node.height * 0.83, GRADIENT_SIZE, 'gradient', gradientLabel(session.loss, node), isNumber ? session.short(gradient) : shape)}
      ${update ? this.#update(node, update, picture.isUpright) : nothing}
    </g>`;
  }

  #name(node: NodeView, value: number, gradient: number): string {
    const { session } = this;
    if (node.rows * node.columns > 1) {
      return session.say('graph.matrix', { name: node.plain, rows: node.rows, columns: node.columns });
    }
    return session.say('graph.node', { name: node.plain, value: session.short(value), gradient: session.short(gradient) });
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
    if (!from || !this.#picture || event.altKey || event.ctrlKey || event.metaKey || !event.key.startsWith('Arrow')) return;
    // The arrows belong to the graph while it has the focus, at its rim too.
    event.preventDefault();
    const to = neighbour(this.#picture, Number(from.dataset['node']), event.key);
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

function plain(label: readonly RunView[]): string {
  return label.map(({ text }) => text).join('');
}

customElements.define('cg-graph', Graph);
