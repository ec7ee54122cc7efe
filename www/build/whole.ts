/** What the page uses of the engine in all. */
export * from './glue';
export { read } from '../../target/engine/chalkgrad-engine.js';
