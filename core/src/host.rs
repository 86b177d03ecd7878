//! What the languages that host this library need of its threads.

use std::time::Duration;

use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::runtime;

pub use crate::runtime::PerProcess;

/// Runs the host's code on a thread kept for it, so that it stalls no I/O however long it takes.
pub async fn run<T: Send + 'static>(code: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(code).await.map_err(|_| Error::new(Kind::Internal, "the host's code panicked"))
}

/// Ends the calls in flight as kind `cancelled`, waits for the callbacks under way, and ends the library's threads. Says
/// whether all of it was done within `timeout`. Calls that come later start anew.
///
/// Must not be called from a callback: it would wait for itself.
pub fn shutdown(timeout: Duration) -> bool {
    runtime::shutdown(timeout)
}

/// How many forks lie between the process that first used the library and this one: what was made under another number
/// belongs to another process.
pub fn generation() -> u64 {
    runtime::generation()
}
