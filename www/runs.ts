/** Several runs side by side: fetched with the second of them, or with a program of one's own. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChartLook, Experiment, Outcome } from 'chalkgrad-engine';
import './components/runs';
import type { Bench } from './engine';
import { addRun, copyRun, dressRun, lossPlace, readStep, removeRun, runRows, selectRun, setMinimum, standingsOf, startOf, wholeEquipment, type At, type RunsRow, type Standing } from './inside';
import { rateAt, rateName, timelineOf, type RateSpan } from './rules/eta';
import { colourOf, isIn, without } from './rules/legend';
import { methodOf, runOf } from './rules/method';
import type { Session } from './session';
import './shared';
import { learnAll, type MessageKey } from './text';

/** As many as a link carries, and as there are shapes. */
export const MOST_RUNS = 8;

/** Optimizers whose names are too long for a label. */
const SHORT: Readonly<Record<string, MessageKey>> = { gd: 'runs.gd', nesterov: 'runs.nesterov' };

/** What the runs stand on. */
export interface Ground {
  readonly bench: Bench;
  readonly experiment: Experiment;
  /** A person does something: what was under way stops. */
  begin(): void;
  /** The same experiment on the engine that the bench has now. */
  reopen(): void;
  /** There are other runs on the bench, or another one is at hand. */
  regrouped(otherwise: Partial<Experiment>): void;
  /** The same, looked at otherwise. */
  look(otherwise: Partial<Pick<Experiment, 'hidden'>>): void;
}

/** A run of several. */
export interface RunView extends Standing {
  readonly place: number;
  /** As a link writes it. */
  readonly text: string;
  readonly rates: readonly RateSpan[];
  readonly isSelected: boolean;
  readonly isHidden: boolean;
  readonly outcome: Outcome | undefined;
  /** Its colour, as the theme calls it. */
  readonly colour: string;
}

/** Has all that several runs need; rejects where it can't be had. */
export async function begin(ground: Ground, session: Session): Promise<Runs> {
  const [equipment] = await Promise.all([wholeEquipment(), learnAll(session.language)]);
  ground.bench.equip(equipment);
  if (!ground.bench.isEquippedWith(equipment)) ground.reopen();
  return new Runs(ground, session);
}

export class Runs {
  readonly #ground: Ground;
  readonly #session: Session;
  /** What was taken away last, as long as it can be brought back. */
  #removed: { readonly program: string; readonly run: string } | undefined;
  #hasRefused = false;

  constructor(ground: Ground, session: Session) {
    this.#ground = ground;
    this.#session = session;
  }

  get all(): readonly RunView[] {
    const { bench, experiment: { runs, selected, hidden, program } } = this.#ground;
    const standings = standingsOf(bench);
    return standings.map((standing, place) => {
      const text = runs[place] ?? '';
      const outcome = this.#session.prospects?.outcome(program, text);
      return { ...standing, place, text, rates: timelineOf(text), isSelected: place === selected, isHidden: isIn(hidden, place), outcome, colour: colourOf(outcome) };
    });
  }

  get count(): number { return this.#ground.experiment.runs.length; }
  /** Whether the legend shows: one run alone has none. */
  get isGroup(): boolean { return this.count > 1 || this.removed !== undefined; }
  get removed(): string | undefined {
    return this.#removed?.program === this.#ground.experiment.program ? this.#removed.run : undefined;
  }
  /** Whether a run was wanted beyond the eighth. */
  get hasRefused(): boolean { return this.#hasRefused && this.count >= MOST_RUNS; }
  /** Whether distances can be told. */
  get hasMinimum(): boolean { return this.#minimum !== undefined; }

  /** The one parameter at the start; nothing where there are more. */
  get start(): number | undefined {
    const { parameter } = this.#session;
    return parameter && startOf(this.#ground.bench, parameter.offset);
  }

  /** Another run, which is at hand then; it comes as far as the others are. */
  add(text = this.#twice()): void {
    this.#change(bench => {
      addRun(bench, text);
      selectRun(bench, this.count);
      return { selected: this.count };
    });
  }

  /** A second one like this; as a fork it has what was up to this step, and from there its own rate. */
  copy(place: number, isFork: boolean): void {
    this.#change(bench => {
      copyRun(bench, place, isFork);
      selectRun(bench, this.count);
      return { selected: this.count };
    });
  }

