import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { NodeView, Path, Paths as Ways } from 'chalkgrad-engine';
import type { Derivations } from '../derivations';
import { gradientLabel, inline } from '../formula';
import { lantern } from '../lantern';
import { written } from '../rules/contributions';
import { isScalar, lossOf, numbersOf } from '../rules/parts';
import { sumOf } from '../rules/terms';
import type { Walk } from '../walk';
import { counted, markCut, mathematics, multiplications, piecesOf } from './mathematics';
import { Piece } from './piece';

/** How long each way is lit where they are lit in turn. */
const TURN_MS = 900;
/** A product of more factors stands below its number, with all the width there is. */
const MOST_BESIDE = 2;
/** Of products that begin with the same factors, so many of them or more, the rows show where they part. */
const SAME_FACTORS = 4;
const DOTS = '<math><mo form="prefix">⋯</mo></math>';
/** A sum of more terms is written with dots. */
const MOST_TERMS = 8;
/** Beyond so many multiplications, or more than can be told, terms are worked out when somebody wants them. */
const MOST_AT_ONCE = 2_000_000;
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** The ways from the loss to a node: what comes along each, and that it adds up to the gradient. */
export class Paths extends Piece {
  static override properties = { ...Piece.properties, lit: { state: true }, chosen: { state: true }, isPlaying: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'language', 'walk', 'graph'] as const;
  /** The way that is lit. */
  declare private lit: number | undefined;
  /** The way whose product is seen in full. */
  declare private chosen: number | undefined;
  declare private isPlaying: boolean;
  /** Where the chosen row stood before it was opened; nothing where it is to be brought into view. */
  #stood: number | undefined;
  #drawn: { paths: readonly Path[]; pieces: readonly string[][]; same: number } | undefined;
  #list: Element | undefined;
  readonly #watch = new ResizeObserver(() => this.#measure());
  #node: number | undefined;
  /** How many ways there are to light. */
  #listed = 0;
  #timer: number | undefined;

  constructor() {
    super();
    this.isPlaying = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#light(undefined);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const derivations = this.session.walk?.derivations;
    const node = derivations?.node;
    const listed = derivations && node !== undefined ? derivations.paths(node).paths.length : 0;
    if (node !== this.#node || listed !== this.#listed) {
      this.#light(undefined);
      this.chosen = undefined;
    }
    [this.#node, this.#listed] = [node, listed];
  }

  protected override updated(changed: PropertyValues): void {
    const { walk } = this.session;
    const list = this.querySelector('.ways');
    if (list && list !== this.#list) {
      this.#watch.disconnect();
      this.#watch.observe((this.#list = list));
    }
    if (changed.has('chosen')) this.#keepInView();
    const path = this.lit === undefined || this.#node === undefined ? undefined : walk?.derivations.paths(this.#node).paths[this.lit];
    lantern.showPath(path && this.#node !== undefined ? keysAlong(path, this.#node) : []);
  }

  /** Of a row that is opened by hand the place stays; any other is brought into view. */
  #keepInView(): void {
    this.#measure();
    const [row, scroller] = [this.querySelector<HTMLElement>('.ways .open'), this.querySelector<HTMLElement>('.scroller')];
    if (!row || !scroller) return;
    if (this.#stood === undefined) row.scrollIntoView({ block: 'nearest' });
    else scroller.scrollTop += row.getBoundingClientRect().top - this.#stood;
    this.#stood = undefined;
  }

  #measure(): void {
    markCut(this.querySelectorAll<HTMLElement>('.ways .said-in-math'));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { walk } = this.session;
    const node = walk?.graph.nodes.find(({ id }) => id === this.#node);
    return walk && node ? this.#content(walk, node, walk.derivations.paths(node.id)) : nothing;
  }

  #content(walk: Walk, node: NodeView, { count, paths }: Ways): TemplateResult {
    const { session } = this;
    const loss = lossOf(walk.graph);
    const name = html`<span data-of=${`v${node.id}`}>${inline(node.label)}</span>`;
    const play = session.say(this.isPlaying ? 'paths.stop' : still.matches ? 'paths.next' : 'paths.play');
    const isCut = count !== String(paths.length);
    const { done } = walk.derivations.tally;
    const work = session.say('paths.work', { multiplications: multiplications(session, done.multiplications), additions: counted(session, done.additions) });
    return html`<section class="p-paths" aria-label=${session.say('panel.paths')}>
      <div class="head"><h2>${session.show('paths.title', { loss: inline(loss.label), node: name, count: counted(session, count) })}</h2>
        ${paths.length > 1 ? html`<button class="latex" type="button" @click=${() => this.#play()}>${play}</button>` : nothing}</div>
      <div class="scroller">
        ${isCut ? html`<p class="note">${session.show('paths.cut', { count: counted(session, count), listed: paths.length, work })}</p>` : nothing}
        ${node.id === loss.id ? html`<p class="note">${session.show('paths.loss', { loss: inline(loss.label) })}</p>` : nothing}
        ${this.#ways(walk, node, paths, isCut)}
      </div></section>`;
  }

  #ways(walk: Walk, node: NodeView, paths: readonly Path[], isCut: boolean): TemplateResult {
    const { session } = this;
    const { derivations } = walk;
    const isReached = derivations.isReached(node.id);
    const isLater = isReached && !derivations.hasTerms(node.id) && !(Number(derivations.tally.done.multiplications) * paths.length <= MOST_AT_ONCE);
    const terms = isReached && !isLater ? derivations.terms(node.id) : new Float64Array();
    const gradient = numbersOf(node, session.numbers.gradients);
    const sum = sumOf(terms, gradient, derivations.entry);
    return html`<ol class="ways" @pointerleave=${() => this.isPlaying || this.#light(undefined)}>${paths.map((path, at) => this.#row(path, at, this.#factors(paths), sum.parts[at]))}</ol>
      ${isLater ? html`<p class="note"><button class="act" type="button" @click=${() => this.#workOut(derivations, node.id)}>${session.show('paths.terms')}</button></p>`
        : isReached ? this.#sum(walk, node, sum, paths.length, isCut) : html`<p class="note">${session.show('derive.ahead')}</p>`}`;
  }

  #row(path: Path, at: number, { pieces, same }: { pieces: readonly string[][]; same: number }, value: number | undefined): TemplateResult {
    const { session } = this;
    const all = pieces[at] ?? [];
    const isOpen = at === this.chosen;
    const parting = all.slice(Math.max(same - 1, 0));
    // Long products have dots of their own in their middle.
    const rest = parting[0]?.includes('…') ? parting.slice(1) : parting;
    const shown = isOpen || same < SAME_FACTORS ? all : [DOTS, ...rest];
    return html`<li class="${at === this.lit ? 'lit-way' : ''} ${isOpen ? 'open' : ''} ${all.length > MOST_BESIDE ? 'below' : ''}">
        <button type="button" aria-label=${`${session.say('paths.path', { path: at + 1 })}: ${path.plain}`} aria-pressed=${at === this.lit}
          @pointerenter=${() => this.isPlaying || this.#light(at)} @focus=${(event: Event) => this.#focus(event, at)} @click=${(event: Event) => this.#choose(event, at)}>
        <span class="sn">${at + 1}</span><span class="said-in-math">${mathematics(shown.join(''))}</span>${value === undefined ? nothing : html`<b class="termvalue" title=${session.full(value)}>${session.short(value)}</b>`}</button></li>`;
  }

  /** The factors of all products, and with how many all begin. */
  #factors(paths: readonly Path[]): { pieces: readonly string[][]; same: number } {
    if (this.#drawn?.paths !== paths) {
      const pieces = paths.map(({ mathml }) => piecesOf(mathml));
      const [first = [], ...others] = pieces;
      const parts = first.findIndex((piece, at) => others.some(other => other[at] !== piece));
      this.#drawn = { paths, pieces, same: others.length === 0 ? 0 : Math.max(parts, 0) };
    }
    return this.#drawn;
  }

  /** By the keyboard a row is opened at once; under a pointer none moves before it is clicked. */
  #focus(event: Event, at: number): void {
    if (this.isPlaying) return;
    this.#light(at);
    if ((event.target as Element).matches(':focus-visible')) this.chosen = at;
  }

  #choose(event: Event, at: number): void {
    this.#light(at);
    if (at === this.chosen) return;
    this.#stood = (event.currentTarget as Element).closest('li')?.getBoundingClientRect().top;
    this.chosen = at;
  }

  /** They are kept until the walk or the run moves. */
  #workOut(derivations: Derivations, node: number): void {
    derivations.terms(node);
    this.requestUpdate();
  }

