//! Receiving a reply.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::time::Duration;

use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, DATE, TRANSFER_ENCODING};
use http_body_util::BodyExt;
use hyper::body::Incoming;

use tokio::time::{Instant, Sleep};

use super::failure;
use super::sink::Sink;
use crate::buffer::Buffer;
use crate::catalogue::Kind;
use crate::error::{Error, Result, SendState};
use crate::reply::Head;
use crate::retry::RetryHints;

/// A reply, whole.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) head: Head,
    pub(crate) body: Buffer,
}

/// Hands at most `cap` bytes of the body of `response` to `sink`, as long as it keeps to its `window`.
pub(super) async fn receive(
    response: http::Response<Incoming>,
    sink: &mut dyn Sink,
    cap: usize,
    window: &mut Window<'_>,
) -> Result<Head> {
    let status = response.status().as_u16();
    check_headers(response.headers()).map_err(|error| error.with_reply(Some(status), None, None))?;
    let length = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > cap) {
        return Err(over(cap, status));
    }
    let text = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let head = Head {
        status: Some(status),
        retry_after: RetryHints::read(text),
        date: text(DATE.as_str()).and_then(|date| httpdate::parse_http_date(date).ok()),
    };
    sink.begin(&head, response.headers(), length)?;
    let mut magic = response.headers().contains_key(CONTENT_ENCODING).then(Vec::new);
    let mut rest = response.into_body();
    let mut received = 0;
    while let Some(frame) = window.watch(rest.frame()).await.map_err(|error| error.with_reply(Some(status), None, None))? {
        let frame = frame.map_err(|error| failure::in_body(&error, status))?;
        let Ok(piece) = frame.into_data() else { continue };
        received += piece.len();
        if received > cap {
            return Err(over(cap, status));
        }
        window.received(piece.len());
        if let Some(magic) = &mut magic {
            magic.extend(piece.iter().take(MAGIC_LENGTH - magic.len()));
        }
        sink.take(piece)?;
        window.extend(poll_fn(|_| sink.poll_taken()).await);
    }
    if magic.is_some_and(|begins| MAGIC.iter().any(|magic| begins.starts_with(magic))) {
        return Err(compressed().with_reply(Some(status), None, None));
    }
    Ok(head)
}

/// What a reply must not say of its body: lengths that contradict each other are how one reply is smuggled into another,
/// and nothing compressed was asked for.
fn check_headers(headers: &HeaderMap) -> Result<()> {
    if headers.contains_key(CONTENT_LENGTH) && headers.contains_key(TRANSFER_ENCODING) {
        return Err(Error::new(Kind::Protocol, "the reply has two lengths").with_send_state(SendState::Damaged));
    }
    let encodings = headers.get_all(CONTENT_ENCODING).iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    if encodings.map(<[u8]>::trim_ascii).any(|encoding| CODINGS.iter().any(|coding| encoding.eq_ignore_ascii_case(coding))) {
        return Err(compressed());
    }
    Ok(())
}

/// What compresses. Gateways write other words in that place, over plain replies.
const CODINGS: [&[u8]; 9] = [b"gzip", b"x-gzip", b"deflate", b"br", b"zstd", b"compress", b"x-compress", b"dcb", b"dcz"];

/// How compressed data begins: gzip, compress, zlib (four levels), zstd. No JSON does.
const MAGIC_LENGTH: usize = 4;
const MAGIC: [&[u8]; 7] = [b"\x1f\x8b", b"\x1f\x9d", b"x\x01", b"x\x5e", b"x\x9c", b"x\xda", b"\x28\xb5\x2f\xfd"];

fn compressed() -> Error {
    Error::new(Kind::Protocol, "the reply is compressed, which was not asked for")
}

/// A reply must come at 1 KiB a second, over any ten seconds of its body.
pub(super) struct Window<'a> {
    ends: Pin<&'a mut Sleep>,
    received: usize,
}

impl<'a> Window<'a> {
    const LENGTH: Duration = Duration::from_secs(10);
    const LEAST: usize = 10 << 10;

    /// Begun before the request is sent: a runtime that sleeps is woken, at the cost of a system call, by a timer that is to go
    /// off before all others.
    pub(super) fn timer() -> Sleep {
        tokio::time::sleep(Self::LENGTH)
    }

    /// The one that `timer` has begun.
    pub(super) fn new(timer: Pin<&'a mut Sleep>) -> Self {
        Self { ends: timer, received: 0 }
    }

    fn restart(&mut self) {
        self.ends.as_mut().reset(Instant::now() + Self::LENGTH);
        self.received = 0;
    }

    /// Awaits the `head`, which may take its time, and begins anew.
    pub(super) async fn head<F: Future>(&mut self, head: F) -> F::Output {
        let mut head = pin!(head);
        loop {
            let output = self.within(&mut head).await;
            self.restart();
            if let Some(output) = output {
                return output;
            }
        }
    }

    /// What `frame` gives, unless too little has come when the window ends.
    async fn watch<F: Future>(&mut self, frame: F) -> Result<F::Output> {
        let mut frame = pin!(frame);
        loop {
            if let Some(output) = self.within(&mut frame).await {
                return Ok(output);
            }
            if self.received < Self::LEAST {
                return Err(Error::new(Kind::Timeout, "the reply stalled: it came at less than 1 KiB a second"));
            }
            self.restart();
        }
    }

    /// Whoever takes the reply was not there for so long.
    fn extend(&mut self, delay: Duration) {
        if !delay.is_zero() {
            let ends = self.ends.deadline() + delay;
            self.ends.as_mut().reset(ends);
        }
    }

    fn received(&mut self, bytes: usize) {
        self.received += bytes;
    }

    /// What `future` gives, unless the window ends first.
    async fn within<F: Future + Unpin>(&mut self, future: F) -> Option<F::Output> {
        tokio::select! {
            biased;
            output = future => Some(output),
            () = &mut self.ends => None,
        }
    }
}

fn over(cap: usize, status: u16) -> Error {
    Error::new(Kind::TooLarge, format!("the reply is larger than the {cap} bytes allowed for it")).with_reply(
        Some(status),
        None,
        None,
    )
}
