//! Receiving a reply.

use http::HeaderMap;
use http::header::{CONTENT_LENGTH, RETRY_AFTER};
use http_body_util::BodyExt;
use hyper::body::Incoming;

use super::failure;
use crate::buffer::Buffer;
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::reply::{Head, RetryHints};

/// A reply, whole.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) head: Head,
    pub(crate) body: Buffer,
}

/// Reads at most `cap` bytes of the body of `response`.
pub(super) async fn receive(response: http::Response<Incoming>, cap: usize) -> Result<Reply> {
    let status = response.status().as_u16();
    let announced = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > cap) {
        return Err(too_large(cap, status));
    }
    let retry_after = retry_hints(response.headers());
    let mut rest = response.into_body();
    let mut body = Buffer::with_capacity(announced.unwrap_or(0));
    while let Some(frame) = rest.frame().await {
        let frame = frame.map_err(|error| failure::in_body(&error, status))?;
        let Ok(data) = frame.into_data() else { continue };
        if body.len() + data.len() > cap {
            return Err(too_large(cap, status));
        }
        body.as_mut_vec().extend_from_slice(&data);
    }
    Ok(Reply { head: Head { status: Some(status), retry_after }, body })
}

fn retry_hints(headers: &HeaderMap) -> RetryHints {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    RetryHints {
        acs: text("x-acs-retry-after"),
        rate_limits: ["x-ratelimit-user-api", "x-ratelimit-user"].into_iter().filter_map(text).collect(),
        standard: text(RETRY_AFTER.as_str()),
    }
}

fn too_large(cap: usize, status: u16) -> Error {
    let message = format!("the reply is larger than the {cap} bytes allowed for it");
    Error::new(Kind::TooLarge, message).with_reply(Some(status), None, None)
}
