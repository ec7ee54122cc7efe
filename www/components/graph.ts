import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { GraphView, LocalView, Move, NodeView, OperatorView, RunView } from 'chalkgrad-engine';
import { writtenUpdate } from '../arithmetic';
import { drawn, gradientLabel } from '../formula';
import { isPlain } from '../rules/eta';
import { columnOf, isScalar, numbersOf, plain, samplesOf } from '../rules/parts';
import type { Way } from '../rules/standing';
import { LANE } from '../rules/lanes';
import type { Walk } from '../walk';
import { NOTE_SIZE, SHARE_ABOVE, neighbour, pictureOf, roughWidth, scaleFor, type DrawnEdge, type Picture } from '../rules/placing';
import { arrowsButton } from './arrows';
import type { Camera } from './camera';
import { bead, showFlow } from './flow';
import type { Glider } from './folding';
import { Piece } from './piece';

const PADDING = 11;
const VALUE_SIZE = 15;
const GRADIENT_SIZE = 14;
const LEAST_SIZE = 11;
/** Of a graph with more, only what is in sight is drawn, and as less where it is too small to be read. */
const MANY_OPERATORS = 200;
const READABLE = 0.34;
/** A graph that does not fit is drawn as small as this at first, but no smaller. */
const LEAST_AT_FIRST = 0.56;
/** Around what is in sight, in the picture's lengths. */
const MARGIN = 200;
const SHARE_BESIDE_CURVE = 0.26;
const LEAST_SCALE = 0.75;
/** Of the update beside its parameter, set smaller where it would not fit. */
const WRITTEN_SIZE = 15;
const SYMBOL_SIZE = 13.5;
/** Half of what is left free under an edge that passes over another. */
const HOP = 10;
const LEAST_SYMBOL = 8.5;
/** In a panel narrower than this, as on a phone, the graph stands upright. */
const NARROW_PX = 480;

