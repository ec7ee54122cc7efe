import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { dress } from '../dress';
import type { Outcome } from 'chalkgrad-engine';
import { inline } from '../formula';
import { clauseOf } from '../rules/legend';
import { methodOf } from '../rules/method';
import { MOST_RUNS, type Runs, type RunView } from '../runs';
import type { Session } from '../session';
import styles from '../styles/runs.css' with { type: 'text' };
import { methodButton, methodName } from './method-button';
import { Piece } from './piece';
import { sign } from './sign';

dress(styles);

/** The runs that are compared: what each is, what it does, and which of them is at hand. */
export class Legend extends Piece {
  protected override readonly topics = ['program', 'numbers', 'rate', 'view', 'language', 'prospects'] as const;
  #colours = '';

  /** What was found out of the runs shows in the pictures too. */
  protected override updated(): void {
    const { session } = this;
    const { runs } = session.beside;
    const colours = `${runs?.hasMinimum} ${runs?.all.map(({ colour }) => colour).join()}`;
    if (colours === this.#colours) return;
    this.#colours = colours;
    session.look({});
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { runs } = session.beside;
    if (!runs) return html``;
    const all = runs.all;
    const own = all.find(({ isSelected }) => isSelected);
    return html`<section class="p-runs">
      <div class="head"><h2>${this.#title(runs)}</h2><button class="linkish" type="button" @click=${() => runs.add()}>${session.show('runs.add')}</button></div>
      <ul class="runs ${runs.isMixed ? 'mixed' : ''}" @keydown=${this.#keys}>${all.map(run => this.#row(runs, run))}</ul>
      ${own ? this.#acts(runs, own) : nothing}
      <p class="runnote" aria-live="polite">${runs.hasRefused
        ? session.show('runs.full', { count: MOST_RUNS })
        : runs.removed === undefined ? nothing : html`${session.show('runs.removed')} <button class="linkish" type="button" @click=${() => runs.bringBack()}>${session.show('runs.back')}</button>`}</p>
    </section>`;
  }

  #title(runs: Runs): TemplateResult {
    const { session } = this;
    const { count, start } = runs;
    const key = count === 1 ? 'runs.one' : 'runs.title';
    if (start === undefined || !session.parameter) return session.show(`${key}Plain`, { count });
    return session.show(key, { count, name: inline(session.parameter.label), value: session.short(start) });
  }

  #row(runs: Runs, run: RunView): TemplateResult {
    const { session } = this;
    const { place, isSelected, isHidden } = run;
    const { isMixed } = runs;
    const name = session.say(isMixed ? 'runs.nameOf' : 'runs.name', { place: place + 1, method: runs.method(run.text), rate: runs.named(run.rate) });
    const toggle = session.say(isHidden ? 'runs.show' : 'runs.hide');
    const isLast = !isHidden && runs.all.filter(one => !one.isHidden).length === 1;
    return html`<li class="${isSelected ? 'now' : ''} ${isHidden ? 'off' : ''}">
      <button class="run" type="button" aria-pressed=${isSelected} title=${session.say('runs.select')} @click=${() => runs.select(place)}>
        ${sign(run)}<span class="sr">${name}: </span><b aria-hidden="true" title=${session.full(run.rate)}>${runs.label(run)}</b><span class="does">${isMixed ? nothing : this.#method(run)}${this.#rates(runs, run)}${does(session, run)}</span></button>
      <button class="ib" type="button" aria-pressed=${isHidden} ?disabled=${isLast} aria-label=${`${toggle}: ${name}`} title=${toggle} @click=${() => runs.hide(place, !isHidden)}>${eye(isHidden)}</button></li>`;
  }

  /** What can be done with the run at hand. */
  #acts(runs: Runs, { place, rate }: RunView): TemplateResult {
    const { session } = this;
    const { step } = session.report;
    const act = (shown: TemplateResult, what: () => void, isOff = false): TemplateResult => html`<button class="linkish" type="button" ?disabled=${isOff} @click=${what}>${shown}</button>`;
    return html`<div class="runacts" role="group" aria-label=${session.say('runs.acts', { rate: runs.named(rate) })}>
      <span aria-hidden="true"><i>η</i> = <b>${runs.named(rate)}</b></span>${methodButton(session)}
      ${act(session.show('runs.duplicate'), () => runs.copy(place, false))}
      ${act(session.show('runs.fork', { step }), () => runs.copy(place, true), step === 0)}
      ${act(session.show('runs.remove'), () => runs.remove(place), runs.count < 2)}</div>`;
  }

  #method({ text }: RunView): TemplateResult | typeof nothing {
    return methodOf(text).optimizer === 'gd' ? nothing : html`<em>${methodName(this.session, text)}</em> `;
  }

  /** The rates that it had, where it had several. */
  #rates(runs: Runs, { rates }: RunView): TemplateResult | typeof nothing {
    const [first, last] = [rates[0], rates.at(-1)];
    if (!first || !last || rates.length < 2) return nothing;
    return html`<span class="moved"><i>η</i> ${runs.named(first.rate)} → ${rates.length > 2 ? '… → ' : ''}${runs.named(last.rate)}</span> `;
  }

  /** Up and down from run to run. */
  #keys(event: KeyboardEvent): void {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const buttons = [...this.querySelectorAll<HTMLButtonElement>('.run')];
    const at = buttons.findIndex(button => button.parentElement?.contains(document.activeElement));
    if (by === 0 || at < 0) return;
    event.preventDefault();
    buttons[at + by]?.focus();
  }
}

