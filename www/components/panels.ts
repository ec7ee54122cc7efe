/** The board inside a step: fetched when somebody first goes there. */
import { html, type TemplateResult } from 'lit';
import { dress } from '../dress';
import type { Panel } from '../outlook';
import type { Session } from '../session';
import '../shared';
import styles from '../styles/derivation.css' with { type: 'text' };
import './derivation';
import { marks } from './marks';
import './paths';
import './steps';

dress(styles);

export { marks };
export const PANELS: readonly Panel[] = ['lesson', 'graph', 'step', 'all', 'paths'];

export function inside(session: Session): TemplateResult {
  return html`<cg-derivation .session=${session}></cg-derivation><cg-steps .session=${session}></cg-steps><cg-paths .session=${session}></cg-paths>`;
}
