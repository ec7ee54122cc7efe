import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ChartLook } from 'chalkgrad-engine';
import { rateName, timelineOf } from '../rules/eta';
import type { MessageKey } from '../text';
import * as icons from './icons';
import { Piece } from './piece';

/** What the engine says of a place of the canvas, in CSS pixels from its corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What is there: a step, if not more than one. */
export interface Reading extends Place {
  readonly step: number;
}

const still = matchMedia('(prefers-reduced-motion: reduce)');
const forced = matchMedia('(forced-colors: active)');

/** Where the system decides about colours: what stands for which token of the theme, CanvasText for all others. */
const SYSTEM: Readonly<Record<string, string>> = { paper: 'Canvas', wash: 'Canvas', rule: 'GrayText', param: 'Highlight', series: 'LinkText' };

/** A colour of the system as `#rrggbb`, on its paper where it lets that through. */
function hex(colour: string): string {
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
  if (!context) return '#000000';
  for (const layer of ['Canvas', colour]) {
    context.fillStyle = layer;
    context.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map(part => part.toString(16).padStart(2, '0')).join('')}`;
}

/** A view glides to where it is to be by a share of the way a frame: two thirds of it in this time. */
const GLIDE_MS = 80;
/** A frame that came late must not make the glide a jump. */
const LONGEST_FRAME_MS = 32;

/**
 * A picture that the engine draws on a canvas as fine as the screen, with what it says at the step at
 * hand and under the pointer, and with its numbers as a table.
 */
export abstract class Chart<At extends Reading> extends Piece {
  static override properties = { ...Piece.properties, reading: { state: true }, tables: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'rate', 'language', 'theme', 'view', 'pointed'] as const;
  declare protected reading: At | undefined;
  /** The numbers in the picture's place, while they are shown. */
  declare private tables: typeof import('./tables') | undefined;
  #pointer: Place | undefined;
  /** The canvas's size in device pixels, as the browser measured it. */
  #pixels: { width: number; height: number } | undefined;
  #isDirty = true;
  #painted = 0;
  #frame: number | undefined;
  #observer = new ResizeObserver(([entry]) => requestAnimationFrame(() => entry && this.#measure(entry)));
  #observed: HTMLCanvasElement | null = null;
  #ratio: MediaQueryList | undefined;
  readonly #repaint = (): void => this.requestUpdate();

  /** The class of the panel, and the start of its messages' keys. */
  protected abstract readonly panel: 'loss' | 'curve';
  protected abstract heading(): TemplateResult;
  /** Buttons in the head. */
  protected controls(): TemplateResult | typeof nothing {
    return nothing;
  }
  /** The picture in words. */
  protected abstract name(): string;
  /** The step at hand in words. */
  protected abstract atHand(): TemplateResult | typeof nothing;
  /** What stands between the head and the picture. */
  protected beneathHead(): TemplateResult | typeof nothing {
    return nothing;
  }
  /** What the picture can't show, in words. */
  protected missing(): TemplateResult | typeof nothing {
    return nothing;
  }
  /** Paints; says whether painting again would show more. */
  protected abstract draw(canvas: HTMLCanvasElement, look: ChartLook, share: number): boolean;
  protected abstract at(x: number, y: number): At | undefined;
  protected abstract tell(reading: At): TemplateResult;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watchRatio();
    forced.addEventListener('change', this.#repaint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    forced.removeEventListener('change', this.#repaint);
    this.#observer.disconnect();
    this.#observed = null;
  }

  protected override render(): TemplateResult {
    const { session, tables } = this;
    const isTable = tables !== undefined;
    const toggle = session.say(tables ? 'chart.asPicture' : 'chart.asTable');
    const key: MessageKey = `${this.panel}.table`;
    return html`<section class="p-${this.panel}">
      <div class="head"><h2>${this.heading()}</h2><p class="reading">${this.atHand()}</p>${tables ? nothing : this.controls()}
        <button class="ib" type="button" aria-pressed=${isTable} aria-label=${`${session.say(key)}: ${toggle}`} title=${toggle}
          @click=${async () => (this.tables = isTable ? undefined : await import('./tables'))}>${tables?.picture ?? icons.table}</button></div>${this.beneathHead()}
      ${tables
        ? html`<div class="fill scroller" role="group" tabindex="0" aria-label=${session.say(key)}>${tables[this.panel](session)}</div>`
        : html`<div class="fill chart" tabindex=${session.beside.runs ? 0 : nothing} role=${session.beside.runs ? 'group' : nothing} aria-label=${session.beside.runs ? session.say('chart.points') : nothing} @keydown=${session.beside.runs?.key} @pointermove=${this.#point} @pointerdown=${this.#point} @pointerleave=${this.#leave}>
            <canvas role="img" aria-label=${this.name()}></canvas>
            ${this.missing()}
            ${this.reading ? this.#readout(this.reading) : nothing}
            ${session.beside.runs?.overlay(this.panel, this.reading !== undefined) ?? nothing}
          </div>`}
    </section>`;
  }

  protected override updated(changed: PropertyValues): void {
    this.#observe();
    // A moved read-out alone is HTML above the canvas: nothing to paint again.
    if (!this.#isDirty && changed.size === 1 && changed.has('reading')) return;
    this.#paint();
    if (this.#pointer) this.#read();
  }

  #readout(reading: At): TemplateResult {
    const { beside } = this.session;
    if (this.panel === 'loss' && beside.runs?.isGroup) return html`<div class="hairline" .style=${`left:${reading.x}px`}></div>${beside.runs.values(reading.step, reading.x)}`;
    const { width, height } = this.#size();
    const side = reading.x > width / 2 ? 'left' : '';
    const drop = reading.y < height / 4 ? 'below' : '';
    return html`<div class="hairline" .style=${`left:${reading.x}px`}></div>
      <p class="readout ${side} ${drop}" .style=${`left:${reading.x}px;top:${reading.y}px`}>${this.tell(reading)}</p>`;
  }

  #size(): { width: number; height: number } {
    const canvas = this.#canvas;
    return { width: canvas?.clientWidth ?? 0, height: canvas?.clientHeight ?? 0 };
  }

  #paint(): void {
    const canvas = this.#canvas;
    const pixels = this.#pixels;
    if (!canvas || !pixels || canvas.clientWidth === 0) return;
    if (canvas.width !== pixels.width) canvas.width = pixels.width;
    if (canvas.height !== pixels.height) canvas.height = pixels.height;
    const now = performance.now();
    const elapsed = Math.min(now - this.#painted, LONGEST_FRAME_MS);
    this.#painted = now;
    const share = still.matches ? 1 : 1 - Math.exp(-elapsed / GLIDE_MS);
    const isMore = this.draw(canvas, this.#look(canvas, pixels.width / canvas.clientWidth), share);
    this.#isDirty = false;
    if (isMore) this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#paint();
    });
  }

  #look(canvas: HTMLCanvasElement, ratio: number): ChartLook {
    const { session } = this;
    const [onlyRate, ...others] = timelineOf(session.run);
    const style = getComputedStyle(canvas);
    const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
    const colour = (name: string): string => (forced.matches ? hex(SYSTEM[name] ?? 'CanvasText') : token(name));
    return {
      ratio,
      scale: session.scale,
      focus: session.report.step,
      stepWord: session.say('chart.step'),
      startWord: session.say('chart.start'),
      slopeWord: session.say('chart.slope'),
      label: onlyRate && others.length === 0 ? rateName(onlyRate.rate, session) : '',
      font: style.fontFamily,
      mathFont: token('mathit'),
      textSize: parseFloat(style.fontSize),
      paper: colour('paper'),
      wash: colour('wash'),
      ink: colour('ink'),
      ink2: colour('ink-2'),
      ink3: colour('ink-3'),
      rule: colour('rule'),
      ruleStrong: colour('rule-strong'),
      backward: colour('backward'),
      param: colour('param'),
      series: colour(session.prospects?.colour ?? 'series'),
      marker: 0,
      ...session.beside.runs?.looks(colour, session.scale),
    };
  }

  /** The canvas comes and goes with the table. */
  #observe(again = false): void {
    const canvas = this.#canvas;
    if (canvas === this.#observed && !again) return;
    this.#observer.disconnect();
    this.#observed = canvas;
    if (!canvas) return;
    try {
      this.#observer.observe(canvas, { box: 'device-pixel-content-box' });
    } catch {
      this.#observer.observe(canvas);
    }
  }

  #measure(entry: ResizeObserverEntry): void {
    const [exact] = entry.devicePixelContentBoxSize ?? [];
    const width = Math.round(entry.contentRect.width * devicePixelRatio);
    const height = Math.round(entry.contentRect.height * devicePixelRatio);
    // An emulated screen reports CSS pixels as the device's: then the ratio knows better.
    const isExact = exact && Math.abs(exact.inlineSize - width) <= 1 && Math.abs(exact.blockSize - height) <= 1;
    this.#pixels = isExact ? { width: exact.inlineSize, height: exact.blockSize } : { width, height };
    this.#isDirty = true;
    this.requestUpdate();
  }

  /** Moving to another screen, or zooming, changes the ratio without changing the size. */
  #watchRatio(): void {
    this.#ratio = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#ratio.addEventListener(
      'change',
      () => {
        this.#observe(true);
        if (this.isConnected) this.#watchRatio();
      },
      { once: true },
    );
  }

  #point(event: PointerEvent): void {
    const canvas = this.#canvas;
    if (!canvas) return;
    const { left, top } = canvas.getBoundingClientRect();
    this.#pointer = { x: event.clientX - left, y: event.clientY - top };
    this.#read();
  }

  #leave(): void {
    this.#pointer = undefined;
    this.reading = undefined;
    this.session.beside.point(undefined);
  }

  #read(): void {
    if (!this.#pointer || this.tables) return;
    this.reading = this.at(this.#pointer.x, this.#pointer.y);
    this.session.beside.point(this.reading?.step);
  }

  get #canvas(): HTMLCanvasElement | null {
    return this.querySelector('canvas');
  }
}
