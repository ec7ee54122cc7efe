/** How a gradient becomes an update, to be chosen: over the page while it is open, fetched when somebody asks for it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ConstantView, RuleView } from 'chalkgrad-engine';
import { dress } from '../dress';
import { Methods } from '../inside';
import { methodOf, readNumber, runOf, scheduleOf, SCHEDULES, withOptimizer, withSchedule, withSetting, type Method as Chosen, type NumberProblem, type Range, type ScheduleName } from '../rules/method';
import type { Session } from '../session';
import '../shared';
import styles from '../styles/rule.css' with { type: 'text' };
import { learnAll, type MessageKey } from '../text';
import * as icons from './icons-later';
import { mathematics } from './mathematics';
import { methodName } from './method-button';
import { Piece } from './piece';

dress(styles);

/** Steps whose rates are drawn. */
const DRAWN_STEPS = 200;
const [WIDTH, HEIGHT] = [160, 36];
const COUNT: Range = { least: 1, isWhole: true };
const FACTOR: Range = { least: 0, isOpen: true };
const PENALTY: Range = { least: 0 };
/** What a schedule's numbers are, in words. */
const NUMBERS: Readonly<Record<ScheduleName, readonly (readonly [MessageKey, Range])[]>> = {
  constant: [],
  step: [['schedule.every', COUNT], ['schedule.factor', FACTOR]],
  exponential: [['schedule.factor', FACTOR]],
  cosine: [['schedule.steps', COUNT]],
  warmup: [['schedule.steps', COUNT]],
};
/** The options that every rule has. */
const OPTIONS: readonly string[] = ['schedule', 'clip', 'l1', 'l2'];

export class Method extends Piece {
  static override properties = { ...Piece.properties, refused: { state: true } };
  protected override readonly topics = ['program', 'rate', 'language'] as const;
  /** What is wrong with what was typed last, by its field. */
  declare private refused: ReadonlyMap<string, { typed: string; problem: NumberProblem; range: Range }>;
  #methods: Methods | undefined;
  #rules: readonly RuleView[] = [];

  constructor() {
    super();
    this.refused = new Map();
  }

  /** Opens beside what asked for it. */
  async open(beside: Element): Promise<void> {
    this.#methods = await Methods.of(this.session.program);
    this.#rules = this.#methods.rules();
    this.refused = new Map();
    this.requestUpdate();
    await this.updateComplete;
    const sheet = this.#sheet;
    if (!sheet) return;
    sheet.showPopover();
    this.#place(sheet, beside.getBoundingClientRect());
    sheet.querySelector('select')?.focus();
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const method = methodOf(session.run);
    const rule = this.#rules.find(({ name }) => name === method.optimizer);
    const close = session.say('program.close');
    return html`<div class="method" popover role="dialog" aria-labelledby="method-title">
      <div class="head"><h2 id="method-title">${session.show('method.title')}</h2>
        <button class="ib" type="button" aria-label=${close} title=${close} @click=${() => this.#sheet?.hidePopover()}>${icons.cross}</button></div>
      <div class="settings">
        ${this.#choice('optimizer', 'method.optimizer', this.#rules.map(({ name }) => [name, methodName(session, name)]), method.optimizer, name => this.#take(withOptimizer(method, name, OPTIONS)))}
        ${rule?.constants.map(constant => this.#constant(method, constant))}
        ${this.#schedule(method)}
        ${this.#optional(method, 'clip', FACTOR)}${this.#optional(method, 'l2', PENALTY)}${this.#optional(method, 'l1', PENALTY)}
      </div>
      <div class="method-lines">${this.#methods?.lines(session.run)?.map(line => html`<p>${mathematics(line)}</p>`)}</div>
      <p class="muted">${session.show('method.replayed', { step: session.report.step })}</p>
    </div>`;
  }

