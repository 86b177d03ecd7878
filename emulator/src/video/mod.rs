//! The evidence video, at its links.

mod webm;

use hyper::StatusCode;

use crate::reply::{Reply, request_id};
use crate::request::Request;
use crate::service::Service;
use crate::video_links::there;

/// Answers a link as an object store does: 403 once it expired, 404 once the video is deleted.
pub(crate) fn answer(service: &Service, file: &str, request: &Request) -> Reply {
    let error = |status, code, message| Reply::xml_error(status, code, message, &request_id());
    let transaction_id = file.strip_suffix(".webm").unwrap_or_default();
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
    Reply::new(StatusCode::OK, "video/webm", webm::file())
}
