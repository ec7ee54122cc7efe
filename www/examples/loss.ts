import { dragged, onStep, restOf, withRest } from './edits';
import { same, type Choice, type Control, type Drag, type Example, type Said } from './example';

type Bounds = readonly [least: number, most: number, step: number];

/** What a loss is of, and what is said of it. */
interface Kind {
  readonly prediction: Bounds;
  readonly label: Bounds;
  readonly says: Said;
}

const REAL: Bounds = [-3, 3, 0.05];

const KINDS: Readonly<Record<string, Kind>> = {
  mse: {
    prediction: REAL,
    label: REAL,
    says: { en: 'mse is the mean of (*ŷ* − *y*)²: twice as far costs four times as much.', zh: 'mse 是 (*ŷ* − *y*)² 的平均：远一倍，代价变成四倍。' },
  },
  squared_error: {
    prediction: REAL,
    label: REAL,
    says: { en: 'squared_error is ½ (*ŷ* − *y*)². Because of the ½ its slope is just *ŷ* − *y*.', zh: 'squared_error 是 ½ (*ŷ* − *y*)²。有了 ½，斜率正好是 *ŷ* − *y*。' },
  },
  mae: {
    prediction: REAL,
    label: REAL,
    says: { en: 'mae is the mean of |*ŷ* − *y*|: its slope is 1 or −1, near and far.', zh: 'mae 是 |*ŷ* − *y*| 的平均：无论远近，斜率都是 1 或 −1。' },
  },
  huber: {
    prediction: REAL,
    label: REAL,
    says: { en: 'huber is a parabola up to a distance of 1 and a straight line beyond: what lies far off pulls no harder.', zh: 'huber 在距离 1 以内是抛物线，以外是直线：离得再远，拉力也不会更大。' },
  },
  bce: {
    prediction: [0.01, 0.99, 0.01],
    label: [0, 1, 1],
    says: { en: 'bce takes *ŷ* for the probability of 1: −*y* log *ŷ* − (1 − *y*) log(1 − *ŷ*). To be sure and wrong costs without bound.', zh: 'bce 把 *ŷ* 当作“是 1”的概率：−*y* log *ŷ* − (1 − *y*) log(1 − *ŷ*)。又肯定又错误，代价没有上限。' },
  },
  bce_logits: {
    prediction: [-6, 6, 0.1],
    label: [0, 1, 1],
    says: { en: 'bce_logits takes any number *ŷ* and makes the probability *σ*(*ŷ*) of it first. Its slope is *σ*(*ŷ*) − *y*.', zh: 'bce_logits 接受任意的数 *ŷ*，先把它变成概率 *σ*(*ŷ*)。斜率是 *σ*(*ŷ*) − *y*。' },
  },
  cross_entropy: {
    prediction: [-6, 6, 0.1],
    label: [1, 3, 1],
    says: { en: 'cross_entropy takes a number for each of three classes and makes probabilities of them by softmax: −log of the one that the label names. Its gradient is softmax(*ŷ*) − *y*.', zh: 'cross_entropy 为三个类别各取一个数，用 softmax 变成概率，再对标签那一类取 −log。梯度是 softmax(*ŷ*) − *y*。' },
  },
  hinge: {
    prediction: REAL,
    label: [-1, 1, 2],
    says: { en: 'hinge wants *ŷ* on the side of *y*, by a margin of 1: max(0, 1 − *y* *ŷ*). Beyond the margin nothing is lost, and nothing moves.', zh: 'hinge 要求 *ŷ* 与 *y* 同侧，并留出 1 的间隔：max(0, 1 − *y* *ŷ*)。超出间隔，损失是 0，什么也不再移动。' },
  },
};

/** The two other numbers of cross_entropy. */
const OTHERS = '; 0.5; -1]';
const COLUMN = 'param ŷ = [';
const CLASSES = ['[1; 0; 0]', '[0; 1; 0]', '[0; 0; 1]'];

