/** A matrix small: half a node of the graph, with a cell for each of its entries. */
import { nothing, svg, type SVGTemplateResult } from 'lit';
import type { NodeView, RunView } from 'chalkgrad-engine';
import { drawn } from '../formula';
import { plain } from '../rules/parts';
import { roughWidth } from '../rules/placing';
import { largestOf, tintOf } from '../rules/tints';

export const PADDING = 7;
export const HEAD = 23;
export const FOOT = 8;
/** Cells as high as this have a number in them. */
const NUMBER_HEIGHT = 15;
const NUMBER_SIZE = 11.5;
const LABEL_SIZE = 14;
const LEAST_SIZE = 11;
const SHAPE_SIZE = 10.5;

/** Value or gradient of a matrix, below its label; `left` is where its half of the node begins. */
export function half(
  node: NodeView, left: number, label: (name: readonly RunView[]) => readonly RunView[], numbers: Float64Array | undefined, kind: 'value' | 'gradient',
  short: (value: number) => string, column: number | undefined,
): SVGTemplateResult {
  const [x, room] = [left + PADDING, node.width / 2 - 2 * PADDING];
  const shape = `${node.rows}×${node.columns}`;
  // An unnamed constant is called by its shape, which need not be said twice.
  const hasShape = kind === 'value' && plain(node.label) !== shape;
  const space = hasShape ? room - roughWidth(shape) * SHAPE_SIZE - 4 : room;
  const ends = roughWidth(plain(label([])));
  const written = label(shortened(node.label, space / LEAST_SIZE - ends));
  const size = Math.max(LEAST_SIZE, Math.min(LABEL_SIZE, space / roughWidth(plain(written))));
  return svg`<text class=${kind} x=${x} y=${node.y + 16} font-size=${size.toFixed(1)}>${drawn(written)}</text>
    ${hasShape ? svg`<text class="shape" x=${x + room} y=${node.y + 16} font-size=${SHAPE_SIZE}>${shape}</text>` : nothing}
    ${cells(node, x, room, numbers, short, column)}`;
}

function cells(node: NodeView, left: number, room: number, numbers: Float64Array | undefined, short: (value: number) => string, only: number | undefined): SVGTemplateResult {
  const [width, height] = [room / node.shownColumns, (node.height - HEAD - FOOT) / node.shownRows];
  const top = node.y + HEAD;
  const rows = entries(node.rows, node.shownRows);
  const columns = only === undefined ? entries(node.columns, node.shownColumns) : 1;
  if (!numbers) return blank(node, left, top, width, height);
  const largest = largestOf(numbers);
  const marks = { minus: '', odd: '' };
  const made: SVGTemplateResult[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = numbers[row * node.columns + column + (only ?? 0)] ?? NaN;
      const { sign, alpha } = tintOf(value, largest);
      const [x, y] = [left + column * width, top + row * height];
      made.push(svg`<rect class="cell ${sign}" x=${x} y=${y} width=${width} height=${height} fill-opacity=${alpha.toFixed(2)}/>`);
      const middle = `M${(x + width / 2 - 3).toFixed(1)} ${(y + height / 2).toFixed(1)}`;
      if (height > NUMBER_HEIGHT) made.push(number(short(value), sign, x + width - 4, y + height / 2 + 4, width - 6));
      else if (sign === 'negative') marks.minus += `${middle}h6`;
      else if (sign === 'odd') marks.odd += `${middle}m0-3l6 6m0-6l-6 6`;
    }
  }
  const dots = (x: number, y: number, dx: number, dy: number): string => [-4, 0, 4].map(at => `M${x + at * dx} ${y + at * dy}h0`).join('');
  const [right, bottom] = [left + columns * width, top + rows * height];
  return svg`${made}<path class="mark" d=${marks.minus}/><path class="mark odd" d=${marks.odd}/><path class="dots" d=${
    (columns < node.columns && only === undefined ? dots(right + width / 2, (top + bottom) / 2, 1, 0) : '') + (rows < node.rows ? dots((left + right) / 2, bottom + height / 2, 0, 1) : '')}/>`;
}

/** What is not known yet. */
function blank(node: NodeView, left: number, top: number, width: number, height: number): SVGTemplateResult {
  const lines: string[] = [];
  for (let row = 0; row <= node.shownRows; row++) lines.push(`M${left} ${top + row * height}h${node.shownColumns * width}`);
  for (let column = 0; column <= node.shownColumns; column++) lines.push(`M${left + column * width} ${top}v${node.shownRows * height}`);
  return svg`<path class="cell blank" d=${lines.join('')}/>`;
}

/** How many of the cells along one side have entries: the last stands for what is left out. */
function entries(all: number, shown: number): number {
  return shown < all ? shown - 1 : all;
}

function number(text: string, sign: string, x: number, y: number, room: number): SVGTemplateResult {
  const isLong = roughWidth(text) * NUMBER_SIZE > room;
  return svg`<text class="number ${sign}" x=${x} y=${y} font-size=${NUMBER_SIZE} textLength=${isLong ? room : nothing} lengthAdjust=${isLong ? 'spacingAndGlyphs' : nothing}>${text}</text>`;
}

/** As much of a label as fits in so many em. */
function shortened(label: readonly RunView[], room: number): readonly RunView[] {
  if (roughWidth(plain(label)) <= room) return label;
  const ellipsis: RunView = { text: '…', style: 'upright' };
  const kept: RunView[] = [];
  let text = '';
  for (const run of label) {
    const taken = [...run.text].findIndex((_, at, all) => roughWidth(`${text}${all.slice(0, at + 1).join('')}`) > room - 0.7);
    if (taken >= 0) return [...kept, { ...run, text: [...run.text].slice(0, taken).join('') }, ellipsis];
    kept.push(run);
    text += run.text;
  }
  return kept;
}
