//! What a caller gets. Names are the service's own in `snake_case`, its repeated prefixes dropped.
//!
//! Nothing here prints what it holds: `Debug` says which fields are set, and no more, so that a result in a log gives no one away.

mod document;
mod face;
mod identity;
mod image;
mod number;
mod objects;
mod redacted;

pub use document::{Document, Page, Spoof};
pub use face::{Duplicate, Face};
pub use identity::Identity;
pub use image::{Image, ImageFormat};
pub use number::{Number, classify_number};

use std::collections::BTreeMap;

use redacted::redacted_debug;

/// A value of any shape, as the service sent it.
pub type Value = serde_json::Value;

/// Values by the service's own names.
pub type Fields = serde_json::Map<String, Value>;

/// The outcome of one verification (`CheckResult`).
#[derive(Clone, Default, PartialEq)]
pub struct CheckResult {
    /// The service's id of the request; empty where it sent none.
    pub request_id: String,
    /// `Passed`: the verdict.
    pub passed: Option<bool>,
    /// `SubCode`: why, e.g. `200` or `212`; the catalogue explains it.
    pub sub_code: Option<String>,
    /// `ExtFaceInfo`.
    pub face: Option<Face>,
    /// `ExtIdInfo`.
    pub document: Option<Document>,
    /// `ExtSourceInfo`: what the authoritative source said, decoded where it is JSON, else its text.
    pub source: Option<Value>,
    /// Every other field of `Result`, JSON text decoded.
    pub extra: Fields,
    /// What could not be decoded, sorted by path.
    pub problems: Vec<Problem>,
}

redacted_debug!(CheckResult: request_id, passed, sub_code; face, document, source, extra, problems);

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

/// Pages by the service's number of them, `01` and `02`.
pub type Pages = BTreeMap<String, Page>;
