import { html, type TemplateResult } from 'lit';
import type { Language } from 'chalkgrad-engine';
import { en, type Catalogue, type MessageKey } from './locales/en';
import { zh } from './locales/zh';

export type { MessageKey } from './locales/en';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, zh };

/** How a language is named to the browser: for voices, fonts and hyphenation. */
export const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-Hans' };

/** What fills a message's placeholders: text, or a formula where the message is shown and not spoken. */
export type Values = Readonly<Record<string, string | number | TemplateResult>>;
export type PlainValues = Readonly<Record<string, string | number>>;

/** Whether a message exists under this key; keys made at run time (a note's kind) may have none. */
export function isMessage(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}

/** A message as plain text: for names, titles and announcements. */
export function say(language: Language, key: MessageKey, values: PlainValues = {}): string {
  return CATALOGUES[language][key]
    .replace(/\*\*|[*`]/g, '')
    .replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

const MARKED = /(\*\*.+?\*\*|\*.+?\*|`.+?`|\{\w+\})/;

/** A message as content, with its formulas in italics. Lit escapes every value. */
export function show(language: Language, key: MessageKey, values: Values = {}): TemplateResult {
  return marked(CATALOGUES[language][key], values);
}

function marked(text: string, values: Values): TemplateResult {
  const parts = text.split(MARKED).filter(part => part !== '');
  return html`${parts.map(part => {
    if (part.startsWith('**')) return html`<b>${marked(part.slice(2, -2), values)}</b>`;
    if (part.startsWith('*')) return html`<i>${part.slice(1, -1)}</i>`;
    if (part.startsWith('`')) return html`<code>${part.slice(1, -1)}</code>`;
    if (part.startsWith('{')) return values[part.slice(1, -1)] ?? '';
    return part;
  })}`;
}

/** The first of the browser's languages that the page speaks. */
export function preferredLanguage(languages: readonly string[]): Language {
  for (const tag of languages) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'zh' || primary === 'en') return primary;
  }
  return 'en';
}
