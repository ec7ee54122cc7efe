/** An update that is no plain row of arithmetic: fetched when the method or the parameters are such. */
import { html, nothing, type TemplateResult } from 'lit';
import type { NodeView, UpdateView } from 'chalkgrad-engine';
import { dress } from '../dress';
import { inline } from '../formula';
import { memoryOf, lastUpdateOf } from '../inside';
import '../lantern';
import { isScalar, numbersOf, parametersOf } from '../rules/parts';
import { gridStep } from '../rules/method';
import { asText } from '../rules/raised';
import '../shared';
import derivation from '../styles/derivation.css' with { type: 'text' };
import styles from '../styles/rule.css' with { type: 'text' };
import './latex';
import { isBrief, mathematics, smallTable } from './mathematics';
import { addButton, methodButton } from './method-button';
import { Piece } from './piece';

dress(derivation, styles);

/** A frame of a playing run has no more time than this for it. */
const MOST_MS = 4;
/** A parameter of more numbers is folded at first. */
const MOST_OPEN = 6;

/** The rule line by line, symbols above and the numbers of one of a parameter's numbers beneath, and what it keeps. */
export class Rule extends Piece {
  static override properties = { ...Piece.properties, param: { state: true }, entry: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'rate', 'language', 'transport'] as const;
  /** The parameter that is looked at. */
  declare private param: number | undefined;
  /** Which of its numbers, row by row. */
  declare private entry: number;

  /** How long the engine took to step back and on again. */
  #took = 0;

  constructor() {
    super();
    this.entry = 0;
  }

  /** Where that is long, it waits until the run stands still. */
  protected override shouldUpdate(): boolean {
    return !this.session.isPlaying || this.#took < MOST_MS;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this;
    const params = parametersOf(session.graph);
    const node = params.find(({ id }) => id === this.param) ?? params[0];
    if (!node) return nothing;
    const entry = this.entry < node.rows * node.columns ? this.entry : 0;
    const begun = performance.now();
    const update = lastUpdateOf(session.pictures, node.id, entry);
    this.#took = performance.now() - begun;
    return update ? this.#content(params, node, entry, update) : nothing;
  }

  #content(params: readonly NodeView[], node: NodeView, entry: number, update: UpdateView): TemplateResult {
    const { session } = this;
    const to = update.from + 1;
    // What it comes to is to be guessed first.
    const isHidden = update.from === session.guessing.game?.due;
    return html`<div class="head"><h2>${session.show(session.report.step > update.from ? 'rule.last' : 'rule.next')}</h2>
        <p class="muted">${session.show('rule.steps', { from: update.from, to })}</p>
        ${params.length > 1 ? this.#params(params, node) : nothing}${isScalar(node) ? nothing : this.#place(node, entry)}
        ${isHidden ? nothing : html`<cg-latex .session=${session} .latex=${update.latex} .name=${session.say('rule.lines')} .isShort=${true}></cg-latex>`}${session.beside.runs?.isGroup ? nothing : html`${methodButton(session)}${addButton(session)}`}</div>
      <div class="rule-lines scroller" role="group" tabindex="0" aria-label=${session.say('rule.lines')}>${update.lines.map(({ symbols, figures, plain, value }) => html`<div class="rule-line">
        <p class="symbols">${mathematics(symbols)}</p>${isHidden ? nothing : html`<p class="figures" title=${session.isPlaying ? plain : session.full(value)}>${mathematics(figures)}</p>`}</div>`)}</div>
      ${isScalar(node) ? this.#kept(node, update) : this.#tables(node, entry, update)}`;
  }

  #params(params: readonly NodeView[], node: NodeView): TemplateResult {
    const { session } = this;
    const choose = (event: Event): void => {
      this.param = Number((event.target as HTMLSelectElement).value);
      this.entry = 0;
    };
    return html`<span class="which"><select aria-label=${session.say('rule.which')} @change=${choose}>
      ${params.map(each => html`<option value=${each.id} ?selected=${each === node}>${asText(each.label)}</option>`)}</select></span>`;
  }

  /** What the rule keeps for one number. */
  #kept(node: NodeView, { states }: UpdateView): TemplateResult | typeof nothing {
    const { session } = this;
    if (states.length === 0) return nothing;
    const kept = memoryOf(session.pictures, node.id);
    return html`<p class="kept-now"><span class="muted">${session.show('rule.kept', { step: session.report.step })}</span>
      ${states.map((sign, at) => html`<span title=${session.full(kept[at] ?? NaN)}>${mathematics(sign)} = <b>${session.short(kept[at] ?? NaN)}</b></span>`)}</p>`;
  }

  /** The parameter, of which a number is chosen, and what the rule keeps for each; folded where they are large. */
  #tables(node: NodeView, entry: number, { states }: UpdateView): TemplateResult {
    const { session } = this;
    const memory = memoryOf(session.pictures, node.id);
    const count = node.rows * node.columns;
    const kept = states.map((sign, at) => ({ name: mathematics(sign), numbers: memory.subarray(at * count, (at + 1) * count), of: '' }));
    const all = [{ name: html`${inline(node.label)}`, numbers: numbersOf(node, session.numbers.values), of: `v${node.id}` }, ...kept];
    const brief = isBrief(all.map(() => node));
    const tables = all.map(({ name, numbers, of }, at) => {
      const table = smallTable(session, {
        rows: node.rows, columns: node.columns, numbers, of,
        place: (row, column) => row * node.columns + column,
        isPicked: (row, column) => row * node.columns + column === entry,
        isBrief: brief, pick: picked => (this.entry = picked),
      });
      return html`<figure class="mat">${at === 0 ? this.#pickable(node, entry, table) : table}<figcaption><span>${name}</span></figcaption></figure>`;
    });
    return html`<details class="memory" ?open=${count <= MOST_OPEN}><summary>${session.show(kept.length > 0 ? 'rule.kept' : 'rule.numbers', { step: session.report.step })}</summary><div class="kept">${tables}</div></details>`;
  }

  #pickable(node: NodeView, entry: number, table: TemplateResult): TemplateResult {
    const { session } = this;
    const move = (event: KeyboardEvent): void => {
      const to = gridStep(node, entry, event.key);
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.entry = to;
    };
    return html`<div class="pickable" role="group" tabindex="0" aria-label=${session.say('rule.pick', { name: node.plain, ...this.#at(node, entry) })} @keydown=${move}>${table}</div>`;
  }

  #place(node: NodeView, entry: number): TemplateResult {
    const at = this.#at(node, entry);
    return html`<span class="muted"><span aria-hidden="true">[${at.row}, ${at.column}]</span><span class="sr">${this.session.show('rule.entry', at)}</span></span>`;
  }

  #at({ columns }: NodeView, entry: number): { row: number; column: number } {
    return { row: Math.floor(entry / columns) + 1, column: (entry % columns) + 1 };
  }
}

customElements.define('cg-rule', Rule);
