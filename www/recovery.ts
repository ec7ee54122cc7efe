/** What is done after a panic: the same experiment once more, then the first lesson; then the page gives up. */
import { Panicked } from './engine';

const MOST_BREAKDOWNS = 2;

export class Recovery {
  #breakdowns = 0;

  /** A person did something: what broke down before is no matter any more. */
  forget(): void { this.#breakdowns = 0; }

  /** `open` opens the same, or something safe where that broke down again. Returns whether the page can go on. */
  meet(panic: Panicked, open: (isFirst: boolean, panic: Panicked) => void): boolean {
    this.#breakdowns += 1;
    if (this.#breakdowns > MOST_BREAKDOWNS) return false;
    try {
      open(this.#breakdowns === 1, panic);
      return true;
    } catch (error) {
      if (error instanceof Panicked) return this.meet(error, open);
      throw error;
    }
  }
}
