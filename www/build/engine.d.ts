/**
 * The engine as the page imports it: `import { makeGlue } from 'chalkgrad-engine'`.
 *
 * The types are written by wasm-bindgen and tsify from the Rust sources; bundle.mjs leaves them under
 * target/engine. The module itself is made by engine.mjs from wasm-bindgen's glue.
 */
export type * from '../../target/engine/chalkgrad-engine.js';

/** One engine: the functions and classes of src/web that a start uses, and `initSync` to start it. */
export type Glue = typeof import('./glue');

/**
 * A new engine, which shares no state with any other: after a panic the old one is thrown away.
 * `makeGlue().initSync({ module })` starts it, with a module compiled once from
 * `new URL(address, import.meta.url)`.
 */
export function makeGlue(): Glue;
export const address: string;
