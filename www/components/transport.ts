import { html, nothing, type TemplateResult } from 'lit';
import type { Gear } from 'chalkgrad-engine';
import { SPEEDS, type Speed } from '../rules/pace';
import type { MessageKey } from '../text';
import * as icons from './icons';
import { Piece } from './piece';

/** The buttons that move the run through time, what one step consists of, and the speed. */
export class Transport extends Piece {
  protected override readonly topics = ['transport', 'language', 'view', 'walk'] as const;

  protected override render(): TemplateResult {
    const { session } = this;
    const playing = session.isPlaying;
    return html`<div class="walk">
      <div class="transport" role="group" aria-label=${session.say('transport.label')}>
        ${this.#button('transport.toStart', 'key.home', icons.toStart, () => session.toStart())}
        ${this.#button('transport.stepBack', 'key.left', icons.back, () => session.stepBack())}
        ${this.#button(playing ? 'transport.pause' : 'transport.play', 'key.space', playing ? icons.pause : icons.play, () => session.playOrPause(), 'main')}
        ${this.#button('transport.step', 'key.right', icons.forth, () => session.step())}
        ${this.#button('transport.toEnd', 'key.end', icons.toEnd, () => session.toEnd())}
      </div>
      ${this.#button('transport.restart', 'key.restart', icons.restart, () => session.restart(), 'again')}
      <div class="segm gears" role="group" aria-label=${session.say('gear.label')}>
        ${this.#gear('update', icons.update)}${this.#gear('operator', icons.operator)}
      </div>
      <ul class="phases">
        ${(['forward', 'backward', 'update'] as const).map(phase => html`<li class=${phase} aria-current=${session.walk?.standing.now?.phase === phase ? 'step' : nothing}>${session.say(`phase.${phase}`)}</li>`)}
      </ul>
      <select class="speed" aria-label=${session.say('transport.speed')} title=${session.say('transport.speed')} @change=${this.#speed}>
        ${SPEEDS.map(speed => html`<option value=${speed} ?selected=${speed === session.speed}>${speed === 'max' ? session.say('transport.max') : `${speed}×`}</option>`)}
      </select>
    </div>`;
  }

  #gear(gear: Gear, icon: unknown): TemplateResult {
    const { session } = this;
    const name = session.say(`gear.${gear}`);
    return html`<button type="button" aria-pressed=${gear === session.gear} aria-label=${name} title=${`${session.say('gear.label')} ${name}`}
      @click=${() => void session.setGear(gear)}>${icon}</button>`;
  }

  #button(name: MessageKey, key: MessageKey, icon: unknown, act: () => void, kind = ''): TemplateResult {
    const { session } = this;
    const label = session.say(name);
    const title = session.say('transport.key', { name: label, key: session.say(key) });
    return html`<button class="tb ${kind}" type="button" aria-label=${label} title=${title} @click=${act}>${icon}</button>`;
  }

  #speed(event: Event): void {
    this.session.setSpeed((event.target as HTMLSelectElement).value as Speed);
  }
}

customElements.define('cg-transport', Transport);
