/** All lessons but the first, in the order in which they are offered. */
import { chainRule } from './chain-rule';
import { doubling } from './doubling';
import type { Example } from './example';
import { loss } from './loss';
import { rates, tooFar } from './learning-rates';
import { perceptron } from './perceptron';
import { ravine } from './ravine';
import { recurrent } from './recurrent';
import { rosenbrock } from './rosenbrock';
import { sharedWeight } from './shared-weight';
import { threeTimes } from './three-times';
import { weightDecay } from './weight-decay';

export const EXAMPLES: readonly Example[] = [rates, tooFar, chainRule, perceptron, loss, sharedWeight, weightDecay, threeTimes, doubling, recurrent, ravine, rosenbrock];
