/** Moving about in a graph that is larger than its frame: zoom, pan, and a small map. Fetched when one is, or is wanted larger. */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { GraphView } from 'chalkgrad-engine';
import type { Session } from '../session';
import { linesOf, operatorsOf, outlineOf } from '../rules/overview';
import * as icons from './icons-later';
import { dress } from '../dress';
import '../shared';
import styles from '../styles/camera.css' with { type: 'text' };

dress(styles);

/** What a camera looks at: a graph, in its frame. */
export interface Stage {
  readonly scale: number;
  readonly view: GraphView;
  /** The scale that somebody chose; nothing stands for what fits. */
  zoomed: number | undefined;
  readonly updateComplete: Promise<boolean>;
  requestUpdate(): void;
}

const LEAST = 0.02;
const MOST = 4;
/** One press of a key or a button, and one notch of a wheel. */
const STEP = 1.3;
const NOTCH = 0.0022;
/** Sizes of the map, and how much larger than its frame a graph is that has one. */
const MAP = { width: 150, height: 90, least: 22 };
const MAPPED = 1.4;

export class Camera {
  readonly #stage: Stage;
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #frame: number | undefined;
  #due = 1;
  #isFollowing = false;
  /** Drawn once: the numbers do not show in it. */
  #outlined: { of: GraphView; path: string } | undefined;
  #overview: { of: GraphView; drawn: SVGTemplateResult } | undefined;

  readonly #box: HTMLElement;

