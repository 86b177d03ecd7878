//! What could not be decoded.

use super::redacted::redacted_debug;

/// All that a problem can give as its reason.
pub(crate) const REASONS: [&str; 12] = [
    "not base64",
    "not JSON",
    "not text",
    "not a number",
    "not a whole number",
    "number out of range",
    "not Y or N",
    "not a list",
    "not an object",
    "broken character",
    "too long",
    "more problems",
];

/// One value of a reply that is not what it should be. The rest of the result stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, in the service's names from `Result` down, e.g. `ExtIdInfo.ocrIdInfoData.01.idImage`.
    pub path: String,
    /// What is wrong, from a closed list, e.g. `not base64`.
    pub reason: &'static str,
    /// The value as it came: the text, or the JSON of what is not text. Personal data, most often.
    pub text: String,
}

redacted_debug!(Problem: path, reason; text);
