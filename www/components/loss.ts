import { html, nothing, type TemplateResult } from 'lit';
import type { ChartLook, CurveReading, Scale } from 'chalkgrad-engine';
import { inline } from '../formula';
import { timelineOf } from '../rules/eta';
import { Piece } from './piece';

const SCALES: readonly Scale[] = ['linear', 'log'];

/** The loss curve, drawn by the engine on a canvas as fine as the screen, and a read-out under the pointer. */
export class Loss extends Piece {
  static override properties = { ...Piece.properties, reading: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'rate', 'language', 'theme', 'view'] as const;
  declare private reading: CurveReading | undefined;
  #pointer: { x: number; y: number } | undefined;
  /** The canvas's size in device pixels, as the browser measured it. */
  #pixels: { width: number; height: number } | undefined;
  #isDirty = true;
  #observer = new ResizeObserver(([entry]) => entry && this.#measure(entry));
  #ratio: MediaQueryList | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watchRatio();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  protected override firstUpdated(): void {
    const canvas = this.#canvas;
    if (!canvas) return;
    try {
      this.#observer.observe(canvas, { box: 'device-pixel-content-box' });
    } catch {
      this.#observer.observe(canvas);
    }
  }

  protected override render(): TemplateResult {
    const { session } = this;
    return html`<section class="p-loss">
      <div class="head"><h2>${session.show('loss.title', { loss: inline(session.loss.label) })}</h2>
        <div class="segm" role="group" aria-label=${session.say('loss.scale')}>
          ${SCALES.map(scale => html`<button type="button" aria-pressed=${session.scale === scale}
            @click=${() => session.setScale(scale)}>${session.say(`loss.${scale}`)}</button>`)}
        </div></div>
      <div class="fill chart" @pointermove=${this.#point} @pointerdown=${this.#point} @pointerleave=${this.#leave}>
        <canvas role="img" aria-label=${this.#name()}></canvas>
        ${this.reading ? this.#readout(this.reading) : nothing}
      </div>
    </section>`;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    // A moved read-out alone is HTML above the canvas: nothing to paint again.
    if (!this.#isDirty && changed.size === 1 && changed.has('reading')) return;
    this.#paint();
    if (this.#pointer) this.#read();
  }

  #name(): string {
    const { session } = this;
    const loss = session.loss.plain;
    const { step, head } = session.report;
    const now = session.short(session.report.loss);
    if (head === 0) return session.say('loss.start', { loss, now });
    return session.say('loss.label', { loss, first: session.short(session.firstLoss), head, step, now });
  }

  #readout(reading: CurveReading): TemplateResult {
    const { session } = this;
    const { step, lastStep, low, high } = reading;
    const loss = inline(session.loss.label);
    const width = this.#canvas?.clientWidth ?? 0;
    return html`<div class="hairline" .style=${`left:${reading.x}px`}></div>
      <p class="readout ${reading.x > width / 2 ? 'left' : ''}" .style=${`left:${reading.x}px;top:${reading.y}px`}>${step === lastStep
        ? session.show('loss.read', { step, loss, value: session.short(low) })
        : session.show('loss.readSpan', { first: step, last: lastStep, loss, low: session.short(low), high: session.short(high) })}</p>`;
  }

  #paint(): void {
    const canvas = this.#canvas;
    const pixels = this.#pixels;
    if (!canvas || !pixels || canvas.clientWidth === 0) return;
    if (canvas.width !== pixels.width) canvas.width = pixels.width;
    if (canvas.height !== pixels.height) canvas.height = pixels.height;
    this.session.drawLoss(canvas, this.#look(canvas, pixels.width / canvas.clientWidth));
    this.#isDirty = false;
  }

  #look(canvas: HTMLCanvasElement, ratio: number): ChartLook {
    const { session } = this;
    const [onlyRate, ...others] = timelineOf(session.run);
    const style = getComputedStyle(canvas);
    const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
    return {
      ratio,
      scale: session.scale,
      focus: session.report.step,
      stepWord: session.say('loss.axis'),
      label: onlyRate && others.length === 0 ? session.short(onlyRate.rate) : '',
      font: style.fontFamily,
      mathFont: token('mathit'),
      textSize: parseFloat(style.fontSize),
      paper: token('paper'),
      wash: token('wash'),
      ink: token('ink'),
      ink2: token('ink-2'),
      ink3: token('ink-3'),
      rule: token('rule'),
      ruleStrong: token('rule-strong'),
      backward: token('backward'),
      param: token('param'),
      series: token('series'),
      marker: 'circle',
    };
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
        const canvas = this.#canvas;
        if (canvas) {
          this.#observer.unobserve(canvas);
          this.firstUpdated();
        }
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
  }

  #read(): void {
    if (this.#pointer) this.reading = this.session.lossAt(this.#pointer.x, this.#pointer.y);
  }

  get #canvas(): HTMLCanvasElement | null {
    return this.querySelector('canvas');
  }
}

customElements.define('cg-loss', Loss);
