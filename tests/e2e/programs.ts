/** Programs that more than one spec opens. */

export const PERCEPTRON = `# a three-layer perceptron
data  x  = [1; 0.5; -1; 2]
param W1 = normal(5, 4)
param W2 = normal(3, 5)
data  y  = [1; 0; 0]

z = W1 @ x
h = tanh(z)
o = W2 @ h
L = squared_error(o, y)
minimize L`;
