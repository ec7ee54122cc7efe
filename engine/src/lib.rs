//! The engine as one WebAssembly module: what `chalkgrad::web` exports.

#[cfg(target_arch = "wasm32")]
pub use chalkgrad::web::*;
