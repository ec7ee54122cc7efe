//! A bounded list of faults or warnings.

use super::MAX_FAULTS;
use super::diagnostic::Explain;

/// The earliest faults or warnings of a text, in its order: one more than are
/// told, so that one knows whether there are more.
pub(super) struct Earliest<T>(Vec<T>);

impl<T> Default for Earliest<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Explain> Earliest<T> {
    /// Puts one in its place.
    pub fn add(&mut self, fault: T) {
        let place = self.0.partition_point(|other| other.span() <= fault.span());
        self.0.insert(place, fault);
        self.0.truncate(MAX_FAULTS + 1);
    }

    /// All of them.
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}
