/** Putting a wanted experiment on the bench: itself, or the first lesson where its program or its run has a fault. */
import type { Diagnostic, Experiment, GraphView } from 'chalkgrad-engine';
import { Panicked, type Bench } from './engine';
import { faultsNote, note, type Note } from './notes';

/** What stands on the bench now. */
export interface Opened {
  readonly experiment: Experiment;
  readonly graph: GraphView;
  /** Why it is not what was wanted. */
  readonly refusal?: Note;
}

export class Opening {
  readonly #bench: Bench;
  readonly #standard: Experiment;
  readonly #diagnose: (program: string) => Diagnostic[];

  /** `standard` is the first lesson. */
  constructor(bench: Bench, standard: Experiment, diagnose: (program: string) => Diagnostic[]) {
    this.#bench = bench;
    this.#standard = standard;
    this.#diagnose = diagnose;
  }

  open(wanted: Experiment): Opened {
    const faults = (): Diagnostic[] => this.#diagnose(wanted.program).filter(({ severity }) => severity === 'fault');
    if (faults().length > 0) return this.#lesson(wanted, faultsNote(faults));
    try {
      return { experiment: wanted, graph: this.#bench.open(wanted) };
    } catch (error) {
      if (error instanceof Panicked || !(error instanceof Error) || wanted.program === this.#standard.program) throw error;
      return this.#lesson(wanted, note('note.run', { text: error.message }));
    }
  }

  /** A program at its start, seen as the experiment was seen. */
  standardWith(program: string, { scale, language }: Experiment): Experiment {
    const experiment = { ...this.#standard, program, scale };
    return language ? { ...experiment, language } : experiment;
  }

  #lesson(wanted: Experiment, refusal: Note): Opened {
    const experiment = this.standardWith(this.#standard.program, wanted);
    return { experiment, graph: this.#bench.open(experiment), refusal };
  }
}
