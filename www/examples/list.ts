/** All lessons but the first, in the order in which they are offered. */
import { chainRule } from './chain-rule';
import { doubling } from './doubling';
import type { Example } from './example';
import { loss } from './loss';
import { perceptron } from './perceptron';
import { recurrent } from './recurrent';
import { sharedWeight } from './shared-weight';
import { threeTimes } from './three-times';
import { weightDecay } from './weight-decay';

export const EXAMPLES: readonly Example[] = [chainRule, perceptron, loss, sharedWeight, weightDecay, threeTimes, doubling, recurrent];
