/** What is wrong with a program. Who finds it is fetched when the first one is to be read; most visits read none. */
import type { Card, Diagnostic, Language, Turned } from 'chalkgrad-engine';
import type { Reader } from './inside';
import type { Sentences } from './sentences';

/** What can't be fetched is asked for again after this time, if it is still wanted then. */
const PAUSE_MS = 4000;

export class Faults {
  readonly #changed: () => void;
  #sentences: Sentences | undefined;
  #reader: Reader | undefined;
  #asked: Promise<void> | undefined;
  /** Whether it could not be fetched, and is not asked for again yet. */
  #isPausing = false;

  /** Calls back when there may be more to tell. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** What is wrong, or doubtful; nothing as long as nobody is here to find it. */
  of(program: string, language: Language): Diagnostic[] {
    if (!this.#reader) void this.want();
    const found = this.#reader?.diagnose(program, this.#sentences?.of(language)) ?? [];
    if (found.length > 0) void this.#sentences?.want(language);
    return found;
  }

  /** What there is to say of a node of a program without faults; nothing where the reader can't be had. */
  async card(program: string, node: number): Promise<Card | undefined> {
    await this.want();
    return this.#reader?.card(program, node);
  }

  /** A program with its samples the other way round, as long as the reader is here and they have a way. */
  turn(program: string): Turned | undefined {
    return this.#reader?.turn(program);
  }

  /** Has the reader fetched. Whether it is here. `isByHand` where a person asks, who waits for no pause. */
  async want(isByHand = false): Promise<boolean> {
    if (isByHand && this.#isPausing) this.#asked = undefined;
    this.#asked ??= this.#fetch();
    await this.#asked;
    return this.#reader !== undefined;
  }

  async #fetch(): Promise<void> {
    this.#isPausing = false;
    try {
      const [{ Reader }, { Sentences }] = await Promise.all([import('./inside'), import('./sentences')]);
      this.#reader = await Reader.load();
      this.#sentences = new Sentences(this.#changed);
      this.#changed();
    } catch {
      this.#isPausing = true;
      setTimeout(() => {
        if (!this.#isPausing) return;
        this.#asked = undefined;
        this.#changed();
      }, PAUSE_MS);
    }
  }
}
