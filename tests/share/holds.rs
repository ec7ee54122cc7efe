//! What holds for every link: for the property tests and the fuzz target alike.

use chalkgrad::share::{MAX_LINK, WriteError, read, write};

/// Reading is total, and writing what was read is a fixed point: what a note
/// said once isn't said again. Panics where this doesn't hold.
pub fn for_any_link(text: &str) {
    let once = read(text);
    let link = match write(&once.experiment) {
        Ok(link) => link,
        // Whoever sent it packs better than we do.
        Err(WriteError::LinkTooLong { bytes, max }) if bytes > max => return,
        Err(error) => panic!("{error}"),
    };
    assert!(link.len() <= MAX_LINK);
    let again = read(&link);
    assert_eq!(again.notes, []);
    assert_eq!(again.experiment, once.experiment);
    assert_eq!(write(&again.experiment), Ok(link));
}
