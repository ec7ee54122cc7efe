/** A lesson that is fetched: a program ready to be looked at, what is said of it, and what of it can be changed by hand. */
import type { Experiment, Language } from 'chalkgrad-engine';

/** A text in each language. In it `*x*` is set in italics, `{h}` is the node of that name and `{∂h}` its gradient. */
export type Said = Readonly<Record<Language, string>>;

/** One of a few: takes the place of an expression. */
export interface Choice {
  readonly kind: 'choice';
  readonly name: Said;
  readonly options: readonly { readonly key: string; readonly name: Said | string }[];
  /** What the program has now; nothing where it has something else there. */
  readonly chosen: string | undefined;
  /** The program with another one. */
  revised(key: string): string;
}

/** A number that is dragged: takes the place of a literal. */
export interface Drag {
  readonly kind: 'drag';
  /** As it is set in mathematics, or in words. */
  readonly name: Said;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** What the program has now; nothing where it has something else there. */
  readonly value: number | undefined;
  /** The program with another one. */
  revised(value: number): string;
}

export type Control = Choice | Drag;

export interface Example {
  /** What a link calls it. */
  readonly key: string;
  readonly title: Said;
  readonly program: string;
  /** What is said of a version of the program, a paragraph each; the last is something to try or to guess. */
  prose(program: string): readonly Said[];
  /** What can be changed of a version of the program. */
  controls(program: string): readonly Control[];
  /** How many moves of the walk have been made where it opens inside a step: its gradients are what it is about. */
  readonly inside?: number;
  /** What it shows where that is not one run at its start: the runs that are compared, the one at hand, the step. */
  readonly view?: Partial<Pick<Experiment, 'runs' | 'selected' | 'step' | 'scale'>>;
  /** The name of the states whose gradients' norms are drawn over time. */
  readonly states?: string;
}

/** A formula, which is the same in every language. */
export function same(text: string): Said {
  return { en: text, zh: text };
}
