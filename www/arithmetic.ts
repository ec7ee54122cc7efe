/** One update written out: the same words in the graph, the table, the equation and the step's sentence. */
import { html, type TemplateResult } from 'lit';
import type { Iterate } from './engine';
import { inline } from './formula';
import { isPlain } from './rules/eta';
import type { Session } from './session';

/** The numbers of an update as text; a negative gradient stands in brackets, since it is multiplied. What is to be guessed is a question mark. */
export interface WrittenUpdate {
  readonly value: string;
  readonly rate: string;
  readonly gradient: string;
  readonly next: string;
  /** The same with every digit. */
  readonly exactNext: string;
}

export function writtenUpdate(session: Session, row: Iterate): WrittenUpdate {
  const gradient = session.short(row.gradient);
  const isHidden = row.step === session.guessing.game?.due;
  return {
    value: session.short(row.value),
    rate: session.short(row.rate),
    gradient: gradient.startsWith('−') ? `(${gradient})` : gradient,
    next: isHidden ? '?' : session.short(row.next),
    exactNext: isHidden ? '?' : session.full(row.next),
  };
}

/** `2 − 0.1 × 16 = 0.4` as plain text; of another method than plain gradient descent what comes out. */
export function spokenUpdate(session: Session, row: Iterate): string {
  const { value, rate, gradient, next } = writtenUpdate(session, row);
  return !isPlain(session.run) ? next : `${value} − ${rate} × ${gradient} = ${next}`;
}

/** `x ← 2 − 0.1 × 16 = 0.4` within a sentence, in the colours of its parts. */
export function inlineUpdate(session: Session, row: Iterate): TemplateResult {
  const { value, rate, gradient, next } = writtenUpdate(session, row);
  const name = session.parameter?.label ?? [];
  if (!isPlain(session.run)) return html`${inline(name)} ← <b class="param">${next}</b>`;
  return html`${inline(name)} ← <span class="param">${value}</span> − ${rate} × <span class="backward">${gradient}</span> = <b class="param">${next}</b>`;
}
