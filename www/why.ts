/** Why a run stands still, where it has diverged: who finds that out is fetched then. */
import type { Experiment } from 'chalkgrad-engine';
import type { Divergence } from './divergence';
import type { Probe } from './inside';

export class Why {
  readonly #changed: () => void;
  #divergence: Divergence | undefined;
  /** The step for which it is being found out. */
  #step: number | undefined;

  /** Calls back when there is more to tell. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Nothing where the run has not diverged, or nobody is here to tell. */
  get divergence(): Divergence | undefined { return this.#divergence; }

  /** Finds out why a run diverged at a step, given as it began. */
  async find(begun: Experiment, step: number): Promise<void> {
    if (this.#step === step) return;
    this.forget();
    this.#step = step;
    const [{ Divergence }, probe] = await Promise.all([import('./divergence'), step > 0 ? probeOf(begun, step) : undefined]);
    if (this.#step !== step) return;
    this.#divergence = new Divergence(probe, this.#changed);
    this.#changed();
  }

  /** The run moved on, or another one is open. */
  forget(): void {
    this.#divergence?.forget();
    this.#divergence = this.#step = undefined;
  }
}

async function probeOf(begun: Experiment, step: number): Promise<Probe | undefined> {
  try {
    return await (await import('./inside')).Probe.of(begun, step);
  } catch {
    // Where it stands can be told without.
    return undefined;
  }
}
