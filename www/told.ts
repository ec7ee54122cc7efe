/** Sentences, as they are seen and as they are read out. */
import type { TemplateResult } from 'lit';
import type { Session } from './session';
import type { MessageKey, PlainValues, Values } from './text';

export interface Told {
  readonly shown: TemplateResult;
  readonly spoken: string;
}

export function told(session: Session, key: MessageKey, shown: PlainValues): Told;
export function told(session: Session, key: MessageKey, shown: Values, spoken: PlainValues): Told;
export function told(session: Session, key: MessageKey, shown: Values, spoken = shown as PlainValues): Told {
  return { shown: session.show(key, shown), spoken: session.say(key, spoken) };
}
