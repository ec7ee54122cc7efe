/** One update written out: the same words in the graph, the table, the equation and the step's sentence. */
import { html, type TemplateResult } from 'lit';
import type { Iterate } from './engine';
import { inline } from './formula';
import type { Session } from './session';

/** The numbers of an update as text; a negative gradient stands in brackets, since it is multiplied. */
export interface WrittenUpdate {
  readonly value: string;
  readonly rate: string;
  readonly gradient: string;
  readonly next: string;
}

export function writtenUpdate(session: Session, row: Iterate): WrittenUpdate {
  const gradient = session.short(row.gradient);
  return {
    value: session.short(row.value),
    rate: session.short(row.rate),
    gradient: gradient.startsWith('−') ? `(${gradient})` : gradient,
    next: session.short(row.next),
  };
}

/** `2 − 0.1 × 16 = 0.4` as plain text. */
export function spokenUpdate(session: Session, row: Iterate): string {
  const { value, rate, gradient, next } = writtenUpdate(session, row);
  return `${value} − ${rate} × ${gradient} = ${next}`;
}

/** `x ← 2 − 0.1 × 16 = 0.4` within a sentence, in the colours of its parts. */
export function inlineUpdate(session: Session, row: Iterate): TemplateResult {
  const { value, rate, gradient, next } = writtenUpdate(session, row);
  const name = session.parameter?.label ?? [];
  return html`${inline(name)} ← <span class="param">${value}</span> − ${rate} × <span class="backward">${gradient}</span> = <b class="param">${next}</b>`;
}
