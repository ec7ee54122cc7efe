/** The styles of what is fetched later come with it, once. */
const known = new Set<string>();

export function dress(...sheets: readonly string[]): void {
  for (const sheet of sheets) {
    if (known.has(sheet)) continue;
    known.add(sheet);
    const styles = new CSSStyleSheet();
    styles.replaceSync(sheet);
    document.adoptedStyleSheets.push(styles);
  }
}
