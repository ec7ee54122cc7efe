import { html, nothing, type TemplateResult } from 'lit';
import type { Panel } from '../outlook';
import { learnAll } from '../text';
import './curve';
import './graph';
import './iterates';
import './ledge';
import './lesson';
import './loss';
import { Piece } from './piece';
import './rate';
import './status';
import './topbar';
import './transport';
import './update';

/** Too narrow for a lesson beside the board, and wider than a phone. */
const isTight = matchMedia('(min-width: 761px) and (max-width: 1120px)');

/** A graph wider than this does not fit beside the tables: it runs across the top of the board. */
const LONG_GRAPH = 700;

const PANELS: readonly Panel[] = ['lesson', 'graph', 'curve', 'loss', 'table'];

/** The page: bar, board with its lesson, ledge; and what lies over them. */
export class App extends Piece {
  protected override readonly topics = ['view', 'language', 'program', 'notes'] as const;

  #hasNotes = false;
  #hasEditor = false;
  #hasMatrix = false;
  readonly #fold = (): void => this.session.outlook.foldLesson(isTight.matches);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#fold();
    isTight.addEventListener('change', this.#fold);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    isTight.removeEventListener('change', this.#fold);
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const hasCurve = session.parameter !== undefined;
    const walk = session.gear === 'operator' ? session.walk : undefined;
    const panels = walk?.panels ?? PANELS.filter(panel => hasCurve || panel !== 'curve');
    const shown = panels.includes(session.outlook.panel) ? session.outlook.panel : 'graph';
    const isLong = session.graph.width > LONG_GRAPH;
    return html`<div class="page" data-panel=${shown} data-lesson=${session.outlook.lessonIsFolded ? 'folded' : 'open'} @edit-program=${this.#edit} @open-node=${this.#openNode}>
      <cg-topbar .session=${session}></cg-topbar>
      <nav class="tabs" aria-label=${session.say('panel.tabs')}>
        ${panels.map(panel => html`<button type="button" aria-pressed=${panel === shown}
          @click=${() => session.outlook.setPanel(panel)}>${session.say(`panel.${panel}`)}</button>`)}
      </nav>
      <div class="notes" role="region" aria-label=${session.say('notes.label')} aria-live="polite">${this.#hasNotes ? html`<cg-notes .session=${session}></cg-notes>` : nothing}</div>
      <div class="body">
        <cg-lesson .session=${session}></cg-lesson>
        <main class="board ${walk ? 'inside' : isLong ? 'long' : ''} ${hasCurve ? 'curved' : ''}">
          <cg-graph .session=${session}></cg-graph>
          ${walk?.inside(session) ?? html`${hasCurve ? html`<cg-curve .session=${session}></cg-curve>` : nothing}
          <cg-loss .session=${session}></cg-loss>
          ${session.beside.runs?.isGroup ? html`<cg-runs .session=${session}></cg-runs>` : html`<cg-update .session=${session}></cg-update>`}
          <cg-iterates .session=${session}></cg-iterates>`}
        </main>
      </div>
      <cg-ledge .session=${session}></cg-ledge>
      ${this.#hasEditor ? html`<cg-program .session=${session}></cg-program>` : nothing}
      ${session.copying.refused === undefined ? nothing : html`<cg-copy .session=${session}></cg-copy>`}
      ${this.#hasMatrix ? html`<cg-matrix .session=${session}></cg-matrix>` : nothing}
    </div>`;
  }

  protected override updated(): void {
    if (this.session.notices.all.length > 0 && !this.#hasNotes) void this.#fetchNotes();
  }

  async #fetchNotes(): Promise<void> {
    await import('./notes');
    this.#hasNotes = true;
    this.requestUpdate();
  }

  /** The editor is fetched, with its words, when it is first wanted. */
  async #edit(): Promise<void> {
    const [{ Program }, hasWords, canRead] = await Promise.all([import('./program'), learnAll(this.session.language), this.session.faults.want(true)]);
    if (!hasWords || !canRead) return this.session.notices.lost();
    this.#hasEditor = true;
    this.requestUpdate();
    await this.updateComplete;
    const program = this.querySelector('cg-program');
    if (!(program instanceof Program)) return;
    await program.updateComplete;
    program.open();
  }

  /** So is a node in full. */
  async #openNode({ detail }: CustomEvent<number>): Promise<void> {
    const [{ Matrix }, hasWords] = await Promise.all([import('./matrix'), learnAll(this.session.language)]);
    if (!hasWords) return this.session.notices.lost();
    this.#hasMatrix = true;
    this.requestUpdate();
    await this.updateComplete;
    const matrix = this.querySelector('cg-matrix');
    if (matrix instanceof Matrix) await matrix.open(detail);
  }
}

customElements.define('cg-app', App);
