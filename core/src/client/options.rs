//! What one call may be told.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::{CancellationToken, DropGuard};

use crate::call_context::CallContext;
use crate::error::Result;
use crate::options;

/// Options of one call; what is not set is the client's.
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    pub(super) timeout: Option<Duration>,
    cancellation: Option<Cancellation>,
    interrupt: Option<Interrupt>,
    before_deletion: Option<BeforeDeletion>,
    pub(super) context: Option<CallContext>,
}

/// How often a call that waits asks whether it is interrupted.
const INTERRUPT_PERIOD: Duration = Duration::from_millis(50);

#[derive(Clone)]
struct Interrupt(Arc<dyn Fn() -> bool + Send + Sync>);

impl fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interrupt")
    }
}

type CopyArchive = dyn Fn(&Path) -> Result<()> + Send + Sync;

#[derive(Clone)]
struct BeforeDeletion(Arc<CopyArchive>);

impl fmt::Debug for BeforeDeletion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BeforeDeletion")
    }
}

impl CallOptions {
    /// The whole call, retries included. `Duration::ZERO` is a time that is over: the call ends at once as kind `timeout`, and
    /// nothing is sent. `Duration::MAX` is no limit.
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

    /// Ends the call, as kind `cancelled`, once `asked` says yes. It is asked every 50 ms while the call waits: of a call
    /// that blocks, on the thread that makes it, so that a host can look for its signals there.
    #[must_use]
    pub fn interrupt(mut self, asked: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.interrupt = Some(Interrupt(Arc::new(asked)));
        self
    }

    /// Runs `copy` before an archive asks the service to delete anything, on the thread of the job: a place for a copy elsewhere.
    /// The folder that it gets is whole, and its receipt has the request that follows. An error is the call's own, and nothing is
    /// deleted.
    #[must_use]
    pub fn before_deletion(mut self, copy: impl Fn(&Path) -> Result<()> + Send + Sync + 'static) -> Self {
        self.before_deletion = Some(BeforeDeletion(Arc::new(copy)));
        self
    }

    /// Goes to the client's listener with the call's events, and to its limiter: the caller's span, for instance.
    #[must_use]
    pub fn context(mut self, context: CallContext) -> Self {
        self.context = Some(context);
        self
    }

    /// The same, and what ends them besides what did before.
    pub(super) fn cancellable(&self) -> (Self, Cancellation) {
        let earlier = self.cancellation.as_ref();
        let cancellation = earlier.map_or_else(Cancellation::new, |earlier| Cancellation(earlier.0.child_token()));
        (self.clone().cancellation(&cancellation), cancellation)
    }

    pub(super) fn allows_deletion(&self, folder: &Path) -> Result<()> {
        self.before_deletion.as_ref().map_or(Ok(()), |BeforeDeletion(copy)| copy(folder))
    }

    /// Whether its cancellation is cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.cancellation.as_ref().is_some_and(Cancellation::is_cancelled)
    }

    pub(super) async fn cancelled(&self) {
        let asked = async {
            match &self.cancellation {
                Some(cancellation) => cancellation.0.cancelled().await,
                None => std::future::pending().await,
            }
        };
        let interrupted = async {
            let Some(Interrupt(asked)) = &self.interrupt else { return std::future::pending().await };
            loop {
                tokio::time::sleep(INTERRUPT_PERIOD).await;
                if asked() {
                    return;
                }
            }
        };
        tokio::select! {
            () = asked => {}
            () = interrupted => {}
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

    /// Cancels when it is dropped.
    pub(super) fn drop_guard(self) -> DropGuard {
        self.0.drop_guard()
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
