/** What the page says, in the language that is spoken: texts that are not here yet are fetched, and said when they are. */
import type { TemplateResult } from 'lit';
import type { Language } from 'chalkgrad-engine';
import { canSay, LANGUAGE_TAGS, learn, learnAll, preferredLanguage, say, show, type MessageKey, type PlainValues, type Values } from './text';

export class Speech {
  readonly #changed: () => void;
  #language: Language = preferredLanguage(navigator.languages);
  /** The language of which all is on its way: a page asks for many texts before one of them is here. */
  #awaited: Language | undefined;

  /** Calls back when more can be said, or otherwise. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get language(): Language { return this.#language; }
  say(key: MessageKey, values?: PlainValues): string { return say(this.#knowing(key), key, values); }
  show(key: MessageKey, values?: Values): TemplateResult { return show(this.#knowing(key), key, values); }

  /** Speaks a language from now on, or the browser's. */
  async speak(language = preferredLanguage(navigator.languages)): Promise<void> {
    this.#language = language;
    await learn(language);
    if (language !== this.#language) return;
    document.documentElement.lang = LANGUAGE_TAGS[language];
    document.title = this.say('app.title');
    this.#changed();
  }

  /** The language, of which all is fetched where this text belongs to what is seldom said. */
  #knowing(key: MessageKey): Language {
    if (!canSay(this.#language, key) && this.#awaited !== this.#language) void this.#await(this.#language);
    return this.#language;
  }

  async #await(language: Language): Promise<void> {
    this.#awaited = language;
    const isKnown = await learnAll(language);
    if (this.#awaited === language) this.#awaited = undefined;
    if (isKnown) this.#changed();
  }
}
