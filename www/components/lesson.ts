import { html, type TemplateResult } from 'lit';
import type { MessageKey } from '../text';
import * as icons from './icons';
import { Piece } from './piece';

/** The rates worth trying, each on its side of the edge, and what each does. */
const RATES: readonly { rate: number; does: MessageKey }[] = [
  { rate: 1, does: 'lesson.does1' },
  { rate: 0.26, does: 'lesson.does026' },
  { rate: 0.25, does: 'lesson.does025' },
  { rate: 0.24, does: 'lesson.does024' },
  { rate: 0.1, does: 'lesson.does01' },
];

/** The column on the left: the first lesson, or what is fetched for other lessons and programs of one's own. */
export class Lesson extends Piece {
  protected override readonly topics = ['program', 'language', 'rate', 'view'] as const;

  protected override render(): TemplateResult {
    const { session } = this;
    const isFolded = session.outlook.lessonIsFolded;
    const fold = session.say(isFolded ? 'lesson.unfold' : 'lesson.fold');
    return html`<aside class="lesson" aria-label=${session.say('panel.lesson')}>
      <button class="fold" type="button" aria-expanded=${!isFolded} aria-controls="prose" aria-label=${fold} title=${fold}
        @click=${() => session.outlook.foldLesson(!isFolded)}>${icons.chevron}</button>
      <div class="prose" id="prose">${session.isLesson ? this.#lesson() : html`<cg-column .session=${session}></cg-column>`}</div>
    </aside>`;
  }

  #lesson(): TemplateResult {
    const { session } = this;
    const named = (node = session.loss): TemplateResult => html`<i data-of="v${node.id}">${node.plain}</i>`;
    const x = named(session.parameter);
    return html`<h2 class="title">${session.show('lesson.title')}</h2>
      <p>${session.show('lesson.intro', { x, y: named() })}</p>
      <div class="display"><math display="block"><mrow><mi>x</mi><mo>←</mo><mi>x</mi><mo>−</mo><mi>η</mi><mo>⋅</mo><mn>8</mn><mi>x</mi><mo>=</mo><mo
        form="prefix" stretchy="false" lspace="0" rspace="0">(</mo><mn>1</mn><mo>−</mo><mn>8</mn><mi>η</mi><mo
        form="postfix" stretchy="false" lspace="0" rspace="0">)</mo><mspace width=".1em"></mspace><mi>x</mi></mrow></math></div>
      <p>${session.show('lesson.factor', { x })}</p>
      <ul class="acts">${RATES.map(({ rate, does }) => this.#act(rate, does))}</ul>
      <p>${session.show('lesson.edge', { x })}</p>
      <p><button class="linkish" type="button" @click=${() => void session.useLesson('rates')}>${session.show('lesson.beside')}</button></p>`;
  }

  #act(rate: number, does: MessageKey): TemplateResult {
    const { session } = this;
    return html`<li><button class="act" type="button" aria-pressed=${session.report.learningRate === rate}
      @click=${() => session.setLearningRate(rate, true)}>${icons.cursorKey}<span>${session.show('lesson.set', { rate: session.full(rate) })}</span></button>
      <span>${session.show(does)}</span></li>`;
  }
}

customElements.define('cg-lesson', Lesson);
