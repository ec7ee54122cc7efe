import { dragged } from './edits';
import { same, type Example } from './example';

/** y = f(u), u = g(x): slopes multiply. */
export const chainRule: Example = {
  key: 'chain-rule',
  inside: 5,
  title: { en: 'The chain rule', zh: '链式法则' },
  program: 'param x = 1.5\nu = x^2\ny = sin(u)\nminimize y\n',
  prose: () => [
    {
      en: '{y} depends on {u}, and {u} on {x}: *y* = *f*(*u*), *u* = *g*(*x*). Each operator knows its own slope and nothing else.',
      zh: '{y} 由 {u} 决定，{u} 又由 {x} 决定：*y* = *f*(*u*)，*u* = *g*(*x*)。每个操作只知道自己的斜率，别的一概不知。',
    },
    {
      en: 'On the way back from {y} the slopes multiply: {∂u} = *f*′(*u*), and {∂x} = {∂u} · *g*′(*x*). The first factor is taken over, not found anew.',
      zh: '从 {y} 往回走，斜率逐个相乘：{∂u} = *f*′(*u*)，{∂x} = {∂u} · *g*′(*x*)。前一个因子直接沿用，不必重新求。',
    },
    {
      en: '**Guess first.** Where does {∂x} become 0 as you drag *x*? There are two reasons for it: one lies in *f*, one in *g*.',
      zh: '**先猜一猜。** 拖动 *x*，{∂x} 会在哪里变成 0？原因有两种：一种出在 *f*，一种出在 *g*。',
    },
  ],
  controls: program => [dragged(program, same('*x*'), 'param x =', [-3, 3, 0.01])],
};
