import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { decadesOf, normsOf } from '../examples/norms';
import { raised } from '../rules/raised';
import { Piece } from './piece';

/** The picture's own lengths. */
const [WIDTH, HEIGHT] = [240, 152];
const [LEFT, RIGHT, TOP, BOTTOM] = [32, 226, 8, 130];
/** The decades that show whatever the norms are: so one sees the line tilt. */
const LEAST_DECADES = [-3, 2] as const;
/** Most decades that have a number each. */
const MOST_NUMBERS = 6;

/** ‖∂L/∂hₜ‖ over t, on a logarithmic axis. */
export class Norms extends Piece {
  static override properties = { ...Piece.properties, now: { state: true } };
  protected override readonly topics = ['program', 'numbers', 'language'] as const;
  /** The t that is pointed at, or that the arrow keys have come to. */
  declare private now: number | undefined;

  protected override render(): TemplateResult {
    const { session } = this;
    const { example } = session.lessons;
    const norms = example?.states === undefined ? [] : normsOf(session.graph, session.numbers.gradients, example.states);
    if (norms.length === 0) return html``;
    const { low, high } = decadesOf(norms, LEAST_DECADES);
    const x = (t: number): number => LEFT + 8 + ((t - 1) * (RIGHT - LEFT - 16)) / Math.max(1, norms.length - 1);
    const y = (norm: number): number => BOTTOM - ((Math.log10(norm) - low) / (high - low)) * (BOTTOM - TOP);
    const points = norms.map((norm, at) => ({ t: at + 1, norm })).filter(({ norm }) => norm > 0 && Number.isFinite(norm));
    const every = Math.ceil((high - low) / MOST_NUMBERS);
    const decades = Array.from({ length: high - low + 1 }, (_, at) => low + at);
    const label = session.say('norms.label', { first: session.short(norms[0] ?? NaN), last: session.short(norms.at(-1) ?? NaN), count: norms.length });
    const read = norms[(this.now ?? 0) - 1];
    return html`<div class="norms"><div><h3>${session.show('norms.title')}</h3>
        <span class="reading" aria-live="polite">${read === undefined ? nothing : session.show('norms.read', { t: this.now ?? 0, norm: session.short(read) })}</span></div>
      <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img" tabindex="0" aria-label=${label} @keydown=${(event: KeyboardEvent) => this.#key(event, norms.length)} @blur=${() => (this.now = undefined)}
        @pointermove=${(event: PointerEvent) => this.#point(event, norms.length, x)}
        @pointerdown=${(event: PointerEvent) => this.#point(event, norms.length, x)} @pointerleave=${() => (this.now = undefined)}>
        ${decades.map(decade => svg`<path class=${decade === 0 ? 'level' : 'grid'} d=${`M${LEFT} ${y(10 ** decade).toFixed(1)}H${RIGHT}`}/>
          ${(decade - low) % every === 0 ? svg`<text x=${LEFT - 5} y=${y(10 ** decade) + 3.5} text-anchor="end">${power(decade)}</text>` : nothing}`)}
        ${norms.map((_, at) => svg`<text x=${x(at + 1)} y=${BOTTOM + 15} text-anchor="middle">${at + 1}</text>`)}
        <text class="name" x=${RIGHT + 3} y=${BOTTOM + 14}><tspan>t</tspan></text>
        ${read === undefined ? nothing : svg`<path class="rod" d=${`M${x(this.now ?? 0)} ${TOP}V${BOTTOM}`}/>`}
        <path class="line" d=${points.map(({ t, norm }, at) => `${at === 0 ? 'M' : 'L'}${x(t).toFixed(1)} ${y(norm).toFixed(1)}`).join('')}/>
        ${points.map(({ t, norm }): SVGTemplateResult => svg`<circle class=${t === this.now ? 'now' : ''} cx=${x(t)} cy=${y(norm)} r=${t === this.now ? 5 : 3.5}/>`)}
      </svg>
      ${points.length < norms.length ? html`<p class="lost">${session.show('norms.missing')}</p>` : nothing}
      <div class="sr"><table><caption>${session.say('norms.table')}</caption><thead><tr><th scope="col">t</th><th scope="col">‖∂L/∂hₜ‖</th></tr></thead>
        <tbody>${norms.map((norm, at) => html`<tr><th scope="row">${at + 1}</th><td>${session.short(norm)}</td></tr>`)}</tbody></table></div></div>`;
  }

  /** The t before or behind. */
  #key(event: KeyboardEvent, count: number): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.now = this.now === undefined ? 1 : Math.min(count, Math.max(1, this.now + by));
  }

  /** The t nearest to the pointer. */
  #point(event: PointerEvent, count: number, x: (t: number) => number): void {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    const across = ((event.clientX - left) / width) * WIDTH;
    this.now = Math.min(count, Math.max(1, Math.round(1 + ((across - x(1)) * (count - 1)) / (x(count) - x(1)))));
  }
}

function power(exponent: number): string {
  return exponent === 0 ? '1' : exponent === 1 ? '10' : `10${raised(exponent)}`;
}

customElements.define('cg-norms', Norms);
