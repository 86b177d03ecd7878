//! The client for callers that await.

use std::fmt;
use std::sync::Arc;

use super::inner::Inner;
use super::{CallOptions, Stats};
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::operation::Operation;
use crate::request::CheckResultRequest;
use crate::result::{CheckResult, Fields};
use crate::transport::Transport;
use crate::wait::{WaitForResult, WaitOptions};

/// Calls ID Verification, asynchronously: await its calls inside a tokio runtime with I/O and time enabled.
///
/// Cheap to clone, and meant to be shared: all clones use the same connections. A client works after a fork, too, on
/// connections of the child's own. Dropping a call's future cancels the call.
#[derive(Clone)]
pub struct Client(pub(super) Arc<Inner>);

impl Client {
    /// The server that this client calls.
    pub fn endpoint(&self) -> &Endpoint {
        &self.0.endpoint
    }

    /// Where its keys come from, e.g. `environment`.
    pub fn credentials_source(&self) -> &str {
        self.0.provider.name()
    }

    /// The option `max_concurrency`, for callers that make many calls.
    pub fn max_concurrency(&self) -> usize {
        self.0.limits.max_concurrency
    }

    /// Says that a call is near: opens a connection in the background, unless one is ready, so that the call need not wait for
    /// DNS, TCP and TLS. Returns at once and never fails; a connection that cannot be made is counted in
    /// [`stats`](Self::stats). An unused one is closed after the option `idle_timeout`, or by the server.
    pub fn connect_ahead(&self) {
        self.0.connect_ahead();
    }

    /// What this client has done so far.
    pub fn stats(&self) -> Stats {
        self.0.counters.stats(self.0.transport().map_or(0, Transport::connections))
    }

    /// [`stats`](Self::stats) as they are when it is asked, for as long as the client lives.
    pub fn watch(&self) -> impl Fn() -> Option<Stats> + Clone + Send + Sync + use<> {
        let inner = Arc::downgrade(&self.0);
        move || Some(Self(inner.upgrade()?).stats())
    }

    /// Carries an operation out, under options of its own.
    ///
    /// # Errors
    /// See [`Kind`](crate::Kind).
    pub async fn run<O: Operation>(&self, operation: &O, options: &CallOptions) -> Result<O::Output> {
        self.0.run(operation, options).await?.of::<O>()
    }

    /// Fetches the outcome of one verification.
    ///
    /// # Errors
    /// Kind `not_completed` while the end user has not finished; see [`Kind`](crate::Kind) for the others.
    pub async fn check_result(&self, request: &CheckResultRequest) -> Result<CheckResult> {
        self.run(request, &CallOptions::default()).await
    }

    /// [`check_result`](Self::check_result), again and again until the person has finished; see [`WaitForResult`].
    pub async fn wait_for_result(&self, request: &CheckResultRequest, options: &WaitOptions) -> Result<CheckResult> {
        self.run(&WaitForResult::new(request.clone(), *options), &CallOptions::default()).await
    }

    /// Calls any operation of the API version and returns its reply as it came: all of the body's fields.
    pub async fn call(&self, call: &Call) -> Result<Fields> {
        self.run(call, &CallOptions::default()).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.0.endpoint)
            .field("signature", &self.0.signature)
            .field("credentials", &self.0.provider.name())
            .finish_non_exhaustive()
    }
}
