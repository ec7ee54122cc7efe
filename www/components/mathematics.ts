/** Formulas as the engine writes them, and what stands beneath them: small tables, and LaTeX to be copied. */
import { html, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import font from '../fonts/stix-two-math.woff2';
import { largestOf, tintOf } from '../rules/tints';
import type { Session } from '../session';
import '../shared';

/** Without a font made for it every formula breaks. Its name comes first once it is here: then all is laid out anew. */
const face = new FontFace('Chalkgrad Math', `url(${new URL(font, import.meta.url).href})`);
face.load().then(
  () => {
    document.fonts.add(face);
    document.documentElement.classList.add('typeset');
  },
  // Where it can't be had the system's fonts stand in.
  () => undefined,
);

/** MathML that the engine wrote, in which it has escaped every text. */
export function mathematics(mathml: string): TemplateResult {
  return html`${unsafeHTML(mathml)}`;
}

/** Most rows and columns of a small table; the last of more is dots. */
const MOST = 6;
/** With more columns than these in all, numbers are set as briefly as in the graph. */
const FEW_COLUMNS = 4;

/** A matrix as a small table. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly numbers: Float64Array;
  /** What it stands for, and the place that an entry has in that. */
  readonly of: string;
  readonly place: (row: number, column: number) => number;
  /** Whether an entry belongs to the one that is looked at. */
  readonly isPicked: (row: number, column: number) => boolean;
  readonly isBrief: boolean;
  /** Picks an entry; nothing where that says nothing. */
  readonly pick?: ((entry: number) => void) | undefined;
}

/** Whether tables side by side have room for all digits. */
export function isBrief(tables: readonly Pick<Table, 'rows' | 'columns'>[]): boolean {
  const columns = tables.filter(({ rows, columns }) => rows * columns > 1).map(({ columns }) => Math.min(columns, MOST));
  return columns.reduce((sum, each) => sum + each, 0) > FEW_COLUMNS;
}

export function smallTable(session: Session, { rows, columns, numbers, of, place, isPicked, isBrief, pick }: Table): TemplateResult {
  const [down, across] = [shownOf(rows), shownOf(columns)];
  const largest = largestOf(numbers);
  const cell = (row: number, column: number): TemplateResult => {
    const entry = row * columns + column;
    const value = numbers[entry] ?? NaN;
    const { sign, alpha } = tintOf(value, largest);
    return html`<td class="${sign} ${isPicked(row, column) ? 'picked' : ''}" .style=${`--tint:${alpha.toFixed(2)}`} title=${session.isPlaying ? nothing : session.full(value)}
      data-of=${of} data-at=${place(row, column)} @click=${pick && rows * columns > 1 ? () => pick(entry) : nothing}>${isBrief ? brief(session, value) : session.short(value)}</td>`;
  };
  const dots = html`<td class="dots">⋯</td>`;
  return html`<table class="${rows * columns === 1 ? 'single' : ''} ${isBrief ? 'brief' : ''}"><tbody>
    ${upTo(down, row => html`<tr>${upTo(across, column => cell(row, column))}${across < columns ? dots : nothing}</tr>`)}
    ${down < rows ? html`<tr>${upTo(across + (across < columns ? 1 : 0), () => html`<td class="dots">⋮</td>`)}</tr>` : nothing}
  </tbody></table>`;
}

/** Two decimals where that says something. */
function brief(session: Session, value: number): string {
  const size = Math.abs(value);
  return size >= 0.095 && size < 999.5 ? value.toPrecision(size < 1 ? 2 : 3).replace('-', '−') : session.short(Number(value.toPrecision(2)));
}

function shownOf(count: number): number {
  return count > MOST ? MOST - 1 : count;
}

export function upTo<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** A count as the engine gives it, in groups of three. */
export function counted(session: Session, count: string): string {
  return /^\d+$/.test(count) ? count.replace(/\B(?=(\d{3})+$)/g, ',') : session.say('derive.beyond');
}

/** Shapes beside an equation; nothing where all are numbers. */
export function shapes(written: string): string {
  return /[2-9]|1\d/.test(written) ? written : '';
}

/** `15 multiplications`. */
export function multiplications(session: Session, count: string): string {
  return session.say(count === '1' ? 'derive.multiplication' : 'derive.multiplications', { count: counted(session, count) });
}
