//! The stack that decoding takes follows from nothing in the reply.

use std::thread;

use cloudauth_core::{canonical_json, decode, decode_plainly};

/// The smallest that is promised: musl gives so much to a thread unless told otherwise.
const STACK: usize = 128 << 10;

fn texts(open: &str, close: &str, each: usize) -> String {
    (0..4).fold("1".to_owned(), |inner, _| {
        let text = serde_json::to_string(&inner).expect("a string");
        format!("{}{text}{}", open.repeat(each), close.repeat(each))
    })
}

fn body(members: &str) -> String {
    format!(r#"{{"Code":"Success","Result":{{{members}}}}}"#)
}

// Finding A4: texts in texts, each as deep as one text may be, took more stack than small threads have.
#[test]
fn every_depth_is_decoded_printed_copied_and_dropped_on_a_small_stack() {
    let mut bodies = Vec::new();
    for each in [1, 30, 60, 120, 126, 127, 5000] {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let nested = texts(open, close, each);
            let text = serde_json::to_string(&nested).expect("a string");
            bodies.push(body(&format!(r#""a":{nested}"#)));
            bodies
                .push(body(&format!(r#""ExtIdInfo":{{"ocrIdInfo":{{"x":{nested}}},"spoofInfo":{{"x":{nested}}},"y":{text}}}"#)));
            bodies.push(body(&format!(r#""ExtFaceInfo":{{"duplicateFace":[{{"x":{nested}}}],"facePassed":{nested}}}"#)));
            bodies.push(body(&format!(r#""ExtSourceInfo":{text},"ExtFaceInfo":{text}"#)));
            bodies.push(format!("{}1{}", open.repeat(each), close.repeat(each)));
        }
    }
    let small = thread::Builder::new().stack_size(STACK).spawn(move || {
        let mut decoded = 0;
        for body in bodies {
            for outcome in [decode(body.as_bytes()), decode_plainly(body.as_bytes())] {
                let Ok(result) = outcome else { continue };
                assert!(!canonical_json(&result.clone()).unwrap().is_empty());
                decoded += 1;
            }
        }
        decoded
    });
    let decoded = small.expect("a thread").join().expect("no body ends the thread");
    assert!(decoded > 40, "{decoded}");
}
