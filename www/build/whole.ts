/** What the page uses of the engine in all. */
export * from './glue';
export { card, minimum, Rates, read, Trial, turn } from '../../target/engine/chalkgrad-engine.js';
