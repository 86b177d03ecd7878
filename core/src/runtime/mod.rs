//! The process's own tokio runtime, for callers that block or want to be called back: made when first needed, again after a
//! fork, and again after [`shutdown`].

mod fork;
mod signal;

pub use fork::PerProcess;
pub(crate) use fork::generation;

use std::convert::Infallible;
use std::future::Future;
use std::marker::PhantomData;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use once_cell::sync::OnceCell;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{Instrument, Span};

use crate::catalogue::Kind;
use crate::error::{Error, Result};

/// `None` before the first call and after a shutdown.
static HOST: PerProcess<RwLock<Option<Arc<Host>>>> = PerProcess::new();

/// What runs in this process, and what it takes to end it in good order.
#[derive(Debug, Default)]
struct Host {
    /// Made when something is first to run in the background. Its own tasks hold no `Arc` of the host: a runtime cannot be
    /// dropped by a task that it runs.
    runtime: OnceCell<Runtime>,
    stop: CancellationToken,
    background: TaskTracker,
}

/// The host of this process, as opposed to that of the process it was forked from.
fn host() -> Arc<Host> {
    let Ok(slot) = slot();
    if let Some(host) = &*slot.read().unwrap_or_else(PoisonError::into_inner) {
        return host.clone();
    }
    slot.write().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().clone()
}

fn slot() -> Result<&'static RwLock<Option<Arc<Host>>>, Infallible> {
    HOST.get_or_try_init(|| Ok(RwLock::new(None)))
}

impl Host {
    fn runtime(&self) -> Result<&Runtime> {
        self.runtime.get_or_try_init(|| {
            let mut builder = Builder::new_multi_thread();
            builder
                .worker_threads(1)
                .thread_name("cloudauth")
                .on_thread_start(signal::hold_back_sigpipe)
                .enable_io()
                .enable_time();
            builder.build().map_err(|_| Error::new(Kind::Io, "the operating system refused a thread or descriptor for I/O"))
        })
    }
}

fn stopped() -> Error {
    Error::new(Kind::Cancelled, "the library was shut down")
}

/// `call`, unless the library is shut down first.
pub(crate) async fn until_shutdown<T>(call: impl Future<Output = Result<T>>) -> Result<T> {
    let host = host();
    host.stop.run_until_cancelled(call).await.ok_or_else(stopped)?
}

/// Runs `future` to its end on the calling thread; its I/O is driven by the background runtime.
pub(crate) fn block_on<F: Future>(future: F) -> Result<F::Output> {
    let host = host();
    host.runtime()?.block_on(host.stop.run_until_cancelled(future)).ok_or_else(stopped)
}

/// Runs `work` on a thread that may drive a runtime: this one, unless it does so already. tokio lets no runtime's thread
/// block on another.
pub(crate) fn plain_thread<T: Send>(work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    if Handle::try_current().is_err() {
        return work();
    }
    let span = Span::current();
    let joined = thread::scope(|scope| scope.spawn(|| span.in_scope(work)).join());
    joined.unwrap_or_else(|_| Err(Error::new(Kind::Internal, "a blocking call panicked")))
}

/// Where the outcome of a call in the background is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// On a thread on which `done` may take its time.
    Pool,
    /// On the thread that does the I/O: `done` must return at once.
    Io,
}

/// Runs `future` in the background, in `span`; `done` gets its outcome, exactly once.
///
/// # Errors
/// Nothing was started, and `done` is dropped without being called.
pub(crate) fn start<T: Send + 'static>(
    span: Span,
    future: impl Future<Output = Result<T>> + Send + 'static,
    done: impl FnOnce(Result<T>) + Send + 'static,
    on: Done,
) -> Result<()> {
    let host = host();
    let (stop, background, handle) = (host.stop.clone(), host.background.clone(), host.runtime()?.handle().clone());
    let completion = Completion { done: Some(done), of: PhantomData };
    // Boxed before it is wrapped, so that each layer moves a pointer and not a call's state.
    let future = Box::pin(future).instrument(span);
    let task = async move {
        let outcome = AssertUnwindSafe(stop.run_until_cancelled(future)).catch_unwind().await;
        let outcome = match outcome {
            Ok(Some(outcome)) => outcome,
            Ok(None) => Err(stopped()),
            Err(_) => Err(Error::new(Kind::Internal, "a call panicked")),
        };
        if on == Done::Io {
            return completion.finish(outcome);
        }
        // Not awaited: what becomes of a callback that panics is its owner's concern.
        drop(background.spawn_blocking_on(move || completion.finish(outcome), &handle));
    };
    drop(host.background.spawn_on(task, host.runtime()?.handle()));
    Ok(())
}

/// Calls `done` once, come what may: a task that the runtime drops unfinished was cancelled.
struct Completion<T, F: FnOnce(Result<T>)> {
    done: Option<F>,
    of: PhantomData<fn(T)>,
}

impl<T, F: FnOnce(Result<T>)> Completion<T, F> {
    fn finish(mut self, outcome: Result<T>) {
        if let Some(done) = self.done.take() {
            done(outcome);
        }
    }
}

impl<T, F: FnOnce(Result<T>)> Drop for Completion<T, F> {
    fn drop(&mut self) {
        if let Some(done) = self.done.take() {
            done(Err(stopped()));
        }
    }
}

/// Nobody waits longer for a shutdown.
const LONGEST: Duration = Duration::from_hours(24);

/// Ends the calls in flight as `cancelled`, waits for the callbacks under way, and ends the library's threads; calls that
/// come later start them anew. Says whether all of it was done within `timeout`.
///
/// Must not be called from a callback: it would wait for itself.
pub(crate) fn shutdown(timeout: Duration) -> bool {
    let Ok(slot) = slot();
    let Some(mut host) = slot.write().unwrap_or_else(PoisonError::into_inner).take() else { return true };
    let begun = Instant::now();
    // tokio adds it to a clock.
    let timeout = timeout.min(LONGEST);
    let left = || timeout.saturating_sub(begun.elapsed());
    host.stop.cancel();
    host.background.close();
    let wait = async { tokio::time::timeout(timeout, host.background.wait()).await.is_ok() };
    let waited = host.runtime.get().is_none_or(|runtime| runtime.block_on(wait));
    loop {
        match Arc::try_unwrap(host) {
            Ok(host) => {
                if let Some(runtime) = host.runtime.into_inner() {
                    runtime.shutdown_timeout(left());
                }
                return waited;
            }
            // A blocking call is on its way out.
            Err(_) if left().is_zero() => return false,
            Err(shared) => {
                host = shared;
                thread::sleep(Duration::from_millis(1));
            }
        }
    }
}