  #choice(id: string, label: MessageKey, options: readonly (readonly [string, string])[], chosen: string, choose: (name: string) => void): TemplateResult {
    return html`<label for=${`method-${id}`}>${this.session.show(label)}</label>
      <select class="field" id=${`method-${id}`} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        ${options.map(([name, text]) => html`<option value=${name} ?selected=${name === chosen}>${text}</option>`)}</select>`;
  }

  #constant(method: Chosen, { key, sign, usual, below }: ConstantView): TemplateResult {
    const range: Range = { least: 0, below };
    const name = html`${mathematics(sign)} ${this.session.show(`constant.${key}` as MessageKey)}`;
    return this.#number(key, name, method.settings.get(key) ?? this.session.full(usual), range, value => withSetting(method, key, value === usual ? undefined : String(value)));
  }

  #schedule(method: Chosen): TemplateResult {
    const { session } = this;
    const { name, numbers } = scheduleOf(method);
    const names = (Object.keys(SCHEDULES) as ScheduleName[]).map((each): [string, string] => [each, session.say(`schedule.${each}`)]);
    return html`${this.#choice('schedule', 'schedule.label', names, name, chosen => this.#take(withSchedule(method, chosen as ScheduleName)))}
      ${NUMBERS[name].map(([label, range], at) => this.#number(`${name}${at}`, session.show(label), numbers[at] ?? '', range,
        value => withSchedule(method, name, numbers.map((number, place) => (place === at ? String(value) : number)))))}
      ${name === 'constant' ? nothing : this.#drawn()}`;
  }

  /** What is off unless a number is given. */
  #optional(method: Chosen, key: 'clip' | 'l1' | 'l2', range: Range): TemplateResult {
    return this.#number(key, this.session.show(`method.${key}`), method.settings.get(key) ?? '', range, value => withSetting(method, key, value === undefined || value === 0 ? undefined : String(value)), true);
  }

  #number(key: string, label: TemplateResult, text: string, range: Range, taken: (value: number | undefined) => Chosen, isOptional = false): TemplateResult {
    const { session } = this;
    const refusal = this.refused.get(key);
    const id = `method-${key}`;
    const type = (event: Event): void => {
      const typed = (event.target as HTMLInputElement).value;
      const read = isOptional && typed.trim() === '' ? { value: undefined } : readNumber(typed, range);
      const others = [...this.refused].filter(([each]) => each !== key);
      this.refused = new Map('problem' in read ? [...others, [key, { typed, problem: read.problem, range }]] : others);
      if ('value' in read) this.#take(taken(read.value));
    };
    const enter = (event: KeyboardEvent): void => {
      if (event.key === 'Enter' && !event.isComposing) type(event);
    };
    return html`<label for=${id}>${label}</label>
      <input class="field" id=${id} type="text" inputmode="decimal" autocomplete="off" spellcheck="false" placeholder=${isOptional ? session.say('method.off') : nothing}
        aria-invalid=${refusal ? 'true' : nothing} aria-describedby=${refusal ? `${id}-note` : nothing} .value=${refusal?.typed ?? text} @change=${type} @keydown=${enter}>
      ${refusal ? html`<p class="wrong" id=${`${id}-note`}>${this.#problem(refusal)}</p>` : nothing}`;
  }

  #problem({ typed, problem, range }: { typed: string; problem: NumberProblem; range: Range }): TemplateResult {
    const { session } = this;
    switch (problem) {
      case 'outside':
        return session.show('method.outside', { least: range.least, below: range.below ?? 1 });
      case 'negative':
      case 'notPositive':
      case 'notWhole':
        return session.show(`method.${problem}`);
      default:
        return session.show(`rate.${problem}`, { typed });
    }
  }

  /** The rates of the first steps, as shares of the largest. */
  #drawn(): TemplateResult {
    const { session } = this;
    const factors = this.#methods?.factors(session.run, DRAWN_STEPS) ?? [];
    const most = Math.max(...factors, Number.MIN_VALUE);
    const points = [...factors].map((factor, at) => `${((at / (DRAWN_STEPS - 1)) * WIDTH).toFixed(1)},${((1 - factor / most) * (HEIGHT - 2) + 1).toFixed(1)}`);
    const name = session.say('schedule.drawn', { steps: DRAWN_STEPS, first: session.short(factors[0] ?? NaN), last: session.short(factors[DRAWN_STEPS - 1] ?? NaN) });
    return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${name}><path class="axis" d="M0 ${HEIGHT - 1}H${WIDTH}"/><polyline points=${points.join(' ')}/></svg>`;
  }

  /** The run goes on with it as if it always had: it is replayed to where it stands. */
  #take(method: Chosen): void {
    const run = runOf(method);
    this.refused = new Map();
    if (run !== this.session.run && this.#methods?.lines(run)) void this.session.setMethod(run);
  }

  #place(sheet: HTMLElement, { left, bottom }: DOMRect): void {
    if (innerWidth <= 760) return;
    sheet.style.left = `${Math.max(8, Math.min(left, innerWidth - sheet.offsetWidth - 8))}px`;
    sheet.style.top = `${Math.max(8, Math.min(bottom + 4, innerHeight - sheet.offsetHeight - 8))}px`;
  }

  get #sheet(): HTMLElement | null {
    return this.querySelector('.method');
  }
}

customElements.define('cg-method', Method);

let shown: Method | undefined;

/** Opens it beside the button that asks for it. */
export async function chooseMethod(session: Session, beside: Element): Promise<void> {
  if (!(await learnAll(session.language))) return;
  if (!shown?.isConnected) {
    shown = new Method();
    shown.session = session;
    beside.closest('.page')?.append(shown);
    await shown.updateComplete;
  }
  await shown.open(beside);
}
