/** The numbers of the step at hand, asked of the bench once and kept until it moves. */
import type { Bench, Iterate, Numbers } from './engine';

/** Rows kept at hand around the present step, for table, graph and sentence alike. */
const ROWS_BEFORE = 24;
const ROWS_AFTER = 12;

export class Readings {
  readonly #bench: Bench;
  readonly #step: () => number;
  #numbers: Numbers | undefined;
  #rows: Iterate[] | undefined;

  constructor(bench: Bench, step: () => number) {
    this.#bench = bench;
    this.#step = step;
  }

  get numbers(): Numbers {
    return (this.#numbers ??= this.#bench.numbers());
  }

  /** Rows of the table around the present step, with so many before it. */
  rows(before = ROWS_BEFORE): Iterate[] {
    return before > ROWS_BEFORE ? this.#iterates(before) : (this.#rows ??= this.#iterates(ROWS_BEFORE));
  }

  forget(): void {
    this.#numbers = this.#rows = undefined;
  }

  #iterates(before: number): Iterate[] {
    const step = this.#step();
    const from = Math.max(0, step - before);
    return this.#bench.iterates(from, step - from + 1 + ROWS_AFTER);
  }
}
