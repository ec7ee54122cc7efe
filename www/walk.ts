/** The walk along the graph, one operator at a time: fetched when somebody goes inside a step. */
import { html, type TemplateResult } from 'lit';
import type { GraphView, Move, NodeView } from 'chalkgrad-engine';
import { inside, marks, PANELS } from './components/panels';
import { mathematics } from './components/mathematics';
import { Derivations } from './derivations';
import type { Bench, Numbers } from './engine';
import { inline } from './formula';
import { gradientsAfter, movesOf, nextUpdateOf } from './inside';
import { isPlain } from './rules/eta';
import { isScalar, numbersOf } from './rules/parts';
import type { DrawnEdge } from './rules/placing';
import { asText } from './rules/raised';
import { standingAt, type Standing } from './rules/standing';
import type { Session } from './session';
import type { MessageKey } from './text';
import { told, type Told } from './told';
import type { Ground } from './walking';
import './shared';

/** How long what a move moves is under way on each of its edges. */
const TRAVEL_MS = 240;
const still = matchMedia('(prefers-reduced-motion: reduce)');

export class Walk {
  readonly moves: readonly Move[];
  /** The graph with all that is folded away, which is walked through as well. */
  readonly graph: GraphView;
  readonly derivations: Derivations;
  /** What the board shows inside a step, and what lies over the graph there. */
  readonly panels = PANELS;
  readonly inside = inside;
  readonly marks = marks;
  readonly #bench: Bench;
  readonly #ground: Ground;
  readonly #seek: (at: number) => void;
  #at = 0;
  #standing: Standing | undefined;
  #gradients: Float64Array | undefined;

  /** `seek` says where to stand when the step that is sought is reached. */
  constructor(bench: Bench, ground: Ground, seek: (at: number) => void) {
    const { graph } = ground;
    this.#bench = bench;
    this.#ground = ground;
    this.#seek = seek;
    this.graph = graph.calls.length > 0 ? bench.place({ isUpright: false, open: allCalls(bench, graph) }) : graph;
    this.moves = movesOf(bench);
    this.derivations = new Derivations(bench, this);
  }

