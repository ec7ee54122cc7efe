/** Guessing the next point: placing it on the curve, typing it, and what is said of it. */
import { html, nothing, svg, type PropertyValues, type SVGTemplateResult, type TemplateResult } from 'lit';
import { dress } from '../dress';
import { inline } from '../formula';
import type { Game, Played } from '../game';
import type { Plot } from '../inside';
import { readRate, type RateProblem } from '../rules/eta';
import { guessAfterKey, keyResolution, roundStep, snapped } from '../rules/guess';
import styles from '../styles/guess.css' with { type: 'text' };
import { restart } from './icons';
import { Piece } from './piece';

dress(styles);

/** A finger's tip is on its place by so many CSS pixels. */
const FINGER_PX = 4;
/** Digits of the ratio of a guessed step to the step. */
const RATIO_DIGITS = 2;

/** What watches a game beside the session. */
abstract class Player extends Piece {
  static override properties = { ...Piece.properties, game: { attribute: false } };
  protected override readonly topics = ['program', 'numbers', 'rate', 'language'] as const;
  declare game: Game;
  #unwatch: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unwatch = this.game.watch(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
  }

  /** The parameter and the loss by their names, in a sentence that is shown. */
  protected names(): { name: TemplateResult; loss: TemplateResult } {
    const { session } = this;
    return { name: html`${inline(session.parameter?.label ?? [])}`, loss: html`${inline(session.loss.label)}` };
  }

  /** The same where it is read out. */
  protected plainNames(): { name: string; loss: string } {
    const { session } = this;
    return { name: session.parameter?.plain ?? '', loss: session.loss.plain };
  }
}

/** Where a guess is typed, what was said of the last one, and the count. */
class Guess extends Player {
  static override properties = { ...Player.properties, refusal: { state: true } };
  declare private refusal: { problem: RateProblem; typed: string } | undefined;

  protected override render(): TemplateResult {
    const { session, refusal } = this;
    const { isDue } = this.game;
    const named = this.plainNames();
    const label = session.say('table.new', named);
    return html`<div class="guessbar">
      <form @submit=${this.#submit}>
        <label for="guess-value">${session.show('table.new', this.names())} =</label>
        <input id="guess-value" class="field" type="text" autocomplete="off" spellcheck="false" enterkeyhint="go" aria-label=${label}
          ?disabled=${!isDue} aria-invalid=${refusal ? 'true' : nothing} aria-describedby="guess-note" .value=${refusal?.typed ?? ''} @keydown=${this.#key}>
        <button class="act" type="submit" ?disabled=${!isDue}>${session.show('guess.take')}</button>
      </form>
      ${this.#count()}
      <p id="guess-note" class=${refusal ? 'wrong' : ''} aria-live="polite">${this.#note()}</p>
    </div>`;
  }

  protected override updated(): void {
    const field = this.querySelector('input');
    // Where the numbers of the curve stand in its place, there is no other way.
    if (!this.game.wantsFocus || !field || this.parentElement?.querySelector('cg-aim')) return;
    field.focus();
    this.game.wantsFocus = false;
  }

  #count(): TemplateResult {
    const { session, game } = this;
    const { all, right, inRow } = game.count;
    if (all === 0) return html`<p class="count"></p>`;
    const name = session.say('guess.reset');
    return html`<p class="count"><span aria-live="polite">${session.show(inRow > 1 ? 'guess.inRow' : 'guess.count', { all, right, inRow })}</span><button class="ib" type="button"
      aria-label=${name} title=${name} @click=${() => game.reset()}>${restart}</button></p>`;
  }

  #note(): TemplateResult {
    const { session, game, refusal } = this;
    if (refusal) return session.show(`rate.${refusal.problem}`, { typed: refusal.typed });
    if (game.isAsked) return session.show('guess.asked', this.names());
    if (game.played) return this.#verdict(game.played);
    return session.show(game.isDue ? 'guess.hint' : session.report.diverged ? 'guess.over' : 'guess.seen', this.names());
  }

  #verdict({ verdict: { kind, ratio, simple }, from, distance, rise }: Played): TemplateResult {
    const { session } = this;
    const names = this.names();
    const times = simple ?? session.short(Number(ratio.toPrecision(RATIO_DIGITS)));
    const why = session.show(`guess.${kind}`, { ...names, ratio: times, value: session.short(from) });
    if (!Number.isFinite(distance)) return why;
    return html`${why}${session.say('status.space')}${session.show('guess.off', { ...names, distance: session.short(distance), rise: session.short(rise) })}`;
  }

  #submit(event: Event): void {
    event.preventDefault();
    const field = this.querySelector('input');
    if (!field) return;
    const read = readRate(field.value, -Infinity);
    if ('problem' in read) {
      this.refusal = { problem: read.problem, typed: field.value };
      return;
    }
    this.#forget(field);
    this.game.take(read.rate, 0);
  }

  /** Escape takes back what was typed. */
  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.#forget(event.currentTarget as HTMLInputElement);
  }

  #forget(field: HTMLInputElement): void {
    this.refusal = undefined;
    field.value = '';
  }
}

/** The guess on the curve: by pointer, by touch, and as a slider by keys; and the last guess beside where the step led. */
class Aim extends Player {
  static override properties = { ...Player.properties, place: { state: true }, isFocused: { state: true } };
  /** What the pointer or the keys point at. */
  declare private place: number | undefined;
  declare private isFocused: boolean;
  #step = -1;

