//! A video, wherever it is said to be.

use super::destination::Target;
use super::download::{Download, Fetched, fetch};
use super::hosts::Hosts;
use super::link::Link;
use crate::error::Result;
use crate::receiver::Progress;
use crate::request::CheckResultRequest;
use crate::worker::Worker;

/// The largest video, in bytes, unless told otherwise.
pub(crate) const MAX_BYTES: u64 = 256 << 20;

/// Whence a video comes, and where it goes.
pub(crate) struct Retrieval<'a> {
    /// Where a stored result says that it is.
    pub(crate) url: Option<String>,
    /// Asks where it is, if `url` is too old or absent.
    pub(crate) request: Option<&'a CheckResultRequest>,
    pub(crate) hosts: &'a Hosts,
    pub(crate) to: Target<'a>,
    pub(crate) progress: Option<&'a Progress>,
    pub(crate) max_bytes: u64,
    /// What the caller calls that.
    pub(crate) max_name: &'static str,
}

/// What became of it.
pub(crate) struct Retrieved {
    pub(crate) outcome: Outcome,
    /// Of the question where it is; empty where none was asked.
    pub(crate) request_id: String,
}

pub(crate) enum Outcome {
    Fetched {
        length: u64,
        /// In hexadecimal digits.
        sha256: String,
    },
    NoneOffered,
    /// It is deleted, or its URL is too old.
    Gone,
}

impl Outcome {
    /// The name in every language.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Fetched { .. } => "fetched",
            Self::NoneOffered => "none_offered",
            Self::Gone => "gone",
        }
    }
}

/// Fetches it. A link that was stored may be too old, and a fresh one is not.
pub(crate) fn retrieve(worker: &dyn Worker, retrieval: &Retrieval<'_>) -> Result<Retrieved> {
    let mut request_id = String::new();
    let mut stored = retrieval.url.clone();
    let outcome = loop {
        let is_stored = stored.is_some();
        let url = match (stored.take(), retrieval.request) {
            (Some(url), _) => url,
            (None, Some(request)) => match worker.check_result(request) {
                Ok(result) => {
                    request_id = result.request_id;
                    match result.face.and_then(|face| face.video_url) {
                        Some(url) => url,
                        None if retrieval.url.is_some() => break Outcome::Gone,
                        None => break Outcome::NoneOffered,
                    }
                }
                // It is deleted, video and all.
                Err(error) if retrieval.url.is_some() && error.code() == Some("TransactionIdInvalid") => break Outcome::Gone,
                Err(error) => return Err(error),
            },
            (None, None) => break Outcome::NoneOffered,
        };
        let Retrieval { to, progress, max_bytes, max_name, .. } = *retrieval;
        let download = Download { link: &Link::parse(&url, retrieval.hosts)?, to, progress, max_bytes, max_name };
        match fetch(worker, &download)? {
            Fetched::Whole { length, sha256 } => break Outcome::Fetched { length, sha256 },
            Fetched::Expired if is_stored && retrieval.request.is_some() => {}
            Fetched::Expired => break Outcome::Gone,
        }
    };
    Ok(Retrieved { outcome, request_id })
}
