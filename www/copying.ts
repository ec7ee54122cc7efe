/** Copying the link of what is open. Where the browser keeps its clipboard closed, the link is shown instead. */
import { addressOf } from './address';

export class Copying {
  readonly #link: () => Promise<string | undefined>;
  readonly #done: (isCopied: boolean) => void;
  #refused: string | undefined;

  /** `link` makes it, if there is one to make; `done` is told whether it was copied, or is to be shown. */
  constructor(link: () => Promise<string | undefined>, done: (isCopied: boolean) => void) {
    this.#link = link;
    this.#done = done;
  }

  /** The link that the clipboard would not take. */
  get refused(): string | undefined { return this.#refused; }

  async copy(): Promise<void> {
    const link = await this.#link();
    if (link === undefined) return;
    const address = addressOf(link);
    this.#refused = undefined;
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      await import('./components/copy');
      this.#refused = address;
    }
    this.#done(this.#refused === undefined);
  }

  /** The link is shown no longer. */
  close(): void {
    this.#refused = undefined;
    this.#done(false);
  }
}
