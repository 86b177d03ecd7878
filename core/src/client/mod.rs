//! The client: one call is credentials, sign, send, classify, decode.

mod attempts;
mod builder;
mod diagnose;
mod many;
mod options;
mod place;
mod spans;
mod stats;
mod wait;

pub mod blocking;

pub use builder::ClientBuilder;
pub use diagnose::DiagnosisOptions;
pub use options::{CallOptions, Cancellation, ManyOptions};
pub(crate) use place::{Origin, Place};
pub use stats::Stats;
pub use wait::WaitOptions;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::Stream;

use crate::clock::{Clock, Skew};
use crate::credentials::Provider;
use crate::decode::lift::Nonce;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::quota::Quota;
use crate::reply::{self, Head};
use crate::request::{Call, CheckResultRequest};
use crate::result::{CheckResult, Fields};
use crate::retry::{Budget, Policy};
use crate::runtime::PerProcess;
use crate::sign::Signature;
use crate::transport::{Settings, Transport};
use stats::Counters;

/// Calls ID Verification, asynchronously: await its calls inside a tokio runtime with I/O and time enabled.
///
/// Cheap to clone, and meant to be shared: all clones use the same connections. A client works after a fork, too, on
/// connections of the child's own. Dropping a call's future cancels the call.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    endpoint: Endpoint,
    signature: Signature,
    provider: Arc<dyn Provider>,
    clock: Arc<dyn Clock>,
    lift_nonce: Nonce,
    settings: Settings,
    limits: Limits,
    policy: Policy,
    budget: Budget,
    quota: Arc<dyn Quota>,
    skew: Skew,
    counters: Counters,
    begun: Instant,
    transport: PerProcess<Transport>,
}

#[derive(Clone, Copy, Debug)]
struct Limits {
    attempt_timeout: Duration,
    timeout: Duration,
    max_body_bytes: usize,
    max_body_bytes_without_images: usize,
}

impl Client {
    /// A client with every default; `build` still needs a region or an endpoint.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

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

    /// Makes many calls, at most `options.concurrency` at a time, and yields each outcome with its request's position.
    ///
    /// Calls under way go on while the stream is not polled; dropping it cancels them.
    pub fn check_many<I>(
        &self,
        requests: I,
        options: &ManyOptions,
    ) -> impl Stream<Item = (usize, Result<CheckResult>)> + Send + use<I>
    where
        I: IntoIterator<Item = CheckResultRequest>,
        I::IntoIter: Send + 'static,
    {
        many::stream(self.clone(), requests.into_iter().enumerate(), options)
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

impl Limits {
    fn cap(&self, with_images: bool) -> usize {
        if with_images { self.max_body_bytes } else { self.max_body_bytes_without_images }
    }
}

impl Inner {
    fn transport(&self) -> Result<&Transport> {
        self.transport.get_or_try_init(|| Transport::new(&self.settings, &self.endpoint))
    }

    async fn check_result(&self, request: &CheckResultRequest, options: &CallOptions) -> Result<CheckResult> {
        let cap = self.limits.cap(request.asks_for_images());
        self.run(&request.to_call()?, cap, options, self.read_result()).await
    }

    fn check_result_on_lane(&self, request: &CheckResultRequest, options: &CallOptions) -> Result<CheckResult> {
        let cap = self.limits.cap(request.asks_for_images());
        self.run_on_lane(&request.to_call()?, cap, options, self.read_result())
    }

    fn read_result(&self) -> impl Fn(&Head, &[u8], &str) -> Result<CheckResult> {
        let nonce = self.lift_nonce;
        move |head, body, signed| reply::check_result(head, body, nonce, signed)
    }
}
