// Generated from core/schema/typed by `cargo xtask generate`; do not edit.

use std::borrow::Cow;

use crate::call::Call;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::reply::Received;
use crate::result::redacted::redacted_debug;
use crate::result::{Fields, Problem, Value};
use crate::typed::read;
use crate::typed::{TypedReply, TypedRequest};
use crate::worker::Job;

/// Fetches a verification's result, pictures and video, and files them in a folder of their own. Call it as soon as the
/// person is done, and as often as you like: it completes what an earlier run left, and sends nothing where the archive is
/// whole.
///
/// What it is given is checked when the call is made.
#[derive(Clone, PartialEq)]
pub struct ArchiveRequest(TypedRequest);

impl ArchiveRequest {
    /// - `started`: what `initialize` gave at the same region or endpoint: its JSON, or the reply as an object.
    /// - `into`: the folder of this archive alone; it is made where it is missing, with mode 0700.
    pub fn new(started: impl Into<crate::result::Value>, into: impl Into<String>) -> Self {
        let mut request = TypedRequest::of("archive");
        request.set("started", started.into());
        request.set("into", into.into());
        Self(request)
    }

    /// Keep the reply's bytes as `raw.json`; yes unless told otherwise.
    #[must_use]
    pub fn raw(mut self, raw: bool) -> Self {
        self.0.set("raw", raw);
        self
    }

    /// Ask for the pictures; yes unless told otherwise.
    #[must_use]
    pub fn images(mut self, images: bool) -> Self {
        self.0.set("images", images);
        self
    }

    /// Fetch the video, if the result has one; yes unless told otherwise.
    #[must_use]
    pub fn video(mut self, video: bool) -> Self {
        self.0.set("video", video);
        self
    }

    /// The largest video to take, from 1 to 4294967296; 268435456 (256 MiB) unless given.
    #[must_use]
    pub fn max_video_bytes(mut self, max_video_bytes: i64) -> Self {
        self.0.set("max_video_bytes", max_video_bytes);
        self
    }

    /// Hosts to fetch the video from beside those below `aliyuncs.com`, as for `download_video`.
    #[must_use]
    pub fn video_hosts(mut self, video_hosts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.0.set("video_hosts", video_hosts.into_iter().map(Into::into).collect::<Vec<String>>());
        self
    }

    /// Once the archive is whole, delete at the service: `Img` all pictures, `Text` all the rest, `All` both. It stays where
    /// something stands against it, which `withheld_for` names. Without it, nothing is deleted.
    #[must_use]
    pub fn then_delete(mut self, then_delete: impl Into<String>) -> Self {
        self.0.set("then_delete", then_delete.into());
        self
    }

    /// What does not keep it from being deleted: `pending`, the verdict is still to come; `no_pictures`, they were not asked
    /// for; `no_video`, one was offered and is not in the archive; `problems`, part of the result could not be decoded.
    #[must_use]
    pub fn even_so(mut self, even_so: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.0.set("even_so", even_so.into_iter().map(Into::into).collect::<Vec<String>>());
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
impl Operation for ArchiveRequest {
    type Output = Archive;

    fn action(&self) -> &'static str {
        Operation::action(&self.0)
    }

    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>> {
        Operation::to_call(&self.0, caller)
    }

    fn read(&self, reply: &Received<'_>) -> Result<Archive> {
        self.0.read(reply).map(Archive::from)
    }

    fn failed(&self, error: Error, sent: &Call) -> Error {
        self.0.failed(error, sent)
    }

    fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call> {
        self.0.follow_up(error, sent)
    }

    fn job(&self) -> Option<Job<Archive>> {
        let job = self.0.job()?;
        Some(Box::new(|worker| job(worker).map(Archive::from)))
    }
}

impl std::fmt::Debug for ArchiveRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What [`ArchiveRequest`] gave.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Archive {
    /// `RequestId`: the service's id of this call; empty where it sent none.
    pub request_id: String,
    /// `archived`: this run made the archive whole. `unchanged`: it was, and is as it was written.
    pub outcome: Option<String>,
    /// Of the archive.
    pub folder: Option<String>,
    /// When the archive was whole, in UTC.
    pub archived_at: Option<String>,
    /// Of `manifest.json`, in 64 hexadecimal digits. Keep it elsewhere: whoever can write to the folder can write another
    /// manifest, and has another hash.
    pub manifest_sha256: Option<String>,
    /// What is not there, of `raw`, `face`, `document`, `video` and `verdict`, and why: `not_asked`, `none_sent`,
    /// `none_offered`, `gone`, `too_late`, `pending`.
    pub missing: Option<Value>,
    /// The result as in `result.json`, with length and hash in the place of pictures.
    pub result: Option<Value>,
    /// `deleted`: the service says that it is. `refused`: it says that it is not. `unknown`: no reply came, and it is not asked
    /// for again. `withheld`: the service was not asked.
    pub deletion: Option<String>,
    /// What stands against it; `even_so` accepts it.
    pub withheld_for: Option<Vec<String>>,
    /// What CheckResult answered then: `absent`, `without_pictures`, `still_there` or `unknown`. Deletion may take the service
    /// minutes; a later run asks again.
    pub afterwards: Option<String>,
    /// What `receipt.json` has: each request and each answer, with ids, codes and times.
    pub receipt: Option<Value>,
    /// Every other field of `Result`, JSON text in it decoded.
    pub extra: Fields,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: Vec<Problem>,
}

redacted_debug!(Archive: request_id, outcome, archived_at, manifest_sha256, deletion, withheld_for, afterwards; folder, missing, result, receipt, extra, problems);

impl From<TypedReply> for Archive {
    fn from(mut reply: TypedReply) -> Self {
        let mut values = reply.take();
        Self {
            outcome: read::text(values.next()),
            folder: read::text(values.next()),
            archived_at: read::text(values.next()),
            manifest_sha256: read::text(values.next()),
            missing: read::value(values.next()),
            result: read::value(values.next()),
            deletion: read::text(values.next()),
            withheld_for: read::lines(values.next()),
            afterwards: read::text(values.next()),
            receipt: read::value(values.next()),
            request_id: reply.request_id,
            extra: reply.extra,
            problems: reply.problems,
        }
    }
}
