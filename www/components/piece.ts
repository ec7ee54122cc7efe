import { LitElement } from 'lit';
import type { Session } from '../session';
import type { Topic } from '../watch';

/**
 * A piece of the page: it renders into the page itself (one style sheet, ids that labels can point
 * to) and again whenever one of its topics changes, at most once a frame.
 */
export abstract class Piece extends LitElement {
  static override properties = { session: { attribute: false } };
  declare session: Session;
  /** What this piece shows. */
  protected abstract readonly topics: readonly Topic[];
  #leave: (() => void) | undefined;

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leave = this.session.watch(this.topics, () => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }
}
