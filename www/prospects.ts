/**
 * What learning rates will do: the map of them all, the theory where there is one, and what single runs come to. Fetched
 * when the page has nothing else to do; found out on an engine of its own, in slices of a frame.
 */
import type { Engine, Outcome, Rates, Theory, Trial } from 'chalkgrad-engine';
import { Slider } from './components/zones';
import { makeGlue } from 'chalkgrad-engine/whole';
import { Instance, isBreakdown } from './engine';
import { wholeModule, type Glue } from './inside';
import { HIGHEST_EXPONENT, LOWEST_EXPONENT } from './rules/eta';
import { colourOf } from './rules/legend';
import { inSlices } from './rules/pace';
import { methodOf, runOf } from './rules/method';
import { numbersOf, parametersOf } from './rules/parts';
import { cellsOf, type Cell } from './rules/zones';
import type { Session } from './session';
import './shared';

export type { Outcome, Theory } from 'chalkgrad-engine';

/** Milliseconds of a frame, of the eight that all work has together; and while a run plays or a hand moves. */
const CALM_MS = 5;
const BUSY_MS = 2;
/** So long after something moved a hand may still be moving it. */
const STILL_MS = 150;
/** Multiply-adds asked for in the first slice; later slices follow the clock. */
const FIRST_BUDGET = 20_000;
/** Outcomes and minima that are kept. */
const MOST_KEPT = 64;

/** Of a theory more numbers than these are not asked for. */
const MOST_NUMBERS = 2;

interface Asked {
  readonly key: string;
  readonly program: string;
  readonly run: string;
}

interface Followed {
  readonly key: string;
  /** Nothing where the run can't be read. */
  readonly trial: Trial | undefined;
}

export class Prospects {
  readonly #session: Session;
  readonly #instance: Instance<Glue>;
  readonly slider: Slider;
  /** What the map is of: a program and a method. */
  #wanted = '';
  #begun = '';
  #rates: Rates | undefined;
  #cells: readonly Cell[] = [];
  #theory: { readonly of: string; readonly at: readonly number[]; readonly found: Theory | undefined } | undefined;
  readonly #outcomes = new Map<string, Outcome | undefined>();
  readonly #minima = new Map<string, readonly number[] | undefined>();
  #asked: Asked[] = [];
  /** What is being followed: the run that was asked for last. */
  #trial: Followed | undefined;
  #budget = FIRST_BUDGET;
  #frame: number | undefined;
  #isMapDone = false;
  /** The run at hand, with its program. */
  #own = '';
  #rate = NaN;
  #moved = 0;
  #colour = 'series';
  #isBroken = false;

