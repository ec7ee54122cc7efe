import type { Example } from './example';

/** The first lesson's program, which both compare learning rates with. */
const PROGRAM = 'param x = 2\ny = 4x^2\nminimize y\n';

/** Four ways down, or not, from one start. */
export const rates: Example = {
  key: 'rates',
  title: { en: 'Four learning rates', zh: '四种学习率' },
  program: PROGRAM,
  view: { runs: ['gd:0.26', 'gd:0.25', 'gd:0.24', 'gd:0.1'], selected: 3, step: 16 },
  prose: () => [
    {
      en: 'Four runs start at *x* = 2. The slope of {y} = 4*x*² is 8*x*, so each step multiplies {x} by 1 − 8*η*, before it is taken: by −1.08, −1, −0.92 and 0.2.',
      zh: '四次下降都从 *x* = 2 出发。{y} = 4*x*² 的斜率是 8*x*，所以不必走就知道，每一步都把 {x} 乘以 1 − 8*η*：分别是 −1.08、−1、−0.92 和 0.2。',
    },
    {
      en: '**0.26** goes too far each time and lands higher on the other side. **0.25** jumps between 2 and −2, and {y} stays 16 for ever. **0.24** swings as well, but comes down a little with each jump.',
      zh: '**0.26** 每次都走过了头，落在对面更高的地方。**0.25** 在 2 和 −2 之间来回跳，{y} 永远是 16。**0.24** 也来回摆动，但每跳一次就低一点。',
    },
    {
      en: '**0.1** never crosses the bottom: its factor is above 0. Within a few steps it is nearer than any of the others.',
      zh: '**0.1** 从不越过最低点：它的因子大于 0。几步之内，它就比其他几次都更接近最低点。',
    },
    {
      en: '**Guess first.** Which rate gets there in a single step? Take one of the runs in hand, go back to the start and set it.',
      zh: '**先猜一猜。** 哪个学习率一步就到？选中一次下降，回到起点，把它设上试试。',
    },
  ],
  controls: () => [],
};

/** A step that is too long, beside one that is not. */
export const tooFar: Example = {
  key: 'too-far',
  title: { en: 'A step too far', zh: '步子太大' },
  program: PROGRAM,
  view: { runs: ['gd:1', 'gd:0.1'], step: 2, scale: 'log' },
  prose: () => [
    {
      en: 'Why is the gradient not simply subtracted? With *η* = 1 the first step leads from 2 to 2 − 16 = −14, and the next one to 98. {y} climbs from 16 to 784 to 38416.',
      zh: '为什么不直接减去梯度？取 *η* = 1，第一步从 2 走到 2 − 16 = −14，第二步走到 98。{y} 从 16 升到 784，再升到 38416。',
    },
    {
      en: 'The direction was right: {y} does fall to the left of 2. But the slope says how steep it is here, not how far it is to the bottom.',
      zh: '方向没有错：在 2 的左边 {y} 确实更小。但斜率只说明这里有多陡，不说明离最低点有多远。',
    },
    {
      en: 'So the gradient is multiplied by a small number first, *x* ← *x* − *η* · 8*x*. With *η* = 0.1 the step is 1.6 long, and {y} falls to 0.64.',
      zh: '所以先把梯度乘以一个小的数：*x* ← *x* − *η* · 8*x*。取 *η* = 0.1，这一步长 1.6，{y} 降到 0.64。',
    },
    {
      en: '**Try.** From which *η* on does the first step already lead uphill?',
      zh: '**试一试。** *η* 从多大起，第一步就已经走到更高处？',
    },
  ],
  controls: () => [],
};
