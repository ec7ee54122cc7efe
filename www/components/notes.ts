import { html, nothing, type TemplateResult } from 'lit';
import * as icons from './icons';
import { canSay, learnAll } from '../text';
import { Piece } from './piece';

/** Notices about links, faults and breakdowns. They stay until dismissed: nothing is told in passing. */
export class Notes extends Piece {
  protected override readonly topics = ['notes', 'language'] as const;
  /** Whether the dialog for copying a link by hand is here. */
  #canCopy = false;

  /** Waits for the words of a notice. */
  protected override async scheduleUpdate(): Promise<void> {
    const { language, notes } = this.session;
    if (!notes.every(({ key }) => canSay(language, key))) await learnAll(language);
    super.scheduleUpdate();
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { refusedLink } = session;
    if (refusedLink !== undefined && !this.#canCopy) void this.#fetchCopy();
    return html`<div class="notes" role="region" aria-label=${session.say('notes.label')} aria-live="polite">
      ${session.notes.map(note => html`<div class="notice">
        <p>${session.show(note.key, note.values())}</p>
        ${note.isOfDraft ? html`<button class="plain" type="button" aria-haspopup="dialog" @click=${this.#edit}>${session.show('notes.edit')}</button>` : nothing}
        <button class="ib" type="button" aria-label=${session.say('notes.dismiss')} title=${session.say('notes.dismiss')}
          @click=${() => session.dismiss(note.id)}>${icons.cross}</button>
      </div>`)}
    </div>${refusedLink === undefined || !this.#canCopy ? nothing : html`<cg-copy .session=${session}></cg-copy>`}`;
  }

  async #fetchCopy(): Promise<void> {
    await import('./copy');
    this.#canCopy = true;
    this.requestUpdate();
  }

  #edit(): void {
    this.dispatchEvent(new CustomEvent('edit-program', { bubbles: true }));
  }
}

customElements.define('cg-notes', Notes);
