//! A video into a file.

use std::path::Path;

use super::guarded::Guarded;
use super::link::Link;
use super::new_file::NewFile;
use super::reception::Reception;
use crate::catalogue::Kind;
use crate::clock::nonce;
use crate::disk::Disk;
use crate::error::{Error, Result, SendState};
use crate::reply::Head;
use crate::result::Value;
use crate::retry::History;
use crate::transport::{Request, Resolver};
use crate::worker::Worker;
use crate::xml_error;

/// What to fetch, and where to put it.
pub(super) struct Download<'a> {
    pub(super) disk: &'a dyn Disk,
    pub(super) link: &'a Link,
    pub(super) to: &'a Path,
    pub(super) overwrite: bool,
    pub(super) max_bytes: u64,
    pub(super) max_name: &'static str,
}

/// What became of a download.
pub(super) enum Fetched {
    Whole {
        length: u64,
        /// In hexadecimal digits.
        sha256: String,
    },
    /// The link is too old, or the video is no longer there.
    Expired,
}

/// Fetches a video. Where its connection breaks, the rest is asked for on another.
pub(super) fn fetch(worker: &dyn Worker, download: &Download<'_>) -> Result<Fetched> {
    let Download { disk, link, to, overwrite, max_bytes, max_name } = download;
    let file = NewFile::create(*disk, to, *overwrite, &nonce(worker.caller().clock)?)?;
    let (mut reception, mut history) = (Reception::new(file, *max_bytes, max_name), History::default());
    loop {
        history.attempt();
        let request = request(link, &mut reception);
        let resolver = Resolver::new(Guarded { resolver: Resolver::default(), admission: link.admission });
        let failed = match worker.send(&link.server, resolver, request, &mut reception, usize::MAX) {
            Ok(_) if reception.is_video() => {
                let (length, sha256) = reception.finish()?;
                return Ok(Fetched::Whole { length, sha256 });
            }
            // What was begun is not there any more: another video, or a shorter one.
            Ok(Head { status: Some(412 | 416), .. }) if reception.received > 0 => {
                reception.restart()?;
                Error::new(Kind::Unavailable, format!("{}: the video changed while it came", link.server))
            }
            Ok(head) => match refused(link, &head, &reception.refusal()) {
                Some(error) => error,
                None => return Ok(Fetched::Expired),
            },
            Err(error) if reception.is_video() && error.send_state() == SendState::Damaged => {
                Error::new(Kind::Network, format!("{}: the connection was lost in the middle of the video", link.server))
            }
            Err(error) => error,
        };
        worker.pause(&mut history, failed)?;
    }
}

/// For all of the video, or for what is missing.
fn request(link: &Link, reception: &mut Reception<'_>) -> Request {
    let mut request = Request::get(&link.target);
    if let Some((from, etag)) = reception.begin_request()
        && let Ok(etag) = etag.to_str()
    {
        request.headers = vec![("range", format!("bytes={from}-")), ("if-range", etag.to_owned())];
    }
    request
}

/// The error that an answer without a video is; `None` where it says that there is none any more.
fn refused(link: &Link, head: &Head, body: &[u8]) -> Option<Error> {
    let status = head.status.unwrap_or_default();
    let fields = xml_error::fields(body).unwrap_or_default();
    let text = |name| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let kind = match (status, text("Code")) {
        (404 | 410, _) => return None,
        (403, "AccessDenied") if text("Message").contains("expired") => return None,
        (429, _) => Kind::Throttled,
        (500.., _) => Kind::Unavailable,
        _ => Kind::Service,
    };
    let error = Error::new(kind, format!("{}: the video was refused", link.server));
    let error = if text("Code").is_empty() { error } else { error.with_code(text("Code")) };
    Some(error.with_reply(Some(status), Some(text("RequestId")), head.retry_after.after(kind)))
}
