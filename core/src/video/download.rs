//! A video, fetched over as many connections as it takes.

use super::destination::{Destination, Target};
use super::guarded::Guarded;
use super::link::Link;
use super::pace::Pace;
use super::reception::{Reception, Refusal};
use crate::catalogue::Kind;
use crate::clock::nonce;
use crate::error::{Error, Result, SendState};
use crate::header_lines::HeaderLines;
use crate::receiver::Progress;
use crate::reply::Head;
use crate::retry::History;
use crate::transport::{Request, Resolver};
use crate::tree::Node;
use crate::worker::Worker;
use crate::xml_error;

/// What to fetch, and where to put it.
pub(super) struct Download<'a> {
    pub(super) link: &'a Link,
    pub(super) to: Target<'a>,
    pub(super) progress: Option<&'a Progress>,
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
    let mut history = History::default();
    try_fetch(worker, download, &mut history).map_err(|error| error.with_attempts(history.attempts()))
}

fn try_fetch(worker: &dyn Worker, download: &Download<'_>, history: &mut History) -> Result<Fetched> {
    let Download { link, to, progress, max_bytes, max_name } = *download;
    let destination = Destination::open(to, &nonce(worker.caller().clock)?)?;
    let mut reception = Reception::new(destination, progress.map(Pace::new), max_bytes, max_name);
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
                changed(link)
            }
            Err(_) if reception.is_other_part() => {
                reception.restart()?;
                changed(link)
            }
            Ok(head) => {
                let Some(error) = refused(link, &head, &reception.refusal()) else {
                    reception.restart()?;
                    return Ok(Fetched::Expired);
                };
                error
            }
            Err(error) if reception.is_video() && error.send_state() == SendState::Damaged => {
                Error::new(Kind::Network, format!("{}: the connection was lost in the middle of the video", link.server))
            }
            Err(error) => error,
        };
        worker.pause(history, failed)?;
        reception.see_to_rest()?;
    }
}

fn changed(link: &Link) -> Error {
    Error::new(Kind::Unavailable, format!("{}: the video changed while it came", link.server))
}

/// For all of the video, or for what is missing.
fn request(link: &Link, reception: &mut Reception<'_>) -> Request {
    let mut request = Request::get(&link.target);
    if let Some((from, etag)) = reception.begin_request()
        && let Ok(etag) = etag.to_str()
    {
        request.headers = HeaderLines::of(&[("range", &format!("bytes={from}-")), ("if-range", etag)]);
    }
    request
}

/// The error that an answer without a video is; `None` where it says that there is none any more.
fn refused(link: &Link, head: &Head, refusal: &Refusal) -> Option<Error> {
    let status = head.status.unwrap_or_default();
    let fields = xml_error::fields(&refusal.body).unwrap_or_default();
    let text = |name| fields.get(name).and_then(Node::as_text).unwrap_or_default();
    let kind = match (status, text("Code")) {
        // What the store does not say may be a proxy's.
        (404 | 410, code) if refusal.is_of_store || matches!(code, "NoSuchKey" | "NoSuchBucket") => return None,
        (403, "AccessDenied") if text("Message").contains("expired") => return None,
        (429, _) => Kind::Throttled,
        (500.., _) => Kind::Unavailable,
        _ => Kind::Service,
    };
    let error = Error::new(kind, format!("{}: the video was refused", link.server));
    let error = if text("Code").is_empty() { error } else { error.with_code(text("Code")) };
    Some(error.with_reply(Some(status), Some(text("RequestId")), head.retry_after.after(kind)))
}
