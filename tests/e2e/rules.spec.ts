/** The page's pure rules, each by a table; no page is opened. */
import { expect, test } from '@playwright/test';
import { contributionsOf, written } from '../../www/rules/contributions';
import { exponentOf, isPlain, placeOf, rateAfterKey, rateAt, rateName, readRate, ticks, timelineOf } from '../../www/rules/eta';
import { actionOf, type Focus } from '../../www/rules/keys';
import { clauseOf, colourOf, isIn, without } from '../../www/rules/legend';
import { lanesOf } from '../../www/rules/lanes';
import { gridStep, methodOf, readNumber, runOf, scheduleOf, withOptimizer, withSchedule, withSetting, type Range } from '../../www/rules/method';
import { inSlices, stepsDue } from '../../www/rules/pace';
import { asText, raised } from '../../www/rules/raised';
import { standingAt } from '../../www/rules/standing';
import { sumOf } from '../../www/rules/terms';
import { largestOf, tintOf, type Sign } from '../../www/rules/tints';
import { cellsOf, flagsOf, nearest, rateAtEdge, rateBeside, roomFor, zonesOf } from '../../www/rules/zones';

test('typed rates are read exactly or refused for a reason', () => {
  const table: [typed: string, read: number | string][] = [
    ['0.25', 0.25], [' 0.25 ', 0.25], ['.25', 0.25], ['25.', 25], ['1e-3', 1e-3], ['1E+2', 100], ['+3', 3], ['5e-324', 5e-324],
    ['０．２５', 0.25], ['1e−3', 1e-3], ['250', 250],
    ['', 'empty'], ['   ', 'empty'], ['abc', 'notANumber'], ['0x10', 'notANumber'], ['1/4', 0.25], ['1/2/3', 'notANumber'], ['0/0', 'notANumber'], ['1/0', 'tooLarge'], ['1 2', 'notANumber'],
    ['Infinity', 'notANumber'], ['NaN', 'notANumber'], ['0,25', 'comma'], [',5', 'comma'], ['0', 'notPositive'], ['0e5', 'notPositive'],
    ['-1', 'notPositive'], ['−1', 'notPositive'], ['1e309', 'tooLarge'], ['1e-400', 'tooSmall'],
  ];
  for (const [typed, read] of table) {
    expect(readRate(typed), typed).toEqual(typeof read === 'number' ? { rate: read } : { problem: read });
  }
});

test('a rate is called as it was typed where that is short', () => {
  const words = { full: String, short: (rate: number): string => String(Number(rate.toPrecision(4))) };
  for (const [rate, name] of [[0.25, '0.25'], [0.24999, '0.24999'], [0.249999, '0.25'], [1 / 3, '0.3333'], [1e-7, '1e-7']] as const) {
    expect(rateName(rate, words)).toBe(name);
  }
});

test('the scale is logarithmic from 0.0001 to 10', () => {
  for (const [rate, place] of [[1e-4, 0], [1e-3, 0.2], [0.1, 0.6], [1, 0.8], [10, 1], [1e-9, 0], [1e9, 1]] as const) {
    expect(placeOf(rate)).toBeCloseTo(place, 12);
  }
  for (const [exponent, rate] of [[-4, 1e-4], [-1, 0.1], [-0.3, 0.501], [1, 10], [7, 10], [-9, 1e-4]] as const) {
    expect(rateAt(exponent)).toBe(rate);
  }
  expect(ticks().filter(({ label }) => label).map(({ label }) => label)).toEqual(['0.0001', '0.001', '0.01', '0.1', '1', '10']);
});

test('a word stands in the middle of its zone, or beside the handle that would cover it', () => {
  const zone = { from: 100, to: 300 };
  const table: [word: number, handle: number, from: number | undefined, to?: number][] = [
    [60, 500, 100, 300], [60, 120, 100, 300], [60, 200, 211, 300], [60, 210, 100, 199], [60, 190, 201, 300],
    // On neither side is there room, or nowhere.
    [150, 200, 100, 300], [201, 500, undefined],
  ];
  for (const [word, handle, from, to] of table) expect(roomFor(word, zone, handle), `${word} at ${handle}`).toEqual(from === undefined ? undefined : { from, to });
});

