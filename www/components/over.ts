/** What lies over the page comes with its styles, once. */
import matrix from '../styles/matrix.css' with { type: 'text' };
import sheets from '../styles/sheets.css' with { type: 'text' };

const styles = new CSSStyleSheet();
styles.replaceSync(sheets + matrix);
document.adoptedStyleSheets.push(styles);
