//! JSON that shows whether it is as it was written.

use crate::canonical::canonical_fields;
use crate::decode;
use crate::digest;
use crate::error::Result;
use crate::result::{Fields, Value};

/// Of the formats. A key that is added does not change it, and is ignored where it is not known.
const VERSION: u64 = 1;
/// The text's own hash, by name.
const HASH: &str = "sha256";

/// Why a text is not what [`seal`] wrote.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Of a later version.
    Newer,
    /// It breaks this rule.
    Broken(&'static str),
}

impl Refusal {
    /// What is said of it.
    pub(super) fn rule(&self) -> &'static str {
        match self {
            Self::Newer => "has a version that is not known here; a newer libcloudauth may read it",
            Self::Broken(rule) => rule,
        }
    }
}

/// One line of canonical JSON, `version` among it. Its `sha256` is that of all the rest of the line.
///
/// # Errors
/// Kind `too_large` where there is no memory for the text.
pub(super) fn seal(mut fields: Fields) -> Result<String> {
    fields.insert("version".to_owned(), VERSION.into());
    let hash = digest::sha256(canonical_fields(&fields)?.as_bytes());
    fields.insert(HASH.to_owned(), hash.into());
    canonical_fields(&fields)
}

/// The fields that [`seal`] was given, if `json` is its text byte for byte.
pub(super) fn open(json: &[u8]) -> Result<Fields, Refusal> {
    let broken = Refusal::Broken;
    let mut fields = decode::fields(json).ok().flatten().ok_or(broken("is not a JSON object"))?;
    match fields.get("version").map(Value::as_u64) {
        Some(Some(VERSION)) => {}
        Some(Some(later)) if later > VERSION => return Err(Refusal::Newer),
        _ => return Err(broken("has no version that it may have")),
    }
    // A blank more or less is a change, too.
    let canonical = |fields: &Fields| canonical_fields(fields).map_err(|_| broken("is too large"));
    let is_as_written = canonical(&fields)?.as_bytes() == json;
    let hash = fields.remove(HASH).unwrap_or_default();
    if !is_as_written || hash != digest::sha256(canonical(&fields)?.as_bytes()) {
        return Err(broken("is not as it was written"));
    }
    Ok(fields)
}
