/** The numbers of the charts as tables: fetched when somebody wants to read them so. */
import { html, nothing, type TemplateResult } from 'lit';
import { inline } from '../formula';
import type { Runs } from '../runs';
import type { Session } from '../session';
import { sign } from './sign';
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
  if (session.beside.runs?.isGroup) return ofRuns(session, session.beside.runs);
  const rows = session.pictures.lossRows(MOST_ROWS);
  const isWide = rows.some(({ first, last }) => first !== last);
  const loss = inline(session.loss.label);
  return html`<table class="numbers"><caption class="sr">${session.show('loss.table')}</caption>
    <thead><tr><th scope="col">${session.show('chart.step')}</th>${isWide
      ? html`<th scope="col">${session.show('loss.least', { loss })}</th><th scope="col">${session.show('loss.largest', { loss })}</th>`
      : html`<th scope="col">${loss}</th>`}</tr></thead>
    <tbody>${rows.map(({ first, last, low, high }) => html`<tr><th scope="row">${first === last ? first : `${first}–${last}`}</th>${cell('forward', low)}${isWide ? cell('forward', high) : nothing}</tr>`)}</tbody></table>`;
}

/** The loss of all runs by step, a column each: the largest where steps share a row. */
function ofRuns(session: Session, runs: Runs): TemplateResult {
  const cell = cellOf(session);
  const all = runs.all;
  return html`<table class="numbers many"><caption class="sr">${session.show('runs.table')}</caption>
    <thead><tr><th scope="col">${session.show('chart.step')}</th>${all.map(run => html`<th scope="col" class=${run.isHidden ? 'off' : ''}>${sign(run)}<b>${runs.label(run)}</b></th>`)}</tr></thead>
    <tbody>${runs.rows(MOST_ROWS).map(row => html`<tr class=${session.report.step >= row.first && session.report.step <= row.last ? 'now' : ''}><th scope="row">${row.first === row.last ? row.first : `${row.first}–${row.last}`}</th>${row.runs.map(({ high }) => cell('forward', high))}</tr>`)}</tbody></table>`;
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
