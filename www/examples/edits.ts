/** The rules by which controls change a program: each finds its place in whatever the program has become. No DOM. */
import type { Drag, Said } from './example';

/** Behind a line's beginning, spaces aside: what stands there up to a comment, and where. */
function rest(program: string, start: string): { text: string; from: number; to: number } | undefined {
  const pieces = start.split(' ').map(piece => piece.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const found = new RegExp(`^[ \\t]*${pieces.join('[ \\t]*')}[ \\t]*([^#\\r\\n]*?)[ \\t\\r]*(?:#.*)?$`, 'dmu').exec(program);
  const [from, to] = found?.indices?.[1] ?? [];
  return from === undefined || to === undefined ? undefined : { text: program.slice(from, to), from, to };
}

/** What stands on the line that begins so. */
export function restOf(program: string, start: string): string | undefined {
  return rest(program, start)?.text;
}

/** The program with something else on that line; as it is where there is no such line. */
export function withRest(program: string, start: string, text: string): string {
  const place = rest(program, start);
  return place ? program.slice(0, place.from) + text + program.slice(place.to) : program;
}

const LITERAL = /^-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/i;

/** The literal that a line begins with, behind its start; `behind` must stand there. */
function literal(program: string, start: string, behind: string): number | undefined {
  const text = restOf(program, start) ?? '';
  const [number] = LITERAL.exec(text) ?? [];
  return number !== undefined && text.slice(number.length).replace(/\s/g, '').startsWith(behind.replace(/\s/g, '')) && (behind !== '' || number === text) ? Number(number) : undefined;
}

/** A number within its bounds, on a step, without what float64 adds behind it. */
export function onStep(value: number, { least, most, step }: Pick<Drag, 'least' | 'most' | 'step'>): number {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)));
  return Number((least + Math.round((Math.min(Math.max(value, least), most) - least) / step) * step).toFixed(digits));
}

/** A number that is dragged: the literal behind `start`, and before `behind` if that is given. */
export function dragged(program: string, name: Said, start: string, [least, most, step]: readonly [number, number, number], behind = ''): Drag {
  const bounds = { least, most, step };
  return {
    kind: 'drag',
    name,
    ...bounds,
    value: literal(program, start, behind),
    revised: value => withRest(program, start, (restOf(program, start) ?? '').replace(LITERAL, String(onStep(value, bounds)))),
  };
}

/** The program without any of some lines. */
export function without(program: string, lines: readonly string[]): string {
  return program.split('\n').filter(line => !lines.includes(line.trim())).join('\n');
}

/** The program with lines behind the one that begins so. */
export function withBehind(program: string, start: string, lines: readonly string[]): string {
  const all = program.split('\n');
  const at = all.findIndex(line => restOf(line, start) !== undefined);
  return [...all.slice(0, at + 1), ...lines, ...all.slice(at + 1)].join('\n');
}

/** What stands on the line that begins so, without its spaces. */
export function bareRest(program: string, start: string): string | undefined {
  return restOf(program, start)?.replace(/\s/g, '');
}
