//! Bytes to send that leave nothing behind.

use bytes::Bytes;
use zeroize::Zeroizing;

/// The text as bytes that are wiped once the last of them is let go, and not copied before.
pub(super) fn wiped(text: Zeroizing<String>) -> Bytes {
    if text.is_empty() { Bytes::new() } else { Bytes::from_owner(text) }
}
