/** What only other graphs than the first lesson's have: matrices, and what may be left out, operators within folded functions and all samples but one. */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { CallView, GraphView, NodeView, OperatorView } from 'chalkgrad-engine';
import { dress } from '../dress';
import { arrowsButton } from './arrows';
import type { Placing } from '../engine';
import { samplesOf } from '../rules/parts';
import { SHARE_ABOVE } from '../rules/placing';
import type { Session } from '../session';
import '../shared';
import styles from '../styles/folding.css' with { type: 'text' };

export { half } from './cells';

dress(styles);

const SYMBOL_SIZE = 13.5;
/** Of a folded function's box, and around an open one. */
const BOX_HEIGHT = 36;
const AROUND = 11;
/** More samples than these are not offered one by one. */
const MOST_SAMPLES = 500;

/** A function of the program's own, folded: it opens. */
export function box(session: Session, operator: OperatorView, calls: readonly CallView[]): SVGTemplateResult {
  const { x, y, radius, members } = operator;
  // Of calls that end in the same node the outermost is the box.
  const call = calls.find(({ output }) => output === operator.id);
  const state = session.walk?.standing.isAtHand(members) ? 'hand' : '';
  const name = call?.name ?? '';
  const open = (): void => call && session.outlook.openCall(call.id, true);
  return svg`<g class=${`operator folded ${state}`} role="button" tabindex="0" aria-expanded="false" aria-label=${session.say('graph.open', { name })}
    @click=${open} @keydown=${(event: KeyboardEvent) => press(event, open)}>
    <rect x=${x - radius} y=${y - BOX_HEIGHT / 2} width=${2 * radius} height=${BOX_HEIGHT} rx="9"/>
    <text class="mid" x=${x} y=${y + SYMBOL_SIZE * 0.35} font-size=${SYMBOL_SIZE}>${name}</text></g>`;
}

/** Around a function of the program's own that is open: it folds. */
export function frame(session: Session, { id, name, frame }: CallView): SVGTemplateResult | typeof nothing {
  const [x = 0, y = 0, width = 0, height = 0] = frame;
  if (frame.length === 0) return nothing;
  const fold = (): void => session.outlook.openCall(id, false);
  return svg`<rect class="frame" x=${x - AROUND} y=${y - AROUND} width=${width + 2 * AROUND} height=${height + 2 * AROUND} rx="9"/>
    <text class="fold" role="button" tabindex="0" aria-expanded="true" aria-label=${session.say('graph.fold', { name })} x=${x - AROUND + 8} y=${y - AROUND + 5}
      font-size="12" @click=${fold} @keydown=${(event: KeyboardEvent) => press(event, fold)}>${name} ▾</text>`;
}

function press(event: KeyboardEvent, act: () => void): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

/** What is above a graph: which sample is followed, and how operators are drawn. */
export function head(session: Session): TemplateResult {
  return html`<div class="graphhead">${samples(session)}${session.graph.operators.some(({ locals }) => locals.length === 1) ? arrowsButton(session) : nothing}</div>`;
}

/** Which of several samples is followed. */
function samples(session: Session): TemplateResult | typeof nothing {
  const count = samplesOf(session.graph);
  if (count < 2) return nothing;
  const pick = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    session.outlook.follow(value === '' ? undefined : Number(value));
  };
  return html`<p class="samples"><label for="sample">${session.show('graph.samples')}</label> <select id="sample" class="speed" @change=${pick}>
    <option value="" ?selected=${session.outlook.sample === undefined}>${session.say('graph.allSamples', { count })}</option>
    ${Array.from({ length: Math.min(count, MOST_SAMPLES) }, (_, at) => html`<option value=${at} ?selected=${session.outlook.sample === at}>${at + 1}</option>`)}</select>
    ${session.outlook.sample === undefined ? nothing : html`<span>${session.show('graph.sampleSum')}</span>`}</p>`;
}

/** A graph in several rows is drawn at about this scale. */
const WRAPPED = 0.7;
/** A graph of more operators than these does not fit anyhow: it goes on in rows of about this ratio of sides. */
const MOST_FITTING = 200;
const RATIO = 2.6;

function wrappedScale(): number {
  return (WRAPPED * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 15;
}

/** The length after which a graph goes on in a next row; nothing where it fits into one. */
export function roomFor({ width, height, operators }: GraphView, available: number): number | undefined {
  const fitting = available / wrappedScale();
  if (available === 0 || width <= fitting) return undefined;
  const room = operators.length > MOST_FITTING ? Math.sqrt(width * height * RATIO) : fitting;
  return Math.floor(Math.max(room, fitting));
}

/** The graph in several rows, if they are shorter than the one and, of a graph that can fit, leave the charts their room. */
export function wrapped(session: Session, placing: Placing, room: number, view: GraphView): GraphView | undefined {
  const placed = session.placed({ ...placing, room });
  const fits = placed.height * wrappedScale() <= SHARE_ABOVE * innerHeight;
  return placed.width < view.width && (fits || view.operators.length > MOST_FITTING) ? placed : undefined;
}

const GLIDE_MS = 240;
/** More nodes than these are not seen to move. */
const MOST_GLIDING = 400;
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** What an edit moves glides to its new place. */
export class Glider {
  #view: GraphView | undefined;
  #places: ReadonlyMap<string, NodeView> = new Map();

  /** The graph has been drawn, perhaps anew. */
  move(drawing: Element, view: GraphView): void {
    if (view === this.#view) return;
    const before = this.#places;
    this.#view = view;
    this.#places = new Map(view.nodes.map(node => [node.key || node.plain, node]));
    if (still.matches || view.nodes.length > MOST_GLIDING) return;
    for (const [key, to] of this.#places) {
      const from = before.get(key);
      if (!from || (from.x === to.x && from.y === to.y)) continue;
      const way = [{ transform: `translate(${from.x - to.x}px, ${from.y - to.y}px)` }, { transform: 'none' }];
      drawing.querySelector(`[data-node="${to.id}"]`)?.animate(way, { duration: GLIDE_MS, easing: 'ease-out' });
    }
  }
}