/** The number, if it is one that the loss takes, or one that is not at the edge of those. */
function bounded(value: number, [least, most, step]: Bounds): string {
  const isIn = value >= least && value <= most;
  return String(onStep(isIn ? value : least + 0.2 * (most - least), { least, most, step }));
}

/** Which class the label is, as a number that is dragged. */
function classOf(program: string): Drag {
  const at = CLASSES.findIndex(column => column.replaceAll(' ', '') === restOf(program, 'data y =')?.replaceAll(' ', ''));
  return {
    kind: 'drag',
    name: { en: 'class', zh: '类别' },
    least: 1,
    most: 3,
    step: 1,
    value: at < 0 ? undefined : at + 1,
    revised: value => withRest(program, 'data y =', CLASSES[value - 1] ?? ''),
  };
}

function drags(program: string, loss: string | undefined): readonly [Drag, Drag] {
  const { prediction, label } = KINDS[loss ?? ''] ?? { prediction: REAL, label: REAL };
  if (loss === 'cross_entropy') return [dragged(program, same('*ŷ*₁'), COLUMN, prediction, OTHERS), classOf(program)];
  return [dragged(program, same('*ŷ*'), 'param ŷ =', prediction), dragged(program, same('*y*'), 'data y =', label)];
}

function lossOf(program: string): Choice {
  const now = /^(\w+)\(\s*ŷ\s*,\s*y\s*\)$/u.exec(restOf(program, 'L =') ?? '')?.[1];
  const chosen = now !== undefined && now in KINDS && drags(program, now).every(({ value }) => value !== undefined) ? now : undefined;
  return {
    kind: 'choice',
    name: { en: 'Loss', zh: '损失函数' },
    options: Object.keys(KINDS).map(key => ({ key, name: key })),
    chosen,
    revised: key => {
      const [prediction, label] = drags(program, chosen);
      const kind = KINDS[key];
      if (!kind) return program;
      // A class is 1 of two as it is the first of three; a real label is on the side of 1 or on the other.
      const isOne = chosen === 'cross_entropy' ? label.value === 1 : (label.value ?? 0) > (chosen === 'hinge' ? 0 : 0.5);
      const isReal = kind.label === REAL && chosen !== undefined && KINDS[chosen]?.label === REAL;
      const binary = isOne ? 1 : key === 'hinge' ? -1 : 0;
      const isColumn = key === 'cross_entropy';
      const number = bounded(prediction.value ?? 0, kind.prediction);
      const withLabel = withRest(program, 'data y =', isColumn ? (CLASSES[isOne ? 0 : 1] ?? '') : isReal ? bounded(label.value ?? 0, REAL) : String(binary));
      return withRest(withRest(withLabel, 'param ŷ =', isColumn ? `[${number}${OTHERS}` : number), 'L =', `${key}(ŷ, y)`);
    },
  };
}

/** The loss as a function of prediction and label, and nothing else. */
export const loss: Example = {
  key: 'loss',
  title: { en: 'The loss alone', zh: '单看损失函数' },
  program: 'data y = 1\nparam ŷ = -1\nL = mse(ŷ, y)\nminimize L\n',
  prose: program => [
    {
      en: 'The loss says in one number how far the prediction {ŷ} is from the label {y}. The smaller, the better.',
      zh: '损失函数用一个数说明预测 {ŷ} 离标签 {y} 有多远：越小越好。',
    },
    ...Object.entries(KINDS).filter(([key]) => key === lossOf(program).chosen).map(([, { says }]) => says),
    {
      en: '**Try.** Drag {ŷ} towards {y}: {L} falls with every loss. Which ones come down to 0, and which can only come near it?',
      zh: '**试一试。** 把 {ŷ} 拖向 {y}：用哪种损失函数，{L} 都会下降。哪些能降到 0，哪些只能接近它？',
    },
  ],
  controls: (program): readonly Control[] => {
    const choice = lossOf(program);
    return [choice, ...drags(program, choice.chosen)];
  },
};
