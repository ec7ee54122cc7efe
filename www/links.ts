/** Links, and programs as they carry them: raw deflate, by the browser's own streams. */
import type { Experiment, LinkReading } from 'chalkgrad-engine';
import { Panicked, type Bench } from './engine';

/** Reads and writes links. The program that is on the page is kept packed, so that its link can be written at once. */
export class Links {
  readonly #bench: Bench;
  readonly #standard: Experiment;
  readonly #programOf: (lesson: string) => string | undefined;
  readonly #refused: (reason: string) => void;
  #program: string | undefined;
  #packed: Uint8Array | undefined;

  /**
   * `standard` is the first lesson, whose program stands in a link for what `programOf` has for its lesson; `refused` is
   * told why there is no link of an experiment.
   */
  constructor(bench: Bench, standard: Experiment, programOf: (lesson: string) => string | undefined, refused: (reason: string) => void) {
    this.#bench = bench;
    this.#standard = standard;
    this.#programOf = programOf;
    this.#refused = refused;
  }

  /**
   * `equip` has the whole engine fetched: for a link that brings a program of its own, before it is unpacked, and for
   * one with optimizers, options or ways to look at several runs that a start's engine does not know.
   */
  async read(hash: string, equip: () => Promise<unknown>): Promise<LinkReading> {
    const { packed, limit } = this.#bench.packedProgram(hash);
    if (packed) void equip();
    const unpacked = packed && (await (await import('./unpack')).unpack(packed, limit));
    let reading = this.#bench.readLink(hash, unpacked);
    if (reading.notes.some(({ kind, key }) => /^unknown-opt/.test(kind) || /^(sel|off|scale)$/.test(key ?? ''))) {
      await equip();
      reading = this.#bench.readLink(hash, unpacked);
    }
    if (packed) [this.#program, this.#packed] = [reading.experiment.program, packed];
    return reading;
  }

  /** Has a program packed. Where the browser can't, there is no link of it. */
  async pack(program: string): Promise<void> {
    if (program === this.#program) return;
    try {
      const stream = new Blob([program]).stream().pipeThrough(new CompressionStream('deflate-raw'));
      [this.#packed, this.#program] = [new Uint8Array(await new Response(stream).arrayBuffer()), program];
    } catch {
      // The program is opened all the same.
    }
  }

  /**
   * Nothing where the program could not be packed, or the experiment does not fit into a link. `isUnderWay` where the
   * run is not at the experiment's step yet.
   */
  write(experiment: Experiment, isUnderWay: boolean): string | undefined {
    try {
      return this.#write(experiment, isUnderWay);
    } catch (error) {
      if (error instanceof Panicked || !(error instanceof Error)) throw error;
      this.#refused(error.message);
      return undefined;
    }
  }

  #write(experiment: Experiment, isUnderWay: boolean): string | undefined {
    const written = isUnderWay || experiment.step === 0 ? experiment : this.#complete(experiment);
    const { lesson, program } = experiment;
    if (program === this.#programOf(lesson)) return this.#bench.writeLink({ ...written, program: this.#standard.program });
    return program === this.#program ? this.#bench.writeLink(written, this.#packed) : undefined;
  }

  /** With what lets a reader of the link check the numbers, or start from them. */
  #complete(experiment: Experiment): Experiment {
    const state = this.#bench.state();
    const checked = { ...experiment, check: this.#bench.check() };
    return state ? { ...checked, state } : checked;
  }
}
