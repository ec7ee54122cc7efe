/** A text that the page fetches by itself: bundle.mjs puts it into the page and its address in the place of the import. */
declare module '*.txt' {
  const address: string;
  export default address;
}

/** A style sheet as its text, for what comes with its own. */
declare module '*.css' {
  const text: string;
  export default text;
}

/** A font as its address. */
declare module '*.woff2' {
  const address: string;
  export default address;
}
