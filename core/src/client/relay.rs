//! The pieces of a reply on their way from the connection to whoever takes them, who may take their time.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::HeaderMap;

use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::reply::Head;
use crate::transport::Sink;

/// Holds one piece at a time. The connection puts it there, inside a runtime; it is handed over outside, where code of the
/// caller's may block and use runtimes of its own.
pub(super) struct Relay<'a> {
    state: Mutex<State<'a>>,
    begun: Instant,
    /// When something came or was taken last, in milliseconds since then.
    last: AtomicU64,
    /// How long nothing may come.
    limit: Duration,
}

struct State<'a> {
    sink: &'a mut dyn Sink,
    piece: Option<Bytes>,
    /// How long the last one took to hand over.
    held: Duration,
}

impl<'a> Relay<'a> {
    pub(super) fn new(sink: &'a mut dyn Sink, limit: Duration) -> Self {
        let state = Mutex::new(State { sink, piece: None, held: Duration::ZERO });
        Self { state, begun: Instant::now(), last: AtomicU64::new(0), limit }
    }

    pub(super) fn is_full(&self) -> bool {
        self.state().piece.is_some()
    }

    /// Hands over the piece that is there.
    pub(super) fn hand_over(&self) -> Result<()> {
        let mut state = self.state();
        let Some(piece) = state.piece.take() else { return Ok(()) };
        let begun = Instant::now();
        let outcome = state.sink.take(piece);
        state.held = begun.elapsed();
        self.moved();
        outcome
    }

    /// Ends once nothing has come for too long.
    pub(super) async fn stalled(&self, endpoint: &Endpoint) -> Error {
        loop {
            let due = Duration::from_millis(self.last.load(Ordering::Relaxed)).saturating_add(self.limit);
            match due.checked_sub(self.begun.elapsed()) {
                Some(left) if !left.is_zero() => tokio::time::sleep(left).await,
                _ => {
                    let what = format!("{endpoint}: not a byte came within {} ms", self.limit.as_millis());
                    return Error::new(Kind::Timeout, what);
                }
            }
        }
    }

    fn moved(&self) {
        let elapsed = self.begun.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
        self.last.store(elapsed, Ordering::Relaxed);
    }

    fn state(&self) -> MutexGuard<'_, State<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The side of the connection.
impl Sink for &Relay<'_> {
    fn begin(&mut self, head: &Head, headers: &HeaderMap, length: Option<usize>) -> Result<()> {
        self.moved();
        self.state().sink.begin(head, headers, length)
    }

    fn take(&mut self, piece: Bytes) -> Result<()> {
        self.moved();
        self.state().piece = Some(piece);
        Ok(())
    }

    fn poll_taken(&mut self) -> Poll<Duration> {
        let mut state = self.state();
        if state.piece.is_some() { Poll::Pending } else { Poll::Ready(std::mem::take(&mut state.held)) }
    }
}
