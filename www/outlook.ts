/** How the graph is drawn: what is folded, what of it is shown. */
export class Outlook {
  readonly #changed: () => void;
  #openCalls: readonly number[] = [];
  #hasArrows = false;
  #sample: number | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Calls of functions that are drawn operator by operator; the others are boxes. */
  get openCalls(): readonly number[] { return this.#openCalls; }
  /** Whether operators of one operand are labelled arrows, as in y = f(u) and u = g(x), and not circles. */
  get hasArrows(): boolean { return this.#hasArrows; }
  /** The sample that is followed alone, from 0; nothing where all are. */
  get sample(): number | undefined { return this.#sample; }

  openCall(id: number, isOpen: boolean): void {
    this.#openCalls = isOpen ? [...this.#openCalls, id] : this.#openCalls.filter(each => each !== id);
    this.#changed();
  }

  foldOntoArrows(hasArrows: boolean): void {
    this.#hasArrows = hasArrows;
    this.#changed();
  }

  follow(sample: number | undefined): void {
    this.#sample = sample;
    this.#changed();
  }

  /** Another program has other calls and other samples. */
  reset(): void {
    this.#openCalls = [];
    this.#sample = undefined;
  }
}
