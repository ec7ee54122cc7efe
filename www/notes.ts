/** What the page has to tell once: about a link, a fault, a breakdown. Kept as data, worded when shown. */
import type { Diagnostic, LinkNote } from 'chalkgrad-engine';
import { isMessage, type MessageKey, type PlainValues } from './text';

/** One notice, dismissed by its number. */
export interface Note {
  readonly id: number;
  readonly key: MessageKey;
  readonly values: PlainValues;
}

let made = 0;

/** A notice of the page's own. */
export function note(key: MessageKey, values: PlainValues = {}): Note {
  return { id: ++made, key, values };
}

/** A notice about a link; a kind that this page has no sentence for still says which part it is. */
export function linkNote({ kind, key = '', text = '' }: LinkNote): Note {
  const known = `note.${kind}`;
  return note(isMessage(known) ? known : 'note.other', { key, text });
}

/** A notice about the first fault of a program. */
export function faultNote({ line, column, message }: Diagnostic): Note {
  return note('note.faults', { line, column, message });
}
