import { html, nothing, type TemplateResult } from 'lit';
import type { ChartLook, LossReading, Scale } from 'chalkgrad-engine';
import { inline } from '../formula';
import { Chart } from './chart';

const SCALES: readonly Scale[] = ['linear', 'log'];

/** The loss curve: the loss by step. */
export class Loss extends Chart<LossReading> {
  protected override readonly panel = 'loss';

  protected override heading(): TemplateResult {
    const { session } = this;
    return session.show(session.beside.runs?.isDistance ? 'loss.distanceTitle' : 'loss.title', { loss: inline(session.loss.label) });
  }

  protected override controls(): TemplateResult {
    const { session } = this;
    const scales: readonly Scale[] = session.prospects?.minimum(session.program) ? [...SCALES, 'distance'] : SCALES;
    return html`<div class="segm" role="group" aria-label=${session.say('loss.scale')}>
      ${scales.map(scale => html`<button type="button" aria-pressed=${session.scale === scale}
        @click=${() => this.#choose(scale)}>${session.show(`loss.${scale}`)}</button>`)}
    </div>`;
  }

  /** Distances are told by who knows of several runs. */
  async #choose(scale: Scale): Promise<void> {
    if (scale === 'distance' && !(await this.session.beside.want())) return;
    this.session.look({ scale });
  }

  protected override name(): string {
    const { session } = this;
    const loss = session.loss.plain;
    const { step, head } = session.report;
    const now = session.short(session.report.loss);
    if (head === 0) return session.say('loss.start', { loss, now });
    return session.say('loss.label', { loss, first: session.short(session.firstLoss), head, step, now });
  }

  protected override atHand(): TemplateResult {
    const { session } = this;
    return session.show('loss.at', { loss: inline(session.loss.label), value: session.short(session.report.loss) });
  }

  protected override missing(): TemplateResult | typeof nothing {
    const { session } = this;
    if (session.scale !== 'log') return nothing;
    const isPositive = session.pictures.lossRows(1).every(({ low }) => low > 0 || Number.isNaN(low));
    return isPositive ? nothing : html`<p class="missing">${session.show('loss.missing')}</p>`;
  }

  protected override draw(canvas: HTMLCanvasElement, look: ChartLook): boolean {
    return this.session.pictures.drawLoss(canvas, look);
  }

  protected override at(x: number, y: number): LossReading | undefined {
    return this.session.pictures.lossAt(x, y);
  }

  protected override tell({ step, lastStep, low, high }: LossReading): TemplateResult {
    const { session } = this;
    const loss = inline(session.loss.label);
    if (step === lastStep) return session.show('loss.read', { step, loss, value: session.short(low) });
    return session.show('loss.readSpan', { first: step, last: lastStep, loss, low: session.short(low), high: session.short(high) });
  }
}

customElements.define('cg-loss', Loss);
