import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Derivation as Why, FactorView, Form, NodeView } from 'chalkgrad-engine';
import type { Derivations } from '../derivations';
import { gradientLabel, inline } from '../formula';
import { keysOf, lantern } from '../lantern';
import { contributionsOf, written } from '../rules/contributions';
import { isScalar, lossOf } from '../rules/parts';
import { asText } from '../rules/raised';
import type { Walk } from '../walk';
import './latex';
import { isBrief, mathematics, multiplications, piecesOf, shapes, smallTable } from './mathematics';
import { Piece } from './piece';

const FORMS: readonly Form[] = ['full', 'chain', 'prod', 'explicit'];
/** Of more gradients that are taken over only these are told. */
const MOST_REUSED = 4;

/** Why one gradient is what it is: its formula in the chosen form, the numbers put in, and what it takes over. */
export class Derivation extends Piece {
  protected override readonly topics = ['program', 'numbers', 'language', 'walk', 'graph', 'transport'] as const;

  protected override render(): TemplateResult | typeof nothing {
    const { walk } = this.session;
    const node = walk?.graph.nodes.find(({ id }) => id === walk.derivations.node);
    return walk && node ? html`<section class="p-step" aria-label=${this.session.say('panel.step')}>${this.#content(walk, node)}</section>` : nothing;
  }

