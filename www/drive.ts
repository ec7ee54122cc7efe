/** What moves the run through time: playing at a speed, and replaying to a step, in slices of a frame. */
import type { Report } from 'chalkgrad-engine';
import type { Bench } from './engine';
import { FIRST_CHUNK, FRAME_BUDGET_MS, inSlices, isFollowable, stepsDue, type Speed } from './rules/pace';

/** Scalar operations asked for in the first slice of a replay; later slices follow the clock. */
const FIRST_BUDGET = 100_000;

export class Drive {
  readonly #bench: Bench;
  readonly #moved: (report: Report) => void;
  #isPlaying = false;
  #move: (() => boolean) | undefined;
  #speed: Speed = '1';
  #target: number | undefined;
  #frame: number | undefined;
  #before = 0;
  #carry = 0;
  #chunk = FIRST_CHUNK;
  #budget = FIRST_BUDGET;

  /** `moved` gets the report of each slice; when `target` is nothing then, the run has arrived. */
  constructor(bench: Bench, moved: (report: Report) => void) {
    this.#bench = bench;
    this.#moved = moved;
  }

  get isPlaying(): boolean { return this.#isPlaying; }
  get speed(): Speed { return this.#speed; }
  /** The step that a replay is on its way to. */
  get target(): number | undefined { return this.#target; }
  /** Whether single steps can be followed by eye, so that motion may show them. */
  get isFollowable(): boolean { return !this.#isPlaying || isFollowable(this.#speed); }

  /** Plays updates, or whatever `move` does instead of one, as long as it says that there is another. */
  play(move?: () => boolean): void {
    this.#isPlaying = true;
    this.#move = move;
    this.#before = performance.now();
    // The first step follows at once: who presses Play wants to see something move.
    this.#carry = 1;
    this.#schedule();
  }

  setSpeed(speed: Speed): void {
    this.#speed = speed;
    this.#carry = 0;
  }

  /** Stands still: neither plays nor replays. */
  halt(): void {
    this.#isPlaying = false;
    this.#target = undefined;
  }

  /** Something else stands on the bench: what its steps cost is unknown. */
  begin(): void {
    this.halt();
    this.#chunk = FIRST_CHUNK;
    this.#budget = FIRST_BUDGET;
  }

  /** Replays to a step; what takes longer than a frame goes on in the next. */
  seek(step: number): void {
    this.#target = step;
    this.#approach(step);
  }

  #approach(target: number): void {
    let report: Report | undefined;
    this.#budget = inSlices(this.#budget, FRAME_BUDGET_MS, () => performance.now(), budget => {
      report = this.#bench.seek(target, budget);
      return report.pending > 0 ? 'more' : 'done';
    });
    if (!report) return;
    if (report.pending > 0) this.#schedule();
    else this.#target = undefined;
    this.#moved(report);
  }

  #playOn(now: number): void {
    const due = stepsDue(this.#speed, now - this.#before, this.#carry);
    this.#before = now;
    this.#carry = due.carry;
    if (due.steps === 0) return;
    if (this.#move) {
      // One a frame at most: each is to be seen.
      if (!this.#move()) this.halt();
      return;
    }
    let left = due.steps;
    let report: Report | undefined;
    // Steps that do not fit into the frame are let go: the descent then runs as fast as it can.
    this.#chunk = inSlices(this.#chunk, FRAME_BUDGET_MS, () => performance.now(), chunk => {
      const steps = Math.min(left, chunk);
      report = this.#bench.advance(steps);
      left -= steps;
      return left > 0 && !report.still ? 'more' : 'done';
    });
    if (report) this.#moved(report);
  }

  #schedule(): void {
    this.#frame ??= requestAnimationFrame(now => {
      this.#frame = undefined;
      if (this.#target !== undefined) this.#approach(this.#target);
      else if (this.#isPlaying) this.#playOn(now);
      if (this.#isPlaying) this.#schedule();
    });
  }
}
