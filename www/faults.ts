/** What is wrong with a program. Who finds it is fetched when the first one is to be read; most visits read none. */
import type { Card, Diagnostic, Language } from 'chalkgrad-engine';
import type { Reader } from './inside';
import { Sentences } from './sentences';

/** What can't be fetched is asked for again after this time, if it is still wanted then. */
const PAUSE_MS = 4000;

export class Faults {
  readonly #changed: () => void;
  readonly #sentences: Sentences;
  #reader: Reader | undefined;
  #asked: Promise<void> | undefined;

  /** Calls back when there may be more to tell. */
  constructor(changed: () => void) {
    this.#changed = changed;
    this.#sentences = new Sentences(changed);
  }

  /** What is wrong, or doubtful; nothing as long as nobody is here to find it. */
  of(program: string, language: Language): Diagnostic[] {
    if (!this.#reader) void this.want();
    const found = this.#reader?.diagnose(program, this.#sentences.of(language)) ?? [];
    if (found.length > 0) void this.#sentences.want(language);
    return found;
  }

  /** What there is to say of a node of a program without faults, as long as the reader is here. */
  card(program: string, node: number): Card | undefined {
    return this.#reader?.card(program, node);
  }

  /** Has the reader fetched. Whether it is here. */
  async want(): Promise<boolean> {
    this.#asked ??= this.#fetch();
    await this.#asked;
    return this.#reader !== undefined;
  }

  async #fetch(): Promise<void> {
    try {
      this.#reader = await (await import('./inside')).Reader.load();
      this.#changed();
    } catch {
      setTimeout(() => {
        this.#asked = undefined;
        this.#changed();
      }, PAUSE_MS);
    }
  }
}
