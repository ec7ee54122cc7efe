/** What a start uses of the engine. All else, such as the builder for programs in JavaScript, is left out of what it loads. */
export {
  Engine, Stepper, formatFull, formatShort, initSync, longestProgram, packedProgram, readLink, writeLink,
} from '../../target/engine/chalkgrad-engine.js';
