import { html, nothing, type TemplateResult } from 'lit';
import type { Card, GraphView, NodeView, RunView } from 'chalkgrad-engine';
import { gradientLabel, inline } from '../formula';
import { isScalar, numbersOf } from '../rules/parts';
import { largestOf, tintOf } from '../rules/tints';
import * as icons from './icons-later';
import { Piece } from './piece';
import { dress } from '../dress';
import '../shared';
import matrix from '../styles/matrix.css' with { type: 'text' };
import sheets from '../styles/sheets.css' with { type: 'text' };

dress(sheets, matrix);

/** Most cells that a table has, and most columns of a matrix with more. */
const MOST_CELLS = 2048;
const MOST_COLUMNS = 64;
/** The width of a column: of so many characters, and what stands around them; and of the rows' numbers. */
const LEAST_CHARACTERS = 6;
const CHARACTER_EM = 0.62;
const PADDING_EM = 0.7;
const HEADER_EM = 2.6;

/** A node in full: its value and its gradient as tables, which follow the run. */
export class Matrix extends Piece {
  static override properties = { ...Piece.properties, node: { state: true }, copied: { state: true }, card: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'transport', 'language'] as const;
  /** The node that is open. */
  declare private node: NodeView | undefined;
  /** What was copied last. */
  declare private copied: Float64Array | undefined;
  /** What else there is to say of it. */
  declare private card: Card | undefined;
  #graph: GraphView | undefined;

  async open(id: number): Promise<void> {
    this.#graph = this.session.graph;
    this.node = this.#graph.nodes.find(node => node.id === id);
    this.card = undefined;
    await this.updateComplete;
    this.#dialog?.showModal();
    const card = await this.session.faults.card(this.session.program, id);
    if (this.node?.id === id) this.card = card;
  }

  protected override updated(): void {
    // Another program came by a link or by Back.
    if (this.session.graph !== this.#graph) this.#dialog?.close();
  }

  protected override render(): TemplateResult {
    const { session, node } = this;
    return html`<dialog class="sheet matrix" aria-labelledby="matrix-title" @click=${this.#outside} @close=${this.#closed} @copy=${this.#copySelected}>
      ${node && session.graph === this.#graph ? this.#content(node) : nothing}
    </dialog>`;
  }

  #content(node: NodeView): TemplateResult {
    const { session } = this;
    const { rows, columns } = extent(node);
    const isCut = rows * columns < node.rows * node.columns;
    const close = session.say('program.close');
    return html`<div class="head"><h2 id="matrix-title">${inline(node.label)} ${isScalar(node) ? nothing : html`<span class="muted">${node.rows}×${node.columns}</span>`}</h2>
        <button class="ib" type="button" aria-label=${close} title=${close} @click=${this.#close}>${icons.cross}</button></div>
      ${this.card ? this.#said(node, this.card) : nothing}
      ${node.reaches && node.role !== 'constant' ? html`<p><button class="act" type="button" @click=${() => this.#explain(node)}>${session.show('matrix.why')}</button></p>` : nothing}
      ${isCut ? html`<p class="muted">${session.show('matrix.cut', { rows, columns, allRows: node.rows, allColumns: node.columns })}</p>` : nothing}
      <div class="halves">${this.#half(node, 'value', node.label)}${this.#half(node, 'gradient', gradientLabel(session.loss, node))}</div>`;
  }

  /** Goes inside the step, where the gradient is derived. */
  async #explain({ id }: NodeView): Promise<void> {
    const { session } = this;
    this.#close();
    if (session.gear !== 'operator') await session.setGear('operator');
    session.walk?.derivations.pick(id);
    session.outlook.setPanel('step');
    session.outlook.changed();
  }

  /** Its formula, and its place in the text. */
  #said(node: NodeView, { formula, line, column, endLine, endColumn }: Card): TemplateResult {
    const { session } = this;
    const text = [...(session.program.split(/\r?\n/)[line - 1] ?? '')];
    const end = endLine === line ? endColumn - 1 : text.length;
    return html`<div class="said">${formula.length > node.label.length ? html`<p class="equals">${inline(formula)}</p>` : nothing}
      ${node.reaches ? nothing : html`<p class="muted">${session.show('graph.pale', { loss: inline(session.loss.label) })}</p>`}
      ${line > 0 ? html`<p class="origin"><span class="muted">${session.show('card.place', { line })}</span> <code>${text.slice(0, column - 1).join('')}<mark>${text.slice(column - 1, end).join('')}</mark>${text.slice(end).join('')}</code></p>` : nothing}
    </div>`;
  }

