/** The engine with all that the page uses of it, as 'chalkgrad-engine/whole': see engine.d.ts. */
export function makeGlue(): typeof import('./whole');
export const address: string;