  constructor(frame: HTMLElement, stage: Stage) {
    this.#stage = stage;
    this.#box = frame;
    frame.addEventListener('wheel', event => this.#wheel(event), { passive: false });
    frame.addEventListener('pointerdown', event => this.#down(event));
    frame.addEventListener('pointermove', event => this.#move(event));
    for (const end of ['pointerup', 'pointercancel'] as const) frame.addEventListener(end, event => this.#up(event));
    frame.addEventListener('scroll', () => this.#moved());
  }

  /** Larger or smaller, what is in the middle of the frame or at a place of it staying there. */
  async zoomBy(factor: number, at?: { clientX: number; clientY: number }): Promise<void> {
    const [frame, { scale }] = [this.#box, this.#stage];
    const box = frame.getBoundingClientRect();
    const [x, y] = at ? [at.clientX - box.left, at.clientY - box.top] : [box.width / 2, box.height / 2];
    const to = Math.min(MOST, Math.max(LEAST, scale * factor));
    const [left, top] = [(frame.scrollLeft + x) / scale, (frame.scrollTop + y) / scale];
    await this.#zoom(to);
    frame.scrollTo(left * to - x, top * to - y);
    this.#stage.requestUpdate();
  }

  async fit(): Promise<void> {
    const [frame, { view }] = [this.#box, this.#stage];
    await this.#zoom(Math.min(frame.clientWidth / view.width, frame.clientHeight / view.height));
    this.#stage.requestUpdate();
  }

  async reset(): Promise<void> {
    await this.#zoom(undefined);
    this.#stage.requestUpdate();
  }

  async #zoom(scale: number | undefined): Promise<void> {
    this.#stage.zoomed = scale;
    await this.#stage.updateComplete;
  }

  /** Brings a rectangle of the picture into sight, into the middle of it if it was not. */
  reveal(at: { x: number; y: number; width: number; height: number }): void {
    const [frame, { scale }] = [this.#box, this.#stage];
    const near = (from: number, length: number, scroll: number, room: number): number =>
      from < scroll || from + length > scroll + room ? from + (length - room) / 2 : scroll;
    frame.scrollTo(
      near((at.x - 24) * scale, (at.width + 48) * scale, frame.scrollLeft, frame.clientWidth),
      near((at.y - 24) * scale, (at.height + 48) * scale, frame.scrollTop, frame.clientHeight),
    );
  }

  /** Buttons, and the map where the graph is much larger than its frame. */
  controls(session: Session): TemplateResult {
    const button = (key: 'graph.zoomOut' | 'graph.fit' | 'graph.zoomIn', icon: unknown, act: () => Promise<void>): TemplateResult => html`<button
      class="ib" type="button" aria-label=${session.say(key)} title=${session.say(key)} @click=${act}>${icon}</button>`;
    const [frame, { scale, view }] = [this.#box, this.#stage];
    const isLarge = view.width * scale > MAPPED * frame.clientWidth || view.height * scale > MAPPED * frame.clientHeight;
    return html`<div class="camera" role="group" aria-label=${session.say('graph.view')}>
      ${isLarge ? this.#map(session) : nothing}
      ${button('graph.zoomOut', icons.minus, () => this.zoomBy(1 / STEP))}
      ${button('graph.fit', icons.whole, () => this.fit())}
      ${button('graph.zoomIn', icons.plus, () => this.zoomBy(STEP))}
    </div>`;
  }

  /** A graph of which nothing could be read, drawn as less. */
  overview(view: GraphView): SVGTemplateResult {
    if (this.#overview?.of === view) return this.#overview.drawn;
    const roles = ['data', 'param', 'computed'] as const;
    const drawn = svg`<path class="overview lines" d=${linesOf(view)}/><path class="overview" d=${operatorsOf(view)}/>
      ${roles.map(role => svg`<path class=${`overview ${role}`} d=${outlineOf(view, node => node.role === role)}/>`)}`;
    this.#overview = { of: view, drawn };
    return drawn;
  }

  /** What a key that zooms does. */
  key(key: string): void {
    if (key === '+' || key === '=') void this.zoomBy(STEP);
    else if (key === '-') void this.zoomBy(1 / STEP);
    else if (key === '0') void this.reset();
  }

  #map(session: Session): SVGTemplateResult {
    const [frame, { scale, view }] = [this.#box, this.#stage];
    const fit = Math.min(MAP.width / view.width, MAP.height / view.height);
    // A very long graph is a strip that can still be hit.
    const [wide, high] = [Math.max(MAP.least, view.width * fit), Math.max(MAP.least, view.height * fit)];
    const go = (event: PointerEvent): void => {
      if (event.buttons === 0) return;
      const box = (event.currentTarget as Element).getBoundingClientRect();
      const [x, y] = [((event.clientX - box.left) / wide) * view.width * scale, ((event.clientY - box.top) / high) * view.height * scale];
      frame.scrollTo(x - frame.clientWidth / 2, y - frame.clientHeight / 2);
    };
    return svg`<svg class="map" role="img" aria-label=${session.say('graph.map')} width=${wide} height=${high}
      viewBox=${`0 0 ${view.width} ${view.height}`} preserveAspectRatio="none" @pointerdown=${go} @pointermove=${go}>
      <path class="outline" d=${this.#outline(view)}/>
      <rect class="sight" x=${frame.scrollLeft / scale} y=${frame.scrollTop / scale}
        width=${Math.min(view.width, frame.clientWidth / scale)} height=${Math.min(view.height, frame.clientHeight / scale)}/>
    </svg>`;
  }

  #outline(view: GraphView): string {
    if (this.#outlined?.of !== view) this.#outlined = { of: view, path: outlineOf(view) };
    return this.#outlined.path;
  }

  /** As browsers tell a pinch on a touchpad, and a wheel with Ctrl held. */
  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    void this.#follow(Math.exp(-event.deltaY * NOTCH * (event.deltaMode === 0 ? 1 : 16)), event);
  }

  /** Zooms as fast as it can be drawn: what comes meanwhile is made up for. */
  async #follow(factor: number, at: { clientX: number; clientY: number }): Promise<void> {
    this.#due *= factor;
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    const due = this.#due;
    this.#due = 1;
    await this.zoomBy(due, at);
    this.#isFollowing = false;
  }

  #down(event: PointerEvent): void {
    const isPaper = !(event.target as Element).closest('[data-node]');
    if (event.pointerType === 'mouse' && (event.button !== 0 || !isPaper)) return;
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId);
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const [other] = others;
    if (other) {
      const [, to] = other;
      const distance = (x: number, y: number): number => Math.hypot(x - to.x, y - to.y) || 1;
      const factor = distance(event.clientX, event.clientY) / distance(before.x, before.y);
      void this.#follow(factor, { clientX: (event.clientX + to.x) / 2, clientY: (event.clientY + to.y) / 2 });
    } else if (event.pointerType === 'mouse') {
      this.#box.scrollBy(before.x - event.clientX, before.y - event.clientY);
    }
  }

  #up(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
  }

  #moved(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#stage.requestUpdate();
    });
  }
}
