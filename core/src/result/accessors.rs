//! What a result's types have beside their fields.

use std::collections::BTreeMap;

use super::{CheckResult, Page};

/// Pages by the service's number of them, `01` and `02`.
pub type Pages = BTreeMap<String, Page>;

impl CheckResult {
    /// The reply's body, byte for byte as it came, where the client was made with `keep_raw`. It is no part of the result's
    /// equality or JSON.
    pub fn raw(&self) -> Option<&[u8]> {
        self.raw.bytes()
    }
}
