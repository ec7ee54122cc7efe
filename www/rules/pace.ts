/** How fast the descent is shown: steps a second at each speed, and how many are due in a frame. No DOM. */

/** The speeds on offer; "max" does as many steps as fit into a frame. */
export const SPEEDS = ['0.5', '1', '2', '5', '20', '100', 'max'] as const;
export type Speed = (typeof SPEEDS)[number];

/** Two steps a second at 1×: slow enough to read one row of arithmetic before the next. */
const STEPS_PER_SECOND = 2;

/** A tab that slept must not wake to a burst of steps. */
const LONGEST_FRAME_MS = 250;

/** Whole steps due now, and the part of one that is carried into the next frame. */
export interface Due {
  readonly steps: number;
  readonly carry: number;
}

/** The steps due after `elapsed` milliseconds, with what was carried from the frame before. */
export function stepsDue(speed: Speed, elapsed: number, carry: number): Due {
  if (speed === 'max') return { steps: Number.POSITIVE_INFINITY, carry: 0 };
  const due = carry + (Math.min(elapsed, LONGEST_FRAME_MS) / 1000) * STEPS_PER_SECOND * Number(speed);
  const steps = Math.floor(due);
  return { steps, carry: due - steps };
}

/** Whether single steps can be followed with the eye: then motion shows them and each is announced. */
export function isFollowable(speed: Speed): boolean {
  return speed !== 'max' && Number(speed) <= 2;
}

/** Work in one frame takes about this long at most; then the page draws. */
export const FRAME_BUDGET_MS = 8;

/** Work is asked for in chunks of about this long, so that a frame can end on time. */
const CHUNK_MS = 2;

/** Work of unknown cost begins with this much, and then follows the clock. */
export const FIRST_CHUNK = 1;
const LARGEST_CHUNK = 2 ** 30;

/**
 * Calls `work` with chunk sizes until it is done or `budget` milliseconds are spent. Returns the
 * chunk size to begin with next time: it doubles while whole chunks are quick and halves when they
 * are slow. The last chunk may have been cut short, so that its being quick says nothing.
 */
export function inSlices(chunk: number, budget: number, now: () => number, work: (chunk: number) => 'more' | 'done'): number {
  const start = now();
  let size = chunk;
  for (;;) {
    const before = now();
    const state = work(size);
    const took = now() - before;
    if (took < CHUNK_MS / 2 && state === 'more' && size < LARGEST_CHUNK) size *= 2;
    else if (took > CHUNK_MS * 2 && size > 1) size = Math.ceil(size / 2);
    if (state === 'done' || now() - start >= budget) return size;
  }
}