  /** The terms' sum, beside the gradient as the backward pass made it. */
  #sum(walk: Walk, node: NodeView, { parts, entry, gradient, agreement }: ReturnType<typeof sumOf>, listed: number, isCut: boolean): TemplateResult | typeof nothing {
    const { session } = this;
    if (parts.length === 0) return nothing;
    if (isCut || parts.length < listed) return html`<p class="note">${session.show('paths.some', { count: parts.length })}</p>`;
    const shown = written(parts.slice(0, MOST_TERMS), value => session.short(value));
    const label = inline(gradientLabel(lossOf(walk.graph), node));
    const where = { row: Math.floor(entry / node.columns) + 1, column: (entry % node.columns) + 1 };
    return html`<p class="sum">${shown}${parts.length > MOST_TERMS ? ' + …' : ''} = <b class="backward" data-of=${`g${node.id}`} data-at=${isScalar(node) ? nothing : entry} title=${session.full(gradient)}>${session.short(gradient)}</b></p>
      <p class="note">${isScalar(node) ? nothing : html`${session.show(walk.derivations.entry === undefined ? 'paths.largest' : 'paths.entry', where)}${session.say('status.space')}`}${
        agreement === 'equal' ? html`<span class="agrees">✓</span> ${session.show(isScalar(node) ? 'paths.agree.one' : 'paths.agree', { gradient: label })}` : session.show(agreement === 'odd' ? 'paths.odd' : 'paths.differ', { gradient: label })}</p>`;
  }

  /** One after the other; by hand where nothing is to move by itself. */
  #play(): void {
    if (this.isPlaying) {
      this.#light(undefined);
      return;
    }
    const next = (this.lit ?? -1) + 1;
    if (still.matches) {
      this.#light(next % this.#listed);
      this.chosen = this.lit;
      return;
    }
    this.#light(0);
    this.chosen = 0;
    this.isPlaying = true;
    this.#timer = window.setInterval(() => {
      const to = (this.lit ?? -1) + 1;
      if (to < this.#listed) this.lit = this.chosen = to;
      else this.#light(undefined);
    }, TURN_MS);
  }

  /** Lights this one, and no other after it. */
  #light(at: number | undefined): void {
    clearInterval(this.#timer);
    this.isPlaying = false;
    this.lit = at;
    if (at === undefined) lantern.showPath([]);
  }
}

/** What lies on a way: the nodes' gradients and the local derivatives between them. */
function keysAlong({ through, slots }: Path, node: number): string[] {
  return [...through.map((id, at) => `d${id}.${slots[at] ?? 0}`), ...through.map(id => `g${id}`), `g${node}`];
}

customElements.define('cg-paths', Paths);
