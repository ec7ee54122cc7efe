/** The program's text as it is being written: kept until it is used or given up, whatever is wrong with it. */
import type { Diagnostic } from 'chalkgrad-engine';

/** Where the browser keeps it over a reload of this tab. */
const KEY = 'chalkgrad-draft';

export class Draft {
  readonly #diagnose: (text: string) => Diagnostic[];
  #text: string | undefined;
  #diagnostics: readonly Diagnostic[] | undefined;

  constructor(diagnose: (text: string) => Diagnostic[]) {
    this.#diagnose = diagnose;
    try {
      this.#text = sessionStorage.getItem(KEY) ?? undefined;
    } catch {
      // Storage may be closed to the page; then a draft lasts as long as the page.
    }
  }

  /** Nothing where the program on the page is all there is. */
  get text(): string | undefined { return this.#text; }
  get isThere(): boolean { return this.#text !== undefined; }

  /** What is wrong with it, in the language that is spoken now. */
  get diagnostics(): readonly Diagnostic[] {
    return (this.#diagnostics ??= this.#text === undefined ? [] : this.#diagnose(this.#text));
  }

  get hasFault(): boolean {
    return this.diagnostics.some(({ severity }) => severity === 'fault');
  }

  keep(text: string | undefined): void {
    this.#text = text;
    this.#diagnostics = undefined;
    try {
      if (text === undefined) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, text);
    } catch {
      // As above.
    }
  }

  /** Another language is spoken, or another engine reads. */
  readAgain(): void {
    this.#diagnostics = undefined;
  }
}
