/**
 * Motion shows cause: when a step was taken, its values run forward along the edges and its gradients
 * back, as small beads. With reduced motion the numbers just change.
 */
import { pairs } from '../rules/lanes';
import type { Picture } from '../rules/placing';

const NS = 'http://www.w3.org/2000/svg';
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** A whole pass forward and back, shorter than a step at the slowest speeds that are shown. */
const PASS_MS = 420;
/** Of its share of the pass, how long a bead is under way. */
const BEAD_MS = 150;

/** Sends beads along a picture's edges, column by column: forward, then back. */
export function showFlow(drawing: SVGSVGElement, { isUpright, view, edges }: Picture): void {
  if (still.matches || document.hidden) return;
  const places = edges.map(({ edge }) => pairs(edge.points)[0]?.[isUpright ? 'y' : 'x'] ?? 0);
  const first = Math.min(...places);
  const extent = Math.max(...places) - first || 1;
  const latest = PASS_MS / 2 - BEAD_MS;
  edges.forEach(({ edge, forward, backward }, at) => {
    const share = ((places[at] ?? 0) - first) / extent;
    const node = view.nodes.find(({ id }) => id === edge.node);
    bead(drawing, forward, edge.kind === 'operand' && node?.role === 'param' ? 'param' : 'forward', share * latest);
    bead(drawing, backward, 'backward', PASS_MS / 2 + (1 - share) * latest);
  });
}

/** A bead along a path, after a delay. */
export function bead(drawing: SVGSVGElement, path: string, colour: string, delay: number, duration = BEAD_MS): void {
  const circle = document.createElementNS(NS, 'circle');
  circle.setAttribute('class', `bead ${colour}`);
  circle.setAttribute('r', '3.2');
  circle.style.offsetPath = `path("${path}")`;
  drawing.append(circle);
  const run = circle.animate(
    [
      { offsetDistance: '0%', opacity: 1 },
      { offsetDistance: '100%', opacity: 1 },
    ],
    { duration, delay, easing: 'ease-in-out' },
  );
  run.onfinish = run.oncancel = () => circle.remove();
}