/** The computation graph: values and gradients in rectangles, operators in circles. */
export class Graph extends Piece {
  static override properties = { ...Piece.properties, available: { state: true }, focused: { state: true }, zoomed: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'rate', 'language', 'draft', 'walk', 'graph'] as const;
  declare private available: number;
  declare private focused: number | undefined;
  /** The scale that somebody chose; nothing where it follows the room. */
  declare zoomed: number | undefined;
  #camera: Camera | undefined;
  #fetching: Promise<Camera | undefined> | undefined;
  #scale = 1;
  #picture: Picture | undefined;
  #byId: ReadonlyMap<number, NodeView> = new Map();
  #folded: ReadonlyMap<number, readonly number[]> = new Map();
  /** The operators that are drawn as labelled arrows. */
  #onArrows: ReadonlySet<number> = new Set();
  #placing = '';
  /** How many samples there are. */
  #samples = 0;
  /** The node that Tab leads to at first. */
  #entry: number | undefined;
  /** Whether it goes on in a next row where it is longer than the board. */
  #isWrapped = false;
  /** What graphs with matrices, functions of their own, or several samples are drawn and read with. */
  #folding: typeof import('./folding') | undefined;
  #drawnFrom: unknown;
  #step = 0;
  #travelled: Move | undefined;
  #glider: Glider | undefined;
  #observed: Element | null = null;
  #observer = new ResizeObserver(([entry]) => requestAnimationFrame(() => {
    if (entry && entry.contentRect.width > 0) this.available = entry.contentRect.width;
  }));

  constructor() {
    super();
    this.available = 0;
    this.focused = undefined;
    this.zoomed = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#observed = null;
    this.#camera = this.#fetching = undefined;
  }

  protected override updated(): void {
    const frame = this.querySelector('.graphframe');
    if (frame !== this.#observed) {
      this.#observer.disconnect();
      if (frame) this.#observer.observe(frame);
      this.#observed = frame;
    }
    if (this.#overflows()) void this.#withCamera();
    const { step } = this.session.report;
    const picture = this.#picture;
    if (picture) this.#glider?.move(this, picture.view);
    if (!this.#folding && !this.session.isLesson) void this.#fetchFolding();
    const advanced = step === this.#step + 1;
    this.#step = step;
    const drawing = this.querySelector<SVGSVGElement>('svg.graph');
    const { walk } = this.session;
    if (!picture || !drawing || !this.session.isFollowable) return;
    if (walk) this.#travel(drawing, picture, walk);
    else if (advanced && picture.view.operators.length <= MANY_OPERATORS) showFlow(drawing, picture);
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const root = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const picture = (this.#picture = this.#place());
    const { view } = picture;
    const { width, height } = view;
    this.#onArrows = new Set(session.outlook.hasArrows ? view.operators.filter(({ locals }) => locals.length === 1).map(({ id }) => id) : []);
    const scale = (this.#scale = this.zoomed ?? this.#fitting(picture, root));
    const label = session.say('graph.label', { loss: session.loss.plain });
    return html`<section class="p-graph ${session.isStale ? 'stale' : ''}" aria-label=${session.say('panel.graph')}>
      ${session.isStale ? html`<p class="why">${session.show('graph.stale')}</p>` : nothing}
      ${session.isLesson ? arrowsButton(session) : (this.#folding?.head(session) ?? nothing)}
      <div class="graphframe" @wheel=${this.#wheel} @pointerdown=${this.#touch}>
        <svg class="graph" role="group" aria-label=${label} viewBox=${`0 0 ${width} ${height}`}
          width=${width * scale} height=${height * scale} @keydown=${this.#key}>
          <defs>${(['forward', 'backward', 'param', 'ahead'] as const).map(arrowHead)}</defs>
          ${this.#content(picture)}
        </svg>
      </div>
      ${this.zoomed !== undefined || this.#overflows() ? (this.#camera?.controls(session) ?? nothing) : nothing}
    </section>`;
  }

  async #fetchFolding(): Promise<void> {
    this.#folding = await import('./folding');
    this.#glider = new this.#folding.Glider();
    this.requestUpdate();
  }

  /** What the last move moved travels along its edges, and comes into sight. */
  #travel(drawing: SVGSVGElement, picture: Picture, walk: Walk): void {
    const { now } = walk.standing;
    if (now === this.#travelled) return;
    this.#travelled = now;
    const node = now && this.#byId.get(now.node);
    if (node) this.#camera?.reveal(node);
    walk.travel(picture.edges, operator => this.#members(operator), (path, colour, delay, duration) => bead(drawing, path, colour, delay, duration), edge => this.#colour(edge));
  }

  /** The scale at which it fills its room: beside a curve the graph leaves it the better part of a low board. */
  #fitting({ isUpright, view: { width, height } }: Picture, root: number): number {
    const room = this.available || width;
    const least = (this.session.parameter && !this.#isWrapped ? LEAST_SCALE : LEAST_AT_FIRST) * (root / 15);
    const tallest = isUpright ? Infinity : ((this.session.parameter && !this.#isWrapped ? SHARE_BESIDE_CURVE : SHARE_ABOVE) * innerHeight) / height;
    const natural = scaleFor(width, room, root);
    return Math.max(least, Math.min(natural, isUpright ? natural : room / width < natural ? room / width : natural, tallest));
  }

  /** Whether there is more than fits into its room, once that is known. */
  #overflows(): boolean {
    const { view, isUpright } = this.#picture ?? {};
    if (!view || this.available === 0) return false;
    return view.width * this.#scale > this.available + 1 || (!isUpright && view.height * this.#scale > SHARE_ABOVE * innerHeight + 1);
  }

  /** All of a picture; of a large one what is in sight. */
  #content(picture: Picture): unknown {
    const { view } = picture;
    if (view.operators.length <= MANY_OPERATORS) return this.#details(picture, view.nodes, view.operators, picture.edges);
    if (this.#scale < READABLE) return this.#camera?.overview(view) ?? nothing;
    const frame = this.querySelector('.graphframe');
    const [x, y] = [(frame?.scrollLeft ?? 0) / this.#scale - MARGIN, (frame?.scrollTop ?? 0) / this.#scale - MARGIN];
    const [width, height] = [(frame?.clientWidth ?? 0) / this.#scale + 2 * MARGIN, (frame?.clientHeight ?? 0) / this.#scale + 2 * MARGIN];
    const isSeen = (left: number, top: number, right: number, bottom: number): boolean => left < x + width && right > x && top < y + height && bottom > y;
    return this.#details(
      picture,
      view.nodes.filter(node => isSeen(node.x, node.y, node.x + node.width, node.y + node.height)),
      view.operators.filter(({ x: middle, y: level }) => isSeen(middle, level, middle, level)),
      picture.edges.filter(({ box: [left, top, right, bottom] }) => isSeen(left, top, right, bottom)),
    );
  }

  #details(picture: Picture, nodes: readonly NodeView[], operators: readonly OperatorView[], edges: readonly DrawnEdge[]): SVGTemplateResult {
    return svg`${picture.view.calls.map(each => this.#folding?.frame(this.session, each))}${edges.map(each => this.#edge(each))}${operators.map(each => (each.members.length > 0 ? this.#folding?.box(this.session, each, picture.view.calls) : this.#operator(each)))}${nodes.map(each => this.#node(each, picture))}${this.session.walk?.marks(this.session, nodes, operators, edges, picture.isUpright)}`;
  }

  get scale(): number { return this.#scale; }
  get view(): GraphView { return this.#picture?.view ?? this.session.graph; }

  /** Who lets one move about in the graph; fetched when that is wanted. */
  async #withCamera(): Promise<Camera | undefined> {
    this.#fetching ??= this.#fetchCamera();
    return this.#fetching;
  }

  async #fetchCamera(): Promise<Camera | undefined> {
    const { Camera } = await import('./camera');
    const frame = this.querySelector<HTMLElement>('.graphframe');
    if (!frame) return undefined;
    this.#camera = new Camera(frame, this);
    // A corner of a large picture may be empty: its beginning is not.
    const start = this.#byId.get(this.view.edges[0]?.node ?? -1);
    if (start) this.#camera.reveal(start);
    this.requestUpdate();
    return this.#camera;
  }

  /** A second finger: a pinch begins. */
  #touch(event: PointerEvent): void {
    if (!event.isPrimary) void this.#withCamera();
  }

  /** A pinch on a touchpad before anybody is there to answer it. */
  #wheel(event: WheelEvent): void {
    if (this.#camera || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void this.#withCamera();
  }

  #place(): Picture {
    const view = this.session.graph;
    const { openCalls, sample } = this.session.outlook;
    const isNarrow = this.available > 0 && this.available < NARROW_PX && this.available < view.width;
    this.#samples = samplesOf(view);
    this.#entry = (view.nodes.find(({ role }) => role === 'param') ?? view.nodes[0])?.id;
    const samples = sample === undefined ? 0 : this.#samples;
    const room = isNarrow ? undefined : this.#folding?.roomFor(view, this.available);
    const placing = `${isNarrow} ${room} ${samples} ${openCalls}`;
    if (this.#picture && this.#drawnFrom === view && this.#placing === placing) return this.#picture;
    if (this.#drawnFrom !== view) this.zoomed = undefined;
    [this.#drawnFrom, this.#placing] = [view, placing];
    const isAsGiven = !isNarrow && samples === 0 && openCalls.length === 0;
    const wanted = { isUpright: isNarrow, open: openCalls, samples };
    const wrapped = room && this.#folding?.wrapped(this.session, wanted, room, view);
    const placed = wrapped || (isAsGiven ? view : this.session.placed(wanted));
    this.#isWrapped = Boolean(wrapped);
    this.#byId = new Map(placed.nodes.map(node => [node.id, node]));
    this.#folded = new Map(placed.operators.filter(({ members }) => members.length > 0).map(({ id, members }) => [id, members]));
    return pictureOf(placed, isNarrow);
  }

  #edge(each: DrawnEdge): SVGTemplateResult {
    const { edge, forward, backward, joint, hops } = each;
    const standing = this.session.walk?.standing;
    const [out, back]: Way[] = standing ? [standing.forward(this.#members(edge.operator)), standing.backward(this.#members(edge.operator))] : ['gone', 'gone'];
    const colour = this.#colour(each);
    const isPale = this.#byId.get(edge.operator)?.reaches === false;
    const [isOnArrow, isInto] = [this.#onArrows.has(edge.operator), edge.kind === 'operand'];
    const head = (way: Way | undefined, of: string): string => `url(#head-${way === 'ahead' || way === 'never' ? 'ahead' : of})`;
    return svg`<g class=${isPale ? 'pale' : ''}>${hops.map(({ x, y }) => svg`<path class="hop" d=${`M${x - HOP} ${y}h${2 * HOP}`}/>`)}
      <path class=${`edge ${colour} ${out}`} d=${forward} marker-end=${isOnArrow && isInto ? nothing : head(out, colour)}/>
      <path class=${`edge backward ${back}`} d=${backward} marker-end=${joint || (isOnArrow && !isInto) ? nothing : head(back, 'backward')}/>
      ${joint ? svg`<circle class=${`joint ${colour} ${out}`} cx=${joint.forward.x} cy=${joint.forward.y} r="2.4"/>
      <circle class=${`joint backward ${back}`} cx=${joint.backward.x} cy=${joint.backward.y} r="2.4"/>` : nothing}</g>`;
  }

  /** The operators that are folded into one; itself alone where it is none. */
  #members(operator: number): readonly number[] {
    return this.#folded.get(operator) ?? [operator];
  }

  #colour({ edge }: DrawnEdge): 'param' | 'forward' {
    return edge.kind === 'operand' && this.#byId.get(edge.node)?.role === 'param' ? 'param' : 'forward';
  }

  #operator(operator: OperatorView): SVGTemplateResult {
    const { session } = this;
    const locals = operator.locals.filter(({ whole }) => whole);
    const spoken = locals.map(local => plain(local.label) + this.#local(local)).join(', ');
    const name = spoken
      ? session.say('graph.operator', { name: operator.name, local: spoken })
      : session.say('graph.operator.plain', { name: operator.name });
    const size = Math.max(LEAST_SYMBOL, Math.min(SYMBOL_SIZE, (2 * operator.radius - 3) / roughWidth(operator.symbol)));
    const standing = session.walk?.standing;
    const state = standing?.isAtHand(this.#members(operator.id)) ? 'hand' : standing && !standing.isValueKnown(operator.id) ? 'ahead' : '';
    const { x, y, radius } = operator;
    if (this.#onArrows.has(operator.id)) return arrow(operator, this.#picture?.isUpright ?? false, name, state);
    return svg`<g class=${`operator ${state} ${this.#byId.get(operator.id)?.reaches === false ? 'pale' : ''}`} role="img" aria-label=${name}>
      <circle cx=${x} cy=${y} r=${radius}/>
      <text class="mid" x=${x} y=${y + size * 0.35} font-size=${size}>${operator.symbol}</text>
      ${locals.filter(({ place }) => place.length > 0).filter(isFirst).map(local => this.#note(local))}
    </g>`;
  }

  #note(local: LocalView): SVGTemplateResult {
    const [left = 0, top = 0, room = 0, height = 0] = local.place;
    // On paper of its own: an edge that ran through it would read as a minus.
    const [sign, value] = [this.#sign(local), this.#local(local)];
    const width = roughWidth(`${sign} ${plain(local.label)}${value}`) * NOTE_SIZE;
    const [x, y] = [left + room / 2, top + height * 0.72];
    return svg`<rect class="paper" x=${x - width / 2 - 1} y=${top} width=${width + 2} height=${height}/><text class="local mid" x=${x} y=${y} font-size=${NOTE_SIZE}>${sign} ${drawn(local.label)}${value}</text>`;
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
    const { values, gradients } = session.known;
    const standing = session.walk?.standing;
    const isKnown = standing?.isValueKnown(node.id) ?? true;
    const reached = standing?.gradient(node.id) ?? 'known';
    const value = isKnown ? (values[node.offset] ?? NaN) : undefined;
    const gradient = reached === 'ahead' ? undefined : (gradients[node.offset] ?? NaN);
    const isEntry = (this.focused ?? this.#entry) === node.id;
    return svg`<g class=${`node ${node.role} ${node.reaches ? '' : 'pale'} ${reached} ${standing?.isUpdated(node.id) ? 'updated' : ''}`} role="button" aria-haspopup="dialog" tabindex=${isEntry ? 0 : -1} data-node=${node.id}
        aria-label=${this.#name(node, value, gradient)} @focus=${() => (this.focused = node.id)} @click=${() => this.#open(node.id)}>
      <title>${this.#title(node, value, gradient)}</title>
      <rect class="box" x=${node.x} y=${node.y} width=${node.width} height=${node.height} rx="2"/>
      ${isScalar(node) ? this.#number(node, value, gradient, reached === 'part') : this.#matrix(node, value === undefined ? undefined : values, gradient === undefined ? undefined : gradients)}
      ${node.note.length > 0 ? this.#update(node, picture.isUpright) : nothing}
    </g>`;
  }

  #title(node: NodeView, value: number | undefined, gradient: number | undefined): string {
    const { session } = this;
    const why = node.reaches ? '' : `\n${session.say('graph.pale', { loss: session.loss.plain })}`;
    if (!isScalar(node)) return `${node.plain}: ${node.rows}×${node.columns}${why}`;
    const written = (number: number | undefined): string => (number === undefined ? '…' : session.full(number));
    return `${node.plain} = ${written(value)}\n∂${session.loss.plain}/∂${node.plain} = ${written(gradient)}${why}`;
  }

  #number(node: NodeView, value: number | undefined, gradient: number | undefined, isPart: boolean): SVGTemplateResult {
    const short = (number: number | undefined): string => (number === undefined ? '' : this.session.short(number));
    return svg`${row(node, node.y + node.height * 0.34, VALUE_SIZE, 'value', node.label, short(value))}
      <path class="hair" d=${`M${node.x + 1} ${node.y + node.height / 2}h${node.width - 2}`}/>
      ${row(node, node.y + node.height * 0.83, GRADIENT_SIZE, 'gradient', gradientLabel(this.session.loss, node), `${short(gradient)}${isPart ? ' + …' : ''}`)}`;
  }

  /** Value and gradient side by side. */
  #matrix(node: NodeView, values: Float64Array | undefined, gradients: Float64Array | undefined): SVGTemplateResult | typeof nothing {
    const { session } = this;
    const half = this.#folding?.half;
    if (!half) return nothing;
    const middle = node.x + node.width / 2;
    const short = (value: number): string => session.short(value);
    const column = columnOf(node, this.#samples, session.outlook.sample);
    const own = (numbers: Float64Array | undefined): Float64Array | undefined => numbers && numbersOf(node, numbers);
    return svg`${half(node, node.x, label => label, own(values), 'value', short, column)}
      <path class="hair" d=${`M${middle} ${node.y + 1}v${node.height - 2}`}/>
      ${half(node, middle, label => gradientLabel(session.loss, node, label), own(gradients), 'gradient', short, column)}`;
  }

  #name(node: NodeView, value: number | undefined, gradient: number | undefined): string {
    const { session } = this;
    if (!isScalar(node)) return session.say('graph.matrix', { name: node.plain, rows: node.rows, columns: node.columns });
    const known = (number: number | undefined): string => (number === undefined ? session.say('graph.unknown') : session.short(number));
    return session.say('graph.node', { name: node.plain, value: known(value), gradient: known(gradient) });
  }

  #open(node: number): void {
    this.dispatchEvent(new CustomEvent('open-node', { bubbles: true, detail: node }));
  }

  /** The update that the next step will make, led away from its parameter. */
  #update(node: NodeView, isUpright: boolean): SVGTemplateResult | typeof nothing {
    const { session } = this;
    const now = session.row(session.report.step);
    if (node.id !== session.parameter?.id || !now || session.report.diverged) return nothing;
    if (session.walk && !session.walk.standing.isUpdated(node.id)) return nothing;
    const { value, rate, gradient, next } = writtenUpdate(session, now);
    const [x = 0, top = 0, room = 0, height = 0] = node.note;
    const line = height / (isUpright ? 3 : 1);
    const isAbove = top < node.y;
    const from = isAbove ? node.y - 2 : node.y + node.height + 2;
    const lead = isUpright && x > node.x + node.width
      ? `M${node.x + node.width + 2} ${node.y + node.height / 2}H${x - 5}`
      : x > node.x + 20 ? `M${node.x + 16} ${from}V${top + line / 2}H${x - 4}` : `M${node.x + 16} ${from}V${isAbove ? top + height : top}`;
    const isRow = isPlain(session.run);
    const first = svg`${drawn(node.label)} ← ${isRow ? value : next}`;
    const second = svg`− ${rate} × <tspan class="backward">${gradient}</tspan>`;
    const last = `= ${next}`;
    const plainly = [`${plain(node.label)} ← ${isRow ? value : next}`, `− ${rate} × ${gradient}`, last];
    const longest = !isRow ? plainly[0] ?? '' : isUpright ? plainly.reduce((one, other) => (roughWidth(one) > roughWidth(other) ? one : other)) : plainly.join(' ');
    const size = Math.min(WRITTEN_SIZE, room / roughWidth(longest));
    const text = (at: number, content: unknown): SVGTemplateResult => svg`<text class="written" font-size=${size.toFixed(1)} x=${x} y=${top + line * (at + 0.72)}>${content}</text>`;
    return svg`<path class="edge param lead" d=${lead} marker-end="url(#head-param)"/>
      ${!isRow ? text(0, first) : isUpright ? [first, second, last].map((content, at) => text(at, content)) : text(0, svg`${first} ${second} ${last}`)}`;
  }

  /** What is out of sight may not be drawn yet. */
  async #focus(id: number): Promise<void> {
    const node = this.#byId.get(id);
    if (node) this.#camera?.reveal(node);
    this.focused = id;
    await this.updateComplete;
    this.querySelector<SVGGElement>(`[data-node="${id}"]`)?.focus();
  }

  #key(event: KeyboardEvent): void {
    const from = (event.target as Element).closest<SVGGElement>('[data-node]');
    if (!from || !this.#picture || event.altKey || event.ctrlKey || event.metaKey) return;
    const id = Number(from.dataset['node']);
    const opens = event.key === 'Enter' || event.key === ' ';
    if (/^[-+=0]$/.test(event.key)) void this.#withCamera().then(camera => camera?.key(event.key));
    else if (!opens && !event.key.startsWith('Arrow')) return;
    // These keys belong to the graph while it has the focus, the arrows at its rim too.
    event.preventDefault();
    if (opens) {
      this.#open(id);
      return;
    }
    const to = neighbour(this.#picture, id, event.key);
    if (to !== undefined) void this.#focus(to);
  }
}

/** An operator that is folded onto its arrow: both lanes go through, its name stands beside them. */
function arrow({ x, y, radius, symbol }: OperatorView, isUpright: boolean, name: string, state: string): SVGTemplateResult {
  const through = (aside: number): string => (isUpright ? `M${x + aside} ${y - radius - 2}v${2 * radius + 4}` : `M${x - radius - 2} ${y - aside}h${2 * radius + 4}`);
  return svg`<g class=${`operator ${state}`} role="img" aria-label=${name}>
    <path class="edge forward" d=${through(LANE)}/><path class="edge backward" d=${through(-LANE)}/>
    <text class=${isUpright ? '' : 'mid'} x=${isUpright ? x + LANE + 8 : x} y=${isUpright ? y + 5 : y - LANE - 6} font-size=${SYMBOL_SIZE}>${symbol}</text></g>`;
}

function arrowHead(colour: 'forward' | 'backward' | 'param' | 'ahead'): SVGTemplateResult {
  return svg`<marker id=${`head-${colour}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"
    orient="auto" markerUnits="userSpaceOnUse"><path class=${`head ${colour}`} d="M.5 .8L7.5 4L.5 7.2L2.4 4z"/></marker>`;
}

/** `x = 2` in one half of a node, set smaller where it would not fit. */
function row(node: NodeView, y: number, size: number, kind: string, label: readonly RunView[], text: string): SVGTemplateResult {
  const room = node.width - 2 * PADDING;
  const width = roughWidth(`${plain(label)} = ${text}`);
  const fitting = Math.max(LEAST_SIZE, Math.min(size, room / width));
  const squeezed = width * fitting > room + 1;
  return svg`<text class=${kind} x=${node.x + PADDING} y=${y + fitting * 0.12} font-size=${fitting.toFixed(1)}
    textLength=${squeezed ? room : nothing} lengthAdjust=${squeezed ? 'spacingAndGlyphs' : nothing}>${drawn(label)}${text === '' ? nothing : ` = ${text}`}</text>`;
}

/** Edges from the same node lie on each other: what stands by both is written once. */
function isFirst(local: LocalView, at: number, all: readonly LocalView[]): boolean {
  return all.findIndex(({ node, label }) => node === local.node && plain(label) === plain(local.label)) === at;
}

customElements.define('cg-graph', Graph);
