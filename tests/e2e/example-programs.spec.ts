/** The ready examples' programs on the engine, and the rules that change them; no page is opened. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { dragged, onStep, restOf, withRest } from '../../www/examples/edits';
import type { Choice, Drag, Example } from '../../www/examples/example';
import { EXAMPLES } from '../../www/examples/list';
import { decadesOf } from '../../www/examples/norms';
import { PERCEPTRON } from './programs';

const engine = import('../../target/engine/chalkgrad-engine.js').then(module => {
  module.initSync({ module: readFileSync(new URL('../../target/engine/chalkgrad-engine_bg.wasm', import.meta.url)) });
  return module;
});

/** The value of each named node, all its numbers; `∂` and a name is its gradient. */
async function numbersOf(program: string): Promise<Record<string, number[]>> {
  const { Engine, Stepper } = await engine;
  const parsed = Engine.parse(program);
  const stepper = new Stepper(parsed, 'gd:0.1');
  const [values, gradients] = [stepper.values(), stepper.gradients()];
  const { nodes } = parsed.graph(false, undefined, new Uint32Array(), 0);
  const own = (all: Float64Array, { offset, rows, columns }: { offset: number; rows: number; columns: number }): number[] => [...all.subarray(offset, offset + rows * columns)];
  return Object.fromEntries(nodes.filter(({ key }) => key !== '').flatMap(node => [[node.key, own(values, node)], [`∂${node.key}`, own(gradients, node)]]));
}

async function expectFaultless(program: string): Promise<void> {
  const { read } = await engine;
  expect(read(program, undefined).diagnostics, program).toEqual([]);
}

function example(key: string): Example {
  const found = EXAMPLES.find(each => each.key === key);
  if (!found) throw new Error(`no example ${key}`);
  return found;
}

function choiceOf(of: Example, program = of.program): Choice {
  const found = of.controls(program).find(control => control.kind === 'choice');
  if (!found) throw new Error(`${of.key} has no choice`);
  return found;
}

function dragOf(of: Example, program = of.program, at = 0): Drag {
  const found = of.controls(program).filter(control => control.kind === 'drag')[at];
  if (!found) throw new Error(`${of.key} has no drag`);
  return found;
}

/** Each version that one control leads to, and those that the others then lead to. */
function versionsOf(of: Example): string[] {
  const next = (program: string): string[] => of.controls(program).flatMap(control =>
    control.kind === 'choice' ? control.options.map(({ key }) => control.revised(key)) : [control.least, control.most].map(value => control.revised(value)));
  const once = next(of.program);
  return [of.program, ...once, ...once.flatMap(next)];
}

for (const each of EXAMPLES) {
  test(`every version of ${each.key} is without faults and doubts, has its controls and its prose`, async () => {
    const { turn } = await engine;
    for (const program of versionsOf(each)) {
      for (const way of [program, turn(program)?.turned ?? program]) {
        await expectFaultless(way);
        const found = each.controls(way).map(control => (control.kind === 'choice' ? control.chosen : control.value));
        expect(found, way).not.toContain(undefined);
        const numbers = await numbersOf(way);
        for (const said of each.prose(way)) {
          for (const text of [said.en, said.zh]) {
            for (const [, name = ''] of text.matchAll(/\{([^}]+)\}/g)) expect(Object.keys(numbers), `${name} in ${way}`).toContain(name);
          }
        }
      }
    }
  });

  test(`what a control of ${each.key} does, it undoes`, () => {
    for (const [at, control] of each.controls(each.program).entries()) {
      const undone = (program: string): string => {
        const now = each.controls(program)[at];
        return now?.kind === 'drag' && control.kind === 'drag' ? now.revised(control.value ?? NaN) : now?.kind === 'choice' && control.kind === 'choice' ? now.revised(control.chosen ?? '') : '';
      };
      // Another loss may take other numbers: those that it can't are left behind.
      const others = control.kind === 'drag' ? [control.revised(control.most)] : each.key === 'loss' ? ['mae', 'hinge'].map(control.revised) : control.options.map(({ key }) => control.revised(key));
      for (const other of others) expect(undone(other)).toBe(each.program);
    }
  });
}

