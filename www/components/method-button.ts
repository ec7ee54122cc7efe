import { html, type TemplateResult } from 'lit';
import type { Session } from '../session';
import type { MessageKey } from '../text';

/** What the optimizer of a run is called, or one that is named as in links. */
export function methodName(session: Session, run: string): string {
  return session.say(`optimizer.${run.split(':')[0]}` as MessageKey);
}

/** Says how a gradient becomes an update, and opens where that is chosen. */
export function methodButton(session: Session): TemplateResult {
  const choose = async ({ currentTarget }: Event): Promise<void> => (await import('./method')).chooseMethod(session, currentTarget as Element);
  return html`<button class="method-name" type="button" aria-haspopup="dialog" @click=${choose}>${methodName(session, session.run)} ▾</button>`;
}

/** A second run stands beside this one, and then the legend in this place. */
export function addButton(session: Session): TemplateResult {
  return html`<button class="linkish" type="button" @click=${() => session.beside.add()}>${session.show('runs.add')}</button>`;
}
