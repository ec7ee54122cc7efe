import { html, type TemplateResult } from 'lit';
import { inlineUpdate, spokenUpdate } from '../arithmetic';
import { inline } from '../formula';
import type { MessageKey } from '../text';
import { told, type Told } from '../told';
import { Piece } from './piece';

/** While it plays too fast to follow, a screen reader is told where it stands this often. */
const ANNOUNCE_MS = 3000;

/**
 * The step in one sentence. What is seen follows every frame; what is announced stands in a region
 * of its own, so that fast play does not drown whoever listens.
 */
export class Status extends Piece {
  static override properties = { ...Piece.properties, announced: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'rate', 'language', 'transport', 'walk'] as const;
  declare private announced: string;
  #spoken = '';
  #timer: number | undefined;

  constructor() {
    super();
    this.announced = '';
  }

  protected override willUpdate(): void {
    this.#sentence = this.#compose();
    this.#announce(this.#sentence.spoken);
  }

  protected override render(): TemplateResult {
    const { diverged } = this.session.report;
    return html`<p class="status ${diverged ? 'diverged' : ''}" aria-hidden="true">${this.#sentence?.shown}</p>
      <p class="sr" role="status">${this.announced}</p>`;
  }

  #sentence: Told | undefined;

  #announce(spoken: string): void {
    this.#spoken = spoken;
    if (spoken === this.announced) return;
    if (this.session.isFollowable) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.announced = spoken;
    } else {
      this.#timer ??= window.setTimeout(() => {
        this.#timer = undefined;
        this.announced = this.#spoken;
      }, ANNOUNCE_MS);
    }
  }

  #compose(): Told {
    const { session } = this;
    const { said } = session;
    if (said) return { shown: session.show(said), spoken: session.say(said) };
    const { step, head, pending, diverged } = session.report;
    if (pending > 0) return told(session, 'status.replaying', { pending }, { pending });
    if (diverged) return session.divergence?.tell(session, diverged) ?? told(session, 'status.stepPlain', { step, loss: inline(session.loss.label), now: diverged.value }, { step, loss: session.loss.plain, now: diverged.value });
    if (session.walk) return session.walk.tell(session);
    return step === 0 ? this.#start() : this.#step(step, head);
  }

  #start(): Told {
    const { session } = this;
    const now = session.short(session.report.loss);
    const loss = session.loss;
    const row = session.row(0);
    const node = session.parameter;
    if (!node || !row) return told(session, 'status.startPlain', { loss: inline(loss.label), now }, { loss: loss.plain, now });
    const value = session.short(row.value);
    return told(session, 
      'status.start',
      { name: inline(node.label), value, loss: inline(loss.label), now },
      { name: node.plain, value, loss: loss.plain, now },
    );
  }

  #step(step: number, head: number): Told {
    const { session } = this;
    const { loss } = session;
    const now = session.short(session.report.loss);
    const made = session.row(step - 1);
    const isBack = step < head;
    if (!made || !session.parameter) {
      const key = isBack ? 'status.stepBackPlain' : 'status.stepPlain';
      return told(session, key, { step, head, loss: inline(loss.label), now }, { step, head, loss: loss.plain, now });
    }
    const before = session.short(made.loss);
    const moved = session.report.loss - made.loss;
    const how: MessageKey = moved < 0 ? 'status.falls' : moved > 0 ? 'status.rises' : 'status.stays';
    return told(session, 
      isBack ? 'status.stepBack' : 'status.step',
      { step, head, update: html`<span class="whole">${inlineUpdate(session, made)}</span>`, change: session.show(how, { loss: inline(loss.label), before, now }) },
      {
        step,
        head,
        update: `${session.parameter.plain} ← ${spokenUpdate(session, made)}`,
        change: session.say(how, { loss: loss.plain, before, now }),
      },
    );
  }
}

customElements.define('cg-status', Status);
