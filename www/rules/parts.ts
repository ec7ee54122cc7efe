/** Nodes of a graph: which part they play in a descent, and what is theirs. No DOM. */
import type { GraphView, NodeView, RunView } from 'chalkgrad-engine';

/** The node that is minimized. */
export function lossOf(graph: GraphView): NodeView {
  const loss = graph.nodes.find(node => node.id === graph.loss);
  if (!loss) throw new Error('the graph has no loss');
  return loss;
}

/** Whether a node is one number, and no matrix. */
export function isScalar({ rows, columns }: NodeView): boolean {
  return rows * columns === 1;
}

/** A node's own among the numbers of all nodes, row by row. */
export function numbersOf({ offset, rows, columns }: NodeView, all: Float64Array): Float64Array {
  return all.subarray(offset, offset + rows * columns);
}

/** A label without its styles. */
export function plain(label: readonly RunView[]): string {
  return label.map(({ text }) => text).join('');
}

/** What is trained. */
export function parametersOf(graph: GraphView): NodeView[] {
  return graph.nodes.filter(node => node.role === 'param');
}

/** The one number that is trained, where there is just one: then a step is a row of arithmetic. */
export function soleParameterOf(graph: GraphView): NodeView | undefined {
  const [first, ...others] = parametersOf(graph);
  return first && others.length === 0 && isScalar(first) ? first : undefined;
}

/** How many samples the data has, a column each; 0 where there are not several. */
export function samplesOf(graph: GraphView): number {
  const columns = graph.nodes.filter(({ role, columns }) => role === 'data' && columns > 1).map(node => node.columns);
  const [first = 0] = columns;
  return columns.every(count => count === first) ? first : 0;
}

/** The column of a matrix that is shown where one sample is followed alone; nothing where all are. */
export function columnOf({ role, columns }: NodeView, samples: number, sample: number | undefined): number | undefined {
  return sample !== undefined && role !== 'param' && columns === samples ? sample : undefined;
}
