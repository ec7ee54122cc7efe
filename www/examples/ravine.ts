import { dragged } from './edits';
import { same, type Example } from './example';

/** A long narrow valley: why a gradient alone is slow, and what optimizers make of it. */
export const ravine: Example = {
  key: 'ravine',
  title: { en: 'A ravine: why momentum', zh: '峡谷：为什么要动量' },
  program: 'param a = 8\nparam b = 1\nL = a^2 + 100b^2\nminimize L\n',
  view: { runs: ['gd:0.009', 'momentum:0.009', 'nesterov:0.006', 'adam:0.5'] },
  prose: () => [
    {
      en: '{L} = *a*² + 100*b*² is steep across, along *b*, and nearly flat along *a*. Gradient descent has one *η* for both: above 2/200 = 0.01 it diverges along *b*, and below that it is slow along *a*, where each step leaves 1 − 2*η* of the way.',
      zh: '{L} = *a*² + 100*b*² 沿 *b* 陡，沿 *a* 几乎是平的。梯度下降对两者只有一个 *η*：大于 2/200 = 0.01 时沿 *b* 发散，小于它时沿 *a* 又很慢，每步只把剩下的路乘以 1 − 2*η*。',
    },
    {
      en: 'Momentum keeps a velocity *v* of past gradients. Across the valley they change sign and cancel; along it they add up, to 1/(1 − *β*) = 10 times the step. Adam divides by the size of past gradients instead, for each number its own.',
      zh: '动量记下由过去的梯度累积成的速度 *v*。横着看，它们正负相间，互相抵消；顺着看，它们越加越大，最多可达单步的 1/(1 − *β*) = 10 倍。Adam 则对每个数各自除以过去梯度的大小。',
    },
    {
      en: '**Guess first.** Four optimizers start at the same place. Which is the first to bring {L} below 0.01, and in how many steps? Then press Play.',
      zh: '**先猜一猜。** 四种优化器从同一处出发。哪一种最先让 {L} 小于 0.01，要多少步？再按“播放”。',
    },
  ],
  controls: program => [dragged(program, same('*a*'), 'param a =', [-10, 10, 0.1]), dragged(program, same('*b*'), 'param b =', [-3, 3, 0.1])],
};
