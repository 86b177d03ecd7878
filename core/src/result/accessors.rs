//! What a result's types have beside their fields.

use std::collections::BTreeMap;

use super::{CheckResult, Page, Value};

/// Pages by the service's number of them, `01` and `02`.
pub type Pages = BTreeMap<String, Page>;

/// Whether a verdict is neither yes nor no, but still to come.
pub(crate) fn is_pending(verdict: &str) -> bool {
    verdict.eq_ignore_ascii_case("P")
}

impl CheckResult {
    /// Whether the verdict is still to come: `Passed` was `P`, and stands in `extra`. Ask again later.
    pub fn is_pending(&self) -> bool {
        self.passed.is_none() && self.extra.get("Passed").and_then(Value::as_str).is_some_and(is_pending)
    }

    /// The reply's body, byte for byte as it came, where the client was made with `keep_raw`. It is no part of the result's
    /// equality or JSON.
    pub fn raw(&self) -> Option<&[u8]> {
        self.raw.bytes()
    }
}
