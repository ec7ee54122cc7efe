//! Raw deflate (RFC 1951), in which programs travel. Whoever reads or writes
//! links brings it: the command line and the tests have [`MinizOxide`], the page
//! has its browser's, which weighs nothing.

/// Packs and unpacks bytes.
pub trait Deflate {
    /// The bytes packed.
    fn deflate(&self, bytes: &[u8]) -> Vec<u8>;

    /// Packed bytes unpacked to at most `limit` of them, in memory bounded by
    /// both lengths.
    ///
    /// # Errors
    ///
    /// Where they are cut short, damaged, or would be too many.
    fn inflate(&self, packed: &[u8], limit: usize) -> Result<Vec<u8>, InflateFault>;
}

/// Why packed bytes can't be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InflateFault {
    /// They end within a block.
    CutShort,
    /// They are no deflate stream.
    Damaged,
    /// They would inflate to more than was allowed.
    TooLarge,
}

/// Deflate by the crate miniz_oxide.
#[cfg(feature = "deflate")]
pub(super) struct MinizOxide;

#[cfg(feature = "deflate")]
impl Deflate for MinizOxide {
    fn deflate(&self, bytes: &[u8]) -> Vec<u8> {
        /// The most that it takes trouble: programs are short.
        const LEVEL: u8 = 10;
        miniz_oxide::deflate::compress_to_vec(bytes, LEVEL)
    }

    fn inflate(&self, packed: &[u8], limit: usize) -> Result<Vec<u8>, InflateFault> {
        use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

        decompress_to_vec_with_limit(packed, limit).map_err(|fault| match fault.status {
            TINFLStatus::FailedCannotMakeProgress => InflateFault::CutShort,
            TINFLStatus::HasMoreOutput => InflateFault::TooLarge,
            _ => InflateFault::Damaged,
        })
    }
}
