import { html, type TemplateResult } from 'lit';
import type { Language } from 'chalkgrad-engine';
import { en, type Catalogue, type MessageKey } from './locales/en';

export type { MessageKey } from './locales/en';

type Messages = Partial<Catalogue>;

/** English is at hand, but for what is seldom shown; this, and every other language, is fetched when it is first spoken. */
const FETCHED: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: async () => (await import('./locales/en-seldom')).enSeldom,
  zh: async () => (await import('./locales/zh')).zh,
};

const atHand: Messages = en;
const fetched = new Map<Language, Messages>();

/** Resolves when a language can be spoken. Until then, and where it can't be fetched, English speaks for it. */
export async function learn(language: Language): Promise<void> {
  if (language !== 'en') await learnAll(language);
}

/** The same with what is seldom shown. False where it can't be fetched. */
export async function learnAll(language: Language): Promise<boolean> {
  if (fetched.has(language)) return true;
  try {
    fetched.set(language, await FETCHED[language]());
    return true;
  } catch {
    // The next time that it is wanted it is asked for again.
    return language !== 'en' && learnAll('en');
  }
}

function find(language: Language, key: MessageKey): string | undefined {
  return fetched.get(language)?.[key] ?? atHand[key] ?? fetched.get('en')?.[key];
}

/** A note without a message, of a kind that only a newer engine knows, is said in general. */
function message(language: Language, key: MessageKey): string {
  return find(language, key) ?? find(language, key.startsWith('note.') ? 'note.other' : key) ?? '';
}

/** Whether nothing has to be fetched to say it. */
export function canSay(language: Language, key: MessageKey): boolean {
  return fetched.has(language) || find(language, key) !== undefined;
}

/** How a language is named to the browser: for voices, fonts and hyphenation. */
export const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-Hans' };

/** What fills a message's placeholders: text, or a formula where the message is shown and not spoken. */
export type Values = Readonly<Record<string, string | number | TemplateResult>>;
export type PlainValues = Readonly<Record<string, string | number>>;

/** A message as plain text: for names, titles and announcements. */
export function say(language: Language, key: MessageKey, values: PlainValues = {}): string {
  return message(language, key)
    .replace(/\*\*|[*`]/g, '')
    .replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

const MARKED = /(\*\*.+?\*\*|\*.+?\*|`.+?`|\{[^}]+\})/;

/** A message as content, with its formulas in italics. Lit escapes every value. */
export function show(language: Language, key: MessageKey, values: Values = {}): TemplateResult {
  return marked(message(language, key), values);
}

/** A text with what its marks and placeholders stand for. */
export function marked(text: string, values: Values): TemplateResult {
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
