/** Which nodes of a graph play which part in a descent. No DOM. */
import type { GraphView, NodeView } from 'chalkgrad-engine';

/** The node that is minimized. */
export function lossOf(graph: GraphView): NodeView {
  const loss = graph.nodes.find(node => node.id === graph.loss);
  if (!loss) throw new Error('the graph has no loss');
  return loss;
}

/** What is trained. */
export function parametersOf(graph: GraphView): NodeView[] {
  return graph.nodes.filter(node => node.role === 'param');
}

/** The one number that is trained, where there is just one: then a step is a row of arithmetic. */
export function soleParameterOf(graph: GraphView): NodeView | undefined {
  const [first, ...others] = parametersOf(graph);
  return first && others.length === 0 && first.rows * first.columns === 1 ? first : undefined;
}
