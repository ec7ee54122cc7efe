/**
 * In the place of Lit's css-tag.js: the page's pieces render into the page itself and have one style sheet, so none has
 * styles of its own.
 */
export const supportsAdoptingStyleSheets = true;
export const adoptStyles = () => {};
export const getCompatibleStyle = (style) => style;
export { adoptStyles as css, adoptStyles as unsafeCSS, adoptStyles as CSSResult };
