import { html, nothing, type TemplateResult } from 'lit';
import type { Diagnostic } from 'chalkgrad-engine';
import * as icons from './icons-later';
import { Piece } from './piece';
import { dress } from '../dress';
import '../shared';
import sheets from '../styles/sheets.css' with { type: 'text' };

dress(sheets);

/** Typing pauses this long before the text is read again. */
const PAUSE_MS = 200;

/**
 * The drawer with the program's text. What is written is read as one types and kept when the drawer
 * closes; it runs when one says so.
 */
export class Program extends Piece {
  static override properties = { ...Piece.properties, text: { state: true } };
  protected override readonly topics = ['program', 'draft', 'language'] as const;
  declare private text: string;
  #timer: number | undefined;

  constructor() {
    super();
    this.text = '';
  }

  /** Opens the drawer on the program that is on the page, or on what was being written. */
  open(): void {
    this.text = this.session.draft;
    this.#dialog?.showModal();
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { diagnostics } = session;
    const hasFault = diagnostics.some(({ severity }) => severity === 'fault');
    return html`<dialog class="drawer" aria-labelledby="program-title" @click=${this.#outside} @close=${this.#keep}>
      <form method="dialog" @submit=${this.#use}>
        <div class="head"><h2 id="program-title">${session.show('program.title')}</h2>
          <button class="ib" type="button" aria-label=${session.say('program.close')} title=${session.say('program.close')} @click=${this.#close}>${icons.cross}</button></div>
        <textarea class="field" spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" aria-label=${session.say('program.text')}
          aria-describedby="program-found" aria-invalid=${hasFault ? 'true' : nothing} .value=${this.text} @input=${this.#typed} @keydown=${this.#key}></textarea>
        <div class="found" id="program-found" aria-live="polite">${diagnostics.length === 0
          ? html`<p class="muted">${session.show('program.fine')}</p>`
          : html`<ul aria-label=${session.say('program.faults')}>${diagnostics.map(each => this.#diagnostic(each))}</ul>`}</div>
        <p class="muted">${session.show('program.help')}</p>
        <p class="actions"><button class="plain" type="button" ?disabled=${!session.hasDraft} @click=${this.#discard}>${session.show('program.discard')}</button>
          <button class="share" type="submit" ?disabled=${hasFault}>${session.show('program.use')}</button></p>
      </form>
    </dialog>`;
  }

  #diagnostic({ severity, line, column, endLine, endColumn, excerpt, excerptColumn, message, remedy }: Diagnostic): TemplateResult {
    const { session } = this;
    const characters = [...excerpt];
    const start = column - excerptColumn;
    const end = endLine === line ? Math.min(endColumn - excerptColumn, characters.length) : characters.length;
    const [before, marked, after] = [
      (excerptColumn > 1 ? '… ' : '') + characters.slice(0, start).join(''),
      characters.slice(start, end).join(''),
      characters.slice(end).join(''),
    ];
    return html`<li class=${severity}><p><span class="place">${session.show('program.place', { line, column })}</span> ${message}</p>
      <pre>${before}<mark>${marked === '' ? ' ' : marked}</mark>${after}</pre>${remedy ? html`<p class="remedy">${remedy}</p>` : nothing}</li>`;
  }

  #typed(event: Event): void {
    this.text = (event.target as HTMLTextAreaElement).value;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#keep(), PAUSE_MS);
  }

  /** Escape closes too, before the pause is over: what was typed last is kept. */
  #keep(): void {
    clearTimeout(this.#timer);
    this.session.write(this.text);
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#use(event);
  }

  #use(event: Event): void {
    event.preventDefault();
    this.#keep();
    if (this.session.isStale) return;
    this.#close();
    void this.session.useProgram(this.text);
  }

  /** Back to the program on the page. */
  #discard(): void {
    this.text = this.session.program;
    this.#keep();
  }

  #outside(event: MouseEvent): void {
    if (event.target === this.#dialog) this.#close();
  }

  #close(): void {
    this.#dialog?.close();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }
}

customElements.define('cg-program', Program);
