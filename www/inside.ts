/** The page's door to the whole engine, fetched when something is wanted that a start does without. */
import { address, makeGlue } from 'chalkgrad-engine/whole';
import type { Card, Derivation, DerivationStep, Diagnostic, Edge, Experiment, Form, GrowthView, Move, Paths, Stepper, Tally, Turned } from 'chalkgrad-engine';
import { compiled, Instance, type Bench, type Equipment } from './engine';
import './shared';

type Glue = ReturnType<typeof makeGlue>;

/** Compiled once, for benches and readers alike. */
let module: Promise<WebAssembly.Module> | undefined;

async function wholeModule(): Promise<WebAssembly.Module> {
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
  };
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

  /** Of a run that has diverged at a step, begun where its parameters came with a link or at step 0. */
  static async of(experiment: Pick<Experiment, 'program' | 'runs' | 'step' | 'state'>, step: number): Promise<Probe> {
    const instance = new Instance({ module: await wholeModule(), makeGlue });
    const { program, runs: [run = ''], step: base, state } = experiment;
    const stepper = instance.ask(glue => {
      const engine = glue.Engine.parse(program);
      return state ? new glue.Stepper(engine, run, base, Float64Array.from(state)) : new glue.Stepper(engine, run);
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
