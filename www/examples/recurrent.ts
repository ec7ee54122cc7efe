import { bareRest, dragged, withRest } from './edits';
import { same, type Choice, type Example } from './example';

const STATE = 'repeat 8 { h =';
/** With samples as columns and as rows. */
const NEXT = ['U @ h + x', 'h @ U + x'];
const PHI = ['none', 'tanh', 'relu'];

function written(key: string, next: string): string {
  return `${key === 'none' ? next : `${key}(${next})`} }`;
}

function phi(program: string): Choice {
  const now = bareRest(program, STATE);
  const next = NEXT.find(each => PHI.some(key => written(key, each).replace(/\s/g, '') === now));
  return {
    kind: 'choice',
    name: same('*φ*'),
    options: PHI.map(key => ({ key, name: key === 'none' ? { en: 'none', zh: '无' } : key })),
    chosen: next && PHI.find(key => written(key, next).replace(/\s/g, '') === now),
    revised: key => withRest(program, STATE, written(key, next ?? '')),
  };
}

/** A recurrent net over eight steps: gradients vanish or explode. U turns by a right-angled triangle's angle, so that its factor alone makes longer or shorter. */
export const recurrent: Example = {
  key: 'recurrent',
  inside: 35,
  title: { en: 'Back through time', zh: '沿时间反向传播' },
  program: `data  x = [0.1; -0.1]
param U = 0.8 * [0.8, -0.6; 0.6, 0.8]
data  y = [1; 1]

data  h = [0.5; 0.2]
repeat 8 { h = U @ h + x }
L = squared_error(h, y)
minimize L
`,
  prose: () => [
    {
      en: 'The same {U} makes each state from the one before: *h*ₜ = *φ*(*U* *h*ₜ₋₁ + *x*). Used eight times, it gets a gradient {∂U} of eight terms.',
      zh: '同一个 {U} 由前一个状态算出下一个：*h*ₜ = *φ*(*U* *h*ₜ₋₁ + *x*)。它用了八次，所以 {∂U} 有八项。',
    },
    {
      en: 'On the way back every state multiplies by *U*ᵀ once more. What does that do to the size of the gradient?',
      zh: '往回走，每经过一个状态就再乘一次 *U*ᵀ。梯度的大小会怎样变化？',
    },
    {
      en: '**Try.** Drag the factor of *U* below 1, and above. Without *φ* the gradient vanishes below 1 on its way to *t* = 1, and explodes above. A *φ* whose slope is at most 1 can only make it smaller. Where does the line lie level?',
      zh: '**试一试。** 把 *U* 的倍数拖到 1 以下，再拖到 1 以上。不用 *φ* 时，小于 1，梯度往 *t* = 1 走就会消失；大于 1 就会爆炸。斜率不超过 1 的 *φ* 只会让它更小。什么时候这条线是水平的？',
    },
  ],
  controls: program => [dragged(program, { en: 'factor of *U*', zh: '*U* 的倍数' }, 'param U =', [0.1, 2, 0.01], '*'), phi(program)],
  states: 'h',
};
