import { html, nothing, type TemplateResult } from 'lit';
import type { ChartLook, IterateReading } from 'chalkgrad-engine';
import { inline } from '../formula';
import { Chart } from './chart';
import { guess } from './icons';

/** The function of the one parameter, with the iterates on it and beneath it. */
export class Curve extends Chart<IterateReading> {
  protected override readonly panel = 'curve';

  protected override heading(): TemplateResult {
    return this.session.show('curve.title');
  }

  protected override controls(): TemplateResult {
    const { guessing } = this.session;
    return html`<button class="act" type="button" aria-pressed=${guessing.game !== undefined} @click=${() => guessing.toggle()}>${guess}<span>${this.session.say('guess.title')}</span></button>`;
  }

  protected override beneathHead(): TemplateResult | typeof nothing {
    return this.session.guessing.game?.bar() ?? nothing;
  }

  protected override missing(): TemplateResult | typeof nothing {
    return this.session.guessing.game?.aim() ?? nothing;
  }

  protected override name(): string {
    const { session } = this;
    const row = session.row(session.report.step);
    return session.say('curve.label', {
      loss: session.loss.plain,
      name: session.parameter?.plain ?? '',
      step: session.report.step,
      value: session.short(row?.value ?? NaN),
      now: session.short(session.report.loss),
      slope: session.short(row?.gradient ?? NaN),
    });
  }

  protected override atHand(): TemplateResult | typeof nothing {
    const row = this.session.row(this.session.report.step);
    return row ? this.#point('curve.at', row) : nothing;
  }

  protected override draw(canvas: HTMLCanvasElement, look: ChartLook, share: number): boolean {
    this.session.guessing.game?.veil();
    // One run's rate stands in the ledge; beside the point it would be in the way of the update.
    const isOne = !this.session.beside.runs?.isGroup;
    return this.session.pictures.drawCurve(canvas, isOne ? { ...look, label: '' } : look, share);
  }

  protected override at(x: number, y: number): IterateReading | undefined {
    return this.session.pictures.curveAt(x, y);
  }

  protected override tell(reading: IterateReading): TemplateResult {
    return this.#point('curve.read', reading);
  }

  #point(key: 'curve.at' | 'curve.read', { step, value, loss }: { readonly step: number; readonly value: number; readonly loss: number }): TemplateResult {
    const { session } = this;
    return session.show(key, {
      step,
      name: inline(session.parameter?.label ?? []),
      value: session.short(value),
      loss: inline(session.loss.label),
      now: session.short(loss),
    });
  }
}

customElements.define('cg-curve', Curve);