/** How many paths lead from the loss to a node of each example. */
const PATHS: Readonly<Record<string, readonly [node: string, count: string]>> = {
  rates: ['x', '1'],
  'too-far': ['x', '1'],
  ravine: ['a', '1'],
  rosenbrock: ['a', '2'],
  'chain-rule': ['x', '1'],
  perceptron: ['W1', '1'],
  loss: ['ŷ', '1'],
  'shared-weight': ['W2', '2'],
  'weight-decay': ['W1', '2'],
  'three-times': ['x', '3'],
  doubling: ['x', '1048576'],
  recurrent: ['U', '8'],
};

test('the paths of every example are counted, and where all are listed their terms add up to the gradient', async () => {
  const { Engine, Stepper } = await engine;
  for (const of of EXAMPLES) {
    for (const program of versionsOf(of)) {
      const parsed = Engine.parse(program);
      const stepper = new Stepper(parsed, 'gd:0.1');
      const gradients = stepper.gradients();
      const { nodes } = parsed.graph(false, undefined, new Uint32Array(), 0);
      const [name, expected] = PATHS[of.key] ?? [];
      if (program === of.program) {
        const asked = nodes.find(({ key }) => key === name || key === `${name}#1`)?.id ?? NaN;
        expect(parsed.paths(asked).count, of.key).toBe(expected);
      }
      for (const { id, key, rows, columns, offset } of nodes.filter(({ key }) => key !== '')) {
        const { count, paths } = parsed.paths(id);
        const terms = stepper.terms(id);
        const size = rows * columns;
        expect(terms, key).toHaveLength(paths.length * size);
        if (count !== String(paths.length)) continue;
        for (let entry = 0; entry < size; entry += 1) {
          const own = paths.map((_, at) => terms[at * size + entry] ?? NaN);
          const largest = Math.max(1, ...own.map(Math.abs));
          const sum = own.reduce((total, term) => total + term, 0);
          expect(Math.abs(sum - (gradients[offset + entry] ?? NaN)), `${key} of ${program}`).toBeLessThan(1e-12 * largest);
        }
      }
    }
  }
});

test('what opens inside a step opens where gradients are made', async () => {
  const { Engine } = await engine;
  for (const { key, program, inside } of EXAMPLES) {
    if (inside === undefined) continue;
    expect(Engine.parse(program).walk()[inside - 1]?.phase, key).toBe('backward');
  }
});

test('the perceptron is the lecture’s', () => {
  expect(example('perceptron').program.trimEnd()).toBe(PERCEPTRON);
});

test('without φ a single layer gives the same output, for columns and for rows', async () => {
  const none = choiceOf(example('perceptron')).revised('none');
  const { turn } = await engine;
  for (const program of [none, turn(none)?.turned ?? '']) {
    const { o = [], s = [], d = [] } = await numbersOf(program);
    expect(o).toHaveLength(3);
    o.forEach((value, at) => expect(s[at]).toBeCloseTo(value, 12));
    expect(d[0]).toBeLessThan(1e-12);
  }
  const { o = [], s } = await numbersOf(example('perceptron').program);
  expect(o).toHaveLength(3);
  expect(s).toBeUndefined();
});

/** The losses by hand, of one number each. */
const LOSSES: Readonly<Record<string, (p: number, y: number) => number>> = {
  mse: (p, y) => (p - y) ** 2,
  squared_error: (p, y) => (p - y) ** 2 / 2,
  mae: (p, y) => Math.abs(p - y),
  huber: (p, y) => (Math.abs(p - y) <= 1 ? (p - y) ** 2 / 2 : Math.abs(p - y) - 0.5),
  bce: (p, y) => -(y === 1 ? Math.log(p) : Math.log(1 - p)),
  bce_logits: (p, y) => Math.log1p(Math.exp(y === 1 ? -p : p)),
  hinge: (p, y) => Math.max(0, 1 - y * p),
};

