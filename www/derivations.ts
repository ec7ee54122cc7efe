/** Why the gradients are what they are: asked of the engine when it is wanted, and which of them is looked at. */
import type { Derivation, DerivationStep, Form, GraphView, Move, NodeView, Paths, Tally } from 'chalkgrad-engine';
import type { Bench } from './engine';
import { derivationOf, figuresOf, latexOf, pathsOf, stepsOf, tallyOf, termsOf } from './inside';
import type { Known } from './rules/standing';

/** Where the walk stands. */
export interface Stand {
  readonly at: number;
  readonly graph: GraphView;
  readonly standing: { readonly now: Move | undefined; gradient(node: number): Known };
}

export class Derivations {
  readonly #bench: Bench;
  readonly #stand: Stand;
  readonly #steps = new Map<Form, readonly DerivationStep[]>();
  readonly #latex = new Map<Form, () => string>();
  readonly #derivations = new Map<string, Derivation>();
  readonly #paths = new Map<number, Paths>();
  readonly #figures = new Map<number, Float64Array>();
  readonly #terms = new Map<number, Float64Array>();
  #tally: Tally | undefined;
  #picked: number | undefined;
  #entry: number | undefined;

  constructor(bench: Bench, stand: Stand) {
    this.#bench = bench;
    this.#stand = stand;
  }

  /** All gradients that the backward pass makes, but for those of data. */
  steps(form: Form): readonly DerivationStep[] {
    return kept(this.#steps, form, () => stepsOf(this.#bench, form));
  }

  /** What writes all steps as LaTeX. */
  latex(form: Form): () => string {
    return kept(this.#latex, form, () => () => latexOf(this.#bench, form));
  }

  of(node: number, form: Form): Derivation {
    return kept(this.#derivations, `${node} ${form}`, () => derivationOf(this.#bench, node, form));
  }

  /** The numbers of a derivation's factors. */
  figures(node: number): Float64Array {
    return kept(this.#figures, node, () => figuresOf(this.#bench, node));
  }

  get tally(): Tally {
    return (this.#tally ??= tallyOf(this.#bench));
  }

  paths(node: number): Paths {
    return kept(this.#paths, node, () => pathsOf(this.#bench, node));
  }

  /** Whether `terms` has worked them out already. */
  hasTerms(node: number): boolean {
    return this.#terms.has(node);
  }

  terms(node: number): Float64Array {
    return kept(this.#terms, node, () => termsOf(this.#bench, node));
  }

  /** The nodes that have a gradient. */
  get nodes(): readonly NodeView[] {
    return this.#stand.graph.nodes.filter(({ reaches, role }) => reaches && role !== 'constant');
  }

  /** Whose gradient is looked at: what was picked, else what the last move made, else the first that will be made. */
  get node(): number {
    return this.#picked ?? this.#made() ?? this.#order[0]?.node ?? this.#stand.graph.loss;
  }

  /** The entry that is looked at, if somebody picked one. */
  get entry(): number | undefined { return this.#entry; }

  /** Until the walk moves. */
  pick(node: number): void {
    if (node !== this.node) this.#entry = undefined;
    this.#picked = node;
  }

  pickEntry(node: number, entry: number): void {
    this.pick(node);
    this.#entry = entry;
  }

  isReached(node: number): boolean {
    return this.#stand.standing.gradient(node) === 'known';
  }

  /** The walk moved. */
  leave(): void {
    this.#picked = this.#entry = undefined;
    this.forget();
  }

  /** The numbers are of another step. */
  forget(): void {
    this.#figures.clear();
    this.#terms.clear();
  }

  /** The steps in some form: all forms have them in the same order. */
  get #order(): readonly DerivationStep[] {
    const [any] = this.#steps.values();
    return any ?? this.steps('explicit');
  }

  #made(): number | undefined {
    const { at, standing: { now } } = this.#stand;
    if (now?.phase === 'update') return now.node;
    if (now?.phase !== 'backward') return undefined;
    // A move may hand on mere parts of gradients: what was completed before it stays in sight.
    return (this.#order.find(({ made }) => made === at - 1) ?? this.#order.findLast(({ made }) => made < at))?.node;
  }
}

function kept<Key, Value>(all: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = all.get(key);
  if (known !== undefined) return known;
  const made = make();
  all.set(key, made);
  return made;
}
