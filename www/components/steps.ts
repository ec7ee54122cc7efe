import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { DerivationStep, Tally, WorkView } from 'chalkgrad-engine';
import { inline } from '../formula';
import { lossOf } from '../rules/parts';
import type { Walk } from '../walk';
import './latex';
import { counted, markCut, mathematics, multiplications, piecesOf, shapes } from './mathematics';
import { Piece } from './piece';

/** Of a long list, so many rows with the step at hand among them, and as many before and behind these. */
const AROUND = 20;
const MORE = 60;

/** All gradients in the order in which the backward pass makes them, a formula each. */
export class Steps extends Piece {
  static override properties = { ...Piece.properties, earlier: { state: true }, later: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'language', 'walk', 'graph'] as const;
  /** How many rows are shown before and behind the step at hand. */
  declare private earlier: number;
  declare private later: number;
  #walk: Walk | undefined;
  #hand = -1;
  #list: Element | undefined;
  readonly #watch = new ResizeObserver(() => markCut(this.querySelectorAll<HTMLElement>('.steps .said-in-math')));

  constructor() {
    super();
    this.earlier = this.later = AROUND;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { walk } = this.session;
    if (walk !== this.#walk) this.earlier = this.later = AROUND;
    this.#walk = walk;
  }

  protected override updated(): void {
    const list = this.querySelector('.steps');
    if (list && list !== this.#list) {
      this.#watch.disconnect();
      this.#watch.observe((this.#list = list));
    }
    const hand = this.session.walk ? this.#atHand(this.session.walk) : -1;
    if (hand === this.#hand) return;
    this.#hand = hand;
    const [row, scroller] = [this.querySelector<HTMLElement>('.now'), this.querySelector<HTMLElement>('.scroller')];
    if (!row || !scroller) return;
    const [top, bottom] = [row.offsetTop, row.offsetTop + row.offsetHeight];
    if (top < scroller.scrollTop || bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top - (scroller.clientHeight - row.offsetHeight) / 2;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this;
    const { walk } = session;
    if (!walk) return nothing;
    const all = walk.derivations.steps(session.form);
    const hand = this.#atHand(walk);
    const made = hand < 0 ? [] : walk.derivations.of(walk.derivations.node, session.form).reused.map(({ step }) => step);
    // Rows stay while the walk goes on among them: all that are moved would have to be laid out anew.
    const around = Math.floor(Math.max(hand, 0) / AROUND) * AROUND;
    const [first, end] = [Math.max(0, around - this.earlier), Math.min(all.length, around + AROUND + this.later)];
    return html`<section class="p-all ${session.form}" aria-label=${session.say('panel.all')}>
      <div class="head"><h2>${session.show('steps.title')}</h2><cg-latex .session=${session} .latex=${walk.derivations.latex(session.form)} .name=${session.say('steps.all')}></cg-latex></div>
      <div class="scroller">
        ${this.#more(first, () => (this.earlier += MORE))}
        <ol class="steps" @keydown=${(event: KeyboardEvent) => this.#key(event)}>${all.slice(first, end).map((step, at) => this.#row(walk, step, first + at, hand, made))}</ol>
        ${this.#more(all.length - end, () => (this.later += MORE))}
        ${this.#tally(walk)}
      </div></section>`;
  }

  #atHand(walk: Walk): number {
    const { node } = walk.derivations;
    return walk.derivations.steps(this.session.form).findIndex(step => step.node === node);
  }

  #more(count: number, show: () => void): TemplateResult | typeof nothing {
    return count > 0 ? html`<button class="act" type="button" @click=${show}>${this.session.show('steps.more', { count })}</button>` : nothing;
  }

  /** `made` are the steps that made what the one at hand takes over. */
  #row(walk: Walk, step: DerivationStep, at: number, hand: number, made: readonly number[]): TemplateResult {
    const { session } = this;
    const nearest = made.length > 0 ? Math.max(...made) : hand;
    const isReached = walk.derivations.isReached(step.node);
    const state = at === hand ? 'now' : made.includes(at) ? 'made' : '';
    const line = nearest === hand || at < nearest || at > hand ? '' : at === nearest ? 'from' : at === hand ? 'to' : 'through';
    const label = state === 'made' ? 'steps.made' : state === 'now' && made.length > 0 ? 'steps.reused' : undefined;
    return html`<li class="${state} ${line} ${isReached ? '' : 'ahead'}"><button type="button" tabindex=${at === Math.max(hand, 0) ? 0 : -1} data-step=${at}
        aria-current=${at === hand ? 'step' : nothing} aria-label=${`${session.say('derive.step', { step: at + 1 })}: ${step.plain}${label ? `, ${session.say(label)}` : ''}`}
        title=${session.say('steps.act', { step: at + 1 })} @click=${() => this.#choose(walk, step, at === hand)}>
      <span class="sn">${at + 1}</span><span class="said-in-math">${guard([step.mathml], () => mathematics(piecesOf(step.mathml).join('')))}</span>
      <span class="side"><span class="shapes">${shapes(step.shapes)}</span>${label ? html`<span class="mg">${session.show(label)}</span>` : nothing}</span></button></li>`;
  }

  /** Looks at a step; chosen again, walks there. */
  #choose(walk: Walk, { node, made }: DerivationStep, isAtHand: boolean): void {
    if (isAtHand && walk.at !== made + 1) walk.stand(made + 1);
    else walk.derivations.pick(node);
    this.session.outlook.changed();
  }

  #key(event: KeyboardEvent): void {
    const row = (event.target as Element).closest<HTMLElement>('[data-step]');
    const { walk } = this.session;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!row || !walk || by === undefined) return;
    event.preventDefault();
    const to = Number(row.dataset['step']) + by;
    const step = walk.derivations.steps(this.session.form)[to];
    if (!step) return;
    walk.derivations.pick(step.node);
    this.session.outlook.changed();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-step="${to}"]`)?.focus({ preventScroll: true }));
  }

  #tally(walk: Walk): TemplateResult {
    const { session } = this;
    const { numbers, done, anew, byPath }: Tally = walk.derivations.tally;
    // Where nothing is multiplied, additions are what there is to count.
    const kind = done.multiplications === '0' ? 'additions' : 'multiplications';
    const cost = (work: WorkView | undefined): string => (work ? counted(session, work[kind]) : session.say('derive.uncounted'));
    const [loss, space] = [inline(lossOf(walk.graph).label), session.say('status.space')];
    const all = session.show(kind === 'additions' ? 'tally.additions' : 'tally.done', { count: kind === 'additions' ? cost(done) : multiplications(session, done.multiplications) });
    return html`<p class="note tally">${all}${numbers === 0 ? nothing : html`${space}${session.show(numbers === 1 ? 'tally.anew.one' : 'tally.anew', { numbers, loss, count: cost(anew) })}${space}${session.show('tally.paths', { count: cost(byPath) })}`}</p>`;
  }
}

customElements.define('cg-steps', Steps);
