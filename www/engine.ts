/**
 * The page's door to the engine, to as much of it as every visit needs; inside.ts is the one to all of it. A module is
 * loaded once, and an instance of it made whenever one is needed: after a panic the old one goes on answering, wrongly,
 * so it is thrown away.
 */
import { address, makeGlue } from 'chalkgrad-engine';
import type {
  ChartLook, Engine, Glue, Experiment, GraphView, IterateReading, LinkReading, LossReading, Report, Stepper,
} from 'chalkgrad-engine';
import type { Unpacked } from './unpack';

/** The engine broke down. Its instance is gone; what the page keeps as text is not. */
export class Panicked extends Error {
  override readonly name: string = 'Panicked';
}

/** Something asked for the run between a breakdown and the recovery from it, which is on its way. */
export class Gone extends Panicked {
  override readonly name = 'Gone';
}

/** A program has a fault: where the first one is. */
export class Faulty extends Error {
  override readonly name = 'Faulty';
}

/** Fetches and compiles a module; rejects where it can't be had. */
export function compiled(name: string): Promise<WebAssembly.Module> {
  return WebAssembly.compileStreaming(fetch(new URL(name, import.meta.url)));
}

/** An engine's module, and how it is used. */
export interface Works<Work extends Pick<Glue, 'initSync'>> {
  readonly module: WebAssembly.Module;
  readonly makeGlue: () => Work;
}

/** A module at work, made anew after each panic. */
export class Instance<Work extends Pick<Glue, 'initSync'>> {
  readonly works: Works<Work>;
  #glue: Work;

  constructor(works: Works<Work>) {
    this.works = works;
    this.#glue = this.#fresh();
  }

  /** Throws Panicked where it broke down: what it held is gone, and may not even be freed. */
  ask<T>(work: (glue: Work) => T): T {
    try {
      return work(this.#glue);
    } catch (error) {
      if (!isBreakdown(error)) throw error;
      this.#glue = this.#fresh();
      throw new Panicked(error.message, { cause: error });
    }
  }

  #fresh(): Work {
    const glue = this.works.makeGlue();
    glue.initSync({ module: this.works.module });
    return glue;
  }
}

/** How a graph is to be placed: from left to right, in several rows where it is longer than the room, or upright. */
export interface Placing {
  readonly isUpright: boolean;
  readonly room?: number;
  /** The calls of functions that are drawn operator by operator; the others are boxes. */
  readonly open?: readonly number[];
  /** How many samples there are, where one of them is drawn alone. */
  readonly samples?: number;
}

/** What a bench works with. A start's engine places chains alone: it has a picture of nothing else. */
export interface Equipment extends Works<Glue> {
  readonly place: (engine: Engine, placing: Placing) => GraphView | undefined;
  /** The state of each run of an experiment, if it has one. */
  readonly statesOf?: (engine: Engine, experiment: Experiment) => (Float64Array | undefined)[];
  /** Puts the others beside the first run of an experiment; a start has one run alone. */
  readonly gather?: (stepper: Stepper, experiment: Experiment, states: readonly (Float64Array | undefined)[]) => void;
  /** All runs, as a link writes them. */
  readonly runs?: (stepper: Stepper) => string[];
}

/** One step of a run with one parameter, as the table shows it. */
export interface Iterate {
  readonly step: number;
  readonly value: number;
  readonly gradient: number;
  /** The parameter after the update of this step. */
  readonly next: number;
  readonly loss: number;
  /** The learning rate of this step's update. */
  readonly rate: number;
  /** What the update rule keeps: a number for each of its states. */
  readonly kept: Float64Array;
}

/** Numbers of an iterate before what the rule keeps. */
const ROW = 6;

/** Every node's value and gradient, and every local derivative, at one step. */
export interface Numbers {
  readonly values: Float64Array;
  readonly gradients: Float64Array;
  readonly locals: Float64Array;
}

/** The least and the largest loss over some steps. */
export interface LossRow {
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
}

/** What the charts ask of the bench, and, by inside.ts, whoever shows what only the whole engine can tell. */
export type Pictures = Pick<Bench, 'drawLoss' | 'lossAt' | 'lossRows' | 'drawCurve' | 'curveAt' | 'curveRows' | 'states' | 'drive' | 'inspect'>;

