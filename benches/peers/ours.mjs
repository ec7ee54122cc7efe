// Measures the engine on one of the work loads W1 to W4 and prints a line of
// JSON: µs an epoch (W1, W2) or a step (W3, W4), and the check value.
//
//   cargo xtask build && node benches/peers/ours.mjs W1
//
// The harness starts it in its own folder, from which lib.mjs comes; PEERS_DATA
// is where its generated data lie. docs/benchmarks.md has the whole recipe.
//
// The engine takes no batches of its data yet, so each batch is a graph. For the
// check the parameters go from the run of one batch to that of the next; while
// it is timed each batch has its run, which makes its share of the steps in one
// call.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { Engine, GraphBuilder, Stepper, initSync } from '../../target/engine/chalkgrad-engine.js';

const { ALPHA, CHECK, bench, load, report } = await import(pathToFileURL(path.resolve('lib.mjs')));

const wasm = new URL('../../target/engine/chalkgrad-engine_bg.wasm', import.meta.url);
initSync({ module: readFileSync(wasm) });

const workLoad = process.argv[2];
const [perUnit, check] = workLoad === 'W4' ? parabola() : network(load(workLoad));
report('chalkgrad', workLoad, 'f64', perUnit, check);

/** y = 4x², back at x = 2 after every 20 steps. */
function parabola() {
  const stepper = new Stepper(Engine.parse('param x = 2\ny = 4x^2'), 'gd:0.1');
  stepper.advance(CHECK.W4);
  const [check] = stepper.values();
  const run = (steps) => {
    for (let left = steps; left > 0; left -= 20) {
      stepper.reset();
      stepper.advance(Math.min(20, left));
    }
  };
  return [bench(run), check];
}

function network({ pts: points, layers, batch, lr: rate }) {
  const start = layers.map(({ W, b }) => ({ W: W.flat(), b }));
  const engines = [];
  for (let at = 0; at < points.length; at += batch) engines.push(engine(points.slice(at, at + batch), start, true));

  // The check: the true order of the updates.
  let parameters = start.flatMap(({ W, b }) => [...W, ...b]);
  for (let unit = 0; unit < CHECK[workLoad]; unit++) {
    for (const of of engines) {
      const stepper = new Stepper(of, `gd:${rate}`, 0, Float64Array.from(parameters));
      stepper.advance(1);
      parameters = numbers(of, stepper);
      stepper.free();
    }
  }
  const check = engine(points, shaped(parameters, start), false).value('L')[0];

  const steppers = engines.map((of) => new Stepper(of, `gd:${rate}`));
  const run = (units) => {
    for (const stepper of steppers) assert.equal(stepper.advance(units).diverged, undefined);
  };
  return [bench(run), check];
}

/** The network on these points; the regulariser of W3 is left out where the loss is only read. */
function engine(points, layers, training) {
  const isHinge = workLoad === 'W3';
  const builder = new GraphBuilder();
  const constant = (value) => builder.constant(value);
  let below = builder.data('x', 2, points.length, [...points.map(([x]) => x), ...points.map(([, y]) => y)]);
  const label = builder.data('y', 1, points.length, points.map(([, , y]) => y));
  const penalties = [];
  layers.forEach(({ W, b }, index) => {
    const weights = builder.param(`W${index + 1}`, b.length, W.length / b.length, W);
    const bias = builder.param(`b${index + 1}`, b.length, 1, b);
    const sum = builder.apply('add', [builder.apply('matmul', [weights, below]), bias]);
    const isLinear = isHinge && index === layers.length - 1;
    below = isLinear ? sum : builder.apply(isHinge ? 'relu' : 'tanh', [sum]);
    if (isHinge && training) for (const param of [weights, bias]) {
      penalties.push(builder.apply('sum', [builder.apply('multiply', [param, param])]));
    }
  });
  let loss = builder.apply(isHinge ? 'hinge' : 'mse', [below, label]);
  if (!isHinge) loss = builder.apply('multiply', [constant(0.5), loss]);
  else if (training) {
    const penalty = penalties.reduce((sum, next) => builder.apply('add', [sum, next]));
    loss = builder.apply('add', [loss, builder.apply('multiply', [constant(ALPHA), penalty])]);
  }
  builder.name('L', loss);
  builder.minimize(loss);
  return builder.build();
}

/** The parameters' numbers at a run's step. */
function numbers(engine, stepper) {
  const values = stepper.values();
  const params = engine.graph().nodes.filter(({ role }) => role === 'param');
  return params.flatMap(({ offset, rows, columns }) => [...values.subarray(offset, offset + rows * columns)]);
}

/** The same numbers in the layers' shapes. */
function shaped(numbers, layers) {
  let at = 0;
  const take = (count) => numbers.slice(at, (at += count));
  return layers.map(({ W, b }) => ({ W: take(W.length), b: take(b.length) }));
}
