/**
 * Motion shows cause: when a step was taken, its values run forward along the edges and its gradients
 * back, as small beads. With reduced motion the numbers just change.
 */
import type { Line, Picture } from '../rules/placing';

const NS = 'http://www.w3.org/2000/svg';
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** A whole pass forward and back, shorter than a step at the slowest speeds that are shown. */
const PASS_MS = 420;
/** Of its share of the pass, how long a bead is under way. */
const BEAD_MS = 150;

/** Sends beads along a picture's edges, column by column: forward, then back. */
export function showFlow(drawing: SVGSVGElement, picture: Picture): void {
  if (still.matches || document.hidden) return;
  const along = picture.isUpright ? 'y' : 'x';
  const places = picture.edges.map(({ forward }) => forward.from[along]);
  const first = Math.min(...places);
  const extent = Math.max(...places) - first || 1;
  const latest = PASS_MS / 2 - BEAD_MS;
  for (const { edge, forward, backward } of picture.edges) {
    const share = (forward.from[along] - first) / extent;
    const node = picture.nodes.find(({ id }) => id === edge.node);
    bead(drawing, forward, edge.kind === 'operand' && node?.role === 'param' ? 'param' : 'forward', share * latest);
    bead(drawing, backward, 'backward', PASS_MS / 2 + (1 - share) * latest);
  }
}

function bead(drawing: SVGSVGElement, { from, to }: Line, colour: string, delay: number): void {
  const circle = document.createElementNS(NS, 'circle');
  circle.setAttribute('class', `bead ${colour}`);
  circle.setAttribute('r', '3.2');
  drawing.append(circle);
  const at = (x: number, y: number): string => `translate(${x}px, ${y}px)`;
  const run = circle.animate(
    [
      { transform: at(from.x, from.y), opacity: 1 },
      { transform: at(to.x, to.y), opacity: 1 },
    ],
    { duration: BEAD_MS, delay, easing: 'ease-in-out' },
  );
  run.onfinish = run.oncancel = () => circle.remove();
}
