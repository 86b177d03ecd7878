//! Lifting images out of a body never changes what the body says: bodies built from the input, and the input itself.
#![no_main]

#[path = "../../../core/tests/support/bodies.rs"]
mod bodies;

use bodies::{Choices, body};
use cloudauth_core::options::MAX_BYTES_BESIDE_IMAGES;
use cloudauth_core::{CheckResult, Error, Kind, decode, decode_plainly};
use libfuzzer_sys::fuzz_target;

fn said(outcome: Result<CheckResult, Error>) -> Result<CheckResult, (Kind, String)> {
    outcome.map_err(|error| (error.kind(), error.to_string()))
}

fuzz_target!(|input: &[u8]| {
    let built = body(&mut Choices(input));
    for body in [built.as_slice(), input] {
        // Beyond, only lifting keeps to the limits.
        if body.len() > MAX_BYTES_BESIDE_IMAGES {
            continue;
        }
        assert!(said(decode(body)) == said(decode_plainly(body)), "{}", String::from_utf8_lossy(body));
    }
});
