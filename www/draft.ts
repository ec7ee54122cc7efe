/** The program's text as it is being written: kept until it is used or given up, whatever is wrong with it. */
import type { Diagnostic } from 'chalkgrad-engine';

export class Draft {
  readonly #diagnose: (text: string) => Diagnostic[];
  #text: string | undefined;
  #diagnostics: readonly Diagnostic[] | undefined;

  constructor(diagnose: (text: string) => Diagnostic[]) {
    this.#diagnose = diagnose;
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
  }

  /** Another language is spoken, or another engine reads. */
  readAgain(): void {
    this.#diagnostics = undefined;
  }
}