test('each loss is what its formula says, and smaller the nearer the prediction is to the label', async () => {
  const of = example('loss');
  const choice = choiceOf(of);
  expect(choice.options.map(({ key }) => key)).toEqual(['mse', 'squared_error', 'mae', 'huber', 'bce', 'bce_logits', 'cross_entropy', 'hinge']);
  for (const { key } of choice.options) {
    const program = choice.revised(key);
    const label = dragOf(of, program, 1).value ?? NaN;
    expect(label, key).toBe(1);
    const { least, most } = dragOf(of, program);
    // For a class, or its sign, nearer is surer: on to the end; a real label is met at 1.
    const end = ['mse', 'squared_error', 'mae', 'huber'].includes(key) ? 1 : most;
    const losses: number[] = [];
    for (let share = 0; share <= 1; share += 0.125) {
      const value = onStep(least + share * (end - least), dragOf(of, program));
      const { L: [loss = NaN] = [] } = await numbersOf(dragOf(of, program).revised(value));
      const byHand = key === 'cross_entropy' ? Math.log(Math.exp(value) + Math.exp(0.5) + Math.exp(-1)) - value : (LOSSES[key]?.(value, 1) ?? NaN);
      expect(loss, `${key}(${value}, 1)`).toBeCloseTo(byHand, 10);
      losses.push(loss);
    }
    losses.slice(1).forEach((loss, at) => expect(loss, `${key}, ${losses}`).toBeLessThanOrEqual(losses[at] ?? NaN));
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 2);
  }
});

test('the gradients of two copies sum to that of the weight that is used twice', async () => {
  const of = example('shared-weight');
  const shared = (await numbersOf(of.program))['∂W2'] ?? [];
  const copied = await numbersOf(choiceOf(of).revised('copy'));
  expect(shared).toHaveLength(4);
  shared.forEach((sum, at) => expect((copied['∂W2']?.[at] ?? NaN) + (copied['∂W3']?.[at] ?? NaN)).toBeCloseTo(sum, 12));
});

test('without φ the gradients of the states grow or shrink by just the factor of U', async () => {
  const of = example('recurrent');
  for (const factor of [0.4, 1, 1.6]) {
    const numbers = await numbersOf(dragOf(of).revised(factor));
    const norms = ['h#2', 'h#3', 'h#4', 'h#5', 'h#6', 'h#7', 'h#8', 'h'].map(key => Math.hypot(...(numbers[`∂${key}`] ?? [NaN])));
    norms.slice(1).forEach((norm, at) => expect((norms[at] ?? NaN) / norm).toBeCloseTo(factor, 10));
  }
});

test('the terms that the prose names are the gradient', async () => {
  const { '∂x': three } = await numbersOf(example('three-times').program);
  expect(three?.[0]).toBeCloseTo(Math.cos(2) - 2 * Math.sin(2) + 4, 12);
  const chain = await numbersOf(example('chain-rule').program);
  expect(chain['∂x']?.[0]).toBeCloseTo(Math.cos(2.25) * 3, 12);
  const { '∂x': doubled } = await numbersOf(example('doubling').program);
  expect(doubled).toEqual([2 ** 20]);
  const decay = example('weight-decay');
  const without = await numbersOf(dragOf(decay).revised(0));
  const full = await numbersOf(dragOf(decay).revised(1));
  full['W1']?.forEach((weight, at) => expect(full['∂W1']?.[at]).toBeCloseTo((without['∂W1']?.[at] ?? NaN) + weight, 10));
});

test('a rule finds its place whatever the spaces and the comments, and nothing else', () => {
  expect(restOf('data  x=  2 # two\ny = 3', 'data x =')).toBe('2');
  expect(restOf('# data x = 2\ny = 3', 'data x =')).toBeUndefined();
  expect(withRest('a = 1\r\nb = 2 # b\r\n', 'b =', '3')).toBe('a = 1\r\nb = 3 # b\r\n');
  expect(withRest('a = 1', 'b =', '3')).toBe('a = 1');
  const of = (text: string, behind = ''): number | undefined => dragged(text, { en: '', zh: '' }, 'x =', [-1, 2, 0.1], behind).value;
  expect([of('x = -0.5'), of('x = .5e-1'), of('x = 2y'), of('x = 2 + 1'), of('x = y'), of('x = 2 * y', '*'), of('x = 2 + y', '*')]).toEqual([-0.5, 0.05, undefined, undefined, undefined, 2, undefined]);
  expect([0.30000000000000004, 5, -5, -0.04].map(value => onStep(value, { least: -1, most: 2, step: 0.1 }) + 0)).toEqual([0.3, 2, -1, 0]);
  expect(onStep(-1, { least: -1, most: 1, step: 2 })).toBe(-1);
  expect(decadesOf([0.5, 2000, 0, NaN, Infinity], [-3, 2])).toEqual({ low: -3, high: 4 });
});
