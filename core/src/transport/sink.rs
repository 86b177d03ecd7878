//! Where the body of a reply goes.

use std::fs::File;
use std::io::Write;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;

use crate::buffer::Buffer;
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::io_reason::IoReason;
use crate::reply::Head;

/// Takes the body of a reply in pieces as they come, on the thread that drives the connection. Its error is the request's, and
/// closes the connection.
pub(crate) trait Sink: Send {
    /// The head has come; it says that `length` bytes follow, or nothing of them.
    fn begin(&mut self, _head: &Head, _headers: &HeaderMap, _length: Option<usize>) -> Result<()> {
        Ok(())
    }

    fn take(&mut self, piece: Bytes) -> Result<()>;

    /// Ready once it may get another piece: after how long a delay, which is not the server's fault. One that is not ready sees
    /// to it that this is asked again.
    fn poll_taken(&mut self) -> Poll<Duration> {
        Poll::Ready(Duration::ZERO)
    }
}

/// Collects the body.
impl Sink for Buffer {
    fn begin(&mut self, _: &Head, _: &HeaderMap, length: Option<usize>) -> Result<()> {
        *self = Self::announced(length.unwrap_or(0)).ok_or_else(no_memory)?;
        Ok(())
    }

    fn take(&mut self, piece: Bytes) -> Result<()> {
        self.append(&piece).ok_or_else(no_memory)
    }
}

fn no_memory() -> Error {
    Error::no_memory("the reply")
}

/// Writes the body where the file's position is.
impl Sink for File {
    fn take(&mut self, piece: Bytes) -> Result<()> {
        self.write_all(&piece).map_err(|error| {
            Error::new(Kind::Io, format!("the reply could not be written to its file ({})", IoReason::from(&error)))
        })
    }
}

/// Hands the body to a callback.
impl<F: FnMut(Bytes) -> Result<()> + Send> Sink for F {
    fn take(&mut self, piece: Bytes) -> Result<()> {
        self(piece)
    }
}
