import { dragged } from './edits';
import { same, type Example } from './example';

/** A penalty on W₁: a second way by which it reaches the loss. */
export const weightDecay: Example = {
  key: 'weight-decay',
  inside: 19,
  title: { en: 'Weight decay', zh: '权重衰减' },
  program: `data  x  = [1; 0.5; -1; 2]
param W1 = normal(5, 4)
param W2 = normal(3, 5)
data  y  = [1; 0; 0]
data  λ  = 0.1

h = tanh(W1 @ x)
o = W2 @ h
E = squared_error(o, y)
R = λ/2 * sum(W1^2)
L = E + R
minimize L
`,
  prose: () => [
    {
      en: '{L} is a sum: the error {E}, and {R} = ½ *λ* Σ *W*₁², which grows with the size of the weights.',
      zh: '{L} 是两项之和：误差 {E}，以及随权重大小增长的 {R} = ½ *λ* Σ *W*₁²。',
    },
    {
      en: '{W1} reaches {L} in two ways, so {∂W1} has two terms. The second is *λ* {W1}: with every step each weight loses the same share of itself. That is the decay.',
      zh: '{W1} 经两条通路影响 {L}，所以 {∂W1} 有两项。第二项是 *λ* {W1}：每走一步，每个权重都按同样的比例缩小一点，这就是衰减。',
    },
    {
      en: '**Try.** Drag *λ* up and press Play. Which of {E} and {R} gives way?',
      zh: '**试一试。** 把 *λ* 拖大再按播放。{E} 和 {R}，哪一个会让步？',
    },
  ],
  controls: program => [dragged(program, same('*λ*'), 'data λ =', [0, 1, 0.01])],
};
