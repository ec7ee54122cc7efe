import { dragged } from './edits';
import { same, type Example } from './example';

/** Rosenbrock's function: a valley that bends. */
export const rosenbrock: Example = {
  key: 'rosenbrock',
  title: { en: 'Rosenbrock’s valley', zh: 'Rosenbrock 的山谷' },
  program: 'param a = -1.2\nparam b = 1\nL = (1 - a)^2 + 100(b - a^2)^2\nminimize L\n',
  view: { runs: ['gd:0.001', 'momentum:0.0005', 'nesterov:0.0005', 'adam:0.05'] },
  prose: () => [
    {
      en: '{L} = (1 − *a*)² + 100(*b* − *a*²)² is least at *a* = *b* = 1. The way there leads along the bent valley *b* = *a*², whose floor falls by little.',
      zh: '{L} = (1 − *a*)² + 100(*b* − *a*²)² 在 *a* = *b* = 1 处最小。通往那里的路沿着弯曲的山谷 *b* = *a*²，谷底下降得很慢。',
    },
    {
      en: 'From (−1.2, 1), where optimizers have been tried since 1960, every one of them is soon on the floor. What tells them apart is how they go on along it.',
      zh: '自 1960 年起，人们就从 (−1.2, 1) 出发检验优化算法。它们都很快到达谷底；区别在于怎样沿着谷底走下去。',
    },
    {
      en: '**Guess first.** Which of the four optimizers is the nearest to (1, 1) after 200 steps? Then press Play.',
      zh: '**先猜一猜。** 200 步之后，四种优化器中哪一种离 (1, 1) 最近？再按“播放”。',
    },
  ],
  controls: program => [dragged(program, same('*a*'), 'param a =', [-2, 2, 0.1]), dragged(program, same('*b*'), 'param b =', [-2, 3, 0.1])],
};
