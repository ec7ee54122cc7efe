/** The learning rate's slider as a map: what each rate does, and what the theory says of it. Fetched with who finds that out. */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Theory } from 'chalkgrad-engine';
import { dress } from '../dress';
import { inline } from '../formula';
import type { Prospects } from '../prospects';
import { placeOf } from '../rules/eta';
import { flagsOf, nearest, rateAtEdge, rateBeside, roomFor, zonesOf, type Cell, type Flag, type Stretch, type Zone, type ZoneName } from '../rules/zones';
import type { Session } from '../session';
import '../shared';
import styles from '../styles/zones.css' with { type: 'text' };

dress(styles);

/** Two clicks or taps within this time and distance are a double one. */
const DOUBLE_MS = 400;
const DOUBLE_PX = 24;
/** So near to a flag a double click means it. */
const SNAP_PX = 24;
/** The faintest shade of what falls. */
const FAINTEST = 0.16;
/** In the key: what falls has many shades, and what falls slowly the faintest. */
const KEY_SHADES: Partial<Record<ZoneName, number>> = { falls: 0.6, slow: FAINTEST };
/** What a word on the track has around it, in pixels. */
const AROUND_PX = 17;
/** Of more zones than these a sentence would be none. */
const MOST_ZONES = 7;

interface Drawn {
  readonly cells: readonly Cell[];
  readonly zones: readonly Zone[];
  readonly picture: readonly SVGTemplateResult[];
}

