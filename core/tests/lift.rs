//! Lifting images out of a body never changes what the body says.

#[path = "support/bodies.rs"]
mod bodies;

use bodies::{Choices, body};
use cloudauth_core::options::MAX_BYTES_BESIDE_IMAGES;
use cloudauth_core::{CheckResult, Error, decode, decode_plainly};
use proptest::prelude::*;

fn said(outcome: Result<CheckResult, Error>) -> Result<CheckResult, (cloudauth_core::Kind, String)> {
    outcome.map_err(|error| (error.kind(), error.to_string()))
}

/// Plain text of a body that holds `value` at `ExtFaceInfo.faceImg`.
fn with_face(value: &str) -> String {
    format!(
        r#"{{"RequestId":"r","Code":"Success","Result":{{"ExtFaceInfo":"{{\"faceImg\":\"{value}\",\"facePassed\":\"Y\"}}"}}}}"#
    )
}

fn same(body: &[u8]) -> CheckResult {
    let lifted = said(decode(body));
    assert_eq!(lifted, said(decode_plainly(body)), "{}", String::from_utf8_lossy(body));
    lifted.expect("the body is right")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, max_shrink_iters: 2000, ..ProptestConfig::default() })]

    #[test]
    fn lifted_and_plain_say_the_same(choices in prop::collection::vec(any::<u8>(), 0..400)) {
        let body = body(&mut Choices(&choices));
        // Beyond, only lifting keeps to the limits.
        prop_assume!(body.len() <= MAX_BYTES_BESIDE_IMAGES);
        prop_assert_eq!(said(decode(&body)), said(decode_plainly(&body)));
    }
}

#[test]
fn the_generator_builds_bodies_that_decode_with_images() {
    let mut state = 7_u32;
    let mut right = 0;
    let mut images = 0;
    for _ in 0..300 {
        let choices: Vec<u8> = (0..200)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        if let Ok(result) = decode(&body(&mut Choices(&choices))) {
            right += 1;
            let pages = result.document.iter().flat_map(|document| document.pages.values());
            let all =
                result.face.iter().filter_map(|face| face.image.as_ref()).chain(pages.filter_map(|page| page.image.as_ref()));
            images += all.filter(|image| image.bytes.len() > 3000).count();
        }
    }
    assert!(right > 100 && images > 30, "{right} of 300 decode, with {images} large images");
}

#[test]
fn rule_5_an_image_is_lifted_whole_or_not_at_all() {
    let good = "A".repeat(8000);
    assert_eq!(same(with_face(&good).as_bytes()).face.and_then(|face| face.image).map(|image| image.bytes.len()), Some(6000));
    for spoiled in ["!", "AA==", ".", "é"] {
        let text = format!("{good}{spoiled}{good}");
        let result = same(with_face(&text).as_bytes());
        assert_eq!(result.face.as_ref().and_then(|face| face.image.as_ref()), None);
        assert_eq!(result.problems[0].reason, "not base64");
        assert_eq!(result.problems[0].text, text);
    }
}

#[test]
fn rule_6_what_is_no_image_field_keeps_its_text() {
    let long = "QUJD".repeat(2000);
    let body = format!(
        r#"{{"RequestId":"r","Code":"Success","Result":{{"faceImg":"{long}","ExtBasicInfo":"{{\"idImage\":\"{long}\"}}","ExtFaceInfo":{{"deviceToken":"{long}","x":{{"faceImg":"{long}"}}}},"ExtIdInfo":"{{\"ocrIdInfoData\":{{}},\"idImage\":\"{long}\"}}"}}}}"#
    );
    let result = same(body.as_bytes());
    assert_eq!(result.extra["faceImg"], long);
    assert_eq!(result.extra["ExtBasicInfo"]["idImage"], long);
    let face = result.face.expect("a face");
    assert_eq!(face.device_token.as_deref(), Some(long.as_str()));
    assert_eq!(face.extra["x"]["faceImg"], long);
    assert_eq!(result.document.expect("a document").extra["idImage"], long);
}

#[test]
fn rule_6_an_image_that_a_later_key_overwrites_is_dropped() {
    let (first, second) = ("QUJD".repeat(2000), "REVG".repeat(2000));
    let body = format!(r#"{{"Code":"Success","Result":{{"ExtFaceInfo":{{"faceImg":"{first}","faceImg":"{second}"}}}}}}"#);
    let image = same(body.as_bytes()).face.and_then(|face| face.image).expect("an image");
    assert!(image.bytes.starts_with(b"DEF"));
}

#[test]
fn rule_2_a_line_break_with_too_many_backslashes_is_none() {
    let long = "QUJD".repeat(2000);
    for (escape, length) in [("\\\\n", Some(6000)), ("\\\\\\\\n", None)] {
        let result = same(with_face(&format!("{long}{escape}")).as_bytes());
        assert_eq!(result.face.and_then(|face| face.image).map(|image| image.bytes.len()), length, "{escape}");
    }
}
