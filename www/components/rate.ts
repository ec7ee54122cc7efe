import { html, nothing, type TemplateResult } from 'lit';
import { exponentOf, HIGHEST_EXPONENT, LOWEST_EXPONENT, placeOf, rateAfterKey, rateAt, readRate, ticks, type RateProblem } from '../rules/eta';
import * as icons from './icons';
import { Piece } from './piece';

const TICKS = ticks();

/** What is wrong with what was typed, and what that was. */
interface Refusal {
  readonly problem: RateProblem | 'tooMany';
  readonly typed: string;
}

/**
 * The learning rate: a slider like a slide rule's cursor, and a field for exact numbers. Either acts
 * on the next step, also while it plays.
 */
export class Rate extends Piece {
  static override properties = { ...Piece.properties, refusal: { state: true } };
  protected override readonly topics = ['rate', 'numbers', 'language', 'program', 'prospects'] as const;
  declare private refusal: Refusal | undefined;
  /** What was typed for the rate in force: it stays as it was typed. */
  #typed: { text: string; rate: number } | undefined;

  protected override render(): TemplateResult {
    const { session, refusal } = this;
    const rate = session.report.learningRate;
    const place = placeOf(rate);
    const spoken = session.short(rate);
    const isBeyond = Math.log10(rate) < LOWEST_EXPONENT || Math.log10(rate) > HIGHEST_EXPONENT;
    return html`<div class="eta">
      <div class="etahead">
        <label for="rate-value">${session.show('rate.label')} <i>η</i></label>
        <input id="rate-value" type="text" inputmode="decimal" autocomplete="off" spellcheck="false" enterkeyhint="done"
          aria-label=${session.say('rate.value')} aria-invalid=${refusal ? 'true' : nothing} aria-describedby="rate-note"
          .value=${refusal?.typed ?? this.#text(rate)} @change=${this.#type} @keydown=${this.#enter}>
        ${this.#note()}${session.prospects?.slider.key()}
      </div>
      <div class="slider">
        <div class="rule" aria-hidden="true">
          ${TICKS.map(({ place, label }) => label
            ? html`<span class="decade" .style=${`left:${place * 100}%`}>${label}</span>`
            : html`<span class="tick" .style=${`left:${place * 100}%`}></span>`)}
        </div>
        <input type="range" min=${LOWEST_EXPONENT} max=${HIGHEST_EXPONENT} step="any" aria-label=${session.say('rate.label')} aria-describedby="rate-map"
          aria-valuetext=${session.say(isBeyond ? 'rate.spokenBeyond' : 'rate.spoken', { rate: spoken })}
          .value=${String(exponentOf(rate))} @input=${this.#drag} @change=${this.#drop} @keydown=${this.#key} @pointerup=${this.#lift}>
        ${session.prospects?.slider.track(rate => this.#set(rate, true))}
        <span class="cursor ${isBeyond ? 'beyond' : ''}" aria-hidden="true" .style=${`left:${place * 100}%`}><b></b></span>
      </div>
    </div>`;
  }

  /** What is wrong with the entry, what the rate does, or, where the run stands still, the way out. */
  #note(): TemplateResult {
    const { session, refusal } = this;
    if (refusal) return html`<p id="rate-note" class="wrong">${session.show(`rate.${refusal.problem}`, { typed: refusal.typed })}</p>`;
    const edge = session.report.diverged && session.divergence?.edge;
    if (!edge) return html`<p id="rate-note" class="muted">${session.report.diverged ? nothing : session.prospects?.slider.note(session.report.learningRate) ?? session.show('rate.hint')}</p>`;
    return html`<p id="rate-note"><button class="act" type="button" @click=${() => session.restart(edge)}>${icons.restart}<span>${session.show('rate.restart', { rate: session.full(edge) })}</span></button></p>`;
  }

  #text(rate: number): string {
    return this.#typed?.rate === rate ? this.#typed.text : this.session.full(rate);
  }

  #drag(event: Event): void {
    this.#set(rateAt(Number((event.target as HTMLInputElement).value)), false);
  }

  #drop(event: Event): void {
    this.#set(rateAt(Number((event.target as HTMLInputElement).value)), true);
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { prospects, report: { learningRate } } = this.session;
    const rate = rateAfterKey(learningRate, event.key) ?? prospects?.slider.beside(learningRate, event.key);
    if (rate === undefined) return;
    event.preventDefault();
    this.#set(rate, true);
  }

  #lift(event: PointerEvent): void {
    const rate = this.session.prospects?.slider.lifted(event);
    // Where it was let go of is set first.
    if (rate !== undefined) setTimeout(() => this.#set(rate, true));
  }

  #type(event: Event): void {
    const typed = (event.target as HTMLInputElement).value;
    const read = readRate(typed);
    if ('problem' in read) {
      this.refusal = { problem: read.problem, typed };
      return;
    }
    this.#typed = { text: typed.trim(), rate: read.rate };
    this.#set(read.rate, true);
  }

  /** Enter takes the number and leaves the cursor in the field; Escape takes back what was typed. */
  #enter(event: KeyboardEvent): void {
    const field = event.currentTarget as HTMLInputElement;
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      this.#type(event);
    } else if (event.key === 'Escape') {
      this.refusal = undefined;
      field.value = this.#text(this.session.report.learningRate);
    }
  }

  #set(rate: number, settled: boolean): void {
    this.refusal = undefined;
    // What is a rate is refused by the engine only where a run has had too many of them.
    const isTaken = this.session.setLearningRate(rate, settled);
    if (!isTaken) this.refusal = { problem: 'tooMany', typed: this.session.full(rate) };
    this.requestUpdate();
  }
}

customElements.define('cg-rate', Rate);