  private constructor(session: Session, instance: Instance<Glue>) {
    this.#session = session;
    this.#instance = instance;
    this.slider = new Slider(session, this);
    session.watch(['program', 'rate', 'numbers'], () => this.#look());
    this.#look();
  }

  /** Rejects where the engine can't be had. */
  static async of(session: Session): Promise<Prospects> {
    return new Prospects(session, new Instance({ module: await wholeModule(), makeGlue }));
  }

  /** What a run does; nothing while it is being found out, for which asking is enough, and where it would take too long. */
  outcome(program: string, run: string): Outcome | undefined {
    const key = keyOf(program, run);
    const isNew = !this.#outcomes.has(key);
    keep(this.#outcomes, key, this.#outcomes.get(key));
    if (isNew) {
      // Those that nobody asked for again while others came are given up.
      this.#asked = [...this.#asked.filter(({ key }) => this.#outcomes.has(key)), { key, program, run }];
      this.#schedule();
    }
    return this.#outcomes.get(key);
  }

  /** Where the loss of a program with one or two trained numbers is least; nothing where that is nowhere. */
  minimum(program: string): readonly number[] | undefined {
    if (!this.#minima.has(program)) keep(this.#minima, program, this.#try(glue => this.#with(program, engine => {
      const found = glue.minimum(engine);
      return found && [...found];
    })));
    return this.#minima.get(program);
  }

  /** What the run at hand wears alone, as the theme calls it: the colour of its outcome, and until that is known the one before. */
  get colour(): string { return this.#colour; }

  /** The map of the run at hand, from the lowest rate to the highest; empty before it is begun. */
  get cells(): readonly Cell[] { return this.#cells; }

  get isMapDone(): boolean { return this.#isMapDone; }

  /** What is known beforehand of the rates of the run at hand, where it stands. */
  get theory(): Theory | undefined {
    const { graph, numbers, trained, report } = this.#session;
    const rates = this.#rates;
    if (!rates || trained > MOST_NUMBERS || this.#begun !== this.#wanted) return undefined;
    const at = parametersOf(graph).flatMap(node => [...numbersOf(node, numbers.values)]);
    const known = this.#theory;
    const isSame = known?.of === this.#begun && (known.found?.exact || at.every((number, index) => Object.is(number, known.at[index])));
    if (isSame) return known.found;
    const isLost = report.diverged !== undefined || !at.every(Number.isFinite);
    const found = isLost ? this.#everywhere(rates) : this.#try(() => rates.theory(Float64Array.from(at)));
    this.#theory = { of: this.#begun, at, found };
    return found;
  }

  /** What the theory says at the start, if it is the same at every place: it holds where the numbers are none any more. */
  #everywhere(rates: Rates): Theory | undefined {
    const { graph, program } = this.#session;
    const start = this.#try(() => this.#with(program, engine => engine.values()));
    const found = start && this.#try(() => rates.theory(Float64Array.from(parametersOf(graph).flatMap(node => [...numbersOf(node, start)]))));
    return found?.exact ? found : undefined;
  }

  #look(): void {
    const { program, run, report } = this.#session;
    const own = keyOf(program, run);
    if (own === this.#own && report.learningRate === this.#rate) return;
    if (!Number.isNaN(this.#rate)) this.#moved = performance.now();
    this.#own = own;
    this.#wanted = keyOf(program, runOf({ ...methodOf(run), timeline: '' }));
    this.#rate = report.learningRate;
    this.#schedule();
  }

  #schedule(): void {
    if (!this.#isBroken) this.#frame ??= requestAnimationFrame(() => this.#search());
  }

  #search(): void {
    this.#frame = undefined;
    const isBusy = this.#session.isPlaying || performance.now() - this.#moved < STILL_MS;
    let isDone = false;
    this.#budget = inSlices(this.#budget, isBusy ? BUSY_MS : CALM_MS, () => performance.now(), budget => {
      isDone = !this.#try(glue => this.#work(glue, budget));
      return isDone ? 'done' : 'more';
    });
    const rates = this.#rates;
    if (rates && !this.#isMapDone) this.#cells = cellsOf(this.#try(() => rates.cells()) ?? new Float64Array());
    if (isDone) this.#isMapDone = true;
    else this.#schedule();
    this.#wear();
    this.#session.foresaw();
  }

  /** The pictures are told of another colour, and of nothing else: each telling paints them. Beside others a run is told of by their legend. */
  #wear(): void {
    const { beside } = this.#session;
    if (!this.#outcomes.has(this.#own) || [this.#trial, ...this.#asked].some(waiting => waiting?.key === this.#own)) return;
    const outcome = this.#outcomes.get(this.#own);
    const worn = colourOf(outcome);
    const colour = outcome && worn !== 'falls' ? worn : 'series';
    if (colour === this.#colour) return;
    this.#colour = colour;
    if ((beside.runs?.count ?? 1) === 1) this.#session.look({});
  }

  /** The run at hand, which nobody asks for while it is alone; nothing where it was followed. */
  #alone(): Asked | undefined {
    if (this.#outcomes.has(this.#own)) return undefined;
    const { program, run } = this.#session;
    keep(this.#outcomes, this.#own, undefined);
    return { key: this.#own, program, run };
  }

  /** Single runs first: somebody waits for their word. Whether there is more to do. */
  #work(glue: Glue, budget: number): boolean {
    if (!this.#trial) {
      const asked = this.#asked.pop() ?? this.#alone();
      if (asked) this.#trial = { key: asked.key, trial: this.#with(asked.program, engine => new glue.Trial(engine, asked.run)) };
    }
    if (this.#trial) return this.#follow(this.#trial, budget);
    if (this.#begun !== this.#wanted) this.#begin(glue);
    const rates = this.#rates;
    if (!rates) return false;
    rates.focus(this.#rate);
    return rates.work(budget);
  }

  #follow({ key, trial }: Followed, budget: number): true {
    if (trial?.work(budget)) return true;
    if (this.#outcomes.has(key)) this.#outcomes.set(key, trial?.outcome());
    trial?.free();
    this.#trial = undefined;
    return true;
  }

  #begin(glue: Glue): void {
    const { program, run } = this.#session;
    const rates = this.#rates;
    this.#rates = undefined;
    this.#cells = [];
    this.#isMapDone = false;
    this.#begun = this.#wanted;
    rates?.free();
    this.#rates = this.#with(program, engine => new glue.Rates(engine, run, LOWEST_EXPONENT, HIGHEST_EXPONENT));
  }

  /** Nothing where the program has a fault, or the run can't be read. */
  #with<T>(program: string, work: (engine: Engine) => T): T | undefined {
    return this.#instance.ask(glue => {
      let engine: Engine | undefined;
      let made: T | undefined;
      try {
        engine = glue.Engine.parse(program);
        made = work(engine);
      } catch (error) {
        // What a breakdown leaves may not even be freed.
        if (isBreakdown(error)) throw error;
      }
      engine?.free();
      return made;
    });
  }

  /** After a breakdown there is nothing more to tell; the page goes on without. */
  #try<T>(work: (glue: Glue) => T): T | undefined {
    if (this.#isBroken) return undefined;
    try {
      return this.#instance.ask(work);
    } catch {
      this.#isBroken = true;
      this.#rates = this.#trial = undefined;
      this.#colour = 'series';
      this.#cells = [];
      this.#asked = [];
      return undefined;
    }
  }
}

function keyOf(program: string, run: string): string {
  return `${run}\n${program}`;
}

/** Keeps something, and of all that is kept what was wanted last. */
function keep<T>(all: Map<string, T>, key: string, value: T): void {
  all.delete(key);
  all.set(key, value);
  const [oldest] = all.keys();
  if (all.size > MOST_KEPT && oldest !== undefined) all.delete(oldest);
}
