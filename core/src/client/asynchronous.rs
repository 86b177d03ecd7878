//! The client for callers that await.

use std::fmt;
use std::sync::Arc;

use super::inner::Inner;
use super::{CallOptions, Stats, WaitOptions};
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::reply;
use crate::request::CheckResultRequest;
use crate::result::{CheckResult, Fields};
use crate::transport::Transport;

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

    /// What this client has done so far.
    pub fn stats(&self) -> Stats {
        self.0.counters.stats(self.0.transport().map_or(0, Transport::connections))
    }

    /// [`stats`](Self::stats) as they are when it is asked, for as long as the client lives.
    #[cfg(feature = "opentelemetry")]
    pub(crate) fn watch(&self) -> impl Fn() -> Option<Stats> + Clone + Send + Sync + use<> {
        let inner = Arc::downgrade(&self.0);
        move || Some(Self(inner.upgrade()?).stats())
    }

    /// Fetches the outcome of one verification.
    ///
    /// # Errors
    /// Kind `not_completed` while the end user has not finished; see [`Kind`](crate::Kind) for the others.
    pub async fn check_result(&self, request: &CheckResultRequest) -> Result<CheckResult> {
        self.check_result_with(request, &CallOptions::default()).await
    }

    /// [`check_result`](Self::check_result) with a time limit or cancellation of its own.
    pub async fn check_result_with(&self, request: &CheckResultRequest, options: &CallOptions) -> Result<CheckResult> {
        self.0.check_result(request, options).await
    }

    /// [`check_result`](Self::check_result), again and again until the person has finished. Transient failures do not end it.
    ///
    /// # Errors
    /// The last call's where the time was over first: `not_completed`, or a transient one. Any other at once.
    pub async fn wait_for_result(&self, request: &CheckResultRequest, options: &WaitOptions) -> Result<CheckResult> {
        self.0.wait_for_result(request, options).await
    }

    /// Calls any operation of the API version and returns its reply as it came: all of the body's fields.
    pub async fn call(&self, call: &Call) -> Result<Fields> {
        self.call_with(call, &CallOptions::default()).await
    }

    /// [`call`](Self::call) with a time limit or cancellation of its own.
    pub async fn call_with(&self, call: &Call, options: &CallOptions) -> Result<Fields> {
        self.0.run(call, self.0.limits.cap(false), options, reply::call).await
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