  /** The graph, where nobody walks any more, doesn't ask for its marks again. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    lantern.mark([]);
  }

  protected override updated(): void {
    const select = this.querySelector<HTMLSelectElement>('select');
    const node = this.session.walk?.derivations.node;
    if (select && node !== undefined) select.value = String(node);
  }

  #content(walk: Walk, node: NodeView): TemplateResult {
    const { session } = this;
    const { derivations } = walk;
    const why = derivations.of(node.id, session.form);
    const name = `∂${session.loss.plain}/∂${node.plain}`;
    return html`<div class="head">
        <h2>${why.step === undefined ? session.show('derive.gradient') : session.show('derive.head', { step: why.step + 1 })}<span class="sr"> ${name}</span></h2>
        ${guard([walk, session.language], () => this.#nodes(derivations, lossOf(walk.graph)))}
        <div class="segm forms" role="group" aria-label=${session.say('derive.form')}>
          ${FORMS.map(form => html`<button type="button" aria-pressed=${form === session.form} @click=${() => session.look({ form })}>${form === 'prod' ? html`<code>prod</code>` : session.say(`derive.${form}`)}</button>`)}
        </div>
      </div>
      <div class="scroller">
        <div class="formula"><div class="large" @click=${(event: Event) => this.#open(event)}>${guard([why.mathml], () => mathematics(piecesOf(why.mathml).join('')))}</div>
          <span class="muted">${shapes(why.shapes)}</span>
          <cg-latex .session=${session} .latex=${why.latex} .name=${session.say('derive.this')} .isShort=${true}></cg-latex>
          ${why.notes.length > 0 ? html`<p class="where">${why.notes.map(note => html`<span>${mathematics(note)}</span>`)}</p>` : nothing}</div>
        <ul class="sr" aria-label=${session.say('derive.factors')}>${this.#factors(walk, why).map(([key, text]) => html`<li><button type="button" data-of=${key} @click=${(event: Event) => this.#open(event)}>${text}</button></li>`)}</ul>
        ${derivations.isReached(node.id) ? this.#numbers(walk, node, why) : this.#ahead(walk, why)}
        ${this.#reused(walk, why)}
      </div>`;
  }

  /** Every node that has a gradient, to choose from. */
  #nodes(derivations: Derivations, loss: NodeView): TemplateResult {
    const { session } = this;
    return html`<span class="which"><select aria-label=${session.say('derive.which')} @change=${(event: Event) => this.#pick(Number((event.target as HTMLSelectElement).value))}>
      ${derivations.nodes.map(node => html`<option value=${node.id}>${asText(gradientLabel(loss, node))}</option>`)}</select></span>`;
  }

  /** The factors by name, for keyboards and screen readers. */
  #factors(walk: Walk, why: Why): [string, string][] {
    const all = document.createElement('template');
    all.innerHTML = why.mathml;
    const found = [...all.content.querySelectorAll('[data-of]')].map(factor => factor.getAttribute('data-of') ?? '');
    return [...new Set(found)].map(keys => [keys, this.#named(walk, keys)]);
  }

  /** What a factor is, in words. */
  #named(walk: Walk, keys: string): string {
    const { session } = this;
    const names = keys.split(' ').map(key => {
      const node = walk.graph.nodes.find(({ id }) => id === Number.parseInt(key.slice(1)));
      const values = { name: node?.plain ?? '', shape: node ? `${node.rows}×${node.columns}` : '' };
      if (key.startsWith('v')) return session.say('derive.ofValue', values);
      if (key.startsWith('d')) return session.say('derive.ofLocal', values);
      const made = walk.derivations.steps(session.form).findIndex(step => step.node === node?.id);
      return session.say(made < 0 ? 'derive.ofData' : 'derive.ofGradient', { ...values, step: made + 1 });
    });
    return names.join(session.say('walk.and'));
  }

  #numbers(walk: Walk, node: NodeView, why: Why): TemplateResult {
    const { session } = this;
    const { derivations } = walk;
    const figures = derivations.figures(node.id);
    const entry = derivations.entry;
    const [row, column] = entry === undefined ? [-1, -1] : [Math.floor(entry / node.columns), entry % node.columns];
    const brief = isBrief(why.factors);
    return html`<div class="figures">${why.factors.map((factor, at) => {
      const numbers = figures.subarray(factor.offset, factor.offset + factor.rows * factor.columns);
      const [isLeft, isRight] = [why.factors[at + 1]?.before === '×', factor.before === '×'];
      // Of what is summed up to one row or column, all rows or columns are in the sum.
      const summed = isSummed(why.factors, at);
      const [isAnyRow, isAnyColumn] = [isRight || factor.rows === 1 || (summed && node.rows === 1), isLeft || factor.columns === 1 || (summed && node.columns === 1)];
      const isPicked = (r: number, c: number): boolean => entry !== undefined && (isAnyRow || r === row) && (isAnyColumn || c === column);
      const pick = at === 0 ? (picked: number) => this.#pickEntry(node.id, picked) : undefined;
      const table = smallTable(session, { ...factor, numbers, place: this.#place(factor), isPicked, isBrief: brief, pick });
      const opened = keyOf(factor.of);
      const name = mathematics(factor.mathml);
      return html`<div class="term">${factor.before === '' ? nothing : html`<span class="sign">${factor.before}</span>`}
        <figure class="mat" data-of=${factor.of}>${at === 0 && !isScalar(node) ? this.#pickable(node, numbers, entry, table) : table}
          <figcaption>${opened === undefined ? html`<span>${name}</span>` : html`<button type="button" aria-label=${this.#named(walk, factor.of)} @click=${() => this.#openNode(opened)}>${name}</button>`}</figcaption></figure></div>`;
    })}${why.cut ? html`<span class="sign">+ …</span>` : nothing}</div>
      ${why.cut ? nothing : this.#sum(node, why, figures, isScalar(node) ? 0 : entry)}`;
  }

  /** What each term adds to an entry. */
  #sum(node: NodeView, { factors }: Why, figures: Float64Array, entry: number | undefined): TemplateResult | typeof nothing {
    const { session } = this;
    const terms = entry === undefined ? undefined : contributionsOf(factors, figures, entry);
    if (entry === undefined || !terms) return nothing;
    const value = figures[entry] ?? NaN;
    return html`<p class="sum">${written(terms, term => session.short(term))} = <b class="backward" data-of=${`g${node.id}`} data-at=${isScalar(node) ? nothing : entry} title=${session.full(value)}>${session.short(value)}</b></p>`;
  }

  /** The gradient's own table, of which one entry is looked at. */
  #pickable(node: NodeView, numbers: Float64Array, entry: number | undefined, table: TemplateResult): TemplateResult {
    const { session } = this;
    const gradient = `∂${session.loss.plain}/∂${node.plain}`;
    const at = entry === undefined ? undefined : { gradient, row: Math.floor(entry / node.columns) + 1, column: (entry % node.columns) + 1, value: session.short(numbers[entry] ?? NaN) };
    const move = (event: KeyboardEvent): void => {
      const by = { ArrowUp: -node.columns, ArrowDown: node.columns, ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      const to = entry === undefined ? 0 : entry + by;
      if (to >= 0 && to < numbers.length) this.#pickEntry(node.id, to);
    };
    return html`<div class="pickable" role="group" tabindex="0" aria-label=${at ? session.say('derive.entry', at) : session.say('derive.pickEntry', { gradient })} @keydown=${move}>${table}</div>`;
  }

  /** Where an entry of a factor stands in what the factor is: of a transpose, in the matrix itself. */
  #place({ turned, rows, columns }: FactorView): (row: number, column: number) => number {
    return turned ? (row, column) => column * rows + row : (row, column) => row * columns + column;
  }

  /** Not known yet in this walk. */
  #ahead(walk: Walk, { made, step, node }: Why): TemplateResult {
    const { session } = this;
    const to = made ?? walk.moves.findLastIndex(move => (move.phase === 'loss' ? move.node === node : move.phase === 'backward' && move.operands.includes(node)));
    return html`<p class="note">${session.show('derive.ahead')}
      <button class="act" type="button" @click=${() => walk.stand(to + 1)}>${step === undefined ? session.show('derive.walk') : session.show('derive.walkTo', { step: step + 1 })}</button></p>`;
  }

  #reused(walk: Walk, { reused, step }: Why): TemplateResult[] {
    const { session } = this;
    const loss = lossOf(walk.graph);
    const more = reused.length - MOST_REUSED;
    const told = reused.slice(0, more > 1 ? MOST_REUSED : reused.length).map(({ node: id, step: made, multiplications: saved = '0' }) => {
      const node = walk.graph.nodes.find(node => node.id === id);
      const gradient = node ? html`<mark data-of=${`g${id}`}>${inline(gradientLabel(loss, node))}</mark>` : nothing;
      const since = step === undefined ? 0 : step - made;
      const ago = since === 1 ? session.show('derive.ago.one') : session.show('derive.ago', { count: since });
      const cost = multiplications(session, saved);
      const key = `derive.reused${walk.derivations.isReached(id) ? '' : '.ahead'}` as const;
      return html`<p class="note">${session.show(key, { gradient: html`${gradient}`, step: made + 1, loss: inline(loss.label), ago: since > 0 ? html`${session.say('walk.and')}${ago}` : '' })}${
        saved === '0' ? session.show('derive.stop') : session.show('derive.saved', { count: cost })}</p>`;
    });
    return more > 1 ? [...told, html`<p class="note">${session.show('derive.reused.more', { count: more })}</p>`] : told;
  }

  #pick(node: number): void {
    this.session.walk?.derivations.pick(node);
    this.session.outlook.changed();
  }

  #pickEntry(node: number, entry: number): void {
    this.session.walk?.derivations.pickEntry(node, entry);
    this.session.outlook.changed();
  }

  /** A gradient is looked at, of anything else the node is opened. */
  #open(event: Event): void {
    const factor = (event.target as Element).closest('[data-of]');
    if (!factor) return;
    const gradient = keysOf(factor).find(key => key.startsWith('g'));
    const node = keyOf(factor.getAttribute('data-of') ?? '');
    if (gradient) this.#pick(Number(gradient.slice(1)));
    else if (node !== undefined) this.#openNode(node);
  }

  #openNode(node: number): void {
    if (this.session.graph.nodes.some(({ id }) => id === node)) this.dispatchEvent(new CustomEvent('open-node', { bubbles: true, detail: node }));
  }
}

/** Whether a factor stands in a term that begins with Σ. */
function isSummed(factors: readonly FactorView[], at: number): boolean {
  return factors.slice(0, at + 1).findLast(({ before }) => /[=+−]/.test(before))?.before.includes('Σ') ?? false;
}

/** The node whose card shows what these keys stand for. */
function keyOf(keys: string): number | undefined {
  const key = keys.split(' ').find(each => /^[vg]/.test(each));
  return key === undefined ? undefined : Number(key.slice(1));
}

customElements.define('cg-derivation', Derivation);
