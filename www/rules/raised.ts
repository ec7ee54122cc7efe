/** Powers and indices in plain text, which has no lines above and below its own. No DOM. */
import type { RunView } from 'chalkgrad-engine';

type Line = Partial<Record<RunView['style'], string>>;

const LEVEL = '0123456789-−()';
const SUP: Line = { sup: '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁽⁾' };
const BOTH: Line = { ...SUP, sub: '₀₁₂₃₄₅₆₇₈₉₋₋₍₎' };

/** A label as text: `x²`, `h⁽¹⁾`, `W₁`. What can't be raised or lowered stays on the line; as it is spoken, indices do as well. */
export function asText(label: readonly Pick<RunView, 'text' | 'style'>[], isSpoken = false): string {
  const lines = isSpoken ? SUP : BOTH;
  return label.map(({ text, style }) => [...text].map(each => lines[style]?.[LEVEL.indexOf(each)] ?? each).join('')).join('');
}

/** An exponent. */
export function raised(exponent: number): string {
  return asText([{ text: String(exponent), style: 'sup' }]);
}
