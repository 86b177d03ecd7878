//! An image is decoded as the base64 crate decodes it, by whatever instructions, with slashes escaped or not; a character that is
//! in no alphabet is found wherever it stands.
#![no_main]

#[allow(dead_code, reason = "other targets use the rest of it")]
#[path = "../../../core/tests/support/bodies.rs"]
mod bodies;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bodies::Choices;
use cloudauth_core::decode;
use libfuzzer_sys::fuzz_target;

/// Characters of no alphabet, of one byte and of several.
const WRONG: &[&str] = &["!", "*", "~", "\u{7f}", "é", "\u{ffff}"];

fuzz_target!(|input: &[u8]| {
    let mut choices = Choices(input);
    let (is_escaped, wrong, repeated) = (choices.byte() % 2 == 1, choices.byte() % 2 == 1, 1 + choices.below(20));
    let bytes = choices.0.repeat(repeated);
    if bytes.is_empty() {
        return;
    }
    let mut text = STANDARD.encode(&bytes);
    if wrong {
        let (at, wrong) = (choices.below(text.len()), *choices.pick::<&str>(WRONG));
        text.replace_range(at..=at, wrong);
    }
    let text = if is_escaped { text.replace('/', r"\\/") } else { text };
    let body = format!(r#"{{"Code":"Success","Result":{{"ExtFaceInfo":"{{\"faceImg\":\"{text}\"}}"}}}}"#);
    let face = decode(body.as_bytes()).expect("a reply").face.expect("a face");
    let decoded = face.image.map(|image| image.bytes.to_vec());
    assert!(decoded == (!wrong).then_some(bytes), "{body}");
});