/** An engine with one experiment on it, which can be made anew from its text at any time. */
export class Bench {
  #equipment: Equipment;
  /** What is open now runs on this. */
  #working: Equipment;
  #instance: Instance<Glue>;
  #engine: Engine | undefined;
  #stepper: Stepper | undefined;

  private constructor(equipment: Equipment) {
    this.#equipment = this.#working = equipment;
    this.#instance = new Instance(equipment);
  }

  /** Rejects where the engine can't be had. */
  static async load(): Promise<Bench> {
    const place = (engine: Engine, { isUpright }: Placing): GraphView => engine.chain(isUpright);
    return new Bench({ module: await compiled(address), makeGlue, place });
  }

  /** Whatever is opened from now on runs on this. */
  equip(equipment: Equipment): void {
    this.#equipment = equipment;
  }

  /**
   * Puts an experiment on the bench, at its step where its parameters travel with it and else at step
   * 0. Throws Faulty where its program has a fault, and another Error where its run can't be read, or
   * the graph is none that this engine can place.
   */
  open(experiment: Experiment): GraphView {
    const { program, runs, step, state } = experiment;
    this.#clear();
    if (this.#working !== this.#equipment) this.#instance = new Instance((this.#working = this.#equipment));
    return this.#ask(glue => {
      const engine = (this.#engine = parsed(glue, program));
      const view = this.#place(engine, { isUpright: false });
      const states = this.#working.statesOf?.(engine, experiment) ?? [state && Float64Array.from(state)];
      const stepper = new glue.Stepper(engine, runs[0] ?? '', step, states[0]);
      if (runs.length > 1 && !this.#working.gather) throw new Error('several runs are for the whole engine');
      this.#working.gather?.(stepper, experiment, states);
      this.#stepper = stepper;
      return view;
    });
  }

  /** The graph, placed otherwise. */
  place(placing: Placing): GraphView {
    return this.inspect(engine => this.#place(engine, placing));
  }

  /** Whether all that an engine can do is at hand for what is open now. */
  isEquippedWith(equipment: Equipment): boolean {
    return this.#working.module === equipment.module;
  }

  /** Asks the program that is open. */
  inspect<T>(work: (engine: Engine) => T): T {
    const engine = this.#engine;
    if (!engine) throw new Gone('no program is open');
    return this.#ask(() => work(engine));
  }

  /** The program of a link as it is packed, and how many bytes one has at most. */
  packedProgram(hash: string): { packed: Uint8Array | undefined; limit: number } {
    return this.#ask(glue => ({ packed: glue.packedProgram(hash), limit: glue.longestProgram() }));
  }

  /** By the engine on which whatever it says will be opened. */
  readLink(hash: string, unpacked?: Unpacked): LinkReading {
    const read = (glue: Glue): LinkReading => glue.readLink(hash, unpacked?.bytes, unpacked?.isCutShort ?? false);
    return this.#instance.works === this.#equipment ? this.#ask(read) : new Instance(this.#equipment).ask(read);
  }

  /** Throws an Error where the experiment does not fit into a link. */
  writeLink(experiment: Experiment, packed?: Uint8Array): string {
    return this.#ask(glue => glue.writeLink(experiment, packed));
  }

  /** A number as the page shows it. */
  short(value: number): string {
    return this.#ask(glue => glue.formatShort(value));
  }

  /** A number with every digit. */
  full(value: number): string {
    return this.#ask(glue => glue.formatFull(value));
  }

  advance(steps: number): Report {
    return this.drive(stepper => stepper.advance(steps));
  }

  seek(step: number, budget: number): Report {
    return this.drive(stepper => stepper.seek(step, budget));
  }

  reset(): Report {
    return this.drive(stepper => stepper.reset());
  }

  report(): Report {
    return this.drive(stepper => stepper.report());
  }

  /** Throws an Error where the rate is none, or the timeline is full. */
  setLearningRate(rate: number): Report {
    return this.drive(stepper => {
      stepper.learningRate = rate;
      return stepper.report();
    });
  }

  /** The runs as a link writes them. */
  runs(): string[] {
    return this.drive(stepper => this.#working.runs?.(stepper) ?? [stepper.run()]);
  }

  /** The digest of the parameters where the runs stand, as a link writes it. */
  check(): string {
    return this.drive(stepper => stepper.check());
  }

  /** The parameters themselves, where replaying to this step would take a reader of the link too long. */
  state(): number[] | undefined {
    const numbers = this.drive(stepper => stepper.state());
    return numbers && [...numbers];
  }

  numbers(): Numbers {
    return this.drive(stepper => ({
      values: stepper.values(),
      gradients: stepper.gradients(),
      locals: stepper.locals(),
    }));
  }

  /** Rows of the table from a step on; none where the program has other than one parameter. */
  iterates(from: number, count: number): Iterate[] {
    const flat = this.drive(stepper => stepper.iterates(from, count));
    return rows(flat, ROW + this.states().length, numbers => {
      const [step = 0, value = NaN, gradient = NaN, next = NaN, loss = NaN, rate = NaN] = numbers;
      return { step, value, gradient, next, loss, rate, kept: numbers.subarray(ROW) };
    });
  }

  /** The signs of what the update rule keeps. */
  states(): string {
    return this.drive(stepper => stepper.states());
  }

  /** Says whether drawing again would show more. */
  drawLoss(canvas: HTMLCanvasElement, look: ChartLook): boolean {
    return this.drive(stepper => stepper.drawLoss(canvas, look));
  }

  /** The point nearest to a place on the canvas as it was drawn last, in CSS pixels. */
  lossAt(x: number, y: number): LossReading | undefined {
    return this.drive(stepper => stepper.lossAt(x, y));
  }

  /** The loss curve as so many rows at most. */
  lossRows(most: number): LossRow[] {
    const flat = this.drive(stepper => stepper.lossRows(most));
    return rows(flat, 4, ([first = 0, last = 0, low = NaN, high = NaN]) => ({ first, last, low, high }));
  }

  /** Draws the function, its view a share of the way further; says whether drawing again would show more. */
  drawCurve(canvas: HTMLCanvasElement, look: ChartLook, share: number): boolean {
    return this.drive(stepper => stepper.drawCurve(canvas, look, share));
  }

  /** The iterate nearest to a place on the canvas as it was drawn last, in CSS pixels. */
  curveAt(x: number, y: number): IterateReading | undefined {
    return this.drive(stepper => stepper.curveAt(x, y));
  }

  /** The function at so many places of what is seen of it. */
  curveRows(places: number): { x: number; y: number }[] {
    const flat = this.drive(stepper => stepper.curveRows(places));
    return rows(flat, 2, ([x = NaN, y = NaN]) => ({ x, y }));
  }

  /** Asks the run; for what only the whole engine can answer, by inside.ts. */
  drive<T>(work: (stepper: Stepper) => T): T {
    const stepper = this.#stepper;
    if (!stepper) throw new Gone('no run is open');
    return this.#ask(() => work(stepper));
  }

  #ask<T>(work: (glue: Glue) => T): T {
    try {
      return this.#instance.ask(work);
    } catch (error) {
      if (error instanceof Panicked) this.#engine = this.#stepper = undefined;
      throw error;
    }
  }

  #place(engine: Engine, placing: Placing): GraphView {
    const view = this.#working.place(engine, placing);
    if (!view) throw new Error('the graph can’t be placed');
    return view;
  }

  #clear(): void {
    const [engine, stepper] = [this.#engine, this.#stepper];
    this.#engine = this.#stepper = undefined;
    this.#ask(() => {
      stepper?.free();
      engine?.free();
    });
  }
}

function parsed(glue: Glue, program: string): Engine {
  try {
    return glue.Engine.parse(program);
  } catch (error) {
    throw isBreakdown(error) || !(error instanceof Error) ? error : new Faulty(error.message);
  }
}

/** Numbers that crossed the boundary in one row behind the other. */
export function rows<T>(flat: Float64Array, width: number, row: (numbers: Float64Array) => T): T[] {
  return Array.from({ length: flat.length / width }, (_, at) => row(flat.subarray(at * width, (at + 1) * width)));
}

/** A trap, or a stack that ran out: after either the instance can't be trusted. */
export function isBreakdown(error: unknown): error is Error {
  return (
    error instanceof WebAssembly.RuntimeError ||
    error instanceof RangeError ||
    (error instanceof Error && error.name === 'InternalError')
  );
}
