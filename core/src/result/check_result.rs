//! The result itself.

use super::redacted::redacted_debug;
use super::{Document, Face, Fields, Problem, Raw, Value};
use crate::identifier;

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
    #[doc(hidden)]
    pub raw: Raw,
}

impl CheckResult {
    /// The reply's body, byte for byte as it came, where the client was made with `keep_raw`. It is no part of the result's
    /// equality or JSON.
    pub fn raw(&self) -> Option<&[u8]> {
        self.raw.bytes()
    }
}

redacted_debug!(CheckResult: request_id, passed, sub_code = shown_sub_code; face, document, source, extra, problems);

/// The service's text, where it can be a `SubCode`.
#[allow(clippy::ref_option, reason = "called with a reference to a field")]
fn shown_sub_code(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(identifier::sub_code)
}

#[cfg(test)]
mod tests {
    use super::super::{Page, Spoof};
    use super::*;

    // Finding D1, its twin: texts of a result that are no names of the service's.
    #[test]
    fn debug_shows_no_text_that_may_be_a_persons() {
        let canary = "Chan Tai Man A1234567".to_owned();
        let page = Page { spoof: Some(Spoof { types: Some(vec![canary.clone()]), detected: Some(true) }), ..Page::default() };
        let document = Document { pages: [(canary.clone(), page)].into(), ..Document::default() };
        let result = CheckResult { sub_code: Some(canary), document: Some(document.clone()), ..CheckResult::default() };
        let shown = format!("{result:?} {document:?}");
        assert!(!shown.contains("Chan") && shown.contains("sub_code: Some(\"…\")"), "{shown}");
        let known = CheckResult { sub_code: Some("205".to_owned()), ..CheckResult::default() };
        assert!(format!("{known:?}").contains("sub_code: Some(\"205\")"));
    }
}
