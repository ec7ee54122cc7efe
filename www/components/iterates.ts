import { html, nothing, type TemplateResult } from 'lit';
import { writtenUpdate } from '../arithmetic';
import type { Iterate } from '../engine';
import { gradientLabel, inline } from '../formula';
import { isPlain } from '../rules/eta';
import { Piece } from './piece';
import { canShowRules } from './update';

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
  static override properties = { ...Piece.properties, reach: { state: true }, isRule: { state: true }, hasRule: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'rate', 'language', 'view', 'pointed'] as const;
  declare private reach: number;
  declare private isRule: boolean;
  declare private hasRule: boolean;
  #shownStep = -1;
  #lift: { height: number; top: number } | undefined;
  /** A panel that opens or changes its size shows the present step again. */
  #observer = new ResizeObserver(() => requestAnimationFrame(() => this.#keepInSight()));
  #observed: HTMLElement | null = null;

  constructor() {
    super();
    this.reach = ROWS;
    this.isRule = true;
    this.hasRule = false;
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
    // Where the legend has the place of the update, it stands here, unless that is a row of this table.
    const isRuled = session.beside.runs?.isGroup && (!session.parameter || !isPlain(session.run));
    if (isRuled && !this.hasRule) void this.#fetchRule();
    if (isRuled && this.hasRule && (this.isRule || !session.parameter)) {
      return html`<section class="p-table p-ruled">${session.parameter ? this.#switch() : nothing}<cg-rule .session=${session}></cg-rule></section>`;
    }
    return html`<section class="p-table">
      <div class="head"><h2>${session.show('table.title')}</h2>${isRuled && this.hasRule ? this.#switch() : nothing}</div>
      ${session.parameter
        ? html`<div class="scroller" role="group" tabindex="0" aria-label=${session.say('table.title')} @scroll=${this.#scrolled}>${this.#table()}</div>`
        : html`<p class="muted">${session.show('table.several', { count: session.trained })}</p>`}
    </section>`;
  }

  /** From the update to the table, and back. */
  #switch(): TemplateResult {
    const { session } = this;
    return html`<div class="segm" role="group">${([true, false] as const).map(isRule => html`<button type="button" aria-pressed=${isRule === this.isRule}
      @click=${() => (this.isRule = isRule)}>${session.show(isRule ? 'rule.last' : 'table.title')}</button>`)}</div>`;
  }

  async #fetchRule(): Promise<void> {
    this.hasRule = await canShowRules(this.session);
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
    const plain = isPlain(session.run);
    const longest = Math.max(...rows.flatMap(row => [session.short(row.gradient).length, session.short(row.loss).length]));
    const density = longest > LONGER_NUMBER ? 'dense denser' : longest > LONG_NUMBER ? 'dense' : '';
    const states = plain ? '' : session.pictures.states();
    return html`<table class="iterates ${density} ${plain ? '' : 'ruled'}"><caption class="sr">${session.show('table.title')}</caption>
      <colgroup><col class="c-step">${plain ? html`<col class="c-value"><col class="c-rate"><col class="c-gradient"><col class="c-equals"><col class="c-next"><col class="c-loss">` : nothing}</colgroup>
      <thead><tr><th scope="col">${session.show('table.step')}</th> <th scope="col">${name}</th> ${plain ? html`<th scope="col" class="sign">− <i>η</i> ×</th>` : nothing}
        <th scope="col">${node ? inline(gradientLabel(session.loss, node)) : nothing}</th> ${plain ? html`<th scope="col" class="sign">=</th>` : [...states].map(sign => html`<th scope="col"><i>${sign}</i></th>`)}
        <th scope="col">${session.show('table.new', { name })}</th> <th scope="col">${inline(session.loss.label)}</th></tr></thead>
      <tbody>${rows.map(row => this.#row(row))}</tbody></table>`;
  }

  #row(row: Iterate): TemplateResult {
    const { session } = this;
    const { step } = session.report;
    const { value, rate, gradient, next, exactNext } = writtenUpdate(session, row);
    const isNow = row.step === step;
    const plain = isPlain(session.run);
    const justMade = step > 0 && row.step === step - 1;
    const pointed = session.beside.pointed === row.step ? 'pointedrow' : '';
    return html`<tr class="${isNow ? 'now' : ''} ${pointed}" @pointerenter=${() => session.beside.point(row.step)} @pointerleave=${() => session.beside.point(undefined)} aria-current=${isNow ? 'step' : nothing}><th scope="row">${row.step}</th>
      <td class="param ${isNow && step > 0 ? 'same' : ''}" title=${session.full(row.value)}>${value}</td> ${plain ? html`<td class="sign" title=${session.full(row.rate)}>− ${rate} ×</td>` : nothing}
      <td class="backward" title=${session.full(row.gradient)}>${plain ? gradient : session.short(row.gradient)}</td> ${plain ? html`<td class="sign">=</td>` : [...row.kept].map(kept => html`<td title=${session.full(kept)}>${session.short(kept)}</td>`)}
      <td class="param next ${justMade ? 'same' : ''}" title=${exactNext}>${next}</td> <td class="forward" title=${session.full(row.loss)}>${session.short(row.loss)}</td></tr>`;
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
