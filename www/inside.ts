/** The page's door to the whole engine, fetched when something is wanted that a start does without. */
import { address, makeGlue } from 'chalkgrad-engine/whole';
import type { Card, Derivation, DerivationStep, Diagnostic, Edge, Engine, Experiment, Form, GrowthView, Move, Paths, RuleView, Stepper, Tally, Turned, UpdateView } from 'chalkgrad-engine';
import { compiled, Instance, rows, type Bench, type Equipment, type Pictures } from './engine';
import './shared';

export type Glue = ReturnType<typeof makeGlue>;

/** Compiled once, for benches and readers alike. */
let module: Promise<WebAssembly.Module> | undefined;

export async function wholeModule(): Promise<WebAssembly.Module> {
  try {
    return await (module ??= compiled(address));
  } catch (error) {
    module = undefined;
    throw error;
  }
}

/** What a bench needs for any graph; rejects where it can't be had. */
export async function wholeEquipment(): Promise<Equipment> {
  return {
    module: await wholeModule(),
    makeGlue,
    place: (engine, { isUpright, room, open = [], samples = 0 }) => engine.graph(isUpright, room, Uint32Array.from(open), samples),
    statesOf,
    gather: (stepper, { runs, selected, step }, states) => {
      runs.slice(1).forEach((run, at) => stepper.addRun(run, step, states[at + 1]));
      stepper.selectRun(selected);
    },
    runs: stepper => stepper.runs(),
  };
}

/** The state of each run: they stand one behind the other, and not all are equally long. */
function statesOf(engine: Engine, { runs, state }: Pick<Experiment, 'runs' | 'state'>): (Float64Array | undefined)[] {
  let from = 0;
  return runs.map((run, at) => {
    if (!state) return undefined;
    const begun = from;
    from += engine.stateLength(run);
    // What is left over does not fit, and is refused.
    return Float64Array.from(state.slice(begun, at === runs.length - 1 ? undefined : from));
  });
}

/** The moves of a walk along the graph that is on the bench. */
export function movesOf(bench: Bench): Move[] {
  return bench.inspect(engine => engine.walk());
}

/** Every gradient after so many operators have handed theirs on. */
export function gradientsAfter(bench: Bench, operators: number): Float64Array {
  return bench.drive(stepper => stepper.gradientsAfter(operators));
}

/** Every gradient in the order of the backward pass, in a form. */
export function stepsOf(bench: Bench, form: Form): DerivationStep[] {
  return bench.inspect(engine => engine.steps(form));
}

/** The same as LaTeX, aligned. */
export function latexOf(bench: Bench, form: Form): string {
  return bench.inspect(engine => engine.latex(form));
}

/** Why the gradient of a node is what it is. */
export function derivationOf(bench: Bench, node: number, form: Form): Derivation {
  return bench.inspect(engine => engine.derive(node, form));
}

/** The numbers of a derivation's factors, each at its offset. */
export function figuresOf(bench: Bench, node: number): Float64Array {
  return bench.drive(stepper => stepper.figures(node));
}

/** What a backward pass takes, and what it would without reuse. */
export function tallyOf(bench: Bench): Tally {
  return bench.inspect(engine => engine.tally());
}

/** The paths from the loss to a node whose gradient anybody sees: how many, and the first of them. */
export function pathsOf(bench: Bench, node: number): Paths {
  return bench.inspect(engine => engine.paths(node));
}

/** The gradient passed along each path alone, one after the other: as many as are listed, fewer where all would take too long. */
export function termsOf(bench: Bench, node: number): Float64Array {
  return bench.drive(stepper => stepper.terms(node));
}

/** Has the function drawn without the end of the update at hand, once. */
export function veilUpdate(bench: Bench): void {
  bench.drive(stepper => stepper.veilUpdate());
}

/** Whether the run at hand has never been further, so that its next step is not known. */
export function isFurthest(bench: Bench): boolean {
  return bench.drive(stepper => stepper.isFurthest());
}

/** Where the function was drawn on its canvas, in CSS pixels, and the parameter at its left and right. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly low: number;
  readonly high: number;
}

/** Nothing where it was not drawn yet. */
export function plotOf(bench: Bench): Plot | undefined {
  const [left, top = 0, right = 0, bottom = 0, low = NaN, high = NaN] = bench.drive(stepper => stepper.curvePlot());
  return left === undefined ? undefined : { left, top, right, bottom, low, high };
}

