// The engine without the page: build y = 4x², read the value and the gradient
// of each node, take gradient-descent steps.
//
//   cargo xtask build && node examples/node/parabola.mjs

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { Engine, GraphBuilder, Stepper, initSync, read } from '../../target/engine/chalkgrad-engine.js';

const wasm = new URL('../../target/engine/chalkgrad-engine_bg.wasm', import.meta.url);
initSync({ module: readFileSync(wasm) });

const builder = new GraphBuilder();
const x = builder.param('x', 1, 1, [2]);
const square = builder.apply('power', [x, builder.constant(2)]);
builder.name('u', square);
const y = builder.apply('multiply', [builder.constant(4), square]);
builder.name('y', y);
builder.minimize(y);
const engine = builder.build();

// Each node's value, and the loss's gradient with respect to it.
for (const name of engine.names()) {
  console.log(`${name} = ${engine.value(name)[0]}, ∂y/∂${name} = ${engine.gradient(name)[0]}`);
}
assert.deepEqual(engine.names(), ['x', 'u', 'y']);
assert.deepEqual([...engine.value('u')], [4]);
assert.deepEqual([...engine.gradient('u')], [4]);
assert.deepEqual([...engine.gradient('x')], [16]);
assert.deepEqual([...engine.gradient('y')], [1]);

// The same function as a program.
assert.deepEqual([...Engine.parse('param x = 2\ny = 4x^2').gradient('x')], [16]);

// With η = 1 every step multiplies x by 1 − 8η = −7: it climbs.
const stepper = new Stepper(engine, 'gd:1');
const losses = [stepper.report().loss];
for (let step = 0; step < 2; step++) losses.push(stepper.advance(1).loss);
assert.deepEqual(losses, [16, 784, 38416]);

// The learning rate can be moved at any time; it acts on the next step.
stepper.learningRate = 0.125;
assert.equal(stepper.advance(1).loss, 0);
assert.equal(stepper.run(), 'gd:1,0.125@2');

// Any earlier step is reached again, to the bit.
assert.equal(stepper.seek(1, 1e6).loss, 784);

// What is wrong with a program is told in the sentences of a language.
const sentences = readFileSync(new URL('../../target/engine/sentences/en.txt', import.meta.url), 'utf8');
const [fault] = read('param x = 2\ny = 4xx^2', sentences).diagnostics;
assert.deepEqual([fault.line, fault.column, fault.message], [2, 6, 'Nothing is called “xx” here.']);
assert.throws(() => Engine.parse('param x = 2\ny = 4xx^2'), /line 2, column 6/);

// What is wrong is said, and thrown as an Error.
assert.throws(() => builder.apply('tanhh', [x]), /tanhh/);
assert.throws(() => builder.param('w', 2, 2, [1]), /4|numbers/);
assert.throws(() => builder.minimize(99), /node/);
assert.throws(() => new Stepper(engine, 'gd:-1'));

console.log(`loss by step at η = 1: ${losses.join(', ')}`);
