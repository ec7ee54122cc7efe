/** Putting a wanted experiment on the bench: itself, or the first lesson where its program or its run has a fault. */
import type { Experiment, GraphView } from 'chalkgrad-engine';
import { Panicked, type Bench } from './engine';
import { isPlain } from './rules/eta';

/** What stands on the bench now. */
export interface Opened {
  readonly experiment: Experiment;
  readonly graph: GraphView;
  /** Why it is not what was wanted. */
  readonly refusal?: Error;
}

export class Opening {
  readonly #bench: Bench;
  readonly #standard: Experiment;

  /** `standard` is the first lesson. */
  constructor(bench: Bench, standard: Experiment) {
    this.#bench = bench;
    this.#standard = standard;
  }

  /** Has the whole engine fetched, for any program but the first lesson, and for that one where more is wanted than a start: several runs, or another method. Whether all is here that is wanted. */
  async equip(program: string | undefined, runs: readonly string[] = []): Promise<boolean> {
    if (this.#isStart(program, runs)) return true;
    try {
      this.#bench.equip(await (await import('./inside')).wholeEquipment());
      return true;
    } catch {
      return false;
    }
  }

  /** Whether a start's engine has all that is wanted. */
  #isStart(program: string | undefined, runs: readonly string[]): boolean {
    return program === this.#standard.program && runs.length < 2 && runs.every(isPlain);
  }

  /** Where it can't be opened, `instead` is, or the first lesson. */
  open(wanted: Experiment, instead?: Experiment): Opened {
    try {
      return { experiment: wanted, graph: this.#bench.open(wanted) };
    } catch (error) {
      if (error instanceof Panicked || !(error instanceof Error) || this.#isStart(wanted.program, wanted.runs)) throw error;
      const experiment = instead ?? this.standardWith(this.#standard.program, wanted);
      return { experiment, graph: this.#bench.open(experiment), refusal: error };
    }
  }

  /** A program at its start, seen as the experiment was seen. */
  standardWith(program: string, { scale, form, guess, language }: Experiment): Experiment {
    const experiment = { ...this.#standard, program, scale, form, guess };
    return language ? { ...experiment, language } : experiment;
  }
}
