//! Why a value could not be decoded.

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