/** The function at a value of the parameter: where that was drawn, on the rim where it lies beyond, and the loss. */
export function pointOf(bench: Bench, value: number): { x: number; y: number; loss: number } {
  const [x = NaN, y = NaN, loss = NaN] = bench.drive(stepper => stepper.curvePoint(value));
  return { x, y, loss };
}

/** Where the function is lowest of what is seen of it; nothing where that is at the rim. */
export function minimumOf(bench: Bench): number | undefined {
  return bench.drive(stepper => stepper.curveMinimum());
}

/** The update of one of a parameter's numbers that led to where the run stands, or will lead on from its start. */
export function lastUpdateOf(bench: Pictures, param: number, entry: number): UpdateView | undefined {
  return bench.drive(stepper => stepper.lastUpdate(param, entry));
}

/** The one that will lead on from where the run stands. */
export function nextUpdateOf(bench: Pictures, param: number, entry: number): UpdateView | undefined {
  return bench.drive(stepper => stepper.nextUpdate(param, entry));
}

/** What the rule keeps for a parameter, one state after the other. */
export function memoryOf(bench: Pictures, param: number): Float64Array {
  return bench.drive(stepper => stepper.memory(param));
}

/** The table of update rules, and how methods are written for a program, beside the engine that runs it. */
export class Methods {
  readonly #instance: Instance<Glue>;
  readonly #engine: Engine;

  private constructor(instance: Instance<Glue>, program: string) {
    this.#instance = instance;
    this.#engine = instance.ask(glue => glue.Engine.parse(program));
  }

  /** Of a program without faults; rejects where the engine can't be had. */
  static async of(program: string): Promise<Methods> {
    return new Methods(new Instance({ module: await wholeModule(), makeGlue }), program);
  }

  rules(): RuleView[] {
    return this.#instance.ask(() => this.#engine.updateRules());
  }

  /** The update of a run as it would be written in a link; nothing where it can't be read. */
  lines(run: string): string[] | undefined {
    return this.#instance.ask(() => this.#engine.updateLines(run));
  }

  /** By what a run's schedule multiplies η in its first updates. */
  factors(run: string, updates: number): Float64Array {
    return this.#instance.ask(() => this.#engine.schedule(run, updates));
  }
}

/** Where a run stands: its step, the furthest that it reached, its loss, the rate of its next update. */
export interface Standing {
  readonly step: number;
  readonly head: number;
  readonly loss: number;
  readonly rate: number;
  /** Whether it has stopped at a value that is not finite. */
  readonly isStill: boolean;
}

/** Where all runs stand. */
export function standingsOf(bench: Bench): Standing[] {
  const flat = bench.drive(stepper => stepper.standings());
  return rows(flat, 5, ([step = 0, head = 0, loss = NaN, rate = NaN, still = 0]) => ({ step, head, loss, rate, isStill: still === 1 }));
}

/** The number of the one parameter at the start, by its offset. */
export function startOf(bench: Bench, offset: number): number | undefined {
  return bench.inspect(engine => engine.values())[offset];
}

/** Another run behind the others. Throws an Error where it can't be read, or there are eight. */
export function addRun(bench: Bench, run: string): void {
  bench.drive(stepper => stepper.addRun(run));
}

/** A second run like another one; as a fork it has what was, and not what lies ahead. */
export function copyRun(bench: Bench, run: number, isFork: boolean): void {
  bench.drive(stepper => stepper.copyRun(run, isFork));
}

/** Takes a run away that is not at hand. */
export function removeRun(bench: Bench, run: number): void {
  bench.drive(stepper => stepper.removeRun(run));
}

export function selectRun(bench: Bench, run: number): void {
  bench.drive(stepper => stepper.selectRun(run));
}

/** How a run is drawn that is not at hand; without a colour it is not. */
export function dressRun(bench: Bench, run: number, colour: string | undefined, label: string): void {
  bench.drive(stepper => stepper.dressRun(run, colour, run, label));
}

/** From where distances are measured. */
export function setMinimum(bench: Bench, minimum: readonly number[] | undefined): void {
  bench.drive(stepper => {
    stepper.minimum = minimum && Float64Array.from(minimum);
  });
}

