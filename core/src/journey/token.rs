//! The `CallbackToken` that a callback must carry.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The token that was given to Initialize: a text, or a function that looks it up by the transaction id and returns `None` for a
/// transaction that is not known.
///
/// An empty token matches nothing.
pub trait ExpectedToken {
    /// The token of this transaction.
    fn expected(self, transaction_id: &str) -> Option<String>;
}

impl ExpectedToken for &str {
    fn expected(self, _: &str) -> Option<String> {
        Some(self.to_owned())
    }
}

impl<F: FnOnce(&str) -> Option<String>> ExpectedToken for F {
    fn expected(self, transaction_id: &str) -> Option<String> {
        self(transaction_id)
    }
}

/// Compares in a time that depends on the lengths alone. It is the digests that are compared, byte by byte to the end: `hmac`
/// does so for every code that it verifies, and a digest says nothing of where two tokens differ.
pub(super) fn same(one: &str, other: &str) -> bool {
    let digest = |token: &str| {
        let mac = Hmac::<Sha256>::new_from_slice(b"").expect("HMAC takes a key of any length");
        mac.chain_update(token).finalize()
    };
    digest(one) == digest(other)
}
