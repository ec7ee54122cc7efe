/** Going along the graph within a step: the walk itself is fetched when somebody first goes inside. */
import type { GraphView, Language } from 'chalkgrad-engine';
import { Panicked, type Bench } from './engine';
import type { Guessing } from './guessing';
import type { Notices } from './notes';
import { learnAll } from './text';
import type { Walk } from './walk';

/** What is walked on. */
export interface Ground {
  readonly graph: GraphView;
  readonly language: Language;
  readonly step: number;
  /** The same experiment on the engine that the bench has now. */
  reopen(): void;
  advance(): void;
  seek(step: number): void;
  /** Another place was reached. */
  moved(): void;
  /** Whether where the update leads may be seen yet. */
  readonly guessing: Guessing;
  readonly notices: Notices;
}

export class Walking {
  readonly #bench: Bench;
  readonly #ground: Ground;
  #walk: Walk | undefined;
  #entering: Promise<Walk | undefined> | undefined;
  #isReopening = false;
  /** Where to stand when the step that is sought is reached. */
  #sought: number | undefined;

  constructor(bench: Bench, ground: Ground) {
    this.#bench = bench;
    this.#ground = ground;
  }

  get walk(): Walk | undefined { return this.#walk; }
  /** How many moves have been made in this step. */
  get at(): number { return this.#walk?.at ?? 0; }

  /** The walk, on an engine that can tell it; nothing where that can't be had. Whoever asks meanwhile waits for the same. */
  enter(): Promise<Walk | undefined> {
    return (this.#entering ??= this.#enter().finally(() => (this.#entering = undefined)));
  }

  async #enter(): Promise<Walk | undefined> {
    if (this.#walk) return this.#walk;
    try {
      const [{ wholeEquipment }, { Walk }] = await Promise.all([import('./inside'), import('./walk'), learnAll(this.#ground.language)]);
      const equipment = await wholeEquipment();
      this.#bench.equip(equipment);
      if (!this.#bench.isEquippedWith(equipment)) this.#reopen();
      return (this.#walk = new Walk(this.#bench, this.#ground, at => (this.#sought = at)));
    } catch (error) {
      if (error instanceof Panicked) throw error;
      this.#ground.notices.lost();
      return undefined;
    }
  }

  #reopen(): void {
    this.#isReopening = true;
    try {
      this.#ground.reopen();
    } finally {
      this.#isReopening = false;
    }
  }

  /** Stands there once the step is reached that is sought, if one is. */
  async resume(at: number, isSeeking: () => boolean): Promise<void> {
    // Whoever had it opened anew is on the way already.
    if (this.#isReopening) return;
    const walk = await this.enter();
    if (isSeeking()) this.#sought = at;
    else walk?.stand(at);
  }

  /** The run moved; `hasArrived` where it was to. */
  ran(hasArrived: boolean): void {
    this.#walk?.forget();
    if (this.#walk) this.#walk.at = hasArrived ? (this.#sought ?? 0) : 0;
    if (hasArrived) this.#sought = undefined;
  }

  /** A version of the program is open: the walk goes on as far along it. Whether there is one. */
  renew(at: number): boolean {
    const before = this.#walk;
    if (!before) return false;
    this.#walk = before.renewed();
    this.#walk.at = at;
    return true;
  }

  /** Another program is open. */
  leave(): void {
    this.#walk = this.#sought = undefined;
  }
}
