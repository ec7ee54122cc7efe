//! The engine as one WebAssembly module: what `chalkgrad::web` exports.

#[cfg(target_arch = "wasm32")]
pub use chalkgrad::web::*;

/// Smaller than the standard library's, and as good.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
