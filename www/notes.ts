/** What the page has to tell once: about a link, a fault, a breakdown. Kept as data, worded when shown. */
import type { Diagnostic, LinkNote } from 'chalkgrad-engine';
import type { MessageKey, PlainValues } from './text';

/** One notice, dismissed by its number. */
export interface Note {
  readonly id: number;
  readonly key: MessageKey;
  /** What fills it: asked when it is shown, since it may be words of a language. */
  readonly values: () => PlainValues;
  /** Whether it is about the text in the editor, which can be opened from it. */
  readonly isOfDraft: boolean;
}

let made = 0;

/** A notice of the page's own. */
export function note(key: MessageKey, values: PlainValues = {}): Note {
  return { id: ++made, key, values: () => values, isOfDraft: false };
}

/** A notice about a link; a kind that this page has no sentence for still says which part it is. */
export function linkNote({ kind, key = '', text = '' }: LinkNote): Note {
  return note(`note.${kind}` as MessageKey, { key, text });
}

/** Faults that a notice quotes; the editor has them all. */
const MOST_QUOTED = 3;

/** A notice about the faults of a program, in the order of its text. */
export function faultsNote(faults: () => readonly Diagnostic[]): Note {
  const key = faults().length === 1 ? 'note.fault' : 'note.faults';
  return { id: ++made, key, values: () => valuesOf(faults()), isOfDraft: true };
}

function valuesOf(faults: readonly Diagnostic[]): PlainValues {
  const quoted = faults.slice(0, MOST_QUOTED).map(({ line, column, message }) => `${line}:${column} ${message}`.trimEnd());
  return { count: faults.length, text: quoted.join(' · ') + (faults.length > MOST_QUOTED ? ' …' : '') };
}

/** The notices that are shown. */
export class Notices {
  readonly #changed: () => void;
  #all: readonly Note[] = [];

  /** Calls back when there are others. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get all(): readonly Note[] { return this.#all; }

  /** Those of something that is opened, in place of what was told before. */
  begin(notes: readonly Note[] = []): void { this.#tell(notes); }
  /** Something that is fetched when it is wanted can't be had. */
  lost(): void { this.add(note('note.unloaded'), true); }

  /** One more; of some kinds the last one alone counts. */
  add(note: Note, isOnlyOne = false): void {
    this.#tell([...this.#all.filter(({ key }) => !isOnlyOne || key !== note.key), note]);
  }

  dismiss(id: number): void {
    this.#tell(this.#all.filter(note => note.id !== id));
  }

  #tell(notes: readonly Note[]): void {
    this.#all = notes;
    this.#changed();
  }
}