test('cells of one name side by side are a zone', () => {
  const cells = cellsOf(Float64Array.of(0, 0, 0, 3, 0, 0, 3, 0, 0.01, 1, 0, 0.5, 1, 1, 0.5, 2, 1, 0, 4, 1, 0, 4, 0, 0));
  expect(cells.map(({ name }) => name)).toEqual(['unknown', 'wanders', 'slow', 'falls', 'swings', 'swings', 'diverges', 'diverges']);
  expect(zonesOf(cells).slice(-2)).toEqual([{ name: 'swings', from: 4 / 8, to: 6 / 8 }, { name: 'diverges', from: 6 / 8, to: 1 }]);
  expect(zonesOf([])).toEqual([]);
  expect(rateAtEdge(placeOf(0.2512), [0.125, 0.25], 200)).toBe(0.25);
  expect(rateAtEdge(placeOf(0.2512), [0.125], 200)).toBe(0.25);
  expect(rateAtEdge(placeOf(0.2712), [0.125, 0.25], 200)).toBe(0.27);
});

test('flags of the theory never meet, and those off the scale are none', () => {
  const sides = (monotone: number | undefined, edge: number): string[] => flagsOf({ monotone, edge }).map(({ kind, side }) => `${kind} ${side}`);
  expect(sides(0.125, 0.25)).toEqual(['monotone left', 'edge right']);
  expect(sides(undefined, 0.475)).toEqual(['edge right']);
  expect(sides(5, 10)).toEqual(['monotone left', 'edge none']);
  expect(sides(0.0002, 0.0004)).toEqual(['monotone none', 'edge right']);
  expect(sides(8, 16)).toEqual(['monotone left']);
  expect(sides(1e-9, 2e-9)).toEqual([]);
});

test('keys and double clicks lead to the flags beside and nearby', () => {
  const rates = [0.25, 0.125];
  expect(rateBeside(rates, 0.1, ']')).toBe(0.125);
  expect(rateBeside(rates, 0.125, ']')).toBe(0.25);
  expect(rateBeside(rates, 0.25, ']')).toBeUndefined();
  expect(rateBeside(rates, 1, '[')).toBe(0.25);
  expect(rateBeside(rates, 0.25, '[')).toBe(0.125);
  expect(rateBeside(rates, 1, 'x')).toBeUndefined();
  expect(nearest(rates, placeOf(0.24), 0.02)).toBe(0.25);
  expect(nearest(rates, placeOf(0.13), 0.1)).toBe(0.125);
  expect(nearest(rates, placeOf(1), 0.02)).toBeUndefined();
});

test('from every stop a key and its opposite lead back', () => {
  for (let stop = -79; stop < 20; stop++) {
    const rate = rateAt(stop / 20);
    const up = rateAfterKey(rate, 'ArrowUp') ?? NaN;
    const down = rateAfterKey(rate, 'ArrowDown') ?? NaN;
    expect(up).toBeGreaterThan(rate);
    expect(down).toBeLessThan(rate);
    expect(rateAfterKey(up, 'ArrowLeft')).toBe(rate);
    expect(rateAfterKey(down, 'ArrowRight')).toBe(rate);
  }
  expect(rateAfterKey(0.1, 'a')).toBeUndefined();
  expect(exponentOf(250)).toBe(1);
});

test('a run’s text has its learning rates and their steps', () => {
  expect(timelineOf('gd:0.1')).toEqual([{ rate: 0.1, from: 0 }]);
  expect(timelineOf('gd:0.1,1e-3@12,2@120')).toEqual([{ rate: 0.1, from: 0 }, { rate: 1e-3, from: 12 }, { rate: 2, from: 120 }]);
});

