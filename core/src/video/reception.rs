//! What an object store answers, and the bytes of a video among it.

use std::mem;
use std::time::Instant;

use bytes::Bytes;
use http::header::{CONTENT_RANGE, ETAG, LOCATION};
use http::{HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};

use super::destination::Destination;
use super::pace::Pace;
use crate::buffer::Buffer;
use crate::catalogue::Kind;
use crate::digest::hex;
use crate::error::{Error, Result};
use crate::reply::Head;
use crate::transport::Sink;

/// An error's body has a few hundred bytes.
const LONGEST_REFUSAL: usize = 16 << 10;

/// How a `WebM` file begins.
const MAGIC: [u8; 4] = [0x1A, 0x45, 0xDF, 0xA3];

/// The headers with the request id of OSS and of S3.
const STORES_IDS: [&str; 2] = ["x-oss-request-id", "x-amz-request-id"];

/// A video on its way to where it goes, over as many requests as it takes.
pub(super) struct Reception<'a> {
    destination: Destination<'a>,
    pace: Option<Pace<'a>>,
    /// The first bytes, until it is known whether they are a video's.
    held: Vec<u8>,
    max_bytes: u64,
    /// What the caller calls that.
    max_name: &'static str,
    hash: Sha256,
    pub(super) received: u64,
    entity: Option<Entity>,
    answer: Answer,
}

/// What the store said of the video when it began to send it.
struct Entity {
    length: u64,
    /// A strong one; without it what follows may be another video's.
    etag: Option<HeaderValue>,
}

/// To the request under way.
#[derive(Default)]
enum Answer {
    #[default]
    None,
    Video,
    /// Part of a video, and not the one that was asked for.
    OtherPart,
    Refusal(Refusal),
}

/// An answer that is no video.
#[derive(Default)]
pub(super) struct Refusal {
    /// How it begins.
    pub(super) body: Buffer,
    /// Whether it has an object store's request id.
    pub(super) is_of_store: bool,
}

impl<'a> Reception<'a> {
    pub(super) fn new(destination: Destination<'a>, pace: Option<Pace<'a>>, max_bytes: u64, max_name: &'static str) -> Self {
        let (held, hash) = (Vec::new(), Sha256::new());
        Self { destination, pace, held, max_bytes, max_name, hash, received: 0, entity: None, answer: Answer::None }
    }

    /// Begins a request: from which byte on, of the video with which tag, if there is something to go on from.
    pub(super) fn begin_request(&mut self) -> Option<(u64, &HeaderValue)> {
        self.answer = Answer::None;
        let etag = self.entity.as_ref()?.etag.as_ref()?;
        (self.received > 0).then_some((self.received, etag))
    }

    /// Whether the video was coming.
    pub(super) fn is_video(&self) -> bool {
        matches!(self.answer, Answer::Video)
    }

    /// Whether what came does not go on where the last answer ended.
    pub(super) fn is_other_part(&self) -> bool {
        matches!(self.answer, Answer::OtherPart)
    }

    /// The answer that was none.
    pub(super) fn refusal(&mut self) -> Refusal {
        match mem::take(&mut self.answer) {
            Answer::Refusal(refusal) => refusal,
            _ => Refusal::default(),
        }
    }

    /// Forgets what came, so that the next request asks for all of it.
    pub(super) fn restart(&mut self) -> Result<()> {
        self.destination.restart()?;
        self.hash.reset();
        self.held.clear();
        (self.received, self.entity) = (0, None);
        Ok(())
    }

    /// Whether the next request can ask for the rest; an error where it cannot, and there is no way back.
    pub(super) fn see_to_rest(&mut self) -> Result<()> {
        let can_go_on = self.entity.as_ref().is_some_and(|entity| entity.etag.is_some());
        if can_go_on { Ok(()) } else { self.restart() }
    }

    /// The video is whole. Returns length and SHA-256.
    pub(super) fn finish(self) -> Result<(u64, String)> {
        if self.received < MAGIC.len() as u64 {
            return Err(protocol("is no WebM file"));
        }
        self.destination.finish()?;
        Ok((self.received, hex(&self.hash.finalize())))
    }

    fn begin_whole(&mut self, etag: Option<&HeaderValue>, length: Option<usize>) -> Result<()> {
        let length = length.ok_or_else(|| protocol("has no length"))? as u64;
        if length > self.max_bytes {
            let what = format!("the video has {length} bytes, and `{}` allows {}", self.max_name, self.max_bytes);
            return Err(Error::new(Kind::TooLarge, what).with_advice("Raise that limit if videos of this size are expected."));
        }
        self.restart()?;
        self.entity = Some(Entity { length, etag: etag.cloned() });
        Ok(())
    }

    /// The rest of what was begun, and all of the rest.
    fn go_on(&mut self, etag: Option<&HeaderValue>, range: Option<&HeaderValue>) -> Result<()> {
        let entity =
            self.entity.as_ref().filter(|_| self.received > 0).ok_or_else(|| protocol("is a part, which was not asked for"))?;
        let expected = format!("bytes {}-{}/{}", self.received, entity.length.saturating_sub(1), entity.length);
        let fits = range.is_some_and(|range| range.as_bytes() == expected.as_bytes());
        if fits && (etag.is_none() || etag == entity.etag.as_ref()) {
            Ok(())
        } else {
            self.answer = Answer::OtherPart;
            Err(protocol("is another part than was asked for"))
        }
    }
}

impl Sink for Reception<'_> {
    fn begin(&mut self, head: &Head, headers: &HeaderMap, length: Option<usize>) -> Result<()> {
        let etag = headers.get(ETAG).filter(|etag| etag.as_bytes().starts_with(b"\""));
        match head.status {
            Some(200) => self.begin_whole(etag, length)?,
            Some(206) => self.go_on(etag, headers.get(CONTENT_RANGE))?,
            Some(300..400) if headers.contains_key(LOCATION) => {
                let error = Error::new(Kind::Blocked, "the video's host redirects elsewhere, which was not followed");
                return Err(error.with_reply(head.status, None, None));
            }
            _ => {
                let is_of_store = STORES_IDS.iter().any(|name| headers.contains_key(*name));
                self.answer = Answer::Refusal(Refusal { is_of_store, ..Refusal::default() });
                return Ok(());
            }
        }
        self.answer = Answer::Video;
        Ok(())
    }

    fn take(&mut self, piece: Bytes) -> Result<()> {
        if let Answer::Refusal(Refusal { body, .. }) = &mut self.answer {
            if body.len() + piece.len() > LONGEST_REFUSAL {
                return Err(protocol("has none, and goes on for long"));
            }
            return body.append(&piece).ok_or_else(|| Error::no_memory("the reply"));
        }
        let expected = MAGIC.iter().skip(usize::try_from(self.received).unwrap_or(MAGIC.len()));
        if !piece.iter().zip(expected).all(|(byte, expected)| byte == expected) {
            return Err(protocol("is no WebM file"));
        }
        self.hash.update(&piece);
        self.received += piece.len() as u64;
        let is_known = self.received >= MAGIC.len() as u64;
        if is_known && self.held.is_empty() {
            self.destination.write(&piece)?;
        } else {
            self.held.extend_from_slice(&piece);
            if !is_known {
                return Ok(());
            }
            self.destination.write(&mem::take(&mut self.held))?;
        }
        match (&mut self.pace, &self.entity) {
            (Some(pace), Some(entity)) => pace.report(self.received, entity.length, Instant::now()),
            _ => Ok(()),
        }
    }
}

fn protocol(what: &str) -> Error {
    Error::new(Kind::Protocol, format!("the reply with the video {what}"))
}