/** What a run does, in a few words; nothing as long as that is not known. */
function does(session: Session, run: RunView): TemplateResult | typeof nothing {
  const { outcome, isStill, step } = run;
  if (outcome) return told(session, outcome, run);
  return isStill ? session.show('runs.does.leaves', { step }) : nothing;
}

function told(session: Session, outcome: Outcome, run: RunView): TemplateResult {
  const clause = clauseOf(outcome);
  const loss = inline(session.loss.label);
  const values = {
    loss,
    ...('factor' in clause ? { factor: session.short(clause.factor) } : {}),
    ...('step' in clause ? { step: clause.step } : {}),
    ...('between' in clause ? { first: session.short(clause.between[0]), second: session.short(clause.between[1]) } : {}),
  };
  const level = clause.key === 'jumps' ? session.beside.runs?.level(run) : undefined;
  if (level !== undefined) return session.show('runs.does.level', { ...values, value: session.short(level) });
  if (clause.key === 'wanders') return session.show('zone.wanders');
  return session.show(clause.key === 'below' && clause.step === 1 ? 'runs.does.atOnce' : `runs.does.${clause.key}`, values);
}

function eye(isHidden: boolean): SVGTemplateResult {
  const lid = svg`<path d="M2.5 10C5 5.8 7.4 4.6 10 4.6s5 1.2 7.5 5.4C15 14.2 12.6 15.4 10 15.4S5 14.2 2.5 10z"/><circle cx="10" cy="10" r="2.3"/>`;
  return svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${lid}${isHidden ? svg`<path d="M4 16.5L16 3.5"/>` : nothing}</svg>`;
}

/** Every run's value at the step that is pointed at. */
export class Values extends Piece {
  static override properties = { ...Piece.properties, step: { attribute: false }, left: { attribute: false } };
  protected override readonly topics = ['numbers', 'view', 'language'] as const;
  declare step: number;
  declare left: number;

  protected override render(): TemplateResult | typeof nothing {
    const { session, step, left } = this;
    const { runs } = session.beside;
    if (!runs) return nothing;
    const all = runs.all;
    const isWide = left > (this.parentElement?.clientWidth ?? 0) / 2;
    return html`<div class="readout values ${isWide ? 'left' : ''}" .style=${`left:${left}px`}><b>${session.show('runs.step', { step })}</b>
      ${runs.at(step).map((at, place) => {
        const run = all[place];
        const [low, high] = runs.isDistance ? at.distance : at.loss;
        if (!run || run.isHidden) return nothing;
        const value = Number.isNaN(low) && step > run.head ? '–' : low === high || Number.isNaN(low) ? session.short(low) : `${session.short(low)} … ${session.short(high)}`;
        return html`<span class="value">${sign(run)}<b .style=${`color:var(--${run.colour})`}>${runs.label(run)}</b><span>${value}</span></span>`;
      })}</div>`;
  }
}

customElements.define('cg-runs', Legend);
customElements.define('cg-values', Values);
