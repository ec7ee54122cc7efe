/** The game of guessing the next point: fetched when somebody first plays it. */
import { html, type TemplateResult } from 'lit';
import './components/guess';
import type { Bench } from './engine';
import { isFurthest, minimumOf, plotOf, pointOf, veilUpdate, wholeEquipment, type Plot } from './inside';
import { isPlain } from './rules/eta';
import { apart, counted, NO_COUNT, verdictOf, type Count, type Verdict } from './rules/guess';
import { methodOf } from './rules/method';
import type { Session } from './session';
import './shared';

/** A guess that was made, and what became of it. */
export interface Played {
  /** The step that was guessed. */
  readonly step: number;
  readonly program: string;
  /** Where the step began. */
  readonly from: number;
  readonly guess: number;
  readonly next: number;
  readonly verdict: Verdict;
  /** How far the guess is from where the step led, in the parameter and in the loss. */
  readonly distance: number;
  readonly rise: number;
}

/** Rejects where the engine can't be had that a game needs; whatever is opened from now on runs on it. */
export async function begin(bench: Bench, session: Session): Promise<Game> {
  bench.equip(await wholeEquipment());
  return new Game(bench, session);
}

/**
 * Asks for guesses of the updates of one number. One is due where the run has never been further: steps that were seen
 * already are only seen again. Inside a step it is asked for where the update comes, and made on the curve, outside.
 */
export class Game {
  readonly #bench: Bench;
  readonly #session: Session;
  readonly #watchers = new Set<() => void>();
  #count = NO_COUNT;
  #played: Played | undefined;
  #isAsked = false;
  #isTaking = false;
  /** Whether the guess is to get the focus as soon as it can have it. */
  wantsFocus = false;

  constructor(bench: Bench, session: Session) {
    this.#bench = bench;
    this.#session = session;
  }

  /** Calls back when there is something else to be seen, until the returned function is called. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  /** The count changed, or the picture was drawn anew. */
  changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** Where a guess is typed, and what was said of the last one. */
  bar(): TemplateResult {
    return html`<cg-guess .session=${this.#session} .game=${this}></cg-guess>`;
  }

  /** Where it is placed on the curve. */
  aim(): TemplateResult {
    return html`<cg-aim .session=${this.#session} .game=${this}></cg-aim>`;
  }

  /** Kept while the program stays. */
  get count(): Count { return this.#played?.program === this.#session.program ? this.#count : NO_COUNT; }
  /** The last guess, while the run stands where it was to lead. */
  get played(): Played | undefined {
    const { program, report: { step } } = this.#session;
    return this.#played?.step === step && this.#played.program === program ? this.#played : undefined;
  }
  /** Whether somebody wanted to step without a guess. */
  get isAsked(): boolean { return this.#isAsked; }
  get plot(): Plot | undefined { return plotOf(this.#bench); }

  /** Has the picture that is about to be drawn leave out what must not be seen, and what is drawn on it follow. */
  veil(): void {
    if (this.isDue) veilUpdate(this.#bench);
    queueMicrotask(() => this.changed());
  }

  point(value: number): ReturnType<typeof pointOf> { return pointOf(this.#bench, value); }

  /** Whether it is played: not where several numbers are trained. */
  get isOn(): boolean { return this.#session.parameter !== undefined; }

  /** The step whose update is to be guessed, so that what it leads to must not be seen yet. */
  get due(): number | undefined {
    const { step, diverged } = this.#session.report;
    return this.isOn && !diverged && isFurthest(this.#bench) ? step : undefined;
  }
  get isDue(): boolean { return this.due !== undefined; }

  /** Somebody wants to see the next step. Whether a guess is to come first. */
  asks(): boolean {
    if (this.#isTaking || !this.isDue) return false;
    this.#isAsked = this.wantsFocus = true;
    if (this.#session.walk) void this.#session.setGear('update');
    if (this.#session.outlook.panel !== 'curve') this.#session.outlook.setPanel('curve');
    this.changed();
    return true;
  }

  /** Takes a guess, made as exactly as `resolution`, and makes the step. */
  take(guess: number, resolution: number): void {
    const session = this.#session;
    const row = session.row(session.report.step);
    if (!row || !this.isDue) return;
    const { program } = session;
    const before = this.count;
    const minimum = minimumOf(this.#bench);
    this.#isAsked = this.wantsFocus = false;
    this.#isTaking = true;
    session.step('update');
    this.#isTaking = false;
    const { step, loss } = session.report;
    const next = session.row(step)?.value ?? NaN;
    const { optimizer } = methodOf(session.run);
    // With options gradient descent is plain no more.
    const method = optimizer === 'gd' && !isPlain(session.run) ? '' : optimizer;
    const readsSame = session.short(guess) === session.short(next);
    const verdict = verdictOf({ x: row.value, gradient: row.gradient, rate: row.rate, next, guess, method, minimum, resolution, readsSame });
    this.#count = counted(before, verdict.kind === 'right');
    this.#played = {
      step, program, guess, next, verdict,
      from: row.value,
      distance: apart(guess, next),
      rise: apart(this.point(guess).loss, loss),
    };
    this.changed();
  }

  /** Counts anew. */
  reset(): void {
    this.#count = NO_COUNT;
    this.changed();
  }
}
