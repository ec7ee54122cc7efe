import { bareRest, without, withBehind, withRest } from './edits';
import { same, type Choice, type Example } from './example';

/** The expression of each activation function. */
const PHI: Readonly<Record<string, string>> = { tanh: 'tanh(z)', relu: 'relu(z)', sigmoid: 'sigmoid(z)', none: 'z' };
/** Without one: the single layer that does the same, with samples as columns and as rows, and how far it is from it. */
const SINGLE = { 'W2@h': ['W = W2 @ W1', 's = W @ x'], 'h@W2': ['W = W1 @ W2', 's = x @ W'] } as const;
const DIFFERENCE = 'd = sum(abs(s - o))';

function phi(program: string): Choice {
  const now = bareRest(program, 'h =');
  const output = bareRest(program, 'o =')?.replace('z', 'h');
  const single = output === 'W2@h' || output === 'h@W2' ? [...SINGLE[output], DIFFERENCE] : undefined;
  const plain = without(program, [...SINGLE['W2@h'], ...SINGLE['h@W2'], DIFFERENCE]);
  return {
    kind: 'choice',
    name: same('*φ*'),
    options: Object.keys(PHI).map(key => ({ key, name: key === 'none' ? { en: 'none', zh: '无' } : key })),
    chosen: single && Object.keys(PHI).find(key => PHI[key] === now),
    revised: key => {
      const other = withRest(plain, 'h =', PHI[key] ?? 'z');
      return key === 'none' && single ? withBehind(other, 'o =', single) : other;
    },
  };
}

/** The lecture's three-layer perceptron, and why it needs φ. */
export const perceptron: Example = {
  key: 'perceptron',
  inside: 8,
  title: { en: 'Inside the perceptron', zh: '感知机内部' },
  program: `# a three-layer perceptron
data  x  = [1; 0.5; -1; 2]
param W1 = normal(5, 4)
param W2 = normal(3, 5)
data  y  = [1; 0; 0]

z = W1 @ x
h = tanh(z)
o = W2 @ h
L = squared_error(o, y)
minimize L
`,
  prose: program => phi(program).chosen === 'none'
    ? [
        {
          en: 'Without *φ* there are two products and nothing in between: {o} = {W2} ({W1} {x}).',
          zh: '没有 *φ*，就只有两次矩阵乘法，中间什么也没有：{o} = {W2} ({W1} {x})。',
        },
        {
          en: 'The brackets can be moved: {W} = {W2} {W1} is one layer, and what it makes, {s}, is {o} itself. The sum of all differences {d} is 0, but for rounding. However many layers there were, they could do no more than one: that is why *φ* is needed.',
          zh: '括号可以挪动：{W} = {W2} {W1} 是单独一层，它算出的 {s} 就是 {o}。所有差的总和 {d} 是 0（除了舍入误差）。这样的层无论有多少，也只抵得上一层：所以需要 *φ*。',
        },
        {
          en: '**Guess first.** Take one step: {W1} and {W2} move. Is {s} still equal to {o}?',
          zh: '**先猜一猜。** 走一步，{W1} 和 {W2} 都会变。{s} 还等于 {o} 吗？',
        },
      ]
    : [
        {
          en: 'Going forward, each operator makes a value. Going back, it turns the gradient of its output into the gradient of its input.',
          zh: '前向时，每个操作产生一个值；反向时，它把输出的梯度变成输入的梯度。',
        },
        {
          en: 'Nothing is differentiated twice. {∂h} is there when *φ* is reached, and only multiplied by its slope: {∂z} = {∂h} ⊙ *φ*′({z}). Where *φ* is flat, little comes through.',
          zh: '没有什么会被求导两次。到达 *φ* 时 {∂h} 已经求得，只需乘上 *φ* 的斜率：{∂z} = {∂h} ⊙ *φ*′({z})。*φ* 平坦的地方，梯度很难通过。',
        },
        {
          en: '**Guess first.** With samples as rows, which formulas keep as they are: those with prod, or the explicit ones? And which entries of {∂z} become 0 with relu?',
          zh: '**先猜一猜。** 样本改为按行排列，哪些公式不变：用 prod 写的，还是显式的？换成 relu，{∂z} 的哪些元素会变成 0？',
        },
      ],
  controls: program => [phi(program)],
};