test('a focused control keeps its own keys', () => {
  const table: [key: string, focus: Focus, action: string | undefined][] = [
    [' ', 'page', 'playOrPause'], ['ArrowRight', 'page', 'step'], ['ArrowLeft', 'page', 'stepBack'], ['Home', 'page', 'toStart'], ['End', 'page', 'toEnd'],
    [' ', 'button', undefined], ['ArrowRight', 'button', 'step'], [' ', 'slider', 'playOrPause'], ['ArrowRight', 'slider', undefined],
    ['Home', 'slider', undefined], ['ArrowRight', 'text', undefined], [' ', 'text', undefined], ['End', 'choice', undefined],
    [' ', 'scroller', undefined], ['ArrowRight', 'scroller', 'step'], ['x', 'page', undefined], ['r', 'page', 'restart'], ['r', 'text', undefined],
  ];
  for (const [key, focus, action] of table) expect(actionOf({ key, focus, modified: false }), `${key} in ${focus}`).toBe(action);
  expect(actionOf({ key: 'ArrowRight', focus: 'page', modified: true })).toBeUndefined();
});

test('steps fall due by the clock, and a tab that slept does not burst', () => {
  expect(stepsDue('1', 250, 0)).toEqual({ steps: 0, carry: 0.5 });
  expect(stepsDue('1', 250, 0.5)).toEqual({ steps: 1, carry: 0 });
  expect(stepsDue('100', 20, 0)).toEqual({ steps: 4, carry: 0 });
  expect(stepsDue('1', 3_600_000, 0).steps).toBe(0);
  expect(stepsDue('max', 1, 0).steps).toBe(Number.POSITIVE_INFINITY);
});

test('work in slices ends on time, and a cut-short chunk teaches nothing', () => {
  let now = 0;
  const clock = (): number => now;
  const asked: number[] = [];
  const size = inSlices(1, 8, clock, chunk => {
    asked.push(chunk);
    now += chunk * 0.01;
    return 'more';
  });
  expect(asked.slice(0, 4)).toEqual([1, 2, 4, 8]);
  expect(now).toBeLessThan(12);
  expect(size * 0.01).toBeLessThanOrEqual(2.56);
  let quick = 4;
  for (let frame = 0; frame < 100; frame++) quick = inSlices(quick, 8, clock, () => 'done');
  expect(quick).toBe(4);
});

test('a tint tells sign and size, and what is not finite has none', () => {
  const largest = largestOf([0.5, -2, 0, NaN, Infinity]);
  expect(largest).toBe(2);
  const table: [value: number, sign: Sign, alpha: number][] = [
    [2, 'positive', 0.42], [-2, 'negative', 0.42], [1e-300, 'positive', 0.07], [0, 'zero', 0], [-0, 'zero', 0], [NaN, 'odd', 0], [-Infinity, 'odd', 0],
  ];
  for (const [value, sign, alpha] of table) {
    const tint = tintOf(value, largest);
    expect(tint.sign, String(value)).toBe(sign);
    expect(tint.alpha, String(value)).toBeCloseTo(alpha, 9);
  }
  expect(largestOf([])).toBe(0);
});

test('the lanes of an edge lie side by side, forward to the left of its way, and end short of what they point to', () => {
  const edge = { node: 0, operator: 1, kind: 'operand', slot: 0, shared: 0, points: [0, 0, 100, 0] } as const;
  const straight = lanesOf({ ...edge, points: [...edge.points] }, 0);
  expect(straight).toEqual({ forward: 'M1.5 -6.0L98.5 -6.0', backward: 'M98.5 6.0L1.5 6.0' });
  // Around a corner the outer lane is longer; a circle is met where the lane meets it.
  expect(lanesOf({ ...edge, points: [0, 0, 50, 0, 50, 50] }, 18)).toEqual({
    forward: 'M1.5 -6.0L47.0 -6.0Q56.0 -6.0 56.0 3.0L56.0 49.5',
    backward: 'M44.0 49.5L44.0 15.0Q44.0 6.0 35.0 6.0L1.5 6.0',
  });
  // A tap begins where it leaves the rail.
  expect(lanesOf({ ...edge, shared: 1, points: [0, 0, 50, 0, 50, 50] }, 0)).toEqual({
    forward: 'M56.0 -6.0L56.0 48.5', backward: 'M44.0 48.5L44.0 6.0', joint: { forward: { x: 56, y: -6 }, backward: { x: 44, y: 6 } },
  });
});

