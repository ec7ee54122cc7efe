/** What a guess of the next point says of whoever guessed: the first rule that fits has the verdict. No DOM. */

/** An update, and what somebody took for its end. */
export interface Guess {
  readonly x: number;
  readonly gradient: number;
  /** The learning rate. */
  readonly rate: number;
  /** Where the update led. */
  readonly next: number;
  readonly guess: number;
  /** How the update rule is called in links: `gd` for plain gradient descent, nothing for one with options. */
  readonly method: string;
  /** Where the function is lowest, if that is in sight. */
  readonly minimum: number | undefined;
  /** How far off the hand that placed it may be; 0 where it was typed. */
  readonly resolution: number;
  /** Whether guess and end read the same. */
  readonly readsSame: boolean;
}

/** What kind of guess it was; each is a sentence of its own. */
export type Kind =
  | 'right' | 'beyond' | 'still' | 'stayed' | 'noRate' | 'stepForPoint' | 'plus' | 'velocity' | 'plain' | 'minimum'
  | 'uphill' | 'wrongWay' | 'twice' | 'half' | 'times' | 'part' | 'past' | 'far' | 'short';

export interface Verdict {
  readonly kind: Kind;
  /** The guessed step as a multiple of the update. */
  readonly ratio: number;
  /** The number that makes the ratio: 3 of three times the step, and of a third of it. */
  readonly simple?: number;
}

/** Of the update: what is nearer than this counts as there. */
const TOLERANCE = 0.01;
/** A ratio this near to a simple number, in shares of it, is that number. */
const NEARLY = 0.02;
/** Of the numbers themselves: as much comes of rounding alone. */
const DUST = 1e-12;
const SIMPLE = [2, 3, 4, 5, 10] as const;
/** Updates that keep on going where they were going. */
const WITH_VELOCITY = ['momentum', 'nesterov'];

/** A rule's verdict, or nothing where it does not fit. */
type Rule = (guess: Guess, isAt: (place: number) => boolean) => Kind | undefined;

/** What can be said of plain gradient descent alone. */
const plainly = (rule: Rule): Rule => (guess, isAt) => (guess.method === 'gd' ? rule(guess, isAt) : undefined);

const when = (kind: Kind, fits: (guess: Guess, isAt: (place: number) => boolean) => boolean): Rule => (guess, isAt) => (fits(guess, isAt) ? kind : undefined);

/** In the order in which they are tried. */
const RULES: readonly Rule[] = [
  when('beyond', ({ next }) => !Number.isFinite(next)),
  when('right', ({ next, readsSame }, isAt) => readsSame || isAt(next)),
  when('still', ({ x, next }) => next === x),
  // An update much larger than x is no measure of what is near x.
  when('stayed', ({ x, guess, resolution }, isAt) => isAt(x) && Math.abs(guess - x) <= Math.max(TOLERANCE * Math.abs(x), resolution)),
  plainly(when('noRate', ({ x, gradient }, isAt) => isAt(x - gradient))),
  plainly(when('stepForPoint', ({ gradient, rate }, isAt) => isAt(-rate * gradient) || isAt(rate * gradient))),
  plainly(when('plus', ({ x, gradient, rate }, isAt) => isAt(x + rate * gradient))),
  when('velocity', ({ x, gradient, rate, next, method }, isAt) => {
    const plain = -rate * gradient;
    return WITH_VELOCITY.includes(method) && isAt(x + plain) && (next - x) * plain > 0 && Math.abs(next - x) > Math.abs(plain);
  }),
  when('plain', ({ x, gradient, rate, method }, isAt) => method !== 'gd' && isAt(x - rate * gradient)),
  when('minimum', ({ minimum }, isAt) => minimum !== undefined && isAt(minimum)),
  when('uphill', ({ x, gradient, next, guess }) => (guess - x) * (next - x) < 0 && (guess - x) * gradient > 0),
  when('wrongWay', ({ x, next, guess }) => (guess - x) * (next - x) < 0),
];

/** What is wrong with the length of a step that goes the right way. */
function lengthOf({ x, next, guess, minimum }: Guess, ratio: number): Verdict {
  const isAbout = (of: number): boolean => Math.abs(ratio / of - 1) <= NEARLY;
  for (const simple of SIMPLE) {
    if (isAbout(simple)) return { kind: simple === 2 ? 'twice' : 'times', ratio, simple };
    if (isAbout(1 / simple)) return { kind: simple === 2 ? 'half' : 'part', ratio, simple };
  }
  const isPast = (place: number): boolean => minimum !== undefined && (place - minimum) * (x - minimum) < 0;
  if (isPast(guess) && !isPast(next)) return { kind: 'past', ratio };
  return { kind: ratio > 1 ? 'far' : 'short', ratio };
}

export function verdictOf(guess: Guess): Verdict {
  const step = guess.next - guess.x;
  const ratio = (guess.guess - guess.x) / step;
  const near = Math.max(TOLERANCE * Math.abs(step), guess.resolution);
  const isAt = (place: number): boolean => Math.abs(guess.guess - place) <= near;
  for (const rule of RULES) {
    const kind = rule(guess, isAt);
    if (kind) return { kind, ratio };
  }
  return lengthOf(guess, ratio);
}

/** How far two numbers are apart; what floating point leaves between equal ones is no distance. */
export function apart(one: number, other: number): number {
  const distance = Math.abs(one - other);
  return distance < DUST * Math.max(Math.abs(one), Math.abs(other)) ? 0 : distance;
}

/** How many guesses there were, and how many of them were right: in all, and the last ones in a row. */
export interface Count {
  readonly all: number;
  readonly right: number;
  readonly inRow: number;
}

export const NO_COUNT: Count = { all: 0, right: 0, inRow: 0 };

export function counted({ all, right, inRow }: Count, isRight: boolean): Count {
  return { all: all + 1, right: right + (isRight ? 1 : 0), inRow: isRight ? inRow + 1 : 0 };
}

/** 1, 2 or 5 times a power of ten: the least that is no less than a width. */
export function roundStep(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const digit = [1, 2, 5, 10].find(each => each * power >= width * (1 - 1e-9)) ?? 10;
  return digit * power;
}

/** The multiple of a step nearest to a place, without the dust that floating point leaves. */
export function snapped(place: number, step: number): number {
  return Number((Math.round(place / step) * step).toPrecision(12));
}

/** How wide the keys' coarse step is, of all that is seen. */
const COARSE = 1 / 40;
const FINE = 10;

/** The guess after a key on the curve's slider, between the ends of what is seen; nothing where the key means nothing there. */
export function guessAfterKey(place: number, { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean }, low: number, high: number): number | undefined {
  const coarse = roundStep((high - low) * COARSE);
  const step = shiftKey ? coarse / FINE : coarse;
  const by = { ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step, PageUp: FINE * coarse, PageDown: -FINE * coarse }[key];
  const to = key === 'Home' ? low : key === 'End' ? high : by === undefined ? undefined : snapped(place + by, coarse / FINE);
  return to === undefined ? undefined : Math.min(high, Math.max(low, to));
}

/** How far off a guess made with the keys may be. */
export function keyResolution(low: number, high: number): number {
  return roundStep((high - low) * COARSE) / FINE;
}
