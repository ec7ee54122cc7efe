/** What learning rates do, in zones along the slider's scale, and the theory's flags above it. No DOM. */
import { HIGHEST_EXPONENT, LOWEST_EXPONENT, placeOf } from './eta';

/** What a zone of rates does: `wanders` is slow, and its gradient does not get smaller. */
export type ZoneName = 'falls' | 'slow' | 'wanders' | 'swings' | 'diverges' | 'unknown';

/** A cell of the map. */
export interface Cell {
  readonly name: ZoneName;
  /** How fast it falls, 0 to 1. */
  readonly speed: number;
}

/** Cells side by side of one name, in shares of the scale. */
export interface Zone {
  readonly name: ZoneName;
  readonly from: number;
  readonly to: number;
}

const ROW = 3;

/** The engine's rows of kind, swinging and speed. */
export function cellsOf(rows: Float64Array): Cell[] {
  return Array.from({ length: rows.length / ROW }, (_, at) => {
    const [kind = 0, swings = 0, speed = 0] = rows.subarray(at * ROW);
    return { name: nameOf(kind, swings === 1, speed), speed };
  });
}

function nameOf(kind: number, swings: boolean, speed: number): ZoneName {
  if (kind === 0) return 'unknown';
  if (kind === 4) return 'diverges';
  if (kind === 2 || swings) return 'swings';
  if (kind === 1) return 'falls';
  return speed > 0 ? 'slow' : 'wanders';
}

export function zonesOf(cells: readonly Cell[]): Zone[] {
  const zones: Zone[] = [];
  cells.forEach(({ name }, at) => {
    const [from, to] = [at / cells.length, (at + 1) / cells.length];
    const last = zones.at(-1);
    if (last?.name === name) zones[zones.length - 1] = { ...last, to };
    else zones.push({ name, from, to });
  });
  return zones;
}

/** Half of the slider's handle, with its rim. */
const HANDLE = 11;

/** A stretch of the track, in pixels. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where in its zone a word stands in the middle: in all of it, beside the handle that would cover it; nothing where it has no room. */
export function roomFor(word: number, { from, to }: Stretch, handle: number): Stretch | undefined {
  if (to - from < word) return undefined;
  const [left, right] = [{ from, to: Math.min(to, handle - HANDLE) }, { from: Math.max(from, handle + HANDLE), to }];
  const isCovered = Math.abs(handle - (from + to) / 2) < HANDLE + word / 2;
  const larger = left.to - left.from > right.to - right.from ? left : right;
  return isCovered && larger.to - larger.from >= word ? larger : { from, to };
}

/** The rate at a share of the scale: the nearest of these if it is hardly a cell away, else one of two digits. */
export function rateAtEdge(place: number, exact: readonly number[], cells: number): number {
  const near = exact.find(rate => Math.abs(placeOf(rate) - place) <= 1.01 / cells);
  return near ?? Number((10 ** (LOWEST_EXPONENT + place * (HIGHEST_EXPONENT - LOWEST_EXPONENT))).toPrecision(2));
}

/** A rate of the theory above the track. */
export interface Flag {
  readonly kind: 'monotone' | 'edge';
  readonly rate: number;
  readonly place: number;
  /** To which side of its line it is written; `none` where there is no room. */
  readonly side: 'left' | 'right' | 'none';
}

/** So near to an end of the scale a flag has no room on that side. */
const LEFT_ROOM = 0.16;
const RIGHT_ROOM = 0.05;

/** The flags of a theory that are on the scale, which never meet: the lower one is written to the left, the other to the right. */
export function flagsOf({ monotone, edge }: { readonly monotone?: number | undefined; readonly edge: number }): Flag[] {
  const flags: Flag[] = [];
  const isOn = (rate: number): boolean => rate >= 10 ** LOWEST_EXPONENT && rate <= 10 ** HIGHEST_EXPONENT;
  const put = (kind: Flag['kind'], rate: number, side: 'left' | 'right'): void => {
    const place = placeOf(rate);
    const hasRoom = side === 'left' ? place >= LEFT_ROOM : 1 - place >= RIGHT_ROOM;
    if (isOn(rate)) flags.push({ kind, rate, place, side: hasRoom ? side : 'none' });
  };
  if (monotone !== undefined) put('monotone', monotone, 'left');
  put('edge', edge, 'right');
  return flags;
}

/** The rate of these that is nearest to a place, if it is within a distance of it. */
export function nearest(rates: readonly number[], place: number, within: number): number | undefined {
  const far = (rate: number): number => Math.abs(placeOf(rate) - place);
  const [first] = [...rates].sort((one, other) => far(one) - far(other));
  return first !== undefined && far(first) <= within ? first : undefined;
}

/** The rate of these before or after one, as the keys `[` and `]` go. */
export function rateBeside(rates: readonly number[], rate: number, key: string): number | undefined {
  const sorted = [...rates].sort((one, other) => one - other);
  if (key === ']') return sorted.find(each => each > rate);
  return key === '[' ? sorted.reverse().find(each => each < rate) : undefined;
}