export class Slider {
  readonly #session: Session;
  readonly #prospects: Prospects;
  #lifted: { readonly at: number; readonly x: number } | undefined;
  #drawn: Drawn | undefined;
  /** The track as it was measured last. */
  #track: Element | null = null;
  #width = 0;
  /** In which the words are written. */
  #font = '';
  readonly #observer = new ResizeObserver(([entry]) => {
    const decade = entry?.target.querySelector('.decade');
    // The shorthand is empty where figures are as wide as each other.
    const { fontSize = '', fontFamily = '' } = decade ? getComputedStyle(decade) : {};
    this.#font = `${fontSize} ${fontFamily}`;
    this.#width = entry?.contentRect.width ?? 0;
    this.#session.foresaw();
  });
  /** The words as wide as they were measured, by font and word. */
  readonly #widths = new Map<string, number>();

  constructor(session: Session, prospects: Prospects) {
    this.#session = session;
    this.#prospects = prospects;
  }

  /** What lies on the track: zones with their names, and flags that set their rate. */
  track(set: (rate: number) => void): TemplateResult {
    this.#measure();
    const { theory } = this.#prospects;
    const { zones, picture } = this.#draw(this.#prospects.cells);
    const flags = theory ? flagsOf(theory) : [];
    return html`<div class="zones" aria-hidden="true">
        <svg>
          <defs>
            <pattern id="zone-swings" width="8" height="22" patternUnits="userSpaceOnUse"><rect class="soft" width="8" height="22"></rect><path d="M0 15l4-8l4 8"></path></pattern>
            <pattern id="zone-diverges" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="soft" width="6" height="6"></rect><path d="M0 0v6"></path></pattern>
            <pattern id="zone-wanders" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6"></rect><circle cx="3" cy="3" r="1"></circle></pattern>
          </defs>
          ${picture}
        </svg>
        ${zones.map(zone => zone.name === 'unknown' ? nothing : this.#named(zone))}
      </div>
      ${flags.map(flag => this.#flag(flag, theory?.exact ?? false, set))}
      <p class="sr" id="rate-map">${this.#sentence(zones, flags)}</p>`;
  }

  /** What the zones are that have no room for their word; nothing where each has. */
  key(): TemplateResult | typeof nothing {
    if (!this.#prospects.isMapDone || this.#width === 0) return nothing;
    const { zones } = this.#draw(this.#prospects.cells);
    const named = new Set(zones.filter(zone => this.#room(zone)).map(({ name }) => name));
    const others = [...new Set(zones.map(({ name }) => name))].filter(name => name !== 'unknown' && !named.has(name));
    return others.length === 0 ? nothing : html`<div class="zonekey" aria-hidden="true"><i></i>${others.map(name => html`<span>
      <svg viewBox="0 5 16 12"><rect class=${name === 'slow' ? 'falls' : name} y="5" width="16" height="12" fill="url(#zone-${name})" .style=${`--shade:${100 * (KEY_SHADES[name] ?? 1)}%`}></rect></svg>${this.#session.say(`zone.${name}`)}</span>`)}</div>`;
  }

  /** What is known of the rate in force before the next step; nothing where that is nothing. */
  note(rate: number): TemplateResult | undefined {
    const session = this.#session;
    const { theory } = this.#prospects;
    const { parameter } = session;
    if (!theory) return undefined;
    const { formula, centre, curvature, exact } = theory;
    if (formula !== undefined && centre !== undefined && parameter) {
      const factor = session.short(1 - rate * curvature);
      return session.show(centre === 0 ? 'rate.factor' : 'rate.factorFrom', { formula, factor, name: inline(parameter.label), centre: session.short(centre) });
    }
    return session.show(exact ? 'rate.curved' : 'rate.curvedHere', { curvature: session.short(curvature), edge: edgeOf(theory), rate: session.short(theory.edge) });
  }

  /** The rate to which a key on the slider leads; nothing where the key means nothing there. */
  beside(rate: number, key: string): number | undefined {
    return rateBeside(this.#rates(), rate, key);
  }

  /** The flag's rate which is meant where this ends the second of two clicks or taps at a place: a slider that is tapped has no clicks. */
  lifted(event: PointerEvent): number | undefined {
    const before = this.#lifted;
    const now = { at: event.timeStamp, x: event.clientX };
    const isDouble = before !== undefined && now.at - before.at < DOUBLE_MS && Math.abs(now.x - before.x) < DOUBLE_PX;
    this.#lifted = isDouble ? undefined : now;
    const track = (event.currentTarget as HTMLElement).parentElement?.getBoundingClientRect();
    if (!isDouble || !track) return undefined;
    return nearest(this.#rates(), (event.clientX - track.left) / track.width, SNAP_PX / track.width);
  }

  #rates(): number[] {
    const { theory } = this.#prospects;
    return theory ? flagsOf(theory).map(({ rate }) => rate) : [];
  }

  #named(zone: Zone): TemplateResult {
    const { from, to } = this.#room(zone) ?? this.#stretch(zone);
    const place = this.#width === 0 ? `left:${zone.from * 100}%;width:${(zone.to - zone.from) * 100}%` : `left:${from}px;width:${to - from}px`;
    return html`<span class="zone" .style=${place}><i></i><b>${this.#session.say(`zone.${zone.name}`)}</b></span>`;
  }

  #stretch({ from, to }: Zone): Stretch {
    return { from: from * this.#width, to: to * this.#width };
  }

  #room(zone: Zone): Stretch | undefined {
    const word = AROUND_PX + this.#wide(this.#session.say(`zone.${zone.name}`));
    return roomFor(word, this.#stretch(zone), placeOf(this.#session.report.learningRate) * this.#width);
  }

  /** How wide a word of the track is, without what is around it. */
  #wide(word: string): number {
    const key = `${this.#font} ${word}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    const context = document.createElement('canvas').getContext('2d');
    if (context) context.font = this.#font;
    const wide = context?.measureText(word).width ?? 0;
    this.#widths.set(key, wide);
    return wide;
  }

  /** As soon as there is a track, and when it is another one. */
  #measure(): void {
    if (this.#track?.isConnected) return;
    this.#observer.disconnect();
    this.#track = document.querySelector('.slider .rule');
    if (this.#track) this.#observer.observe(this.#track);
  }

  #flag({ kind, rate, place, side }: Flag, isExact: boolean, set: (rate: number) => void): TemplateResult {
    const session = this.#session;
    const { theory } = this.#prospects;
    const sign = kind === 'monotone' ? '1/c' : theory ? edgeOf(theory) : '';
    const name = session.say(isExact ? `flag.${kind}` : `flag.${kind}Here`, { rate: session.short(rate), sign });
    return html`<button class="flag ${side} ${isExact ? '' : 'here'}" type="button" aria-label=${name} title=${name} .style=${`left:${place * 100}%`} @click=${() => set(rate)}><span>${isExact ? '' : '≈'}${session.short(rate)}</span></button>`;
  }

  #sentence(zones: readonly Zone[], flags: readonly Flag[]): string {
    const session = this.#session;
    const { cells } = this.#prospects;
    const exact = flags.map(({ rate }) => rate);
    const parts = zones.length > MOST_ZONES ? zones.filter(({ from, to }) => to - from > 2 / cells.length) : zones;
    const told = parts.slice(0, MOST_ZONES).map(({ name, to }, at, all) => {
      const position = all.length === 1 ? 'only' : at === 0 ? 'first' : at === all.length - 1 ? 'last' : 'middle';
      const edge = position === 'last' ? all[at - 1]?.to ?? 0 : to;
      return session.say(`zones.${position}`, { zone: session.say(`zone.${name}`), rate: session.short(rateAtEdge(edge, exact, cells.length)) });
    });
    const keys = flags.length > 0 ? session.say('zones.keys') : '';
    return told.length === 0 ? keys : `${told.join(session.say('zones.comma'))}${session.say('zones.stop')}${keys}`;
  }

  /** Drawn once for each state of the map. */
  #draw(cells: readonly Cell[]): Drawn {
    if (this.#drawn?.cells === cells) return this.#drawn;
    const zones = zonesOf(cells);
    const picture = [
      ...cells.map(({ name, speed }, at) => name === 'falls' || name === 'slow'
        ? svg`<rect class="falls" x="${(at / cells.length) * 100}%" width="${100 / cells.length}%" height="100%" .style=${`--shade:${Math.round(100 * (FAINTEST + (1 - FAINTEST) * speed))}%`}></rect>`
        : svg``),
      ...zones.map(({ name, from, to }) => name === 'swings' || name === 'diverges' || name === 'wanders'
        ? svg`<rect class=${name} x="${from * 100}%" width="${(to - from) * 100}%" height="100%" fill="url(#zone-${name})"></rect>`
        : svg``),
    ];
    return (this.#drawn = { cells, zones, picture });
  }
}

/** How the edge follows from the curvature, for the method that the theory is of. */
function edgeOf({ edge, curvature, monotone }: Theory): string {
  if (monotone !== undefined) return '2/c';
  // Momentum's is 2(1 + β)/c, from 2 to 4; Nesterov's 2(1 + β)/(c(1 + 2β)), below 2.
  return edge * curvature >= 2 ? '2(1 + β)/c' : '2(1 + β)/(c(1 + 2β))';
}