  remove(place: number): void {
    const { program, runs, selected, hidden } = this.#ground.experiment;
    const run = runs[place];
    if (runs.length < 2 || run === undefined) return;
    this.#change(bench => {
      // The run at hand gives way to the next one, which shows then.
      const next = place !== selected ? selected : place + 1 < runs.length ? place + 1 : place - 1;
      selectRun(bench, next);
      removeRun(bench, place);
      this.#removed = { program, run };
      const now = next - Number(place < next);
      return { selected: now, hidden: without(hidden, place) & ~(1 << now) };
    }, true);
  }

  /** What was taken away last, at the end of the others. */
  bringBack(): void {
    const { removed } = this;
    if (removed !== undefined) this.add(removed);
  }

  select(place: number): void {
    const { selected, hidden } = this.#ground.experiment;
    if (place === selected || place >= this.count) return;
    this.#change(bench => {
      selectRun(bench, place);
      return { selected: place, hidden: hidden & ~(1 << place) };
    }, true);
  }

  /** Draws it or not; the run at hand gives its place to one that is drawn. */
  hide(place: number, isHidden: boolean): void {
    const { selected, hidden } = this.#ground.experiment;
    const mask = isHidden ? hidden | (1 << place) : hidden & ~(1 << place);
    if (place !== selected) return this.#ground.look({ hidden: mask });
    const next = this.all.find(run => !run.isHidden && run.place !== place);
    if (!next) return;
    this.#change(bench => {
      selectRun(bench, next.place);
      return { selected: next.place, hidden: mask };
    }, true);
  }

  /** How the run at hand is drawn; the others are told to the engine. */
  looks(colour: (name: string) => string, scale: Experiment['scale']): Partial<ChartLook> {
    const { bench } = this.#ground;
    const all = this.all;
    setMinimum(bench, this.#minimum);
    for (const run of all) {
      if (!run.isSelected) dressRun(bench, run.place, run.isHidden ? undefined : colour(run.colour), this.label(run));
    }
    const shown = scale === 'distance' && !this.hasMinimum ? 'log' : scale;
    const own = all.find(({ isSelected }) => isSelected);
    return own && this.count > 1 ? { scale: shown, series: colour(own.colour), marker: own.place, label: this.label(own) } : { scale: shown };
  }

  /** What a run is called: by the rate that is in force, and by its optimizer where others have another one. */
  label({ rate, text }: RunView): string {
    const name = this.named(rate);
    return this.isMixed ? `${this.method(text)}\u00a0${name}` : name;
  }

  /** A rate among others. */
  named(rate: number): string {
    return rateName(rate, this.#session);
  }

  /** What the optimizer of a run is called for short. */
  method(text: string): string {
    const { optimizer } = methodOf(text);
    return this.#session.say(SHORT[optimizer] ?? `optimizer.${optimizer}` as MessageKey);
  }

  /** Whether some have other optimizers than others. */
  get isMixed(): boolean {
    return new Set(this.#ground.experiment.runs.map(run => methodOf(run).optimizer)).size > 1;
  }

  rows(most: number): RunsRow[] {
    return runRows(this.#ground.bench, this.count, most, this.isDistance);
  }

  /** Whether the loss curves show the distance from the minimum. */
  get isDistance(): boolean { return this.#session.scale === 'distance' && this.hasMinimum; }

  /** The loss of a run that has been the same all along; nothing where it moved, or has not begun. */
  level({ place, head }: RunView): number | undefined {
    const run = runRows(this.#ground.bench, this.count, 1, false)[0]?.runs[place];
    return run && head > 0 && run.low === run.high ? run.low : undefined;
  }

  at(step: number): At[] {
    return readStep(this.#ground.bench, step);
  }

  /** The pointed step in a picture in which the pointer is not. */
  overlay(panel: 'loss' | 'curve', isOwn: boolean): TemplateResult | typeof nothing {
    const step = this.#session.beside.pointed;
    if (step === undefined) return nothing;
    if (panel === 'loss') {
      const left = isOwn ? undefined : lossPlace(this.#ground.bench, step);
      return left === undefined ? nothing : html`<div class="hairline" .style=${`left:${left}px`}></div>${this.values(step, left)}`;
    }
    const all = this.all;
    return html`${this.at(step).map(({ x, y }, place) => {
      const run = all[place];
      return !run || run.isHidden || Number.isNaN(x) ? nothing : html`<div class="pointed" .style=${`left:${x}px;top:${y}px;color:var(--${run.colour})`}></div>`;
    })}`;
  }

  /** Every run's value at a step. */
  values(step: number, left: number): TemplateResult {
    return html`<cg-values .session=${this.#session} .step=${step} .left=${left}></cg-values>`;
  }

  /** Up and down in a picture that has the focus: the step before, and the next one. */
  readonly key = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0 && event.key !== 'Escape') return;
    event.preventDefault();
    const { beside, report } = this.#session;
    beside.point(by === 0 ? undefined : Math.min(report.head, Math.max(0, (beside.pointed ?? report.step) + by)));
  };

  /** Twice the rate at hand, of the same method. */
  #twice(): string {
    const { run, report } = this.#session;
    return runOf({ ...methodOf(run), timeline: String(rateAt(Math.log10(2 * report.learningRate))) });
  }

  get #minimum(): readonly number[] | undefined {
    return this.#session.prospects?.minimum(this.#ground.experiment.program);
  }

  #change(work: (bench: Bench) => Partial<Experiment>, isSmaller = false): void {
    this.#ground.begin();
    this.#hasRefused = !isSmaller && this.count >= MOST_RUNS;
    if (this.#hasRefused) return this.#ground.look({});
    this.#removed = undefined;
    this.#ground.regrouped(work(this.#ground.bench));
  }
}
