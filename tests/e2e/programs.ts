/** Programs that more than one spec opens. */
import { readFileSync } from 'node:fs';

/** The lecture's three-layer perceptron, which the tests and benchmarks of the engine have as well. */
export const PERCEPTRON = readFileSync(new URL('../programs/perceptron.txt', import.meta.url), 'utf8').trimEnd();