  /** The same from its start, along the graph that is there now. */
  renewed(): Walk {
    return new Walk(this.#bench, this.#ground, this.#seek);
  }

  /** How many moves have been made. */
  get at(): number { return this.#at; }
  set at(at: number) {
    const isUpdateHidden = this.#ground.guessing.game?.isDue ?? false;
    this.#at = Math.min(Math.max(at, 0), this.moves.length - Number(isUpdateHidden));
    this.forget();
    this.derivations.leave();
  }

  get isAtEnd(): boolean { return this.#at === this.moves.length; }

  /** Stands where so many moves have led; all of them where there are not so many. */
  stand(at: number): void {
    this.at = at;
    this.#ground.moved();
    if (this.#at < at) this.#ground.guessing.game?.asks();
  }

  /** One move, on into the next step or back into the one before. */
  move(by: 1 | -1): void {
    const to = this.#at + by;
    if (to >= 0 && to <= this.moves.length) this.stand(to);
    else if (by > 0) this.#ground.advance();
    else if (this.#ground.step > 0) {
      this.#seek(this.moves.length);
      this.#ground.seek(this.#ground.step - 1);
    }
  }

  get standing(): Standing {
    return (this.#standing ??= standingAt(this.moves, this.#at, this.graph.loss));
  }

  /** The numbers with the gradients as far as they are known. */
  shown(numbers: Numbers): Numbers {
    this.#gradients ??= gradientsAfter(this.#bench, this.standing.handedOn);
    return { ...numbers, gradients: this.#gradients };
  }

  /** The numbers are of another step. */
  forget(): void {
    this.#standing = this.#gradients = undefined;
    this.derivations.forget();
  }

  /** Sends what the last move moved along its edges, on into the operator or back, and out of it. */
  travel(
    edges: readonly DrawnEdge[],
    members: (operator: number) => readonly number[],
    send: (path: string, colour: string, delay: number, duration: number) => void,
    colour: (edge: DrawnEdge) => string,
  ): void {
    if (still.matches || document.hidden) return;
    for (const each of edges) {
      const { edge, forward, backward } = each;
      const operators = members(edge.operator);
      const isOperand = edge.kind === 'operand';
      if (this.standing.forward(operators) === 'now') send(forward, colour(each), isOperand ? 0 : TRAVEL_MS, TRAVEL_MS);
      if (this.standing.backward(operators) === 'now') send(backward, 'backward', isOperand ? TRAVEL_MS : 0, TRAVEL_MS);
    }
  }

  /** What the last move did, in one sentence. */
  tell(session: Session): Told {
    const { now } = this.standing;
    const step = session.report.step;
    if (!now) return told(session, 'walk.start', { step });
    const node = this.#node(now.node);
    const formulas = list(session, now.formulas.map(formula => whole(inline(formula))));
    const spoken = spokenList(session, now.formulas.map(formula => asText(formula, true)));
    const operands = now.operands.map(id => this.#node(id)).filter(each => each !== undefined);
    const names = list(session, operands.map(named));
    const spokenNames = spokenList(session, operands.map(each => each.plain));
    const of = node ? named(node) : html``;
    const values = { formula: formulas, from: names, to: of };
    const words = { formula: spoken, from: spokenNames, to: node?.plain ?? '' };
    switch (now.phase) {
      case 'forward':
        return told(session, operands.length > 0 ? 'walk.forward' : 'walk.made', values, words);
      case 'loss': {
        const value = session.short(session.report.loss);
        return told(session, 'walk.loss', { ...values, value }, { ...words, value });
      }
      case 'backward':
        return told(session, now.parts.some(Boolean) ? 'walk.part' : 'walk.backward', { ...values, from: of, to: names }, { ...words, from: words.to, to: spokenNames });
      case 'update':
        return this.#update(session, node, values, words);
    }
  }

  /** w − η ∇ with its numbers: a matrix' first entry stands for all. */
  #update(session: Session, node: NodeView | undefined, values: { formula: TemplateResult }, words: { formula: string }): Told {
    if (!node) return told(session, 'walk.update', values, words);
    if (!isPlain(session.run)) return this.#ruled(session, node);
    const { values: all, gradients } = session.numbers;
    const [value = NaN, gradient = NaN, rate] = [numbersOf(node, all)[0], numbersOf(node, gradients)[0], session.report.learningRate];
    const signed = gradient < 0 ? `(${session.short(gradient)})` : session.short(gradient);
    const numbers = `${session.short(value)} − ${session.short(rate)} × ${signed} = ${session.short(value - rate * gradient)}`;
    const key: MessageKey = isScalar(node) ? 'walk.updateNumber' : 'walk.updateMatrix';
    return told(session, key, { ...values, numbers: whole(numbers) }, { ...words, numbers });
  }

  /** The last line of another rule. */
  #ruled(session: Session, node: NodeView): Told {
    const line = nextUpdateOf(this.#bench, node.id, 0)?.lines.at(-1);
    const key: MessageKey = isScalar(node) ? 'walk.updateNumber' : 'walk.updateMatrix';
    const [result = '', figures = ''] = line?.plain.split(' = ') ?? [];
    const numbers = `${figures} = ${result}`;
    return told(session, key, { formula: mathematics(line?.symbols ?? ''), numbers: whole(numbers) }, { formula: line?.words ?? '', numbers });
  }

  #node(id: number): NodeView | undefined {
    return this.graph.nodes.find(node => node.id === id);
  }
}

/** A formula that is not broken where it fits a line. */
function whole(formula: TemplateResult | string): TemplateResult {
  return html`<span class="whole">${formula}</span>`;
}

/** A node's name, which lights up what it names. */
function named({ id, label }: NodeView): TemplateResult {
  return html`<span data-of=${`v${id}`}>${inline(label)}</span>`;
}

/** Every call, also those within others. */
function allCalls(bench: Bench, { calls }: GraphView): number[] {
  let open: number[] = [];
  for (let found = calls; found.length > open.length; found = bench.place({ isUpright: false, open }).calls) open = found.map(({ id }) => id);
  return open;
}

function list(session: Session, all: readonly TemplateResult[]): TemplateResult {
  const and = session.say('walk.and');
  return html`${all.map((each, at) => html`${at > 0 ? and : ''}${each}`)}`;
}

function spokenList(session: Session, all: readonly string[]): string {
  return all.join(session.say('walk.and'));
}
