/** Why a run diverged, and the largest learning rate with which it would not: fetched with the first run that does, found once, in slices of a frame. */
import { html, nothing } from 'lit';
import type { Divergence as Diverged, Edge, GrowthView } from 'chalkgrad-engine';
import { inline } from './formula';
import type { Probe } from './inside';
import { FRAME_BUDGET_MS, inSlices } from './rules/pace';
import type { Session } from './session';
import './shared';
import { told, type Told } from './told';

/** Multiply-adds asked for in the first slice; later slices follow the clock. */
const FIRST_BUDGET = 20_000;

export class Divergence {
  readonly #probe: Probe | undefined;
  readonly #found: () => void;
  #budget = FIRST_BUDGET;
  #frame: number | undefined;
  #hasArrived = false;
  #growth: GrowthView | undefined;
  #edge: Edge | undefined;

  /** `found` is called when there is more to tell: never where there is nobody to find it. */
  constructor(probe: Probe | undefined, found: () => void) {
    this.#probe = probe;
    this.#found = found;
    if (probe) this.#schedule();
  }

  /** How the steps grew; nothing where that says nothing, and while it is not known yet. */
  get growth(): GrowthView | undefined { return this.#growth; }
  /** The largest rate that stays finite; nothing while it is searched for, and where there is none. */
  get edge(): number | undefined { return this.#edge?.rate; }
  /** Whether it follows from the curvature. Else trials found it. */
  get isExact(): boolean { return this.#edge?.exact ?? false; }

  /** Something else stands on the bench. */
  forget(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
  }

  /** At which step which value, what grew by which factor, and the largest rate that stays finite. */
  tell(session: Session, { step, node, gradient, value, operator }: Diverged): Told {
    const label = session.graph.nodes.find(({ plain }) => plain === node)?.label;
    const made = operator ? session.say('status.from', { value, operator }) : value;
    const rests = [this.#why(session), this.edge === undefined ? undefined
      : told(session, this.isExact ? 'status.largest' : 'status.tried', { rate: session.full(this.edge) })];
    const outcome = step === 0 ? 'noStart' : this.growth?.kind === 'outside' ? 'stopped' : 'diverged';
    const first = told(session, 
      gradient ? `status.${outcome}.gradient` : `status.${outcome}`,
      { step, node: label ? inline(label) : node, value: made },
      { step, node, value: made },
    );
    const all = [first, ...rests.filter(rest => rest !== undefined)];
    const space = session.say('status.space');
    return { shown: html`${all.map(({ shown }, at) => html`${at > 0 ? space : nothing}${shown}`)}`, spoken: all.map(({ spoken }) => spoken).join(space) };
  }

  #why(session: Session): Told | undefined {
    const { growth } = this;
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
    if (kind === 'last' || kind === 'outside') return told(session, `status.grew.${kind}`, shown, spoken);
    const how = kind === 'centred' && centre === 0 ? 'fromZero' : kind;
    return told(session, since > 0 ? `status.since.${how}` : `status.grew.${how}`, shown, spoken);
  }

  #schedule(): void {
    this.#frame = requestAnimationFrame(() => this.#search());
  }

  #search(): void {
    let isDone = false;
    this.#budget = inSlices(this.#budget, FRAME_BUDGET_MS, () => performance.now(), budget => {
      isDone = this.#work(budget);
      return isDone ? 'done' : 'more';
    });
    if (isDone) this.#found();
    else this.#schedule();
  }

  /** First to where the run diverged, then for the edge. Whether all is found. */
  #work(budget: number): boolean {
    if (!this.#probe) return true;
    if (this.#hasArrived) {
      this.#edge = this.#probe.seekEdge(budget);
      return !this.#edge.pending;
    }
    this.#hasArrived = this.#probe.approach(budget);
    if (this.#hasArrived) {
      this.#growth = this.#probe.growth();
      this.#found();
    }
    return false;
  }
}
