import { html, nothing, type TemplateResult } from 'lit';
import { writtenUpdate } from '../arithmetic';
import type { Iterate } from '../engine';
import { gradientLabel, inline } from '../formula';
import { Piece } from './piece';

/** Rows before the present step: at first, and so many more whenever the upper end comes into sight. */
const ROWS = 24;
const MORE_ROWS = 48;
const MOST_ROWS = 480;
const NEAR_THE_END_PX = 60;
/** Numbers with more characters than these make a narrow table dense, or denser. */
const LONG_NUMBER = 7;
const LONGER_NUMBER = 11;

/** The table "Iterates": one row a step, read as an equation from left to right. */
export class Iterates extends Piece {
  static override properties = { ...Piece.properties, reach: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'rate', 'language'] as const;
  declare private reach: number;
  #shownStep = -1;
  #lift: { height: number; top: number } | undefined;
  /** A panel that opens or changes its size shows the present step again. */
  #observer = new ResizeObserver(() => requestAnimationFrame(() => this.#keepInSight()));
  #observed: HTMLElement | null = null;

  constructor() {
    super();
    this.reach = ROWS;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#observed = null;
  }

  protected override willUpdate(): void {
    if (this.session.isPlaying) this.reach = ROWS;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    return html`<section class="p-table">
      <div class="head"><h2>${session.show('table.title')}</h2></div>
      ${session.parameter
        ? html`<div class="scroller" role="group" tabindex="0" aria-label=${session.say('table.title')} @scroll=${this.#scrolled}>${this.#table()}</div>`
        : html`<p class="muted">${session.show('table.several', { count: session.trained })}</p>`}
    </section>`;
  }

  protected override updated(): void {
    const scroller = this.#scroller;
    if (scroller !== this.#observed) {
      this.#observer.disconnect();
      this.#observed = scroller;
      if (scroller) this.#observer.observe(scroller);
    }
    if (!scroller) return;
    if (this.#lift) {
      scroller.scrollTop = this.#lift.top + scroller.scrollHeight - this.#lift.height;
      this.#lift = undefined;
    }
    const { step } = this.session.report;
    if (step !== this.#shownStep) this.#keepInSight();
    this.#shownStep = step;
  }

  /** Brings the present step into sight; only this panel scrolls, never the page. */
  #keepInSight(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const now = scroller.querySelector<HTMLElement>('tr[aria-current]');
    const head = scroller.querySelector<HTMLElement>('thead');
    if (!now || !head) return;
    const lowest = scroller.clientHeight - now.offsetHeight * 1.5;
    const highest = head.offsetHeight + now.offsetHeight;
    const at = now.offsetTop - scroller.scrollTop;
    if (at > lowest) scroller.scrollTop = now.offsetTop - lowest;
    else if (at < highest) scroller.scrollTop = now.offsetTop - highest;
  }

  /** Rows are not keyed by step: in fast play they stay and change their texts, which is quicker than new ones. */
  #table(): TemplateResult {
    const { session } = this;
    const node = session.parameter;
    const rows = session.rows(this.reach);
    const name = inline(node?.label ?? []);
    const longest = Math.max(...rows.flatMap(row => [session.short(row.gradient).length, session.short(row.loss).length]));
    const density = longest > LONGER_NUMBER ? 'dense denser' : longest > LONG_NUMBER ? 'dense' : '';
    return html`<table class="iterates ${density}"><caption class="sr">${session.show('table.title')}</caption>
      <colgroup><col class="c-step"><col class="c-value"><col class="c-rate"><col class="c-gradient"><col class="c-equals"><col class="c-next"><col class="c-loss"></colgroup>
      <thead><tr><th scope="col">${session.show('table.step')}</th> <th scope="col">${name}</th> <th scope="col" class="sign">− <i>η</i> ×</th>
        <th scope="col">${node ? inline(gradientLabel(session.loss, node)) : nothing}</th> <th scope="col" class="sign">=</th>
        <th scope="col">${session.show('table.new', { name })}</th> <th scope="col">${inline(session.loss.label)}</th></tr></thead>
      <tbody>${rows.map(row => this.#row(row))}</tbody></table>`;
  }

  #row(row: Iterate): TemplateResult {
    const { session } = this;
    const { step } = session.report;
    const { value, rate, gradient, next } = writtenUpdate(session, row);
    const isNow = row.step === step;
    const justMade = step > 0 && row.step === step - 1;
    return html`<tr class=${isNow ? 'now' : ''} aria-current=${isNow ? 'step' : nothing}><th scope="row">${row.step}</th>
      <td class="param ${isNow && step > 0 ? 'same' : ''}" title=${session.full(row.value)}>${value}</td> <td class="sign" title=${session.full(row.rate)}>− ${rate} ×</td>
      <td class="backward" title=${session.full(row.gradient)}>${gradient}</td> <td class="sign">=</td>
      <td class="param next ${justMade ? 'same' : ''}" title=${session.full(row.next)}>${next}</td> <td class="forward" title=${session.full(row.loss)}>${session.short(row.loss)}</td></tr>`;
  }

  get #scroller(): HTMLElement | null {
    return this.querySelector('.scroller');
  }

  #scrolled(event: Event): void {
    const scroller = event.currentTarget as HTMLElement;
    const [first] = this.session.rows(this.reach);
    if (scroller.scrollTop > NEAR_THE_END_PX || !first || first.step === 0) return;
    if (this.session.isPlaying || this.reach >= MOST_ROWS || this.#lift) return;
    this.#lift = { height: scroller.scrollHeight, top: scroller.scrollTop };
    this.reach += MORE_ROWS;
  }
}

customElements.define('cg-iterates', Iterates);
