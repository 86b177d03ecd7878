//! What one call may be told.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::options;

/// Options of one call; what is not set is the client's.
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    pub(super) timeout: Option<Duration>,
    cancellation: Option<Cancellation>,
}

impl CallOptions {
    /// The whole call, retries included.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Ends the call, as kind `cancelled`, when `cancellation` is cancelled.
    #[must_use]
    pub fn cancellation(mut self, cancellation: &Cancellation) -> Self {
        self.cancellation = Some(cancellation.clone());
        self
    }

    pub(super) async fn cancelled(&self) {
        match &self.cancellation {
            Some(cancellation) => cancellation.0.cancelled().await,
            None => std::future::pending().await,
        }
    }
}

/// Cancels calls from anywhere: another thread, a signal handler's helper, a host language.
#[derive(Clone, Debug, Default)]
pub struct Cancellation(CancellationToken);

impl Cancellation {
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends every call that was given this, now and later.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

/// Options of many calls.
#[derive(Clone, Debug)]
pub struct ManyOptions {
    /// How many calls are under way at most; at least 1.
    pub concurrency: usize,
    /// Yield outcomes in the order of the requests, rather than as they come.
    pub ordered: bool,
    /// Options of each call.
    pub each: CallOptions,
}

impl Default for ManyOptions {
    fn default() -> Self {
        Self { concurrency: options::MAX_CONCURRENCY, ordered: true, each: CallOptions::default() }
    }
}
