import { html, nothing, type TemplateResult } from 'lit';
import type { Divergence } from 'chalkgrad-engine';
import { inlineUpdate, spokenUpdate } from '../arithmetic';
import { inline } from '../formula';
import type { MessageKey } from '../text';
import * as icons from './icons';
import { Piece } from './piece';

/** While it plays too fast to follow, a screen reader is told where it stands this often. */
const ANNOUNCE_MS = 3000;

interface Sentence {
  readonly shown: TemplateResult;
  readonly spoken: string;
}

/**
 * The step in one sentence. What is seen follows every frame; what is announced stands in a region
 * of its own, so that fast play does not drown whoever listens.
 */
export class Status extends Piece {
  static override properties = { ...Piece.properties, announced: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'rate', 'language', 'transport'] as const;
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
    return html`<div class="status ${diverged ? 'diverged' : ''}"><p aria-hidden="true">${this.#sentence?.shown}</p>${diverged ? this.#wayOut() : nothing}</div>
      <p class="sr" role="status">${this.announced}</p>`;
  }

  #sentence: Sentence | undefined;

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

  #compose(): Sentence {
    const { session } = this;
    const { said } = session;
    if (said) return { shown: session.show(said), spoken: session.say(said) };
    const { step, head, pending, diverged } = session.report;
    if (pending > 0) return this.#both('status.replaying', { pending }, { pending });
    if (diverged) return this.#diverged(diverged);
    return step === 0 ? this.#start() : this.#step(step, head);
  }

  /** At which step which value, and what grew by which factor. */
  #diverged({ step, node, gradient, value }: Divergence): Sentence {
    const { session } = this;
    const label = session.graph.nodes.find(({ plain }) => plain === node)?.label;
    const why = this.#why();
    const key = gradient ? 'status.divergedGradient' : 'status.diverged';
    return this.#both(
      key,
      { step, node: label ? inline(label) : node, value, why: why?.shown ?? '' },
      { step, node, value, why: why?.spoken ?? '' },
    );
  }

  #why(): Sentence | undefined {
    const { session } = this;
    const growth = session.divergence?.growth;
    if (!growth) return undefined;
    const parameter = session.parameter;
    const { kind, formula, centre } = growth;
    const at = session.row(session.report.step);
    const values = {
      formula,
      factor: session.short(growth.factor),
      centre: session.short(centre),
      value: session.short(at?.value ?? NaN),
      loss: session.loss.plain,
    };
    if (kind === 'outside' && !(parameter && at)) return undefined;
    const key: MessageKey = kind === 'centred' && centre === 0 ? 'status.grewFromZero' : `status.grew.${kind}`;
    return this.#both(
      key,
      { ...values, name: inline(parameter?.label ?? []), loss: inline(session.loss.label) },
      { ...values, name: parameter?.plain ?? '' },
    );
  }

  /** The largest rate that stays finite, to start again with. Its line is kept while it is searched for. */
  #wayOut(): TemplateResult {
    const { session } = this;
    const edge = session.divergence?.edge;
    if (edge === undefined) return html`<p class="wayout"></p>`;
    const rate = session.full(edge);
    return html`<p class="wayout"><button class="act" type="button" @click=${() => session.restart(edge)}>${icons.restart}<span>${session.show('status.restart', { rate })}</span></button>
      <span>${session.show('status.largest')}</span></p>`;
  }

  #start(): Sentence {
    const { session } = this;
    const now = session.short(session.report.loss);
    const loss = session.loss;
    const row = session.row(0);
    const node = session.parameter;
    if (!node || !row) return this.#both('status.startPlain', { loss: inline(loss.label), now }, { loss: loss.plain, now });
    const value = session.short(row.value);
    return this.#both(
      'status.start',
      { name: inline(node.label), value, loss: inline(loss.label), now },
      { name: node.plain, value, loss: loss.plain, now },
    );
  }

  #step(step: number, head: number): Sentence {
    const { session } = this;
    const { loss } = session;
    const now = session.short(session.report.loss);
    const made = session.row(step - 1);
    const isBack = step < head;
    if (!made || !session.parameter) {
      const key = isBack ? 'status.stepBackPlain' : 'status.stepPlain';
      return this.#both(key, { step, head, loss: inline(loss.label), now }, { step, head, loss: loss.plain, now });
    }
    const before = session.short(made.loss);
    const moved = session.report.loss - made.loss;
    const how: MessageKey = moved < 0 ? 'status.falls' : moved > 0 ? 'status.rises' : 'status.stays';
    return this.#both(
      isBack ? 'status.stepBack' : 'status.step',
      { step, head, update: inlineUpdate(session, made), change: session.show(how, { loss: inline(loss.label), before, now }) },
      {
        step,
        head,
        update: `${session.parameter.plain} ← ${spokenUpdate(session, made)}`,
        change: session.say(how, { loss: loss.plain, before, now }),
      },
    );
  }

  #both(key: MessageKey, shown: Parameters<typeof this.session.show>[1], spoken: Parameters<typeof this.session.say>[1]): Sentence {
    return { shown: this.session.show(key, shown), spoken: this.session.say(key, spoken) };
  }
}

customElements.define('cg-status', Status);