test('a walk knows what is known, at hand and ahead', () => {
  const move = (phase: 'forward' | 'loss' | 'backward' | 'update', node: number, operands: number[] = []): Parameters<typeof standingAt>[0][number] => ({
    phase, node, operands, parts: operands.map(() => true), formulas: [],
  });
  // x (0) is used by two operators, 1 and 2, whose results the loss (3) adds.
  const moves = [move('forward', 1, [0]), move('forward', 2, [0]), move('forward', 3, [1, 2]), move('loss', 3), move('backward', 3, [1, 2]), move('backward', 2, [0]), move('backward', 1, [0]), move('update', 0)];
  const known = (at: number): unknown[] => {
    const standing = standingAt(moves, at, 3);
    return [[1, 2, 3].map(node => standing.isValueKnown(node)), [3, 2, 0].map(node => standing.gradient(node)), standing.forward([2]), standing.backward([2]), standing.handedOn];
  };
  expect(known(0)).toEqual([[false, false, false], ['ahead', 'ahead', 'ahead'], 'ahead', 'ahead', 0]);
  expect(known(2)).toEqual([[true, true, false], ['ahead', 'ahead', 'ahead'], 'now', 'ahead', 0]);
  expect(known(4)).toEqual([[true, true, true], ['known', 'ahead', 'ahead'], 'gone', 'ahead', 0]);
  expect(known(6)).toEqual([[true, true, true], ['known', 'known', 'part'], 'gone', 'now', 2]);
  expect(known(8)).toEqual([[true, true, true], ['known', 'known', 'known'], 'gone', 'gone', 3]);
  // Folded into one box, operators are at hand where one of them is; what never moves never does.
  expect(standingAt(moves, 2, 3).forward([1, 2])).toBe('now');
  expect(standingAt(moves, 2, 3).isAtHand([1, 2])).toBe(true);
  expect(standingAt(moves, 8, 3).backward([7])).toBe('never');
  expect(standingAt(moves, 8, 3).isUpdated(0)).toBe(true);
});

test('terms are added up and compared with the gradient', () => {
  const gradient = Float64Array.of(1, -5, 2);
  const equal = sumOf(Float64Array.of(0.25, -2, 3, 0.75, -3, -1), gradient, undefined);
  expect(equal).toEqual({ parts: [-2, -3], entry: 1, gradient: -5, agreement: 'equal' });
  expect(sumOf(Float64Array.of(0.25, -2, 3, 0.75, -3, -1), gradient, 2).parts).toEqual([3, -1]);
  // What cancels is compared with the size of its terms.
  expect(sumOf(Float64Array.of(1e9, -1e9 + 1e-3), Float64Array.of(0), undefined).agreement).toBe('equal');
  expect(sumOf(Float64Array.of(1, 1.00001), Float64Array.of(2), undefined).agreement).toBe('unequal');
  expect(sumOf(Float64Array.of(Infinity, 1), Float64Array.of(Infinity), undefined).agreement).toBe('odd');
  expect(sumOf(new Float64Array(), gradient, undefined).parts).toEqual([]);
});

test('powers and indices keep their places in plain text', () => {
  expect(asText([{ text: '∂L/∂h', style: 'italic' }, { text: '(1)', style: 'sup' }])).toBe('∂L/∂h⁽¹⁾');
  expect(asText([{ text: 'W', style: 'italic' }, { text: '12', style: 'sub' }, { text: 'T', style: 'sup' }])).toBe('W₁₂T');
  expect(asText([{ text: 'W', style: 'italic' }, { text: '2', style: 'sub' }, { text: '(1)', style: 'sup' }], true)).toBe('W2⁽¹⁾');
  expect([raised(20), raised(-3), raised(0)]).toEqual(['²⁰', '⁻³', '⁰']);
});

