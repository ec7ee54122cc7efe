/** The page's door to the whole engine, fetched when something is wanted that a start does without. */
import { address, makeGlue } from 'chalkgrad-engine/whole';
import type { Diagnostic } from 'chalkgrad-engine';
import { compiled, Instance } from './engine';

type Glue = ReturnType<typeof makeGlue>;

/** Reads programs for what is wrong with them, beside the engine that runs one. */
export class Reader {
  readonly #instance: Instance<Glue>;

  private constructor(module: WebAssembly.Module) {
    this.#instance = new Instance(module, makeGlue);
  }

  /** Rejects where the engine can't be had. */
  static async load(): Promise<Reader> {
    return new Reader(await compiled(address));
  }

  /** What is wrong with a program, in the sentences of a catalogue, if there is one. */
  diagnose(program: string, sentences: string | undefined): Diagnostic[] {
    return this.#instance.ask(glue => glue.read(program, sentences).diagnostics);
  }
}
