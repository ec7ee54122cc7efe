import { html, nothing, type TemplateResult } from 'lit';
import * as icons from './icons-later';
import '../shared';
import { canSay, learnAll } from '../text';
import { dress } from '../dress';
import styles from '../styles/notes.css' with { type: 'text' };
import { Piece } from './piece';

dress(styles);

/** Notices about links, faults and breakdowns. They stay until dismissed: nothing is told in passing. Fetched with the first one. */
export class Notes extends Piece {
  protected override readonly topics = ['notes', 'language'] as const;

  /** Waits for the words of a notice. */
  protected override async scheduleUpdate(): Promise<void> {
    const { language, notices } = this.session;
    if (!notices.all.every(({ key }) => canSay(language, key))) await learnAll(language);
    super.scheduleUpdate();
  }

  protected override render(): TemplateResult {
    const { session } = this;
    return html`${session.notices.all.map(note => html`<div class="notice">
        <p>${session.show(note.key, note.values())}</p>
        ${note.isOfDraft ? html`<button class="plain" type="button" aria-haspopup="dialog" @click=${this.#edit}>${session.show('notes.edit')}</button>` : nothing}
        <button class="ib" type="button" aria-label=${session.say('notes.dismiss')} title=${session.say('notes.dismiss')}
          @click=${() => session.notices.dismiss(note.id)}>${icons.cross}</button>
      </div>`)}`;
  }

  #edit(): void {
    this.dispatchEvent(new CustomEvent('edit-program', { bubbles: true }));
  }
}

customElements.define('cg-notes', Notes);
