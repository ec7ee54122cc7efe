import { raised } from '../rules/raised';
import { dragged } from './edits';
import type { Drag, Example, Said } from './example';

function times(program: string): Drag {
  return dragged(program, { en: 'doublings', zh: '加倍次数' }, 'repeat', [1, 30, 1], '{');
}

/** How many paths so many doublings make; n of them where the program doesn't say. */
function counted(doublings: number | undefined): Said {
  const count = doublings ?? '*n*';
  const power = doublings === undefined ? '2ⁿ' : `2${raised(doublings)}${2 ** doublings <= Number.MAX_SAFE_INTEGER ? ` = ${2 ** doublings}` : ''}`;
  const [paths, steps] = [doublings === 0 ? 'path' : 'paths', doublings === 1 ? 'step' : 'steps'];
  return {
    en: `With ${count} of them that makes ${power} ${paths} to {x}, and {∂x} is the sum of as many terms. Nobody lists them: going back operator by operator, each gradient is made once and reused, in ${count} ${steps}.`,
    zh: `共有 ${count} 次，通向 {x} 的通路就有 ${power} 条，{∂x} 是同样多项的和。没有人会一条条列出来：逐个操作往回走，每个梯度只求一次，之后复用，${count} 步就够了。`,
  };
}

/** Paths that nobody lists. */
export const doubling: Example = {
  key: 'doubling',
  inside: 41,
  title: { en: 'x + x, over and over', zh: '一次次 x + x' },
  program: 'param x = 1\ns = x\nrepeat 20 { s = s + s }\nminimize s\n',
  prose: program => {
    return [
      {
        en: 'Each *s* = *s* + *s* takes the same node for both operands. So on the way back from {s} every operator can be left in two ways.',
        zh: '每个 *s* = *s* + *s* 的两个操作数是同一个节点。所以从 {s} 往回走，每个操作都有两种走法。',
      },
      counted(times(program).value),
      {
        en: '**Guess first.** One doubling more: how many more paths, and how many more steps?',
        zh: '**先猜一猜。** 再加倍一次：会多出多少条通路，又多出多少步？',
      },
    ];
  },
  controls: program => [times(program)],
};
