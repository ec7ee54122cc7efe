// A perceptron built call by call: matrices go in row by row, and its gradients
// are those of the same network as a program.
//
//   cargo xtask build && node examples/node/matrices.mjs

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { Engine, GraphBuilder, Stepper, initSync, read } from '../../target/engine/chalkgrad-engine.js';

const wasm = new URL('../../target/engine/chalkgrad-engine_bg.wasm', import.meta.url);
initSync({ module: readFileSync(wasm) });

const builder = new GraphBuilder();
const x = builder.data('x', 2, 3, [1, 2, 3, 4, 5, 6]); // features × samples
const W = builder.param('W', 2, 2, [0.1, -0.2, 0.3, 0.4]);
const b = builder.param('b', 2, 1, [0.5, -0.5]);
const y = builder.data('y', 2, 3, [1, 0, 1, 0, 1, 0]);
const product = builder.apply('matmul', [W, x]);
const z = builder.apply('add', [product, b]); // b is broadcast along the columns
builder.name('z', z);
const L = builder.apply('cross_entropy', [z, y]);
builder.name('L', L);
builder.minimize(L);
const engine = builder.build();

const program = `
data x = [1, 2, 3; 4, 5, 6]
param W = [0.1, -0.2; 0.3, 0.4]
param b = [0.5; -0.5]
data y = [1, 0, 1; 0, 1, 0]
z = W @ x + b
L = cross_entropy(z, y)
minimize L`;
const parsed = Engine.parse(program);
for (const name of engine.names()) {
  assert.deepEqual(engine.value(name), parsed.value(name), name);
  assert.deepEqual(engine.gradient(name), parsed.gradient(name), name);
  console.log(`∂L/∂${name} = [${engine.gradient(name).join(', ')}]`);
}
assert.equal(engine.value('z').length, 6);
// Shifting both logits of a column alike changes nothing: each column sums to 0.
const [first, second] = engine.gradient('b');
assert.ok(Math.abs(first + second) < 1e-15);

const stepper = new Stepper(engine, 'gd:0.1');
const before = stepper.report().loss;
assert.ok(stepper.advance(100).loss < before);

// The order of `W x` matters, and so does the number of constants.
assert.throws(() => builder.apply('matmul', [b, W]), /matmul.*2×1 and 2×2/);
assert.throws(() => builder.apply('transpose', [W], [1]), /constants/);
// Concatenation takes any number of operands, an index its row and column.
const stacked = builder.apply('vcat', [W, W, W]);
builder.name('corner', builder.apply('index', [stacked], [6, 1]));
assert.deepEqual([...builder.build().value('corner')], [0.3]);

// What diverges says which node and which operator: here it is the product.
const overflow = new Stepper(Engine.parse('param w = 1\ny = w * w'), 'gd:1e200');
const { diverged } = overflow.advance(1000);
assert.deepEqual([diverged.node, diverged.operator, diverged.gradient], ['y', '×', false]);

// What would keep a page waiting is refused, with the sizes.
const large = 'data A = ones(400, 400)\nparam B = ones(400, 400)\nL = sum(A @ B)';
const told = language => {
  const sentences = readFileSync(new URL(`../../target/engine/sentences/${language}.txt`, import.meta.url), 'utf8');
  return read(large, sentences).diagnostics[0].message;
};
assert.match(told('en'), /“@” to 400×400.*192320000.*100000000/);
assert.match(told('zh'), /192320000 次乘加/);
assert.throws(() => Engine.parse(large), /line 3/);
const wide = new GraphBuilder();
const A = wide.param('A', 400, 400, new Float64Array(160_000).fill(1));
assert.throws(() => wide.apply('matmul', [A, A]), /matmul.*192000000/);
