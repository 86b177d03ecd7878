//! A value, or why there is none, as Java is handed it.

use cloudauth_core::spelling::Language;
use cloudauth_core::{Error, Kind};

use crate::thrown::Thrown;
use crate::wire::{Beside, Message, ToWire};

/// What a message's first byte says of the rest.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
pub(crate) enum Tag {
    /// A value follows.
    Value = 0,
    /// An error follows.
    Error = 1,
    /// The client, or the iterator, was closed.
    Closed = 2,
    /// Nothing yet: ask again.
    Waiting = 3,
    /// Nothing, and nothing will come.
    End = 4,
}

/// A message of that tag alone.
pub(crate) fn tagged(tag: Tag) -> Message {
    Message { tree: vec![tag as u8], beside: Vec::new() }
}

/// A value, or why there is none.
pub(crate) fn write<T: ToWire>(outcome: Result<T, Error>, out: &mut Message) {
    match outcome {
        Ok(value) => {
            out.byte(Tag::Value as u8);
            value.write(out);
        }
        Err(error) => {
            out.byte(Tag::Error as u8);
            error.write(out);
        }
    }
}

/// A message that is an outcome and no more.
pub(crate) fn message<T: ToWire>(of: Result<T, Error>) -> Message {
    let mut out = Message::default();
    write(of, &mut out);
    out
}

/// An error of kind `internal`.
pub(crate) fn internal(message: &str) -> Message {
    let mut out = tagged(Tag::Error);
    out.text(Kind::Internal.name());
    (None::<&str>, None::<i64>, None::<&str>, Kind::Internal.retryable(), None::<i64>, 0_i64).write(&mut out);
    out.text(message);
    out.text(Kind::Internal.advice());
    out.byte(0);
    out
}

impl ToWire for Error {
    fn write(self, out: &mut Message) {
        let retry_after = self.retry_after().map(|time| i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
        out.text(self.kind().name());
        let numbers = (self.http_status().map(i64::from), i64::from(self.attempts()));
        (self.code(), numbers.0, self.request_id(), self.retryable(), retry_after, numbers.1).write(out);
        out.text(&self.message_in(Language::Java));
        out.text(&self.advice_in(Language::Java));
        let caused = Thrown::behind(&self).is_some();
        caused.write(out);
        if caused {
            out.beside.push(Beside::Error(self));
        }
    }
}
