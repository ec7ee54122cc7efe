/** Why a run diverged, and the largest learning rate with which it would not: found once, in slices of a frame. */
import type { Edge, GrowthView } from 'chalkgrad-engine';
import type { Bench } from './engine';
import { FRAME_BUDGET_MS, inSlices } from './rules/pace';

/** Multiply-adds asked for in the first slice; later slices follow the clock. */
const FIRST_BUDGET = 20_000;

export class Divergence {
  readonly growth: GrowthView | undefined;
  readonly #bench: Bench;
  readonly #found: () => void;
  #budget = FIRST_BUDGET;
  #frame: number | undefined;
  #edge: Edge | undefined;

  /** For the run on the bench, which has diverged; `found` is called when the rate is known. */
  constructor(bench: Bench, found: () => void) {
    this.#bench = bench;
    this.#found = found;
    this.growth = bench.growth();
    this.#schedule();
  }

  /** The largest rate that stays finite; nothing while it is searched for, and where there is none. */
  get edge(): number | undefined { return this.#edge?.rate; }
  /** Whether it follows from the curvature. Else trials found it. */
  get isExact(): boolean { return this.#edge?.exact ?? false; }

  /** Something else stands on the bench. */
  forget(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
  }

  #schedule(): void {
    this.#frame = requestAnimationFrame(() => this.#search());
  }

  #search(): void {
    let isPending = true;
    this.#budget = inSlices(this.#budget, FRAME_BUDGET_MS, () => performance.now(), budget => {
      this.#edge = this.#bench.seekEdge(budget);
      isPending = this.#edge.pending;
      return isPending ? 'more' : 'done';
    });
    if (isPending) this.#schedule();
    else this.#found();
  }
}
