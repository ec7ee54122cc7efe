import { html, type TemplateResult } from 'lit';
import { Piece } from './piece';
import { dress } from '../dress';
import '../shared';
import sheets from '../styles/sheets.css' with { type: 'text' };

dress(sheets);

/** The link to copy by hand, where the browser keeps its clipboard closed. It is there only while it is open. */
export class Copy extends Piece {
  protected override readonly topics = ['language'] as const;

  protected override render(): TemplateResult {
    const { session } = this;
    return html`<dialog class="sheet" aria-labelledby="copy-title" @close=${() => session.copying.close()}>
      <h2 id="copy-title">${session.show('copy.title')}</h2>
      <p>${session.show('copy.text')}</p>
      <input class="field" type="text" readonly aria-label=${session.say('copy.link')} .value=${session.copying.refused ?? ''} @focus=${select}>
      <p class="actions"><button class="plain" type="button" @click=${this.#close}>${session.show('copy.close')}</button></p>
    </dialog>`;
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal();
    this.querySelector('input')?.select();
  }

  #close(): void {
    this.querySelector('dialog')?.close();
  }
}

function select(event: Event): void {
  (event.currentTarget as HTMLInputElement).select();
}

customElements.define('cg-copy', Copy);
