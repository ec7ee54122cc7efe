import { html, type TemplateResult } from 'lit';
import { Piece } from './piece';

/** The rail along the bottom, in the same place in every lesson and at every size. */
export class Ledge extends Piece {
  protected override readonly topics = [] as const;

  protected override render(): TemplateResult {
    const { session } = this;
    return html`<footer class="ledge" id="transport">
      <cg-status .session=${session}></cg-status>
      <cg-transport .session=${session}></cg-transport>
      <cg-rate .session=${session}></cg-rate>
    </footer>`;
  }
}

customElements.define('cg-ledge', Ledge);
