//! The process's own tokio runtime, for callers that block: made when first needed, and again after a fork.

mod fork;

pub(crate) use fork::{PerProcess, generation};

use std::future::Future;
use std::thread;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::catalogue::Kind;
use crate::error::{Error, Result};

static RUNTIME: PerProcess<Runtime> = PerProcess::new();

/// The runtime of this process, as opposed to that of the process it was forked from.
pub(crate) fn runtime() -> Result<&'static Runtime> {
    RUNTIME.get_or_try_init(|| {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1).thread_name("cloudauth").enable_io().enable_time();
        builder.build().map_err(|_| Error::new(Kind::Io, "the operating system refused a thread or descriptor for I/O"))
    })
}

/// Runs `future` to its end on the calling thread; its I/O is driven by the runtime's own.
pub(crate) fn block_on<F>(future: F) -> Result<F::Output>
where
    F: Future + Send,
    F::Output: Send,
{
    let runtime = runtime()?;
    if Handle::try_current().is_err() {
        return Ok(runtime.block_on(future));
    }
    // tokio does not let a runtime's thread block on another; a plain thread may.
    let joined = thread::scope(|scope| scope.spawn(|| runtime.block_on(future)).join());
    joined.map_err(|_| Error::new(Kind::Internal, "a blocking call panicked"))
}
