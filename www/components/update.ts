import { html, nothing, type TemplateResult } from 'lit';
import { spokenUpdate, writtenUpdate } from '../arithmetic';
import type { Iterate } from '../engine';
import { gradientLabel, inline } from '../formula';
import { isPlain, timelineOf, type RateSpan } from '../rules/eta';
import { roughWidth } from '../rules/placing';
import type { Session } from '../session';
import { learnAll } from '../text';
import { addButton, methodButton } from './method-button';
import { Piece } from './piece';

/** Rates that fit beside the equation; a hand on the slider leaves many more. */
const MOST_RATES = 3;

/** Has fetched what shows updates line by line. False where that can't be had. */
export async function canShowRules(session: Session): Promise<boolean> {
  const [, hasWords] = await Promise.all([import('./rule'), learnAll(session.language)]);
  return hasWords;
}

/**
 * The next step as an equation, symbols above and the numbers put in beneath, and the rates used so far. Of anything
 * but plain gradient descent of one number the last one, line by line, by a piece that is fetched.
 */
export class Update extends Piece {
  protected override readonly topics = ['program', 'numbers', 'rate', 'language'] as const;
  #hasRule = false;
  readonly #observer = new ResizeObserver(() => requestAnimationFrame(() => this.#fit()));

  protected override render(): TemplateResult {
    const { session } = this;
    const { step, diverged } = session.report;
    const row = isPlain(session.run) ? session.row(diverged ? step - 1 : step) : undefined;
    if (!row && !this.#hasRule) void this.#fetchRule();
    return html`<section class="p-update">
      ${row ? html`<div class="head"><h2>${session.show(diverged ? 'update.last' : 'update.title')}</h2>${methodButton(session)}${addButton(session)}</div>${this.#equation(row)}`
        : this.#hasRule ? html`<cg-rule .session=${session}></cg-rule>` : nothing}
      ${this.#rates(timelineOf(session.run))}
    </section>`;
  }

  async #fetchRule(): Promise<void> {
    this.#hasRule = await canShowRules(this.session);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  protected override firstUpdated(): void {
    const section = this.querySelector('section');
    if (section) this.#observer.observe(section);
  }

  protected override updated(): void {
    this.#fit();
  }

  /** How wide digits are depends on the fonts at hand: what is too long is set smaller. */
  #fit(): void {
    const equation = this.querySelector<HTMLElement>('.equation');
    if (!equation) return;
    equation.style.removeProperty('--fit');
    const { scrollWidth, clientWidth } = equation;
    if (scrollWidth > clientWidth) equation.style.setProperty('--fit', String(clientWidth / scrollWidth));
  }

  #equation(row: Iterate): TemplateResult | typeof nothing {
    const { session } = this;
    const node = session.parameter;
    if (!node) return nothing;
    const name = inline(node.label);
    const { value, rate, gradient, next, exactNext } = writtenUpdate(session, row);
    const length = roughWidth(`${next}=${value}−${rate}×${gradient}`);
    return html`<div class="equation" .style=${`--length:${length.toFixed(1)}`} role="img" aria-label=${`${node.plain} ← ${spokenUpdate(session, row)}`}>
      <span class="param">${name}<sub>${row.step + 1}</sub></span><span>=</span><span class="param">${name}<sub>${row.step}</sub></span><span>−</span
      ><span class="rate"><i>η</i></span><span>×</span><span class="backward fraction">${inline(gradientLabel(session.loss, node))}</span>
      <span class="param" title=${exactNext}>${next}</span><span>=</span><span class="param" title=${session.full(row.value)}>${value}</span><span>−</span
      ><span class="rate" title=${session.full(row.rate)}>${rate}</span><span>×</span><span class="backward" title=${session.full(row.gradient)}>${gradient}</span>
    </div>`;
  }

  #rates(spans: readonly RateSpan[]): TemplateResult {
    if (spans.length < 2) return html`<div class="rates"></div>`;
    const { session } = this;
    const shown = spans.slice(-MOST_RATES);
    const earlier = spans.length - shown.length;
    const { step } = session.report;
    return html`<div class="rates"><h3 class="sr">${session.show('update.rates')}</h3><ol>
      ${earlier > 0 ? html`<li class="earlier">${session.show('update.earlier', { count: earlier })}</li>` : nothing}
      ${shown.map((span, at) => {
        const end = shown[at + 1]?.from;
        const isNow = span.from <= step && (end === undefined || step < end);
        return html`<li aria-current=${isNow ? 'true' : nothing}><i>η</i> = <b>${session.short(span.rate)}</b> ${this.#span(span.from, end)}</li>`;
      })}</ol></div>`;
  }

  #span(first: number, end: number | undefined): TemplateResult {
    const { session } = this;
    if (end === undefined) return session.show('update.now', { first });
    if (end === first + 1) return session.show('update.one', { first });
    return session.show('update.before', { first, last: end - 1 });
  }
}

customElements.define('cg-update', Update);
