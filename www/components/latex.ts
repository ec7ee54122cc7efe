import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Piece } from './piece';

/** Copies LaTeX; where the clipboard is closed it is shown, to be copied by hand. */
export class Latex extends Piece {
  static override properties = { ...Piece.properties, latex: { attribute: false }, name: { attribute: false }, isShort: { attribute: false }, copied: { state: true }, refused: { state: true } };
  protected override readonly topics = ['language'] as const;
  /** The LaTeX, or what writes it once it is wanted. */
  declare latex: string | (() => string);
  /** What is copied, in words. */
  declare name: string;
  /** Whether there is room for one word alone. */
  declare isShort: boolean;
  declare private copied: boolean;
  declare private refused: boolean;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('latex')) this.copied = this.refused = false;
  }

  protected override updated(): void {
    if (this.refused) this.querySelector('textarea')?.select();
  }

  protected override render(): TemplateResult {
    const action = this.session.say(this.copied ? 'matrix.copied' : 'derive.copy');
    return html`<button class="latex" type="button" aria-label=${`${action}: ${this.name}`} title=${this.isShort ? action : nothing}
        @click=${this.#copy}>${this.isShort && !this.copied ? 'LaTeX' : action}</button>
      ${this.refused ? html`<textarea class="field" readonly rows="3" aria-label=${`LaTeX: ${this.name}`} .value=${this.#text}></textarea>` : nothing}`;
  }

  get #text(): string {
    return typeof this.latex === 'string' ? this.latex : this.latex();
  }

  async #copy(): Promise<void> {
    const { latex } = this;
    try {
      await navigator.clipboard.writeText(this.#text);
      if (latex === this.latex) this.copied = true;
    } catch {
      this.refused = true;
    }
  }
}

customElements.define('cg-latex', Latex);