  #half(node: NodeView, kind: 'value' | 'gradient', label: readonly RunView[]): TemplateResult {
    const { session } = this;
    const numbers = this.#numbers(node, kind);
    const name = session.say(`matrix.${kind}`, { name: node.plain });
    const isCopied = this.copied?.length === numbers.length && this.copied.every((value, at) => Object.is(value, numbers[at]));
    const action = session.say(isCopied ? 'matrix.copied' : 'matrix.copy');
    return html`<section><div class="head"><h3 class=${kind === 'gradient' ? 'backward' : ''}>${inline(label)}</h3>
        <button class="plain" type="button" aria-label=${`${action}: ${name}`} @click=${(event: Event) => this.#copy(event, node, kind)}>${action}</button></div>
      <div class="whole" role="group" tabindex="0" aria-label=${name}>${this.#table(node, kind, name, numbers)}</div></section>`;
  }

  #table(node: NodeView, kind: string, name: string, numbers: Float64Array): TemplateResult {
    const { session } = this;
    const { rows, columns } = extent(node);
    if (isScalar(node)) return html`<p class="only">${session.full(numbers[0] ?? NaN)}</p>`;
    const largest = largestOf(numbers);
    const shown = upTo(rows, row => upTo(columns, column => numbers[row * node.columns + column] ?? NaN));
    const texts = shown.map(row => row.map(value => session.short(value)));
    const of = `${kind === 'value' ? 'v' : 'g'}${node.id}`;
    const cell = (value: number, text: string, at: number): TemplateResult => {
      const { sign, alpha } = tintOf(value, largest);
      // Every digit only where the numbers stand still: nobody points at them before.
      return html`<td class=${sign} data-of=${of} data-at=${at} .style=${`--tint:${alpha.toFixed(2)}`} title=${session.isPlaying ? nothing : session.full(value)}>${text}</td>`;
    };
    // Columns of one width do not jump while the numbers run, and are laid out at once.
    const longest = Math.max(LEAST_CHARACTERS, ...texts.map(row => Math.max(...row.map(({ length }) => length))));
    const width = longest * CHARACTER_EM + PADDING_EM;
    return html`<table data-kind=${kind} .style=${`width:${HEADER_EM + columns * width}em`}><caption class="sr">${name}</caption>
      <thead><tr><td></td>${upTo(columns, at => html`<th scope="col">${at + 1}</th>`)}</tr></thead>
      <tbody>${shown.map((row, at) => html`<tr><th scope="row">${at + 1}</th>${row.map((value, column) => cell(value, texts[at]?.[column] ?? '', at * node.columns + column))}</tr>`)}</tbody></table>`;
  }

  #numbers(node: NodeView, kind: string): Float64Array {
    const { values, gradients } = this.session.numbers;
    return numbersOf(node, kind === 'value' ? values : gradients);
  }

  /** All numbers, also those that are not shown; where the clipboard is closed they are selected, to be copied by hand. */
  async #copy(event: Event, node: NodeView, kind: 'value' | 'gradient'): Promise<void> {
    const shown = (event.currentTarget as Element).closest('section')?.querySelector('.whole');
    const numbers = this.#numbers(node, kind);
    try {
      await navigator.clipboard.writeText(asText(upTo(node.rows, row => [...numbers.subarray(row * node.columns, (row + 1) * node.columns)])));
      this.copied = numbers.slice();
    } catch {
      if (shown) getSelection()?.selectAllChildren(shown);
    }
  }

  /** What is selected, with every digit. */
  #copySelected(event: ClipboardEvent): void {
    const { node } = this;
    const selection = getSelection();
    if (!node || !selection || selection.isCollapsed) return;
    const rows = [...this.querySelectorAll('tbody tr')].map(row => {
      const numbers = this.#numbers(node, row.closest('table')?.dataset['kind'] ?? '');
      const picked = [...row.querySelectorAll('td')].filter(cell => selection.containsNode(cell, true));
      return picked.map(cell => numbers[((row as HTMLTableRowElement).rowIndex - 1) * node.columns + cell.cellIndex - 1] ?? NaN);
    });
    const picked = rows.filter(({ length }) => length > 0);
    if (picked.length === 0) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', asText(picked));
  }

  #outside(event: MouseEvent): void {
    if (event.target === this.#dialog) this.#close();
  }

  #close(): void {
    this.#dialog?.close();
  }

  #closed(): void {
    this.node = this.copied = undefined;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }
}

/** Rows and columns that are shown: all of them, or the first ones. */
function extent({ rows, columns }: NodeView): { rows: number; columns: number } {
  if (rows * columns <= MOST_CELLS) return { rows, columns };
  const shown = Math.min(columns, MOST_COLUMNS);
  return { rows: Math.min(rows, Math.floor(MOST_CELLS / shown)), columns: shown };
}

function upTo<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** As spreadsheets and other programs read it. */
function asText(rows: readonly (readonly number[])[]): string {
  return rows.map(row => row.join('\t')).join('\n');
}

customElements.define('cg-matrix', Matrix);