test('each term of a gradient has its value, where an entry takes no whole rows and columns', () => {
  const piece = (before: string, offset: number, rows = 1): { before: string; offset: number; rows: number; columns: number } => ({ before, offset, rows, columns: 1 });
  // −7 = 2 · 4 + 3 · −5
  const numbers = [piece('', 0), piece('=', 1), piece('·', 2), piece('+', 3), piece('·', 4)];
  expect(contributionsOf(numbers, Float64Array.of(-7, 2, 4, 3, -5), 0)).toEqual([8, -15]);
  expect(contributionsOf(numbers.slice(0, 3), Float64Array.of(8, 2, 4), 0)).toBeUndefined();
  // [5; 7] = [1; 3] ⊙ [2; 5] − −1 · [3; −8]: one entry at a time.
  const columns = [piece('', 0, 2), piece('=', 2, 2), piece('⊙', 4, 2), piece('−', 6), piece('·', 7, 2)];
  expect(contributionsOf(columns, Float64Array.of(5, 7, 1, 3, 2, 5, -1, 3, -8), 1)).toEqual([15, -8]);
  for (const before of ['×', '+ Σ']) expect(contributionsOf([...columns, piece(before, 0, 2)], Float64Array.of(5, 7, 1, 3, 2, 5, -1, 3, -8), 1)).toBeUndefined();
  expect(contributionsOf([...columns, piece('+', 0, 3)], Float64Array.of(5, 7, 1, 3, 2, 5, -1, 3, -8), 1)).toBeUndefined();
  expect(written([8, -15, 2], String)).toBe('8 − 15 + 2');
});

test('a run’s text is taken apart, changed and put together', () => {
  const text = 'adam:0.1,0.03@120;beta1=0.8;schedule=step/30;clip=1';
  const method = methodOf(text);
  expect(runOf(method)).toBe(text);
  expect(timelineOf(text)).toEqual([{ rate: 0.1, from: 0 }, { rate: 0.03, from: 120 }]);
  expect(scheduleOf(method)).toEqual({ name: 'step', numbers: ['30', '0.1'] });
  expect(scheduleOf(methodOf('gd:0.1'))).toEqual({ name: 'constant', numbers: [] });
  expect(runOf(withOptimizer(method, 'momentum', ['schedule', 'clip']))).toBe('momentum:0.1,0.03@120;schedule=step/30;clip=1');
  expect(runOf(withSchedule(methodOf('gd:0.1'), 'cosine'))).toBe('gd:0.1;schedule=cosine/100');
  expect(runOf(withSchedule(method, 'constant'))).toBe('adam:0.1,0.03@120;beta1=0.8;clip=1');
  expect(runOf(withSetting(method, 'clip', undefined))).toBe('adam:0.1,0.03@120;beta1=0.8;schedule=step/30');
  for (const [run, plain] of [['gd:0.1', true], ['gd:0.1,0.03@120', true], ['gd:0.1;clip=1', false], ['adam:0.1', false]] as const) expect(isPlain(run), run).toBe(plain);
});

test('a typed number is read within its range or refused for a reason', () => {
  const [share, count, factor, penalty]: readonly Range[] = [{ least: 0, below: 1 }, { least: 1, isWhole: true }, { least: 0, isOpen: true }, { least: 0 }];
  const table: [typed: string, range: Range | undefined, read: number | string][] = [
    ['0.9', share, 0.9], ['0', share, 0], ['9/10', share, 0.9], ['1', share, 'outside'], ['-0.1', share, 'outside'], ['0,9', share, 'comma'], ['', share, 'empty'],
    ['30', count, 30], ['0', count, 'notWhole'], ['1.5', count, 'notWhole'], ['-3', count, 'notWhole'], ['1e17', count, 'notWhole'],
    ['0.5', factor, 0.5], ['0', factor, 'notPositive'], ['−1', factor, 'notPositive'], ['x', factor, 'notANumber'],
    ['0', penalty, 0], ['-1', penalty, 'negative'], ['1e999', penalty, 'tooLarge'],
  ];
  for (const [typed, range, read] of table) {
    expect(readNumber(typed, range ?? { least: 0 }), typed).toEqual(typeof read === 'number' ? { value: read } : { problem: read });
  }
});

