//! Decoding a stored body.

use crate::catalogue::Kind;
use crate::clock::{Clock, SystemClock};
use crate::decode::lift::Nonce;
use crate::error::{Error, Result};
use crate::reply::{self, Head};
use crate::result::CheckResult;
use crate::stored;

/// Decodes a stored `CheckResult` body. Its HTTP status is not known, so only its `Code` is checked.
pub fn decode(body: &[u8]) -> Result<CheckResult> {
    reply::check_result(&Head::default(), body, Nonce(SystemClock.random()?), "").map_err(|error| match stored::mistaken(body) {
        Some(what) => Error::new(Kind::Protocol, format!("the body is {what}")),
        None => error,
    })
}

/// [`decode`] without lifting images out first: slower, the same result. Here so that tests and benchmarks can hold the two
/// against each other.
pub fn decode_plainly(body: &[u8]) -> Result<CheckResult> {
    reply::check_result_plainly(&Head::default(), body, "")
}
