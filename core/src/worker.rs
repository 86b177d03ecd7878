//! Jobs: work of several requests and of files, on a thread that may block.

use std::path::Path;

use crate::call::Call;
use crate::caller::Caller;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::reply::Head;
use crate::request::CheckResultRequest;
use crate::result::{CheckResult, Fields};
use crate::retry::History;
use crate::transport::{Request, Resolver, Sink};

/// What an operation does where it is more than a call.
pub(crate) type Job<T> = Box<dyn FnOnce(&dyn Worker) -> Result<T> + Send>;

/// A client, as far as its jobs see it. A step of a job that was cancelled, or whose time is over, fails at once.
pub(crate) trait Worker {
    fn caller(&self) -> Caller<'_>;

    /// A call like any other: retried, counted, logged.
    fn check_result(&self, request: &CheckResultRequest) -> Result<CheckResult>;

    /// The same, of any operation.
    fn call(&self, call: &Call) -> Result<Fields>;

    /// Sends `request` once to `endpoint`, whose addresses `resolver` knows, on a connection of its own, and hands at most `cap`
    /// bytes of body to `sink`. Not a byte within the client's `attempt_timeout` is a timeout.
    fn send(&self, endpoint: &Endpoint, resolver: Resolver, request: Request, sink: &mut dyn Sink, cap: usize) -> Result<Head>;

    /// Whether the caller lets what is in this archive be deleted at the service; else the error that the job ends with.
    fn allows_deletion(&self, archive: &Path) -> Result<()>;

    /// Pauses before the next request, as the client's policy says after `error`; where that allows none, `error` it is.
    fn pause(&self, history: &mut History, error: Error) -> Result<()>;
}
