import { html, nothing, type TemplateResult } from 'lit';
import type { Divergence } from 'chalkgrad-engine';
import { inlineUpdate, spokenUpdate } from '../arithmetic';
import { inline } from '../formula';
import type { MessageKey, PlainValues } from '../text';
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
    return html`<p class="status ${diverged ? 'diverged' : ''}" aria-hidden="true">${this.#sentence?.shown}</p>
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

  /** At which step which value, what grew by which factor, and the largest rate that stays finite. */
  #diverged({ step, node, gradient, value, operator }: Divergence): Sentence {
    const { session } = this;
    const label = session.graph.nodes.find(({ plain }) => plain === node)?.label;
    const { divergence } = session;
    const made = operator ? session.say('status.from', { value, operator }) : value;
    const rests = [this.#why(), divergence?.edge === undefined ? undefined
      : this.#all(divergence.isExact ? 'status.largest' : 'status.tried', { rate: session.full(divergence.edge) })];
    const outcome = step === 0 ? 'noStart' : divergence?.growth?.kind === 'outside' ? 'stopped' : 'diverged';
    const first = this.#both(
      gradient ? `status.${outcome}.gradient` : `status.${outcome}`,
      { step, node: label ? inline(label) : node, value: made },
      { step, node, value: made },
    );
    const all = [first, ...rests.filter(rest => rest !== undefined)];
    const space = session.say('status.space');
    return { shown: html`${all.map(({ shown }, at) => html`${at > 0 ? space : nothing}${shown}`)}`, spoken: all.map(({ spoken }) => spoken).join(space) };
  }

  #why(): Sentence | undefined {
    const { session } = this;
    const growth = session.divergence?.growth;
    const { step } = session.report;
    if (!growth || step === 0) return undefined;
    const { kind, formula, centre, since } = growth;
    const parameter = session.parameter;
    const at = session.row(step);
    if (kind === 'outside' && !(parameter && at)) return undefined;
    const values = {
      formula,
      factor: session.short(growth.factor),
      centre: session.short(centre),
      value: session.short(at?.value ?? NaN),
      since,
    };
    const shown = { ...values, name: inline(parameter?.label ?? []), loss: inline(session.loss.label) };
    const spoken = { ...values, name: parameter?.plain ?? '', loss: session.loss.plain };
    if (kind === 'last' || kind === 'outside') return this.#both(`status.grew.${kind}`, shown, spoken);
    const how = kind === 'centred' && centre === 0 ? 'fromZero' : kind;
    return this.#both(since > 0 ? `status.since.${how}` : `status.grew.${how}`, shown, spoken);
  }

  /** The same values, shown and spoken. */
  #all(key: MessageKey, values: PlainValues): Sentence {
    return this.#both(key, values, values);
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
