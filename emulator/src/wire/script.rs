use std::io;
use std::time::Duration;

use hyper::body::Bytes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, sleep_until, timeout_at};

use super::Wire;

/// A reset destroys what the other side has not read yet; this gives it time to.
const BEFORE_RESET: Duration = Duration::from_millis(50);
/// Slow writing goes in beats of about this length.
const BEAT: Duration = Duration::from_millis(50);

/// What to do on a connection, step by step, in place of an HTTP reply.
#[derive(Debug)]
pub(crate) struct Script {
    steps: Vec<Step>,
    end: End,
}

#[derive(Debug)]
enum Step {
    /// Wait until the client has sent something.
    Listen,
    Write(Bytes),
    /// The same block again and again, so many bytes in all.
    Fill(Bytes, u64),
    /// So many bytes a second.
    Drip(Bytes, u64),
    /// Wait, or until the client goes.
    Hold(Duration),
}

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It takes the next request.
    Keep,
    /// Closed in order; with TLS, after `close_notify`.
    Close,
    /// The socket is closed in order, but TLS does not say that it ends.
    Drop,
    /// Reset.
    Reset,
}

impl Script {
    pub(crate) fn new(end: End) -> Script {
        Script { steps: Vec::new(), end }
    }

    pub(crate) fn listen(self) -> Script {
        self.then(Step::Listen)
    }

    pub(crate) fn write(self, bytes: impl Into<Bytes>) -> Script {
        self.then(Step::Write(bytes.into()))
    }

    pub(crate) fn fill(self, block: impl Into<Bytes>, length: u64) -> Script {
        self.then(Step::Fill(block.into(), length))
    }

    pub(crate) fn drip(self, bytes: impl Into<Bytes>, per_second: u64) -> Script {
        self.then(Step::Drip(bytes.into(), per_second))
    }

    pub(crate) fn hold(self, time: Duration) -> Script {
        self.then(Step::Hold(time))
    }

    fn then(mut self, step: Step) -> Script {
        self.steps.push(step);
        self
    }

    /// Plays it to its end. Gives the connection back where it goes on.
    pub(crate) async fn play(self, mut wire: Wire) -> Option<Wire> {
        for step in self.steps {
            // The client may leave in the middle; that ends the play, whatever was to come.
            step.play(&mut wire).await.ok()?;
        }
        match self.end {
            End::Keep => return Some(wire),
            End::Close => {
                let _ = wire.shutdown().await;
            }
            End::Drop => {}
            End::Reset => {
                tokio::time::sleep(BEFORE_RESET).await;
                let _ = wire.tcp().set_zero_linger();
            }
        }
        None
    }
}

impl Step {
    async fn play(self, wire: &mut Wire) -> io::Result<()> {
        match self {
            Step::Listen => {
                if wire.read(&mut [0; 1024]).await? == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            Step::Write(bytes) => wire.write_all(&bytes).await?,
            Step::Fill(block, length) => {
                let mut left = length;
                while left > 0 {
                    let piece = &block[..usize::try_from(left).map_or(block.len(), |left| left.min(block.len()))];
                    wire.write_all(piece).await?;
                    left -= piece.len() as u64;
                }
            }
            Step::Drip(bytes, per_second) => return drip(wire, &bytes, per_second).await,
            Step::Hold(time) => return hold(wire, Instant::now() + time).await,
        }
        wire.flush().await
    }
}

async fn drip(wire: &mut Wire, bytes: &[u8], per_second: u64) -> io::Result<()> {
    let begun = Instant::now();
    let per_beat = usize::try_from(u128::from(per_second) * BEAT.as_millis() / 1000).unwrap_or(usize::MAX).max(1);
    let mut written = 0;
    for piece in bytes.chunks(per_beat) {
        wire.write_all(piece).await?;
        wire.flush().await?;
        written += piece.len() as u64;
        // Reckoned from the beginning, so that what a write takes is not added on.
        let until = begun + Duration::from_nanos(written * 1_000_000_000 / per_second);
        if written < bytes.len() as u64 {
            hold(wire, until).await?;
        } else {
            // What comes now may be the client's next request: it is not to be read here.
            sleep_until(until).await;
        }
    }
    Ok(())
}

/// Waits; an error where the client goes meanwhile.
async fn hold(wire: &mut Wire, until: Instant) -> io::Result<()> {
    loop {
        let mut unasked = [0; 1024];
        match timeout_at(until, wire.read(&mut unasked)).await {
            Err(_) => return Ok(()),
            Ok(Ok(0)) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => read?,
        };
    }
}
