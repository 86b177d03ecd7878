//! The evidence video: signed links to it, and when it is there.

mod webm;

use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use hyper::StatusCode;
use sha2::Sha256;

use crate::clock::Moment;
use crate::reply::{Reply, request_id};
use crate::request::Request;
use crate::service::Service;
use crate::state::VIDEO_LIFE;
use crate::verify::hex;

/// A link works this long.
pub(crate) const LINK_LIFE: Duration = Duration::from_mins(15);

/// Makes and checks links under a key of this run.
#[derive(Debug)]
pub(crate) struct VideoLinks {
    key: [u8; 32],
}

impl VideoLinks {
    pub(crate) fn new(key: [u8; 32]) -> VideoLinks {
        VideoLinks { key }
    }

    /// An absolute URL that works for [`LINK_LIFE`] from `now`.
    pub(crate) fn link(&self, endpoint: &str, transaction_id: &str, now: Moment) -> String {
        let expires = now.plus(LINK_LIFE).unix_seconds();
        let signature = hex(&self.mac(transaction_id, expires).finalize().into_bytes());
        format!("{endpoint}/video/{transaction_id}.webm?Expires={expires}&Signature={signature}")
    }

    fn mac(&self, transaction_id: &str, expires: i64) -> Hmac<Sha256> {
        // HMAC takes a key of any length, so this cannot fail.
        let mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("a key of any length");
        mac.chain_update(format!("{transaction_id}\n{expires}"))
    }

    fn holds(&self, transaction_id: &str, expires: i64, signature: &str) -> bool {
        hex(&self.mac(transaction_id, expires).finalize().into_bytes()) == signature
    }
}

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
    if !there(service.state().end_of(transaction_id), now) {
        return error(StatusCode::NOT_FOUND, "NoSuchKey", "The specified key does not exist.");
    }
    Reply::new(StatusCode::OK, "video/webm", webm::file())
}

/// Whether a verification that ended then still has its video.
pub(crate) fn there(ended: Option<Moment>, now: Moment) -> bool {
    ended.is_some_and(|ended| now <= ended.plus(VIDEO_LIFE))
}
