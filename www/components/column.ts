import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Language, NodeView, Turned } from 'chalkgrad-engine';
import { dress } from '../dress';
import type { Choice, Control, Drag, Example, Said } from '../examples/example';
import { onStep } from '../examples/edits';
import { gradientLabel, inline } from '../formula';
import { isPlain } from '../rules/eta';
import styles from '../styles/column.css' with { type: 'text' };
import { marked, type Values } from '../text';
import './norms';
import { Piece } from './piece';

dress(styles);

/** A name up to so many letters stands beside its slider. */
const LONGEST_BESIDE = 3;

/** Names as the notation has them, and comments, which are no names. */
const NAMES = /(#.*|[\p{ID_Start}_][\p{ID_Continue}₀-₉]*)/u;

/** What the lesson column has of all but the first lesson, and of programs of one's own. */
export class Column extends Piece {
  static override properties = { ...Piece.properties, typed: { state: true } };
  protected override readonly topics = ['program', 'language'] as const;
  /** What was typed for a number, and is none. */
  declare private typed: { at: number; text: string } | undefined;

  /** The program that was typed for. */
  #typedFor = '';
  #canTurn = false;
  /** The program that was looked at for its samples, and what was found. */
  #looked: { program: string; turned: Turned | undefined } | undefined;

  protected override async firstUpdated(): Promise<void> {
    this.#canTurn = await this.session.faults.want();
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.#typedFor !== this.session.program) this.typed = undefined;
    this.#typedFor = this.session.program;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { example } = session.lessons;
    return example ? this.#lesson(example) : this.#own();
  }

  #lesson(example: Example): TemplateResult {
    const { session } = this;
    const { program } = session;
    const { place, count } = session.lessons;
    const prose = example.prose(program).map(said => html`<p>${this.#said(said)}</p>`);
    const controls = example.controls(program);
    const isChanged = program !== example.program;
    return html`<p class="kicker">${session.show('lesson.place', { place, count })}</p>
      <h2 class="title">${example.title[session.language]}</h2>
      ${prose.slice(0, -1)}
      <div class="controls">${controls.map((control, at) => html`${this.#control(control, at)}${at === 0 && example.states !== undefined ? html`<cg-norms .session=${session}></cg-norms>` : nothing}`)}${this.#samples()}</div>
      ${prose.at(-1)}
      ${isChanged ? html`<p class="ownacts"><button class="act" type="button" @click=${() => session.revise(example.program, true)}>${session.show('lesson.restore')}</button></p>` : nothing}`;
  }

  /** What gradient descent does. */
  #descent(loss: TemplateResult): TemplateResult {
    const { session } = this;
    return html`<p>${session.show('lesson.own.text', { loss })}</p>
      <div class="display"><math display="block"><mrow><mi>w</mi><mo>←</mo><mi>w</mi><mo>−</mo><mi>η</mi><mfrac><mrow><mo
        form="prefix" lspace="0" rspace="0">∂</mo><mi>${session.loss.plain}</mi></mrow><mrow><mo form="prefix" lspace="0" rspace="0">∂</mo><mi>w</mi></mrow></mfrac></mrow></math></div>`;
  }

  /** A program of one's own: what is minimized. */
  #own(): TemplateResult {
    const { session } = this;
    const loss = this.#named(session.loss, 'v');
    return html`<p class="kicker">${session.show('lesson.own.kicker')}</p>
      <h2 class="title">${session.show('lesson.own.title', { loss })}</h2>
      ${isPlain(session.run) ? this.#descent(loss) : nothing}
      <pre class="listing">${this.#listing()}</pre>
      ${this.#samples()}
      <p class="ownacts"><button class="act" type="button" aria-haspopup="dialog"
        @click=${() => this.dispatchEvent(new CustomEvent('edit-program', { bubbles: true }))}>${session.show('lesson.own.edit')}</button>
      <button class="act" type="button" @click=${() => void session.useLesson()}><span>${session.show('lesson.own.back')}</span></button></p>`;
  }

  /** Which way the samples run: only transposes move where that changes. */
  #samples(): TemplateResult | typeof nothing {
    const { session } = this;
    const { program } = session;
    if (!this.#canTurn) return nothing;
    if (this.#looked?.program !== program) this.#looked = { program, turned: session.faults.turn(program) };
    const { turned } = this.#looked;
    if (!turned) return nothing;
    return html`<div class="control samples-as"><span class="what">${session.show('samples.label')}</span>
      <div class="segm" role="group" aria-label=${session.say('samples.label')}>${(['columns', 'rows'] as const).map(way => html`<button type="button" aria-pressed=${way === turned.samples}
        @click=${() => way !== turned.samples && session.revise(turned.turned, true)}>${session.show(`samples.${way}`)}</button>`)}</div></div>`;
  }

  /** The program's text, in which each name of a node says which one it is. */
  #listing(): readonly (string | TemplateResult)[] {
    return this.session.program.split(NAMES).map(piece => {
      const node = this.#node(piece);
      return node ? html`<span data-of="v${node.id}">${piece}</span>` : piece;
    });
  }

  /** The node that is called so, or was called so last. */
  #node(key: string): NodeView | undefined {
    return this.session.graph.nodes.find(node => node.key !== '' && node.key === key);
  }

  /** A node or its gradient by its name, for whoever shows where else it stands. */
  #named(node: NodeView, of: 'v' | 'g'): TemplateResult {
    const { loss } = this.session;
    return of === 'v'
      ? html`<span data-of="v${node.id}">${inline(node.label)}</span>`
      : html`<span class="backward" data-of="g${node.id}">${inline(gradientLabel(loss, node))}</span>`;
  }

  /** A text with the nodes that it names. */
  #said(said: Said): TemplateResult {
    // A formula goes on in the next line behind a sign other than =, and nowhere else.
    const text = said[this.session.language].replace(/ (?=[=·⊙+−] )|(?<= =) |(?<=[^*]\*|\}) (?=[*{])/g, '\u00a0');
    const values: Record<string, TemplateResult> = {};
    for (const [, name = ''] of text.matchAll(/\{([^}]+)\}/g)) {
      const key = name.replace(/^∂/, '');
      const node = this.#node(key);
      values[name] = node ? this.#named(node, key === name ? 'v' : 'g') : html`<i>${name}</i>`;
    }
    return marked(text, values satisfies Values);
  }

  #control(control: Control, at: number): TemplateResult {
    return control.kind === 'choice' ? this.#choice(control, at) : this.#drag(control, at);
  }

  #choice({ name, options, chosen, revised }: Choice, at: number): TemplateResult {
    const { session } = this;
    const { language } = session;
    const isLost = chosen === undefined;
    const pick = (key: string): void => void session.revise(revised(key), true);
    const spoken = plainly(name, language);
    return html`<div class="control"><span class="what" id=${`control-${at}`}>${marked(name[language], {})}</span>
      ${options.length > 4
        ? html`<select class="pick" aria-labelledby=${`control-${at}`} ?disabled=${isLost} aria-describedby=${isLost ? `lost-${at}` : nothing}
            @change=${(event: Event) => pick((event.target as HTMLSelectElement).value)}>
            ${options.map(option => html`<option value=${option.key} .selected=${option.key === chosen}>${text(option.name, language)}</option>`)}</select>`
        : html`<div class="segm" role="group" aria-label=${spoken}>${options.map(option => html`<button type="button" aria-pressed=${option.key === chosen}
            ?disabled=${isLost} @click=${() => pick(option.key)}>${marked(text(option.name, language), {})}</button>`)}</div>`}
      ${isLost ? this.#lost(at) : nothing}</div>`;
  }

  #drag(control: Drag, at: number): TemplateResult {
    const { session, typed } = this;
    const { name, value, least, most, step } = control;
    const { language } = session;
    const spoken = plainly(name, language);
    const isLost = value === undefined;
    const isWrong = typed?.at === at;
    const id = `lost-${at}`;
    const set = (to: number, settled: boolean): void => {
      this.typed = undefined;
      session.revise(control.revised(to), settled);
    };
    const slide = (event: Event): void => set(Number((event.target as HTMLInputElement).value), event.type === 'change');
    return html`<div class="control ${spoken.length > LONGEST_BESIDE ? '' : 'beside'}"><span class="what" aria-hidden="true">${marked(name[language], {})}</span>
      <div class="dragged"><input type="range" min=${least} max=${most} step=${step} aria-label=${spoken} ?disabled=${isLost} aria-describedby=${isLost ? id : nothing}
          .value=${String(value ?? least)} @input=${slide} @change=${slide}>
        <input type="text" inputmode="decimal" autocomplete="off" spellcheck="false" aria-label=${session.say('control.value', { name: spoken })} ?disabled=${isLost}
          aria-invalid=${isWrong ? 'true' : nothing} aria-describedby=${isLost || isWrong ? id : nothing} .value=${isWrong ? typed.text : isLost ? '' : session.full(value)}
          @change=${(event: Event) => this.#type(control, at, event)}></div>
      ${isLost ? this.#lost(at) : isWrong ? html`<p class="lost" id=${id}>${session.show('control.range', { least: session.full(least), most: session.full(most) })}</p>` : nothing}</div>`;
  }

  #type(control: Drag, at: number, event: Event): void {
    const written = (event.target as HTMLInputElement).value.trim();
    const value = Number(written.replace('−', '-'));
    const isIn = written !== '' && value >= control.least && value <= control.most;
    this.typed = isIn ? undefined : { at, text: written };
    if (isIn) this.session.revise(control.revised(onStep(value, control)), true);
    this.requestUpdate();
  }

  /** Why a control does nothing. */
  #lost(at: number): TemplateResult {
    return html`<p class="lost" id=${`lost-${at}`}>${this.session.show('control.lost')}</p>`;
  }
}

function text(name: Said | string, language: Language): string {
  return typeof name === 'string' ? name : name[language];
}

function plainly(name: Said, language: Language): string {
  return name[language].replaceAll('*', '');
}

customElements.define('cg-column', Column);
