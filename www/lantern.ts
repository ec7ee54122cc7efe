/**
 * Pointing at a thing lights it wherever it stands: in formulas, in the graph, in matrices, in sentences. What an
 * element stands for is in its `data-of` (`v3` a value, `g3` a gradient, `d3.1` a local derivative) and, of an entry of
 * a matrix, its `data-at`. Styles light them, so that what is drawn anew is lit as well.
 */

/** What is pointed at. */
export interface Light {
  readonly keys: readonly string[];
  /** The place of an entry, row by row. */
  readonly at?: number | undefined;
}

/** Finds out what is pointed at where no element says it; nothing where it doesn't know. */
export type Finder = (event: Event, target: Element) => Light | undefined;

const NOTHING: Light = { keys: [] };
const COLOURS: Readonly<Record<string, string>> = { v: 'forward', g: 'backward', d: 'backward' };
/** More things than these at once are no hint any more. */
const MOST_KEYS = 8;
/** Of more things that are taken over only the first are marked: each has rules of its own. */
const MOST_MARKED = 64;

class Lantern {
  readonly #sheet = new CSSStyleSheet();
  readonly #pathSheet = new CSSStyleSheet();
  readonly #markSheet = new CSSStyleSheet();
  readonly #finders = new Set<Finder>();
  readonly #watchers = new Set<() => void>();
  #pointed: Light = NOTHING;
  #focused: Light = NOTHING;
  #light: Light = NOTHING;
  #path = '';
  #marked = '';

  constructor() {
    document.adoptedStyleSheets.push(this.#markSheet, this.#pathSheet, this.#sheet);
    const point = (event: Event): void => this.#show((this.#pointed = this.#find(event)), this.#focused);
    const focus = (event: Event): void => this.#show((this.#focused = this.#find(event)), this.#pointed);
    document.addEventListener('pointerover', point);
    document.addEventListener('pointermove', event => event.target instanceof SVGElement && point(event));
    document.documentElement.addEventListener('pointerleave', () => this.#show((this.#pointed = NOTHING), this.#focused));
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', () => this.#show((this.#focused = NOTHING), this.#pointed));
  }

  /** What is lit now. */
  get light(): Light { return this.#light; }

  /** Calls back whenever something else is lit. */
  watch(changed: () => void): void {
    this.#watchers.add(changed);
  }

  /** Asks this as well where no element says what it stands for. */
  ask(finder: Finder): void {
    this.#finders.add(finder);
  }

  /** Lights a way through the graph; none where there are no keys. */
  showPath(keys: readonly string[]): void {
    const path = keys.map(selector).join(',');
    if (path === this.#path) return;
    this.#path = path;
    this.#pathSheet.replaceSync(path && `svg.graph .lit:is(${path}):not(.forward) { stroke: var(--backward); opacity: 1; }\nsvg.graph .lane:is(${path}) { stroke-width: 5; }`);
  }

  /** Marks what is taken over from an earlier step, as with a marker pen. */
  mark(taken: readonly number[]): void {
    const gradients = taken.slice(0, MOST_MARKED);
    const keys = gradients.map(node => selector(`g${node}`)).join(',');
    if (keys === this.#marked) return;
    this.#marked = keys;
    this.#markSheet.replaceSync(keys && `:is(.p-step, .p-all .now, .p-all .made, .status, .prose) :is(${keys}):not(td, figure, svg *), figure:is(${keys}) figcaption math { background: var(--reuse); box-shadow: 0 1px var(--reuse), 0 3px var(--reuse-line); }
svg.graph :is(${gradients.map(node => `[data-node="${node}"]`).join(',')}) .gradient { fill: var(--ink); }`);
  }

  #find(event: Event): Light {
    const { target } = event;
    if (!(target instanceof Element)) return NOTHING;
    const found = target.closest('[data-of]');
    if (found) {
      const at = target.closest('[data-at]')?.getAttribute('data-at');
      return { keys: keysOf(found), at: at ? Number(at) : undefined };
    }
    for (const finder of this.#finders) {
      const light = finder(event, target);
      if (light) return light;
    }
    return NOTHING;
  }

  #show(first: Light, second: Light): void {
    const light = first.keys.length > 0 ? first : second;
    const { keys, at } = this.#light;
    if (light.at === at && light.keys.join() === keys.join()) return;
    this.#light = light;
    this.#sheet.replaceSync(light.keys.slice(0, MOST_KEYS).map(key => rules(key, light.at)).join('\n'));
    for (const changed of this.#watchers) changed();
  }
}

export function keysOf(element: Element): string[] {
  return (element.getAttribute('data-of') ?? '').split(/\s+/).filter(key => key !== '');
}

function selector(key: string): string {
  return `[data-of~="${CSS.escape(key)}"]`;
}

/** How it is lit: never by colour alone. */
function rules(key: string, at: number | undefined): string {
  const [of, colour] = [selector(key), COLOURS[key.charAt(0)] ?? 'ink'];
  const whole = `${of}:not([data-at], svg *, .ring) { outline: 2px solid var(--${colour}); outline-offset: 1px; border-radius: 2px; background-color: var(--${colour}-wash); }
svg.graph .lit${of} { stroke: var(--${colour}); opacity: 1; }`;
  return at === undefined ? whole : `${whole}\n${of}[data-at="${at}"] { outline: 2px solid var(--ink); outline-offset: -1px; position: relative; z-index: 1; font-weight: 600; }`;
}

export const lantern = new Lantern();
