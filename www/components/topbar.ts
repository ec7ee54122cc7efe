import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from 'chalkgrad-engine';
import { chooseTheme, theme } from '../theme';
import * as icons from './icons';
import { Piece } from './piece';

const LANGUAGES: readonly { code: Language; name: string; tag: string }[] = [
  { code: 'en', name: 'EN', tag: 'en' },
  { code: 'zh', name: '中文', tag: 'zh-Hans' },
];

/** The bar on top: name, program, language, theme, link. */
export class Topbar extends Piece {
  static override properties = { ...Piece.properties, hasMenu: { state: true } };
  /** Whether the list of lessons is open. */
  declare private hasMenu: boolean;
  protected override readonly topics = ['language', 'theme', 'program', 'draft'] as const;

  protected override render(): TemplateResult {
    const { session } = this;
    const line = keyLine(session.program);
    const isDark = theme() === 'dark';
    const { place, count, example } = session.lessons;
    const title = session.isLesson ? session.say('lesson.title') : (example?.title[session.language] ?? session.show('lesson.own.title', { loss: session.loss.plain }));
    return html`<header class="top">
      <a class="skip" href="#transport" @click=${this.#skip}>${session.say('top.skip')}</a>
      <span class="brand">${icons.mark}<span>Chalkgrad</span></span>
      <div class="lessons" role="group" aria-label=${session.say('top.lessons')} @menu-closed=${() => (this.hasMenu = false)}>
        ${this.#beside('top.previous', -1, place < 2)}
        <h1 class="toptitle"><button type="button" aria-haspopup="menu" aria-expanded=${this.hasMenu === true} @click=${this.#list}>${place > 0 ? html`<span class="at">${place} ·</span>` : nothing}<span>${title}</span>${icons.chevron}</button></h1>
        ${this.#beside('top.next', 1, place >= count)}
        ${this.hasMenu ? html`<cg-menu .session=${session}></cg-menu>` : nothing}
      </div>
      <span class="gap"></span>
      <button class="prog" type="button" aria-haspopup="dialog" aria-label=${session.say(session.hasDraft ? 'top.programDraft' : 'top.program', { line })}
        @click=${() => this.dispatchEvent(new CustomEvent('edit-program', { bubbles: true }))}>${icons.code}<span>${line}</span>${session.hasDraft ? html`<b class="draft ${session.isStale ? 'faulty' : ''}"></b>` : nothing}</button>
      <div class="segm languages" role="group" aria-label=${session.say('top.language')}>
        ${LANGUAGES.map(({ code, name, tag }) => html`<button type="button" lang=${tag} aria-pressed=${code === session.language}
          @click=${() => session.setLanguage(code)}>${name}</button>`)}
      </div>
      <button class="ib" type="button" aria-pressed=${isDark} aria-label=${session.say('top.dark')} title=${session.say('top.dark')}
        @click=${() => chooseTheme(isDark ? 'light' : 'dark')}>${icons.halfMoon}</button>
      <button class="share" type="button" aria-label=${session.say('top.copy')} @click=${() => void session.copying.copy()}>
        ${icons.chain}<span>${session.say('top.copy')}</span></button>
    </header>`;
  }

  #beside(name: 'top.previous' | 'top.next', by: 1 | -1, isEnd: boolean): TemplateResult {
    const label = this.session.say(name);
    return html`<button class="ib" type="button" aria-label=${label} title=${label} ?disabled=${isEnd}
      @click=${() => void this.#turn(by)}>${icons.chevron}</button>`;
  }

  async #turn(by: 1 | -1): Promise<void> {
    const { session } = this;
    const key = await session.lessons.beside(by);
    if (key === undefined) session.notices.lost();
    else await session.useLesson(key);
  }

  /** The list is fetched when it is first wanted. */
  async #list(): Promise<void> {
    const { lessons, notices } = this.session;
    const isHere = (await lessons.fetch()) !== undefined;
    if (!isHere) notices.lost();
    this.hasMenu = !this.hasMenu && isHere;
  }

  /** A skip link that leaves the address alone: the part behind the # is the experiment's. */
  #skip(event: Event): void {
    event.preventDefault();
    document.querySelector<HTMLElement>('.tb.main')?.focus();
  }
}

/** The line that says what is computed: the last that is neither a comment nor a declaration. */
function keyLine(program: string): string {
  const lines = program
    .split(/\r?\n|;/)
    .map(line => line.replace(/#.*/, '').trim())
    .filter(line => line !== '');
  return lines.findLast(line => !/^(minimize|param|data|seed|batch)\b/.test(line)) ?? lines.at(-1) ?? '';
}

customElements.define('cg-topbar', Topbar);