test('arrow keys go from entry to entry of a matrix and no further', () => {
  const matrix = { rows: 2, columns: 3 };
  for (const [from, key, to] of [[0, 'ArrowRight', 1], [2, 'ArrowRight', undefined], [2, 'ArrowDown', 5], [5, 'ArrowDown', undefined], [3, 'ArrowLeft', undefined], [3, 'ArrowUp', 0], [0, 'Enter', undefined]] as const) {
    expect(gridStep(matrix, from, key), `${from} ${key}`).toBe(to);
  }
});

test('the legend says what came of a run', () => {
  const table: [outcome: Parameters<typeof clauseOf>[0], clause: ReturnType<typeof clauseOf>, colour: string][] = [
    [{ kind: 'diverges', isSwinging: true, isBottomless: false, factor: -1.08, step: 4600, speed: 0.5 }, { key: 'climbs', factor: 1.08 }, 'diverges'],
    [{ kind: 'diverges', isSwinging: false, isBottomless: false, step: 3, speed: 0.5 }, { key: 'leaves', step: 3 }, 'diverges'],
    [{ kind: 'diverges', isSwinging: false, isBottomless: true, factor: 1.2, speed: 0.5 }, { key: 'bottomless' }, 'diverges'],
    [{ kind: 'oscillates', isSwinging: true, isBottomless: false, factor: -1, between: [2, -2], speed: 0.5 }, { key: 'jumps', between: [2, -2] }, 'ink'],
    [{ kind: 'oscillates', isSwinging: true, isBottomless: false, speed: 0 }, { key: 'holds' }, 'ink'],
    [{ kind: 'converges', isSwinging: true, isBottomless: false, factor: -0.92, step: 99, speed: 0.5 }, { key: 'swingsSlowly', factor: -0.92 }, 'swings'],
    [{ kind: 'converges', isSwinging: true, isBottomless: false, factor: -0.5, step: 12, speed: 0.5 }, { key: 'swings', factor: -0.5 }, 'swings'],
    [{ kind: 'converges', isSwinging: false, isBottomless: false, factor: 0.2, step: 6, speed: 0.5 }, { key: 'below', step: 6 }, 'falls'],
    [{ kind: 'converges', isSwinging: false, isBottomless: false, speed: 0.5 }, { key: 'converges' }, 'falls'],
    [{ kind: 'slow', isSwinging: false, isBottomless: false, factor: 0.99, speed: 0.5 }, { key: 'fallsSlowly', factor: 0.99 }, 'falls'],
    [{ kind: 'oscillates', isSwinging: true, isBottomless: false, factor: -0.9999, speed: 0.01 }, { key: 'swingsSlowly', factor: -0.9999 }, 'swings'],
    [{ kind: 'oscillates', isSwinging: true, isBottomless: false, factor: -1.001, speed: 0 }, { key: 'climbs', factor: 1.001 }, 'diverges'],
    [{ kind: 'oscillates', isSwinging: true, isBottomless: false, speed: 0.01 }, { key: 'slowSwinging' }, 'swings'],
    [{ kind: 'slow', isSwinging: false, isBottomless: false, speed: 0.01 }, { key: 'slow' }, 'falls'],
    [{ kind: 'slow', isSwinging: false, isBottomless: false, between: [0.2, -0.1], speed: 0 }, { key: 'ends', between: [0.2, -0.1] }, 'ink'],
    [{ kind: 'slow', isSwinging: false, isBottomless: false, speed: 0 }, { key: 'wanders' }, 'ink'],
  ];
  for (const [outcome, clause, colour] of table) {
    expect(clauseOf(outcome)).toEqual(clause);
    expect(colourOf(outcome)).toBe(colour);
  }
  expect(colourOf(undefined)).toBe('ink-2');
});

test('hidden runs move up where one before them is taken away', () => {
  expect(without(0b1010, 0)).toBe(0b101);
  expect(without(0b1010, 1)).toBe(0b100);
  expect(without(0b1010, 2)).toBe(0b110);
  expect([0, 1, 2, 3].filter(place => isIn(0b1010, place))).toEqual([1, 3]);
});
