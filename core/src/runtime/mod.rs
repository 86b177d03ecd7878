//! The process's own tokio runtime, for callers that block or want to be called back: made when first needed, again after a
//! fork, and again after [`shutdown`].

mod fork;

pub(crate) use fork::{PerProcess, generation};

use std::convert::Infallible;
use std::future::Future;
use std::marker::PhantomData;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::catalogue::Kind;
use crate::error::{Error, Result};

/// `None` before the first call and after a shutdown.
static HOST: PerProcess<RwLock<Option<Arc<Host>>>> = PerProcess::new();

/// A runtime, and what it takes to end it in good order. Its own tasks hold no `Arc` of it: a runtime cannot be dropped by a
/// task that it runs.
#[derive(Debug)]
struct Host {
    runtime: Runtime,
    stop: CancellationToken,
    background: TaskTracker,
}

fn slot() -> &'static RwLock<Option<Arc<Host>>> {
    let Ok(slot) = HOST.get_or_try_init(|| Ok::<_, Infallible>(RwLock::new(None)));
    slot
}

/// The runtime of this process, as opposed to that of the process it was forked from.
fn host() -> Result<Arc<Host>> {
    if let Some(host) = &*slot().read().unwrap_or_else(PoisonError::into_inner) {
        return Ok(host.clone());
    }
    let mut slot = slot().write().unwrap_or_else(PoisonError::into_inner);
    if let Some(host) = &*slot {
        return Ok(host.clone());
    }
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).thread_name("cloudauth").enable_io().enable_time();
    let runtime =
        builder.build().map_err(|_| Error::new(Kind::Io, "the operating system refused a thread or descriptor for I/O"))?;
    let host = Arc::new(Host { runtime, stop: CancellationToken::new(), background: TaskTracker::new() });
    Ok(slot.insert(host).clone())
}

fn stopped() -> Error {
    Error::new(Kind::Cancelled, "the library was shut down")
}

/// Runs `future` to its end on the calling thread; its I/O is driven by the runtime's own.
pub(crate) fn block_on<F>(future: F) -> Result<F::Output>
where
    F: Future + Send,
    F::Output: Send,
{
    let host = host()?;
    let future = host.stop.run_until_cancelled(future);
    let outcome = if Handle::try_current().is_err() {
        Some(host.runtime.block_on(future))
    } else {
        // tokio does not let a runtime's thread block on another; a plain thread may.
        thread::scope(|scope| scope.spawn(|| host.runtime.block_on(future)).join()).ok()
    };
    outcome.ok_or_else(|| Error::new(Kind::Internal, "a blocking call panicked"))?.ok_or_else(stopped)
}

/// Runs `future` in the background; `done` gets its outcome, exactly once, on a thread on which it may take its time.
///
/// # Errors
/// Nothing was started, and `done` is dropped without being called.
pub(crate) fn start<T: Send + 'static>(
    future: impl Future<Output = Result<T>> + Send + 'static,
    done: impl FnOnce(Result<T>) + Send + 'static,
) -> Result<()> {
    let host = host()?;
    let (stop, background, handle) = (host.stop.clone(), host.background.clone(), host.runtime.handle().clone());
    let completion = Completion { done: Some(done), of: PhantomData };
    let task = async move {
        let outcome = AssertUnwindSafe(stop.run_until_cancelled(future)).catch_unwind().await;
        let outcome = match outcome {
            Ok(Some(outcome)) => outcome,
            Ok(None) => Err(stopped()),
            Err(_) => Err(Error::new(Kind::Internal, "a call panicked")),
        };
        // Not awaited: what becomes of a callback that panics is its owner's concern.
        drop(background.spawn_blocking_on(move || completion.finish(outcome), &handle));
    };
    drop(host.background.spawn_on(task, host.runtime.handle()));
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

/// Ends the calls in flight as `cancelled`, waits for the callbacks under way, and ends the library's threads; calls that
/// come later start them anew. Says whether all of it was done within `timeout`.
///
/// Must not be called from a callback: it would wait for itself.
pub(crate) fn shutdown(timeout: Duration) -> bool {
    let Some(mut host) = slot().write().unwrap_or_else(PoisonError::into_inner).take() else { return true };
    let begun = Instant::now();
    let left = || timeout.saturating_sub(begun.elapsed());
    host.stop.cancel();
    host.background.close();
    let waited = host.runtime.block_on(async { tokio::time::timeout(timeout, host.background.wait()).await });
    loop {
        match Arc::try_unwrap(host) {
            Ok(host) => {
                host.runtime.shutdown_timeout(left());
                return waited.is_ok();
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
