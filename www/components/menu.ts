import { html, type TemplateResult } from 'lit';
import { KEYS, titleOf } from '../examples/shelf';
import { dress } from '../dress';
import styles from '../styles/column.css' with { type: 'text' };
import { Piece } from './piece';

dress(styles);

/** The list of all lessons, over the page while it is open: the browser closes it, and gives the focus back. */
export class Menu extends Piece {
  protected override readonly topics = ['language'] as const;

  protected override render(): TemplateResult {
    const { session } = this;
    const { place } = session.lessons;
    return html`<div class="menu" role="menu" popover aria-label=${session.say('top.lessons')} @keydown=${this.#key} @toggle=${this.#toggled}>
      ${KEYS.map((key, at) => html`<button type="button" role="menuitemradio" tabindex="-1" aria-checked=${at + 1 === place}
        @click=${() => this.#open(key)}><span>${at + 1}</span>${titleOf(session, key)}</button>`)}
    </div>`;
  }

  protected override firstUpdated(): void {
    const menu = this.#menu;
    const button = this.parentElement?.querySelector('.lessons h1 button');
    if (!menu || !button) return;
    if (innerWidth > 760) menu.style.left = `${button.getBoundingClientRect().left}px`;
    menu.showPopover();
    this.#focus(Math.max(0, this.session.lessons.place - 1));
  }

  get #menu(): HTMLElement | null {
    return this.querySelector('.menu');
  }

  #focus(at: number): void {
    const items = this.querySelectorAll('button');
    items[(at + items.length) % items.length]?.focus();
  }

  #key(event: KeyboardEvent): void {
    const items = [...this.querySelectorAll('button')];
    const now = items.findIndex(item => item === document.activeElement);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
    // Its keys are its own: none of them moves the run.
    event.stopPropagation();
    if (event.key === 'Tab') this.#menu?.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    this.#focus(to);
  }

  #open(key: string): void {
    this.#menu?.hidePopover();
    void this.session.useLesson(key);
  }

  #toggled(event: ToggleEvent): void {
    if (event.newState === 'closed') this.dispatchEvent(new CustomEvent('menu-closed', { bubbles: true }));
  }
}

customElements.define('cg-menu', Menu);
