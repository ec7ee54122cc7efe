/** The numbers of the charts as tables: fetched when somebody wants to read them so. */
import { html, nothing, type TemplateResult } from 'lit';
import { inline } from '../formula';
import type { Session } from '../session';
import '../shared';
import { dress } from '../dress';
import styles from '../styles/tables.css' with { type: 'text' };

dress(styles);

export { picture } from './icons-later';

/** Rows of the loss: a long run's steps share them. */
const MOST_ROWS = 200;
/** Places of the function. */
const PLACES = 25;

/** The loss by step. */
export function loss(session: Session): TemplateResult {
  const cell = cellOf(session);
  const rows = session.pictures.lossRows(MOST_ROWS);
  const isWide = rows.some(({ first, last }) => first !== last);
  const loss = inline(session.loss.label);
  return html`<table class="numbers"><caption class="sr">${session.show('loss.table')}</caption>
    <thead><tr><th scope="col">${session.show('chart.step')}</th>${isWide
      ? html`<th scope="col">${session.show('loss.least', { loss })}</th><th scope="col">${session.show('loss.largest', { loss })}</th>`
      : html`<th scope="col">${loss}</th>`}</tr></thead>
    <tbody>${rows.map(({ first, last, low, high }) => html`<tr><th scope="row">${first === last ? first : `${first}–${last}`}</th>${cell('forward', low)}${isWide ? cell('forward', high) : nothing}</tr>`)}</tbody></table>`;
}

/** Values of the function. */
export function curve(session: Session): TemplateResult {
  const cell = cellOf(session);
  return html`<table class="numbers"><caption class="sr">${session.show('curve.table')}</caption>
    <thead><tr><th scope="col">${inline(session.parameter?.label ?? [])}</th><th scope="col">${inline(session.loss.label)}</th></tr></thead>
    <tbody>${session.pictures.curveRows(PLACES).map(({ x, y }) => html`<tr>${cell('param', x)}${cell('forward', y)}</tr>`)}</tbody></table>`;
}

/** A number with all its digits at hand. */
function cellOf(session: Session): (kind: string, value: number) => TemplateResult {
  return (kind, value) => html`<td class=${kind} title=${session.full(value)}>${session.short(value)}</td>`;
}
