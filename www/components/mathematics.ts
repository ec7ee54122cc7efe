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

/** Before these signs a line may end, behind a comma as well. */
const BREAKS = /^[=+−⋅·⊙×/]$/u;
/** As high and as deep as a fraction: brackets whose content goes on in another line stretch to this. */
const STRUT = '<mspace width="0" height="1.43em" depth=".9em"></mspace>';

/** A formula in pieces that stay whole, each with the sign before it: between them a line may end. */
export function piecesOf(mathml: string): string[] {
  const all = document.createElement('template');
  all.innerHTML = mathml;
  return [...all.content.querySelectorAll('math > mrow')].flatMap(row => {
    const pieces = [''];
    gather(row, pieces, false);
    return pieces.filter(piece => piece !== '').map(piece => `<math><mrow>${piece}</mrow></math>`);
  });
}

/** Puts what stands in a row at the end of the last piece, or begins another with it. */
function gather(row: Element, pieces: string[], isHigh: boolean): void {
  const add = (markup: string): void => void (pieces[pieces.length - 1] += markup);
  for (const child of row.children) {
    const isSign = child.localName === 'mo';
    const text = isSign ? (child.textContent ?? '') : '';
    if (BREAKS.test(text) && child.getAttribute('form') !== 'prefix' && pieces.at(-1) !== '') {
      // At the beginning of a row a sign would be taken for a prefix.
      child.setAttribute('form', 'infix');
      pieces.push(child.outerHTML);
    } else if (isBracket(child)) {
      gather(child, pieces, child.querySelector('mfrac') !== null);
    } else {
      add(`${isHigh && isSign && /^[()|]$/.test(text) ? STRUT : ''}${child.outerHTML}`);
      if (text === ',') pieces.push('');
    }
  }
}

/** Brackets around what may go on in another line. */
function isBracket(element: Element): boolean {
  const [first, last] = [element.firstElementChild, element.lastElementChild];
  const isPair = element.localName === 'mrow' && element.attributes.length === 0 && first?.localName === 'mo' && last?.localName === 'mo' && first.getAttribute('form') === 'prefix' && last.getAttribute('form') === 'postfix';
  return isPair && [...element.children].some(({ localName, textContent }) => localName === 'mo' && (textContent === ',' || BREAKS.test(textContent ?? '')));
}

/** What hangs below a line is less high than another line. */
const HANGING_PX = 12;

/** Says of each of these whether there is more of it than is seen. */
export function markCut(elements: Iterable<HTMLElement>): void {
  const all = [...elements].map(element => ({ element, isCut: element.scrollHeight > element.clientHeight + HANGING_PX }));
  for (const { element, isCut } of all) element.toggleAttribute('data-cut', isCut);
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
