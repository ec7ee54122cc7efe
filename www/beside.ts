/** The runs beside the one at hand: who knows of them is fetched with the first of them. And the step that is pointed at. */
import type { Ground, Runs } from './runs';
import type { Session } from './session';

export class Beside {
  readonly #ground: Ground;
  readonly #session: Session;
  readonly #pointedElsewhere: () => void;
  #runs: Runs | undefined;
  #pointed: number | undefined;

  /** `pointedElsewhere` is called when another step is pointed at. */
  constructor(ground: Ground, session: Session, pointedElsewhere: () => void) {
    this.#ground = ground;
    this.#session = session;
    this.#pointedElsewhere = pointedElsewhere;
  }

  /** Nothing as long as there was one run alone. */
  get runs(): Runs | undefined { return this.#runs; }
  /** The step under the pointer, in whatever picture. */
  get pointed(): number | undefined { return this.#pointed; }

  point(step: number | undefined): void {
    if (step === this.#pointed) return;
    this.#pointed = step;
    this.#pointedElsewhere();
  }

  /** Has them fetched; nothing where they can't be had. */
  async want(): Promise<Runs | undefined> {
    try {
      if (this.#runs) return this.#runs;
      this.#runs = await (await import('./runs')).begin(this.#ground, this.#session);
      this.#ground.look({});
      return this.#runs;
    } catch {
      this.#session.notices.lost();
      return undefined;
    }
  }

  /** Another run beside the one at hand, or beside those that there are. */
  async add(): Promise<void> {
    await (await this.want())?.add();
  }
}
