//! From a reply's `Result` to a [`CheckResult`]: pure functions that never fail, and lose nothing.
//!
//! Nested values come as objects or as JSON text, numbers as numbers or as text. What is neither becomes a
//! [`Problem`](crate::result::Problem), and the rest of the result stands.

mod base64_text;
mod document;
mod face;
mod identity;
pub(crate) mod lift;
mod nested;

use lift::Images;
use nested::{Decoder, Object};

use crate::result::{CheckResult, Value};

/// Decodes `result`; the second value says whether every lifted image found its field.
pub(crate) fn check_result(request_id: String, result: Option<Value>, images: Images) -> (CheckResult, bool) {
    let mut decoder = Decoder::new(images);
    let object = nested::present(result).and_then(|value| decoder.object(value, 0, "Result"));
    let mut out = object.map(|object| result_fields(&mut decoder, object.rooted())).unwrap_or_default();
    out.request_id = request_id;
    let all_used = decoder.images.all_used();
    out.problems = decoder.into_problems();
    (out, all_used)
}

fn result_fields(decoder: &mut Decoder, mut object: Object) -> CheckResult {
    CheckResult {
        request_id: String::new(),
        passed: object.flag(decoder, "Passed"),
        sub_code: object.text(decoder, "SubCode"),
        face: object.object(decoder, "ExtFaceInfo").map(|object| face::face(decoder, object)),
        document: object.object(decoder, "ExtIdInfo").map(|object| document::document(decoder, object)),
        source: object.value(decoder, "ExtSourceInfo"),
        extra: object.into_extra(decoder),
        problems: Vec::new(),
    }
}
