/** Labels as the engine gives them (rows of styled runs), set as HTML, as SVG and as plain text. */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { NodeView, RunView } from 'chalkgrad-engine';

/** A label within a sentence. */
export function inline(label: readonly RunView[]): TemplateResult {
  return html`${label.map(run => {
    switch (run.style) {
      case 'italic':
        return html`<i>${run.text}</i>`;
      case 'sup':
        return html`<sup>${run.text}</sup>`;
      case 'sub':
        return html`<sub>${run.text}</sub>`;
      case 'upright':
        return run.text;
    }
  })}`;
}

/** How far a raised or lowered run stands from the line, in em of the line's own size. */
const SHIFT: Readonly<Record<RunView['style'], number>> = { italic: 0, upright: 0, sup: -0.36, sub: 0.24 };

/** How large the style sheet sets a run, in em of the line: its `dy` is counted in its own size. */
const SIZE: Readonly<Record<RunView['style'], number>> = { italic: 1.08, upright: 1, sup: 0.72, sub: 0.72 };

/** A label within an SVG text: `tspan`s, of which raised and lowered ones undo their shift behind them. */
export function drawn(label: readonly RunView[]): SVGTemplateResult {
  let height = 0;
  return svg`${label.map(run => {
    const shift = (SHIFT[run.style] - height) / SIZE[run.style];
    height = SHIFT[run.style];
    const dy = shift === 0 ? nothing : `${shift.toFixed(2)}em`;
    return svg`<tspan class=${run.style} dy=${dy}>${run.text}</tspan>`;
  })}${height === 0 ? nothing : svg`<tspan dy=${`${(-height).toFixed(2)}em`}>\u200b</tspan>`}`;
}

const upright = (text: string): RunView => ({ text, style: 'upright' });
const italic = (text: string): RunView => ({ text, style: 'italic' });

/** The label of the gradient of a node: ∂y/∂x, with brackets where the label is an expression. */
export function gradientLabel(loss: NodeView, node: NodeView, label: readonly RunView[] = node.label): RunView[] {
  const of = node.compound ? [upright('('), ...label, upright(')')] : label;
  return [italic('∂'), ...loss.label, italic('/∂'), ...of];
}
