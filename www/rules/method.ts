/** How a gradient becomes an update, as a run's text says it: `adam:0.1,0.03@120;beta1=0.8;schedule=cosine/100;clip=1`. No DOM. */
import { plainly, readRate, type RateProblem } from './eta';

/** A run's text in its parts. */
export interface Method {
  readonly optimizer: string;
  /** The learning rates. */
  readonly timeline: string;
  /** What is not as usual: constants of the rule, and options. */
  readonly settings: ReadonlyMap<string, string>;
}

export function methodOf(run: string): Method {
  const [head = '', ...settings] = run.split(';');
  const [optimizer = '', timeline = ''] = head.split(':');
  const pairs = settings.map(setting => setting.split('=')).map(([key = '', value = '']): [string, string] => [key, value]);
  return { optimizer, timeline, settings: new Map(pairs) };
}

export function runOf({ optimizer, timeline, settings }: Method): string {
  return [`${optimizer}:${timeline}`, ...[...settings].map(([key, value]) => `${key}=${value}`)].join(';');
}

/** The schedules, each with the numbers that it has: the usual ones. */
export const SCHEDULES = {
  constant: [],
  step: ['30', '0.1'],
  exponential: ['0.99'],
  cosine: ['100'],
  warmup: ['10'],
} as const;

export type ScheduleName = keyof typeof SCHEDULES;

export function scheduleOf({ settings }: Method): { name: ScheduleName; numbers: readonly string[] } {
  const [name = '', ...numbers] = (settings.get('schedule') ?? 'constant').split('/');
  const known = name in SCHEDULES ? (name as ScheduleName) : 'constant';
  return { name: known, numbers: SCHEDULES[known].map((usual, at) => numbers[at] ?? usual) };
}

/** The same method with another schedule. */
export function withSchedule(method: Method, name: ScheduleName, numbers: readonly string[] = SCHEDULES[name]): Method {
  return withSetting(method, 'schedule', name === 'constant' ? undefined : [name, ...numbers].join('/'));
}

/** The same method with a setting, or without it. */
export function withSetting(method: Method, key: string, value: string | undefined): Method {
  const settings = new Map(method.settings);
  if (value === undefined) settings.delete(key);
  else settings.set(key, value);
  return { ...method, settings };
}

/** The same rates and options with another rule, whose constants are as usual. */
export function withOptimizer(method: Method, optimizer: string, options: readonly string[]): Method {
  const settings = new Map([...method.settings].filter(([key]) => options.includes(key)));
  return { ...method, optimizer, settings };
}

/** What a number may be. */
export interface Range {
  readonly least: number;
  /** Whether the least itself is too little. */
  readonly isOpen?: boolean;
  /** It must be less than that. */
  readonly below?: number;
  readonly isWhole?: boolean;
}

/** What is wrong with a typed number; each is a message of its own. */
export type NumberProblem = 'empty' | 'comma' | 'notANumber' | 'tooLarge' | 'tooSmall' | 'negative' | 'notPositive' | 'outside' | 'notWhole';

const LARGEST_COUNT = 2 ** 53;

/** Reads a typed number as a learning rate is read: a fraction, full-width digits and a true minus sign are numbers too. */
export function readNumber(typed: string, { least, isOpen = false, below = Infinity, isWhole = false }: Range): { readonly value: number } | { readonly problem: NumberProblem } {
  const read = readRate(typed);
  const value = 'rate' in read ? read.rate : notPositive(typed, read.problem);
  if (typeof value === 'string') return { problem: value };
  const isTooSmall = value < least || (isOpen && value === least);
  if (isWhole && (!Number.isInteger(value) || isTooSmall || value > LARGEST_COUNT)) return { problem: 'notWhole' };
  if (below < Infinity && (isTooSmall || value >= below)) return { problem: 'outside' };
  if (isTooSmall) return { problem: isOpen ? 'notPositive' : 'negative' };
  return { value };
}

/** A rate must be above 0; other numbers need not. */
function notPositive(typed: string, problem: RateProblem): number | NumberProblem {
  if (problem !== 'notPositive') return problem;
  const [above = NaN, below = 1] = plainly(typed).split('/').map(Number);
  return above / below;
}

/** The place in a matrix that an arrow key leads to; nothing for another key, and at the rim. */
export function gridStep({ rows, columns }: { readonly rows: number; readonly columns: number }, entry: number, key: string): number | undefined {
  const [row, column] = [Math.floor(entry / columns), entry % columns];
  const moves: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const [down, across] = moves[key] ?? [0, 0];
  const [to, at] = [row + down, column + across];
  return (down || across) && to >= 0 && to < rows && at >= 0 && at < columns ? to * columns + at : undefined;
}
