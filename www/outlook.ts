/** The panels of the narrow page, one of which shows. */
export type Panel = 'lesson' | 'graph' | 'curve' | 'loss' | 'table' | 'step' | 'all' | 'paths';

/** What of the page shows, and how the graph is drawn: what is folded, what of it is shown. */
export class Outlook {
  /** Who shows the graph, or what is inside a step, shows it anew. */
  readonly changed: () => void;
  readonly #rearranged: () => void;
  #panel: Panel = 'graph';
  #lessonIsFolded = false;
  #openCalls: readonly number[] = [];
  #hasArrows = false;
  #sample: number | undefined;

  constructor(changed: () => void, rearranged: () => void) {
    this.changed = changed;
    this.#rearranged = rearranged;
  }

  get panel(): Panel { return this.#panel; }
  get lessonIsFolded(): boolean { return this.#lessonIsFolded; }

  /** Calls of functions that are drawn operator by operator; the others are boxes. */
  get openCalls(): readonly number[] { return this.#openCalls; }
  /** Whether operators of one operand are labelled arrows, as in y = f(u) and u = g(x), and not circles. */
  get hasArrows(): boolean { return this.#hasArrows; }
  /** The sample that is followed alone, from 0; nothing where all are. */
  get sample(): number | undefined { return this.#sample; }

  setPanel(panel: Panel): void {
    this.#panel = panel;
    this.#rearranged();
  }

  foldLesson(isFolded: boolean): void {
    this.#lessonIsFolded = isFolded;
    this.#rearranged();
  }

  openCall(id: number, isOpen: boolean): void {
    this.#openCalls = isOpen ? [...this.#openCalls, id] : this.#openCalls.filter(each => each !== id);
    this.changed();
  }

  foldOntoArrows(hasArrows: boolean): void {
    this.#hasArrows = hasArrows;
    this.changed();
  }

  follow(sample: number | undefined): void {
    this.#sample = sample;
    this.changed();
  }

  /** Another program has other calls and other samples. */
  reset(): void {
    this.#openCalls = [];
    this.#sample = undefined;
  }
}
