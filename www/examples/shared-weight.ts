import { bareRest, restOf, without, withBehind, withRest } from './edits';
import type { Choice, Example } from './example';

const NUMBERS = '[0.5, -0.8; 0.7, 0.4]';
/** The same where samples are rows. */
const TRANSPOSED = '[0.5, 0.7; -0.8, 0.4]';
/** A parameter of its own with what numbers W2 has. */
const copyOf = (numbers: string): string => `param W3 = ${numbers}`;

function secondUse(program: string): Choice {
  const output = bareRest(program, 'o =') ?? '';
  const numbers = restOf(program, 'param W2 =') ?? '';
  const isWhole = numbers === NUMBERS || numbers === TRANSPOSED;
  const isCopy = output.includes('W3');
  return {
    kind: 'choice',
    name: { en: 'Second use', zh: '第二次使用' },
    options: [
      { key: 'shared', name: { en: '*W*₂ again', zh: '仍是 *W*₂' } },
      { key: 'copy', name: { en: 'a copy, *W*₃', zh: '副本 *W*₃' } },
    ],
    chosen: !isWhole || !/^(?:W[23]@h2|h2@W[23])$/.test(output) ? undefined : isCopy ? 'copy' : 'shared',
    revised: key => {
      const plain = without(program, [copyOf(NUMBERS), copyOf(TRANSPOSED)]);
      const name = key === 'copy' ? 'W3' : 'W2';
      const other = withRest(plain, 'o =', output.startsWith('h2') ? `h2 @ ${name}` : `${name} @ h2`);
      return key === 'copy' ? withBehind(other, 'param W2 =', [copyOf(numbers)]) : other;
    },
  };
}

/** One weight in two layers: its gradients add up. */
export const sharedWeight: Example = {
  key: 'shared-weight',
  inside: 11,
  title: { en: 'A weight used twice', zh: '用了两次的权重' },
  program: `data  x  = [1; -0.5]
param W1 = [0.6, -0.4; 0.3, 0.9]
param W2 = ${NUMBERS}
data  y  = [1; 0]

h1 = tanh(W1 @ x)
h2 = tanh(W2 @ h1)
o  = W2 @ h2
L  = squared_error(o, y)
minimize L
`,
  prose: program => secondUse(program).chosen === 'copy'
    ? [
        {
          en: '{W2} and {W3} have the same numbers, so every value is as before. But each now has the gradient of its own use alone.',
          zh: '{W2} 和 {W3} 的数完全相同，所以每个值都和之前一样。但现在它们各自只有自己那一次使用的梯度。',
        },
        {
          en: 'Add {∂W2} and {∂W3}, entry by entry: that is the gradient that the shared {W2} had.',
          zh: '把 {∂W2} 和 {∂W3} 逐元素相加，就是共用时 {W2} 的梯度。',
        },
        {
          en: '**Guess first.** Take one step. Are {W2} and {W3} still equal?',
          zh: '**先猜一猜。** 走一步之后，{W2} 和 {W3} 还相等吗？',
        },
      ]
    : [
        {
          en: '{W2} stands in two layers. It is one node that two edges leave, so two gradients come back to it.',
          zh: '{W2} 出现在两层里。它是一个节点，有两条边从它出发，所以有两份梯度回到它这里。',
        },
        {
          en: 'They add up. {∂W2} is the sum of both, as if each use had a weight of its own and the two were then told to move together.',
          zh: '它们会相加：{∂W2} 是两份之和，就像每次使用各有自己的权重，再让两者一起移动。',
        },
        {
          en: '**Try.** Give the second use a copy of its own, with the same numbers. Which part of {∂W2} stays with {W2}?',
          zh: '**试一试。** 给第二次使用一个副本，数保持相同。{∂W2} 的哪一部分会留在 {W2}？',
        },
      ],
  controls: program => [secondUse(program)],
};