  constructor() {
    super();
    this.isFocused = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { step } = this.session.report;
    if (step !== this.#step) this.place = undefined;
    this.#step = step;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session, game } = this;
    const { plot } = game;
    const row = session.row(session.report.step);
    if (!plot || !row) return nothing;
    const { isDue } = game;
    return html`<svg class="guessed" aria-hidden="true">${game.played ? this.#played(game.played, plot) : nothing}</svg>
      ${isDue ? html`<div class="target" .style=${box(plot)} @pointermove=${this.#point} @pointerdown=${this.#point} @pointerup=${this.#place}
          @pointerleave=${this.#leave} @pointercancel=${this.#leave}></div>${this.#slider(this.place ?? row.value, plot)}` : nothing}`;
  }

  protected override updated(): void {
    if (!this.game.wantsFocus) return;
    const slider = this.querySelector<HTMLElement>('[role=slider]');
    slider?.focus({ preventScroll: true });
    if (slider && document.activeElement === slider) this.game.wantsFocus = false;
  }

  #slider(value: number, plot: Plot): TemplateResult {
    const { session, game } = this;
    const { x, y, loss } = game.point(value);
    const read = { value: session.short(value), now: session.short(loss) };
    const isSeen = (this.isFocused || this.place !== undefined) && !Number.isNaN(x);
    const [left, top] = Number.isNaN(x) ? [plot.left, plot.bottom] : [x, y];
    const side = left > (plot.left + plot.right) / 2 ? 'left' : '';
    const drop = top < plot.top + (plot.bottom - plot.top) / 4 ? 'below' : '';
    return html`<div class="aim ${isSeen ? 'seen' : ''}" role="slider" tabindex="0" aria-label=${session.say('guess.slider', this.plainNames())}
        aria-valuemin=${plot.low} aria-valuemax=${plot.high} aria-valuenow=${value} aria-valuetext=${session.say('guess.at', { ...this.plainNames(), ...read })}
        .style=${`left:${left}px;top:${top}px`} @keydown=${this.#key} @focus=${() => (this.isFocused = true)} @blur=${this.#blur}></div>
      ${isSeen ? html`<p class="readout ${side} ${drop}" aria-hidden="true" .style=${`left:${left}px;top:${top}px`}>${session.show('guess.at', { ...this.names(), ...read })}</p>` : nothing}`;
  }

  #played({ guess, next, distance, verdict }: Played, plot: Plot): SVGTemplateResult {
    const { session, game } = this;
    const [from, to] = [game.point(guess), game.point(next)];
    if (Number.isNaN(from.x)) return svg``;
    const isLeft = from.x > (plot.left + plot.right) / 2;
    const isHigh = from.y < plot.top + 20;
    return svg`${Number.isNaN(to.x) || verdict.kind === 'right' ? nothing : svg`<path d=${`M${from.x} ${from.y}L${to.x} ${to.y}`}/>`}
      <circle cx=${from.x} cy=${from.y} r="8"/>
      ${Number.isFinite(distance) ? svg`<text x=${from.x + (isLeft ? -12 : 12)} y=${from.y + (isHigh ? 18 : -8)} text-anchor=${isLeft ? 'end' : 'start'}>${session.say('guess.distance', { distance: session.short(distance) })}</text>` : nothing}`;
  }

  /** The parameter under the pointer, as round as a pixel is wide. */
  #under(event: PointerEvent): { place: number; resolution: number } | undefined {
    const { plot } = this.game;
    const target = event.currentTarget as HTMLElement;
    if (!plot) return undefined;
    const { left, width } = target.getBoundingClientRect();
    const pixel = (plot.high - plot.low) / width;
    const step = roundStep(pixel);
    const place = snapped(plot.low + (event.clientX - left) * pixel, step);
    return { place: Math.min(plot.high, Math.max(plot.low, place)), resolution: event.pointerType === 'touch' ? Math.max(step, FINGER_PX * pixel) : step };
  }

  #point(event: PointerEvent): void {
    // What is read out of the picture itself must not be in the way.
    event.stopPropagation();
    if (event.type === 'pointerdown' && event.isPrimary) (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    if (event.isPrimary) this.place = this.#under(event)?.place;
  }

  #place(event: PointerEvent): void {
    if (!event.isPrimary || event.button !== 0) return;
    const under = this.#under(event);
    this.place = undefined;
    if (under) this.game.take(under.place, under.resolution);
  }

  #leave(): void {
    if (!this.isFocused) this.place = undefined;
  }

  #blur(): void {
    this.isFocused = false;
    this.place = undefined;
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { plot } = this.game;
    const row = this.session.row(this.session.report.step);
    if (!plot || !row) return;
    const place = this.place ?? row.value;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (!event.repeat) this.game.take(place, keyResolution(plot.low, plot.high));
      return;
    }
    const to = guessAfterKey(place, event, plot.low, plot.high);
    if (to === undefined) return;
    event.preventDefault();
    this.place = to;
  }
}

/** The box of a plot, as a style. */
function box({ left, top, right, bottom }: Plot): string {
  return `left:${left}px;top:${top}px;width:${right - left}px;height:${bottom - top}px`;
}

customElements.define('cg-guess', Guess);
customElements.define('cg-aim', Aim);
