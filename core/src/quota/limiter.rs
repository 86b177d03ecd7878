//! A limiter of the program's own.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::PermitRequest;
use super::per_action::PerAction;
use crate::call_context::CallContext;
use crate::error::Result;
use crate::runtime::{self, PerProcess};

/// Threads on which one limiter may block for one operation, beside those of callers. Further requests await their turn.
const THREADS: usize = 64;

/// How long to wait, in the making.
pub type WaitFuture<'a> = Pin<Box<dyn Future<Output = Result<Duration>> + Send + 'a>>;

/// Decides when each request may go out, in place of `qps` and of a [`Quota`](super::Quota). A client that is throttled all the
/// same slows down by itself.
pub trait Limiter: Send + Sync {
    /// How long the request is to wait yet; zero sends it at once. Asked before every request, retries included; dropped where
    /// the call ends first.
    ///
    /// # Errors
    /// The request may not be sent: the call ends with this error, which is never retried.
    fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> WaitFuture<'a>;

    /// The same, on the thread of a caller that blocks. `None`, the default, has [`acquire`](Self::acquire) awaited instead. No
    /// deadline ends it before it returns.
    fn acquire_here(&self, request: PermitRequest<'_>) -> Option<Result<Duration>> {
        let _ = request;
        None
    }
}

/// Turns of the requests for which a limiter blocks a thread of the library's or of its host's: 64 at a time for each operation.
#[derive(Debug, Default)]
pub struct LimiterTurns(PerProcess<PerAction<Threads>>);

/// Held while the thread is needed.
#[derive(Debug)]
pub struct LimiterTurn {
    _turn: OwnedSemaphorePermit,
}

#[derive(Debug)]
struct Threads(Arc<Semaphore>);

impl Default for Threads {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(THREADS)))
    }
}

impl LimiterTurns {
    /// Waits for a turn of a request of `action`.
    pub async fn turn(&self, action: &str) -> LimiterTurn {
        let Ok(threads) = self.0.get_or_try_init(|| Ok::<_, Infallible>(PerAction::default()));
        let turn = threads.get(action).0.clone().acquire_owned().await;
        LimiterTurn { _turn: turn.expect("turns are never closed") }
    }
}

/// A function that may block, as a limiter: it runs on the thread of a caller that blocks, and for others on a thread kept for
/// callbacks.
pub struct BlockingLimiter<F> {
    acquire: Arc<F>,
    turns: LimiterTurns,
}

impl<F> fmt::Debug for BlockingLimiter<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingLimiter").finish_non_exhaustive()
    }
}

impl<F: Fn(PermitRequest<'_>) -> Result<Duration>> BlockingLimiter<F> {
    pub fn new(acquire: F) -> Self {
        Self { acquire: Arc::new(acquire), turns: LimiterTurns::default() }
    }
}

impl<F: Fn(PermitRequest<'_>) -> Result<Duration> + Send + Sync + 'static> Limiter for BlockingLimiter<F> {
    fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> WaitFuture<'a> {
        Box::pin(async move {
            let turn = self.turns.turn(request.action).await;
            let (acquire, action) = (self.acquire.clone(), request.action.to_owned());
            let context: Option<CallContext> = request.context.cloned();
            let ask = move || {
                // Until the function returns, also where its call has ended meanwhile.
                let _turn = turn;
                acquire(PermitRequest { action: &action, context: context.as_ref(), blocks: false })
            };
            runtime::run(ask).await?
        })
    }

    fn acquire_here(&self, request: PermitRequest<'_>) -> Option<Result<Duration>> {
        Some((self.acquire)(request))
    }
}
