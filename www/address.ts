/** The address bar holds the current link. Browsers refuse frequent changes, so it lags while things move. */

const SHORTEST_PAUSE_MS = 500;

/** Keeps the part of the address behind the # as the page wants it, and tells when a person changed it. */
export class AddressBar {
  readonly #text: () => string | undefined;
  #timer: number | undefined;
  #last = -SHORTEST_PAUSE_MS;
  #clean = '';

  /** `text` makes the link afresh (nothing where there is none to make); `opened` gets a hash that was typed or gone back to. */
  constructor(text: () => string | undefined, opened: (hash: string) => void) {
    this.#text = text;
    addEventListener('hashchange', ({ newURL }) => {
      // What was written here between the change and this event was of what was open before.
      if (location.href !== newURL) history.replaceState(history.state, '', newURL);
      opened(new URL(newURL).hash);
    });
    addEventListener('pagehide', () => this.flush());
    document.addEventListener('visibilitychange', () => document.hidden && this.flush());
  }

  /**
   * Says that what is open now is what the address stands for, so that it is left as it is until
   * something changes: a bare address stays bare, and a link that could not be read stays to be copied.
   */
  settle(): void {
    this.#cancel();
    this.#clean = this.#text() ?? '';
  }

  /** Something changed: the address follows within half a second. */
  touch(): void {
    this.#timer ??= window.setTimeout(() => this.flush(), Math.max(0, this.#last + SHORTEST_PAUSE_MS - performance.now()));
  }

  /** The address follows now. */
  flush(): void {
    this.#cancel();
    const text = this.#text();
    if (text === undefined || text === this.#clean) return;
    try {
      history.replaceState(history.state, '', `#${text}`);
      this.#clean = text;
      this.#last = performance.now();
    } catch {
      // The browser has had enough for now; the next change tries again.
    }
  }

  /** Opens something else as a new entry, so that Back returns to what is open now. */
  turn(open: () => void): void {
    this.flush();
    open();
    const text = this.#text();
    if (text === undefined) return;
    history.pushState(null, '', `#${text}`);
    this.#clean = text;
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** The address of the page with this link. */
export function addressOf(text: string): string {
  return `${location.href.split('#', 1)[0] ?? ''}#${text}`;
}
