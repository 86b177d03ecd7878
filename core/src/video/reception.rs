//! What an object store answers, and the bytes of a video among it.

use std::mem;

use bytes::Bytes;
use http::header::{CONTENT_RANGE, ETAG, LOCATION};
use http::{HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};

use super::new_file::NewFile;
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

/// A video on its way into a file, over as many requests as it takes.
pub(super) struct Reception<'a> {
    pub(super) file: NewFile<'a>,
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
    /// Something else, and how its body begins.
    Refusal(Buffer),
}

impl<'a> Reception<'a> {
    pub(super) fn new(file: NewFile<'a>, max_bytes: u64, max_name: &'static str) -> Self {
        Self { file, max_bytes, max_name, hash: Sha256::new(), received: 0, entity: None, answer: Answer::None }
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

    /// The body of an answer that was none.
    pub(super) fn refusal(&mut self) -> Buffer {
        match mem::take(&mut self.answer) {
            Answer::Refusal(body) => body,
            _ => Buffer::default(),
        }
    }

    /// Forgets what came, so that the next request asks for all of it.
    pub(super) fn restart(&mut self) -> Result<()> {
        self.file.restart()?;
        self.hash.reset();
        (self.received, self.entity) = (0, None);
        Ok(())
    }

    /// The video is whole: gives the file its name. Returns length and SHA-256.
    pub(super) fn finish(self) -> Result<(u64, String)> {
        if self.received < MAGIC.len() as u64 {
            return Err(protocol("is no WebM file"));
        }
        self.file.finish()?;
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
                self.answer = Answer::Refusal(Buffer::default());
                return Ok(());
            }
        }
        self.answer = Answer::Video;
        Ok(())
    }

    fn take(&mut self, piece: Bytes) -> Result<()> {
        if let Answer::Refusal(body) = &mut self.answer {
            if body.len() + piece.len() > LONGEST_REFUSAL {
                return Err(protocol("has none, and goes on for long"));
            }
            return body.append(&piece).ok_or_else(|| Error::no_memory("the reply"));
        }
        let expected = MAGIC.iter().skip(usize::try_from(self.received).unwrap_or(MAGIC.len()));
        if !piece.iter().zip(expected).all(|(byte, expected)| byte == expected) {
            return Err(protocol("is no WebM file"));
        }
        self.file.write(&piece)?;
        self.hash.update(&piece);
        self.received += piece.len() as u64;
        Ok(())
    }
}

fn protocol(what: &str) -> Error {
    Error::new(Kind::Protocol, format!("the reply with the video {what}"))
}
