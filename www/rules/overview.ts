/** A graph too small to be read, drawn as less: rectangles, circles and lines, each kind one path. No DOM. */
import type { GraphView, NodeView } from 'chalkgrad-engine';

/** All rectangles of a picture, or those of some of its nodes. */
export function outlineOf({ nodes }: Pick<GraphView, 'nodes'>, of: (node: NodeView) => boolean = () => true): string {
  return nodes.filter(of).map(({ x, y, width, height }) => `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`).join('');
}

export function operatorsOf({ operators }: GraphView): string {
  return operators.map(({ x, y, radius: r }) => `M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`).join('');
}

export function linesOf({ edges }: GraphView): string {
  return edges.map(({ points, shared }) => {
    const [first, ...rest] = points.slice(2 * shared).map(round);
    return `M${first} ${rest.join(' ')}`;
  }).join('');
}

function round(value: number): number {
  return Math.round(value);
}
