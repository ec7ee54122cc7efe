/** What guesses of the next point say, by a table; no page is opened. */
import { expect, test } from '@playwright/test';
import { readRate } from '../../www/rules/eta';
import { apart, counted, guessAfterKey, NO_COUNT, roundStep, snapped, verdictOf, type Guess, type Kind } from '../../www/rules/guess';

/** y = 4x² at x = 2 with η = 0.1: 2 − 0.1 × 16 = 0.4. */
const UPDATE: Guess = { x: 2, gradient: 16, rate: 0.1, next: 0.4, guess: NaN, method: 'gd', minimum: 0, resolution: 0, readsSame: false };
/** The same with a velocity that adds 1 to the way: 2 − 0.1 × (16 + 10). */
const WITH_VELOCITY: Partial<Guess> = { method: 'momentum', next: -0.6 };

test('each guess gets the first verdict that fits', () => {
  const table: [guess: number, kind: Kind, but?: Partial<Guess>][] = [
    [0.4, 'right'], [0.41, 'right'], [0.39, 'right'], [0.42, 'short'], [0.45, 'right', { resolution: 0.06 }], [0.43, 'right', { readsSame: true }],
    [2, 'stayed'], [2.01, 'stayed'], [-14, 'noRate'], [-1.6, 'stepForPoint'], [1.6, 'stepForPoint'], [3.6, 'plus'], [5, 'uphill'], [18, 'uphill'],
    [0, 'minimum'], [-1.2, 'twice'], [1.2, 'half'], [-2.8, 'times'], [-14.004, 'noRate'], [-0.4, 'past'], [-2, 'past'], [1, 'short'], [0.25, 'far'], [0.9, 'short', { minimum: undefined }], [-2, 'far', { minimum: undefined }],
    // A third and a tenth of the step, and ten times of it.
    [2 - 1.6 / 3, 'part', { method: 'adam' }], [1.84, 'part'], [-14, 'times', { method: 'adam' }],
    // What only plain gradient descent may be told.
    [3.6, 'uphill', { method: 'adam' }], [-1.6, 'past', { method: 'adam' }], [0.4, 'plain', { method: 'adam', next: 1.99 }],
    [0.4, 'velocity', WITH_VELOCITY], [0.4, 'velocity', { ...WITH_VELOCITY, method: 'nesterov' }], [0.4, 'plain', { ...WITH_VELOCITY, next: 1.2 }], [-0.6, 'right', WITH_VELOCITY],
    // The velocity carries it up the slope: who goes down goes the other way.
    [1, 'wrongWay', { method: 'momentum', next: 3 }], [3, 'right', { method: 'momentum', next: 3 }],
    [2.5, 'still', { gradient: 0, next: 2 }], [2, 'right', { gradient: 0, next: 2 }], [0.4, 'beyond', { next: -Infinity }], [0.4, 'beyond', { next: NaN }],
    // A step beyond the minimum: whoever stops short of it is short.
    [-0.5, 'short', { rate: 0.25, next: -2 }], [0, 'minimum', { rate: 0.25, next: -2 }],
    // With η = 1/8 the step leads to the minimum itself, with η = 1 it is the whole gradient.
    [0, 'right', { rate: 0.125, next: 0 }], [-14, 'right', { rate: 1, next: -14 }],
  ];
  for (const [guess, kind, but] of table) expect(verdictOf({ ...UPDATE, ...but, guess }).kind, `${guess} ${JSON.stringify(but ?? {})}`).toBe(kind);
  expect(verdictOf({ ...UPDATE, guess: -2.8 }).simple).toBe(3);
  expect(verdictOf({ ...UPDATE, guess: 1 }).ratio).toBeCloseTo(0.625, 12);
});

test('right guesses are counted, and those in a row', () => {
  let count = NO_COUNT;
  for (const isRight of [true, true, false, true]) count = counted(count, isRight);
  expect(count).toEqual({ all: 4, right: 3, inRow: 1 });
});

test('what rounding leaves is no distance', () => {
  for (const [one, other, distance] of [[0.08, 0.4 - 0.1 * 3.2, 0], [0, 0, 0], [1, 1.5, 0.5], [0, 1e-300, 1e-300], [1, Infinity, Infinity]] as const) expect(apart(one, other)).toBe(distance);
});

test('guesses are typed as rates are, and may be negative', () => {
  for (const [typed, read] of [['2/5', 0.4], ['−2', -2], ['-2', -2], ['−1/4', -0.25], ['0', 0], ['１．５', 1.5], ['', 'empty'], ['0,4', 'comma'], ['x', 'notANumber'], ['1e400', 'tooLarge'], ['1e-400', 'tooSmall']] as const) {
    expect(readRate(typed, -Infinity), typed).toEqual(typeof read === 'number' ? { rate: read } : { problem: read });
  }
});

test('what is pointed at is as round as a pixel is wide', () => {
  for (const [width, step] of [[0.0138, 0.02], [0.01, 0.01], [0.6, 1], [3, 5], [700, 1000]] as const) expect(roundStep(width)).toBeCloseTo(step, 12);
  expect(snapped(0.4037, 0.02)).toBe(0.4);
  expect(snapped(-0.311, 0.02)).toBe(-0.32);
});

test('the slider on the curve goes coarse and fine, to its ends and no further', () => {
  const after = (place: number, key: string, shiftKey = false): number | undefined => guessAfterKey(place, { key, shiftKey }, -3, 3);
  expect(after(2, 'ArrowLeft')).toBe(1.8);
  expect(after(2, 'ArrowRight', true)).toBe(2.02);
  expect(after(2, 'PageDown')).toBe(0);
  expect(after(2, 'PageUp')).toBe(3);
  expect(after(2, 'Home')).toBe(-3);
  expect(after(2, 'End')).toBe(3);
  expect(after(2, 'x')).toBeUndefined();
});
