//! What the languages that host this library need of its threads.

use std::io;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::runtime;

pub use crate::runtime::{PerProcess, Thread, contain, contain_all, together};

/// Runs the host's code on a thread kept for it, so that it stalls no I/O however long it takes.
///
/// # Errors
/// Kind `io` where no thread can be had: `code` was not run.
pub async fn run<T: Send + 'static>(code: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    runtime::run(code).await
}

/// Ends the calls in flight as kind `cancelled`, waits for the callbacks under way, and ends the library's threads. Says
/// whether all of it was done within `timeout`, what an earlier shutdown left behind included. Calls that come later start
/// anew. The look-up of a name that hangs is not waited for.
///
/// From a callback it does not wait, as it would for itself, and says `false`.
pub fn shutdown(timeout: Duration) -> bool {
    runtime::shutdown(timeout)
}

/// How many forks lie between the process that first used the library and this one: what was made under another number
/// belongs to another process. It counts, too, how often the program closed all descriptors under the library.
pub fn generation() -> u64 {
    runtime::generation()
}

/// [`generation`], as far as the library has noticed: without the system call that looks for closed descriptors.
pub fn noticed_generation() -> u64 {
    runtime::noticed_generation()
}

/// Starts a thread as the library's own are: of this name and a stack of 2 MiB, without SIGPIPE, and with panics that are
/// logged rather than printed.
pub fn spawn<T: Send + 'static>(name: &str, body: impl FnOnce() -> T + Send + 'static) -> io::Result<Thread<T>> {
    runtime::spawn(name, body)
}

/// The error of a descriptor that the operating system refused. It names the limit, where one is reached.
pub fn refused(error: &io::Error) -> Error {
    runtime::refused(error)
}