/** What each of so many runs had over some steps: the least and the largest, NaN where it has not been. */
export interface RunsRow {
  readonly first: number;
  readonly last: number;
  readonly runs: readonly { readonly low: number; readonly high: number }[];
}

/** The losses of all runs, or their distances from the minimum, as so many rows at most. */
export function runRows(bench: Bench, count: number, most: number, isDistance: boolean): RunsRow[] {
  const flat = bench.drive(stepper => stepper.runRows(most, isDistance));
  return rows(flat, 2 + 2 * count, row => ({
    first: row[0] ?? 0,
    last: row[1] ?? 0,
    runs: rows(row.subarray(2), 2, ([low = NaN, high = NaN]) => ({ low, high })),
  }));
}

/** A run at a step: its loss and its distance (more than one where steps share a place), and where it is on the function curve. */
export interface At {
  readonly loss: readonly [low: number, high: number];
  readonly distance: readonly [low: number, high: number];
  readonly value: number;
  readonly x: number;
  readonly y: number;
}

/** All runs at a step. */
export function readStep(bench: Bench, step: number): At[] {
  const flat = bench.drive(stepper => stepper.readStep(step));
  return rows(flat, 8, ([low = NaN, high = NaN, near = NaN, far = NaN, value = NaN, , x = NaN, y = NaN]) => ({ loss: [low, high], distance: [near, far], value, x, y }));
}

/** Where a step is on the loss curves, in CSS pixels from the left. */
export function lossPlace(bench: Bench, step: number): number | undefined {
  return bench.drive(stepper => stepper.lossPlace(step));
}

/** Reads programs for what is wrong with them, beside the engine that runs one. */
export class Reader {
  readonly #instance: Instance<Glue>;

  private constructor(module: WebAssembly.Module) {
    this.#instance = new Instance({ module, makeGlue });
  }

  /** Rejects where the engine can't be had. */
  static async load(): Promise<Reader> {
    return new Reader(await wholeModule());
  }

  /** What is wrong with a program, in the sentences of a catalogue, if there is one. */
  diagnose(program: string, sentences: string | undefined): Diagnostic[] {
    return this.#instance.ask(glue => glue.read(program, sentences).diagnostics);
  }

  /** A program with its samples as rows instead of columns, or the other way round; nothing where it has faults or no samples. */
  turn(program: string): Turned | undefined {
    return this.#instance.ask(glue => glue.turn(program));
  }

  /** What there is to say of a node of a program without faults. */
  card(program: string, node: number): Card {
    return this.#instance.ask(glue => glue.card(program, node));
  }
}

/** A second copy of a run, which finds out why it diverged while the first one stays as it is. */
export class Probe {
  readonly #instance: Instance<Glue>;
  readonly #stepper: Stepper;
  readonly #step: number;

  private constructor(instance: Instance<Glue>, stepper: Stepper, step: number) {
    this.#instance = instance;
    this.#stepper = stepper;
    this.#step = step;
  }

  /** Of the run at hand, which has diverged at a step, begun where its parameters came with a link or at step 0. */
  static async of(experiment: Pick<Experiment, 'program' | 'runs' | 'selected' | 'step' | 'state'>, step: number): Promise<Probe> {
    const instance = new Instance({ module: await wholeModule(), makeGlue });
    const { program, runs, selected, step: base, state } = experiment;
    const stepper = instance.ask(glue => {
      const engine = glue.Engine.parse(program);
      return new glue.Stepper(engine, runs[selected] ?? '', base, statesOf(engine, { runs, ...(state && { state }) })[selected]);
    });
    return new Probe(instance, stepper, step);
  }

  /** Goes on to where the run diverged, by so many multiply-adds. Whether it has come there. */
  approach(budget: number): boolean {
    const stepper = this.#stepper;
    return this.#instance.ask(() => stepper.seek(this.#step, budget).pending === 0);
  }

  /** How the steps grew up to there. */
  growth(): GrowthView | undefined {
    const stepper = this.#stepper;
    return this.#instance.ask(() => stepper.growth());
  }

  /** Searches on for the largest learning rate that stays finite. */
  seekEdge(budget: number): Edge {
    const stepper = this.#stepper;
    return this.#instance.ask(() => stepper.seekEdge(budget));
  }
}
