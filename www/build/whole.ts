/** What the page uses of the engine in all. */
export * from './glue';
export { card, read, turn } from '../../target/engine/chalkgrad-engine.js';
