import { dragged } from './edits';
import { same, type Example } from './example';

/** One name three times in an expression: three terms. */
export const threeTimes: Example = {
  key: 'three-times',
  inside: 9,
  title: { en: 'Three times x', zh: '三处 x' },
  program: 'param x = 2\ny = x * cos(x) + x^2\nminimize y\n',
  prose: () => [
    {
      en: '{x} stands three times in *y* = *x* cos *x* + *x*². In the graph it is there once, and three edges leave it.',
      zh: '*y* = *x* cos *x* + *x*² 里有三处 *x*。计算图里只有一个 {x}，有三条边从它出发。',
    },
    {
      en: 'Each way back from {y} brings a term: cos *x*, −*x* sin *x* and 2*x*. {∂x} is their sum. The product rule is nothing else.',
      zh: '从 {y} 回来的每条通路带来一项：cos *x*、−*x* sin *x* 和 2*x*。{∂x} 就是它们的和。乘积法则不过如此。',
    },
    {
      en: '**Guess first.** Drag *x* to 0. Which of the three terms is left?',
      zh: '**先猜一猜。** 把 *x* 拖到 0，三项中还剩哪一项？',
    },
  ],
  controls: program => [dragged(program, same('*x*'), 'param x =', [-4, 4, 0.01])],
};
