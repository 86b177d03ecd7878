//! The evidence video, at its links.

mod range;
mod webm;

use std::fmt::Write as _;

use hyper::StatusCode;
use hyper::header::{ACCEPT_RANGES, CONTENT_RANGE, ETAG, HeaderValue};
use sha2::{Digest as _, Sha256};

use crate::faults::{self, Effect};
use crate::outgoing::Outgoing;
use crate::reply::{Reply, request_id};
use crate::request::Request;
use crate::scenario::Scenario;
use crate::service::Service;
use crate::video_links::there;
use range::Range;

/// Answers a link; a fault that names this action may have its way with it.
pub(crate) fn answer(service: &Service, file: &str, request: &Request) -> Outgoing {
    let transaction_id = file.strip_suffix(".webm").unwrap_or_default();
    let call = faults::Call { action: faults::VIDEO, transaction_id, earlier: 0, on_reuse: false, host: request.host() };
    match service.faults.on_call(&call) {
        Some((_, Effect::Instead(reply))) => reply.into(),
        Some((_, Effect::Sever(script))) => {
            Outgoing { wiring: Some(Box::new(|_| script)), ..Reply::plain(StatusCode::OK, "").into() }
        }
        Some((_, effect)) => Outgoing::from(object(service, transaction_id, request)).under(effect),
        None => object(service, transaction_id, request).into(),
    }
}

/// As an object store answers: 403 once the link expired, 404 once the video is deleted.
fn object(service: &Service, transaction_id: &str, request: &Request) -> Reply {
    let error = |status, code, message| Reply::xml_error(status, code, message, &request_id());
    let expires = request.query.get("Expires").and_then(|text| text.parse::<i64>().ok());
    let signature = request.query.get("Signature").map(String::as_str).unwrap_or_default();
    let Some(expires) = expires.filter(|expires| service.video_links.holds(transaction_id, *expires, signature)) else {
        return error(StatusCode::FORBIDDEN, "SignatureDoesNotMatch", "The link is not one of this emulator.");
    };
    let now = service.now();
    if now.unix_seconds() > expires {
        return error(StatusCode::FORBIDDEN, "AccessDenied", "Request has expired.");
    }
    if !there(service.state().video_of(transaction_id), now) {
        return error(StatusCode::NOT_FOUND, "NoSuchKey", "The specified key does not exist.");
    }
    let length = match Scenario::parse(transaction_id) {
        Some(Scenario::Result(plan) | Scenario::Pending(_, plan)) => plan.video_length,
        _ => None,
    };
    let file = webm::file(length);
    let etag = Sha256::digest(&file)[..16].iter().fold(String::from("\""), |mut etag, byte| {
        let _ = write!(etag, "{byte:02X}");
        etag
    }) + "\"";
    let text = |text: String| HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""));
    let mut reply = match Range::of(request, &etag, file.len()) {
        Range::All => Reply::new(StatusCode::OK, "video/webm", file),
        Range::Part(part) => {
            let range = format!("bytes {}-{}/{}", part.start, part.end - 1, file.len());
            let mut reply = Reply::new(StatusCode::PARTIAL_CONTENT, "video/webm", file.slice(part));
            reply.headers.push((CONTENT_RANGE, text(range)));
            reply
        }
        Range::None => {
            let mut reply = error(StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange", "The requested range cannot be satisfied");
            reply.headers.push((CONTENT_RANGE, text(format!("bytes */{}", file.len()))));
            return reply;
        }
    };
    reply.headers.extend([(ETAG, text(etag)), (ACCEPT_RANGES, HeaderValue::from_static("bytes"))]);
    reply
}
