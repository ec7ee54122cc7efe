/** Which lesson is open. What there is to say and to do in any but the first is fetched with the first of them. */
import type { Experiment, LinkReading } from 'chalkgrad-engine';
import type { Example } from './examples/example';
import { linkNote, note, type Note } from './notes';
import type { Opening } from './opening';

type Shelf = typeof import('./examples/shelf');

/** A link as a person writes it: a lesson, and perhaps a language. Links that were copied name their version first. */
const NAMED_ALONE = /^#?(?:lang=\w+&)?lesson=[^&]*(?:&lang=\w+)?$/;

export class Lessons {
  readonly #standard: Experiment;
  readonly #opening: Opening;
  readonly #now: () => Experiment;
  #shelf: Shelf | undefined;

  /** `standard` is the first lesson, `now` what is open. */
  constructor(standard: Experiment, opening: Opening, now: () => Experiment) {
    this.#standard = standard;
    this.#opening = opening;
    this.#now = now;
  }

  /** What is open, unless it is the first lesson or a program of one's own. */
  get example(): Example | undefined { return this.#shelf?.exampleOf(this.#now().lesson); }
  /** The place of what is open among all lessons, from 1; 0 where it is none. */
  get place(): number {
    const { program, lesson } = this.#now();
    return program === this.#standard.program && lesson === this.#standard.lesson ? 1 : (this.#shelf?.placeOf(lesson) ?? 0);
  }
  /** How many there are, as far as that is known. */
  get count(): number { return this.#shelf?.KEYS.length ?? Infinity; }

  /** Has them fetched; nothing where they can't be had. */
  async fetch(): Promise<Shelf | undefined> {
    try {
      return (this.#shelf ??= await import('./examples/shelf'));
    } catch {
      return undefined;
    }
  }

  /** The lesson so many places on; nothing where they can't be had. */
  async beside(by: 1 | -1): Promise<string | undefined> {
    return (await this.fetch())?.KEYS[this.place - 1 + by];
  }

  /** The program that a lesson has of its own, which no link carries. */
  programOf(lesson: string): string | undefined {
    return lesson === this.#standard.lesson ? this.#standard.program : this.#shelf?.exampleOf(lesson)?.program;
  }

  /** How a lesson is seen at first: which runs it compares, as whole updates or inside a step. */
  viewOf(lesson: string): Partial<Experiment> {
    const { inside: at, view } = this.#shelf?.exampleOf(lesson) ?? {};
    return at === undefined ? { ...view } : { gear: 'operator', at };
  }

  /** The lesson that a program belongs to which takes the place of the one that is open. */
  async of(program: string): Promise<string> {
    const { lesson } = this.#now();
    return program !== this.#standard.program && (await this.fetch())?.isVersion(program, lesson) ? lesson : this.#standard.lesson;
  }

  /** What a link stands for, with the program of its lesson, and what there is to note. One that only names a lesson shows it as the menu does. */
  async fill(hash: string, { experiment, notes }: LinkReading): Promise<{ experiment: Experiment; notes: Note[] }> {
    const { lesson, program } = this.#standard;
    const isOwn = experiment.program !== program;
    const noted = notes.map(linkNote);
    if (experiment.lesson === lesson && !isOwn) return { experiment, notes: noted };
    const shelf = await this.fetch();
    const its = this.programOf(experiment.lesson);
    const view = NAMED_ALONE.test(hash) ? this.viewOf(experiment.lesson) : {};
    if (its !== undefined) return { experiment: isOwn ? experiment : { ...experiment, ...view, program: its }, notes: noted };
    noted.push(note(shelf ? 'note.lesson' : 'note.lessonLost', { text: experiment.lesson }));
    return { experiment: isOwn ? { ...experiment, lesson } : this.#opening.standardWith(program, experiment), notes: noted };
  }
}
