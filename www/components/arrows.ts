import { html, type TemplateResult } from 'lit';
import type { Session } from '../session';
import * as icons from './icons';

/** Operators as circles, or folded onto their arrows. */
export function arrowsButton(session: Session): TemplateResult {
  const name = session.say('graph.arrows');
  return html`<button class="ib arrows" type="button" aria-pressed=${session.outlook.hasArrows} aria-label=${name} title=${name}
    @click=${() => session.outlook.foldOntoArrows(!session.outlook.hasArrows)}>${icons.arrow}</button>`;
}
