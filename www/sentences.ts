/** The sentences in which faults are told, a catalogue a language: fetched when a fault is to be told. */
import type { Language } from 'chalkgrad-engine';
import en from '../src/notation/sentences/en.txt';
import zh from '../src/notation/sentences/zh.txt';

const ADDRESSES: Readonly<Record<Language, string>> = { en, zh };

/** What can't be fetched is asked for again after this time, if it is still wanted then. */
const PAUSE_MS = 4000;

export class Sentences {
  readonly #changed: () => void;
  readonly #texts = new Map<Language, string>();
  readonly #asked = new Set<Language>();

  /** Calls back when a catalogue is at hand, or may be asked for again. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The catalogue, for the engine to tell faults by. Nothing while it isn't here: faults have no sentences then. */
  of(language: Language): string | undefined {
    return this.#texts.get(language);
  }

  /** Has the catalogue fetched, if it neither is at hand nor on its way. */
  async want(language: Language): Promise<void> {
    if (this.#asked.has(language)) return;
    this.#asked.add(language);
    try {
      const response = await fetch(new URL(ADDRESSES[language], import.meta.url));
      if (!response.ok) throw new Error(response.statusText);
      this.#texts.set(language, await response.text());
    } catch {
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
      this.#asked.delete(language);
    }
    this.#changed();
  }
}
