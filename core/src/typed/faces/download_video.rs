// Generated from core/schema/typed by `cargo xtask generate`; do not edit.

use std::borrow::Cow;

use crate::call::Call;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::reply::Received;
use crate::result::redacted::redacted_debug;
use crate::result::{Fields, Problem};
use crate::typed::read;
use crate::typed::{TypedReply, TypedRequest};
use crate::worker::Job;

/// Fetches a verification's evidence video into a file, or hands its bytes over as they come. Call it as soon as the person
/// is done: the service deletes the video 30 minutes later, and often there is none.
///
/// What it is given is checked when the call is made.
#[derive(Clone, PartialEq)]
pub struct DownloadVideoRequest(TypedRequest);

impl DownloadVideoRequest {
    /// - `to`: the path of the file; it appears there once it is whole, with mode 0600.
    pub fn new(to: impl Into<String>) -> Self {
        let mut request = TypedRequest::of("download_video");
        request.set("to", to.into());
        Self(request)
    }

    /// - `receiver`: what gets the bytes in place of a file: in order, as they come, on the download's thread, which waits
    ///   until it returns. An error of its own ends the call and is its cause. Where the call fails, it may have part of the
    ///   video, and nothing else.
    #[must_use]
    pub fn with_receiver(receiver: crate::typed::Receiver) -> Self {
        let mut request = TypedRequest::of("download_video");
        request.set("receiver", receiver);
        Self(request)
    }

    /// What `initialize` gave at the same region or endpoint: its JSON, or the reply as an object. CheckResult is asked where
    /// the video is.
    #[must_use]
    pub fn started(mut self, started: impl Into<crate::result::Value>) -> Self {
        self.0.set("started", started.into());
        self
    }

    /// A result that has the video's URL, as JSON or as an object. The URL lives 15 minutes; with `started` beside it,
    /// CheckResult is asked for a new one.
    #[must_use]
    pub fn result(mut self, result: impl Into<crate::result::Value>) -> Self {
        self.0.set("result", result.into());
        self
    }

    /// The largest video to take, from 1 to 4294967296; 268435456 (256 MiB) unless given.
    #[must_use]
    pub fn max_bytes(mut self, max_bytes: i64) -> Self {
        self.0.set("max_bytes", max_bytes);
        self
    }

    /// Replace a file that is there already; no unless given.
    #[must_use]
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.0.set("overwrite", overwrite);
        self
    }

    /// Hears how many bytes have come, and of how many: at most ten times a second, and once all have come, on the download's
    /// thread. An error of its own ends the call as kind `cancelled` and is its cause.
    #[must_use]
    pub fn progress(mut self, progress: crate::typed::Progress) -> Self {
        self.0.set("progress", progress);
        self
    }

    /// Hosts to fetch from beside those below `aliyuncs.com`: `video.example`, `.example` for all below it, or an address. They
    /// may be in a private network and have any port.
    #[must_use]
    pub fn video_hosts(mut self, video_hosts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.0.set("video_hosts", video_hosts.into_iter().map(Into::into).collect::<Vec<String>>());
        self
    }

    /// Any other parameter of the operation, by its name in the API. What is not in the table of operations is an error, unless
    /// [`unchecked`](Self::unchecked).
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.add_parameter(name, value);
        self
    }

    /// Lets through what the rules of this version refuse.
    #[must_use]
    pub fn unchecked(mut self) -> Self {
        self.0.set_unchecked(true);
        self
    }
}

#[allow(private_interfaces, reason = "as in the trait")]
impl Operation for DownloadVideoRequest {
    type Output = Video;

    fn action(&self) -> &'static str {
        Operation::action(&self.0)
    }

    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>> {
        Operation::to_call(&self.0, caller)
    }

    fn read(&self, reply: &Received<'_>) -> Result<Video> {
        self.0.read(reply).map(Video::from)
    }

    fn failed(&self, error: Error, sent: &Call) -> Error {
        self.0.failed(error, sent)
    }

    fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call> {
        self.0.follow_up(error, sent)
    }

    fn job(&self) -> Option<Job<Video>> {
        let job = self.0.job()?;
        Some(Box::new(|worker| job(worker).map(Video::from)))
    }
}

impl std::fmt::Debug for DownloadVideoRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What [`DownloadVideoRequest`] gave.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Video {
    /// `RequestId`: the service's id of this call; empty where it sent none.
    pub request_id: String,
    /// `fetched`: the video is there, whole. `none_offered`: the result has no video; the network may have been bad, or none
    /// was asked for. `gone`: it was there, and is deleted or its URL too old.
    pub outcome: Option<String>,
    /// Of the file, where there is one.
    pub path: Option<String>,
    /// Of the video, in bytes.
    pub length: Option<i64>,
    /// Of the video, in 64 hexadecimal digits.
    pub sha256: Option<String>,
    /// Every other field of `Result`, JSON text in it decoded.
    pub extra: Fields,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: Vec<Problem>,
}

redacted_debug!(Video: request_id, outcome, length, sha256; path, extra, problems);

impl From<TypedReply> for Video {
    fn from(mut reply: TypedReply) -> Self {
        let mut values = reply.take();
        Self {
            outcome: read::text(values.next()),
            path: read::text(values.next()),
            length: read::integer(values.next()),
            sha256: read::text(values.next()),
            request_id: reply.request_id,
            extra: reply.extra,
            problems: reply.problems,
        }
    }
}
