/** Guessing the next point before it is shown: who asks for it, and says how far off it was and why, is fetched when somebody first wants that. */
import type { Bench } from './engine';
import type { Game } from './game';
import type { Session } from './session';

export class Guessing {
  readonly #bench: Bench;
  readonly #session: Session;
  readonly #enter: () => Promise<unknown>;
  #game: Game | undefined;

  /** `enter` has the whole engine at work on what is open. */
  constructor(bench: Bench, session: Session, enter: () => Promise<unknown>) {
    this.#bench = bench;
    this.#session = session;
    this.#enter = enter;
  }

  /** Who asks, while guesses are wanted. */
  get game(): Game | undefined { return this.#session.isGuessing ? this.#game : undefined; }

  /** Before anything is shown of which a guess is wanted. Where it can't be had, none is. */
  async fetch(): Promise<void> {
    try {
      this.#game ??= await (await import('./game')).begin(this.#bench, this.#session);
    } catch {
      this.#session.notices.lost();
    }
  }

  async toggle(): Promise<void> {
    const isOn = this.game !== undefined;
    this.#session.pause();
    await this.#enter();
    await this.fetch();
    this.#session.look({ guess: !isOn && this.#game !== undefined });
  }
}
