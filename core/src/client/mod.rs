//! The client: one call is credentials, sign, send, classify, decode.

mod builder;
mod many;
mod options;

pub mod blocking;

pub use builder::ClientBuilder;
pub use options::{CallOptions, Cancellation, ManyOptions};

use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::Stream;
use tracing::Instrument;

use crate::catalogue::{self, Kind};
use crate::clock::{self, Clock};
use crate::credentials::Provider;
use crate::decode::lift::Nonce;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::reply::{self, Head};
use crate::request::{Call, CheckResultRequest};
use crate::result::{CheckResult, Fields};
use crate::runtime::PerProcess;
use crate::sign::{self, Signature, Unsigned};
use crate::transport::{Settings, Transport, Way};

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

    /// Fetches the outcome of one verification.
    ///
    /// # Errors
    /// Kind `not_completed` while the end user has not finished; see [`Kind`] for the others.
    pub async fn check_result(&self, request: &CheckResultRequest) -> Result<CheckResult> {
        self.check_result_with(request, &CallOptions::default()).await
    }

    /// [`check_result`](Self::check_result) with a time limit or cancellation of its own.
    pub async fn check_result_with(&self, request: &CheckResultRequest, options: &CallOptions) -> Result<CheckResult> {
        self.0.check_result(Way::Pool, request, options).await
    }

    /// Calls any operation of the API version and returns its reply as it came: all of the body's fields.
    pub async fn call(&self, call: &Call) -> Result<Fields> {
        self.call_with(call, &CallOptions::default()).await
    }

    /// [`call`](Self::call) with a time limit or cancellation of its own.
    pub async fn call_with(&self, call: &Call, options: &CallOptions) -> Result<Fields> {
        self.0.call(Way::Pool, call, options).await
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
        many::stream(self.clone(), requests.into_iter(), options)
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

    async fn check_result(&self, way: Way<'_>, request: &CheckResultRequest, options: &CallOptions) -> Result<CheckResult> {
        let call = request.to_call()?;
        let cap = self.limits.cap(request.asks_for_images());
        let read = |head: &Head, body: &[u8], signed: &str| reply::check_result(head, body, self.lift_nonce, signed);
        self.run(way, &call, cap, options, read).await
    }

    async fn call(&self, way: Way<'_>, call: &Call, options: &CallOptions) -> Result<Fields> {
        self.run(way, call, self.limits.cap(true), options, reply::call).await
    }

    /// One call under its deadline, its cancellation and its span.
    async fn run<T>(
        &self,
        way: Way<'_>,
        call: &Call,
        cap: usize,
        options: &CallOptions,
        read: impl Fn(&Head, &[u8], &str) -> Result<T>,
    ) -> Result<T> {
        call.judge(self.signature)?;
        let span = tracing::debug_span!("call", action = call.action(), endpoint = %self.endpoint, signature = self.signature.algorithm());
        async {
            let timeout = options.timeout.unwrap_or(self.limits.timeout);
            let outcome = within(timeout, options, pin!(self.attempt(way, call, cap, read))).await;
            match &outcome {
                Ok(_) => tracing::debug!("succeeded"),
                Err(error) => tracing::debug!(
                    kind = error.kind().name(),
                    code = error.code().and_then(catalogue::response_code).map(|known| known.code),
                    http_status = error.http_status(),
                    attempts = error.attempts(),
                    "failed"
                ),
            }
            outcome
        }
        .instrument(span)
        .await
    }

    /// Signs afresh, sends once, reads the reply.
    async fn attempt<T>(
        &self,
        way: Way<'_>,
        call: &Call,
        cap: usize,
        read: impl Fn(&Head, &[u8], &str) -> Result<T>,
    ) -> Result<T> {
        let credentials = self.provider.credentials().await?;
        let (query, form) = call.placed();
        let mut signed = sign::sign(
            self.signature,
            &Unsigned {
                host: self.endpoint.host(),
                action: call.action(),
                version: sign::API_VERSION,
                query: &query,
                form: &form,
                date: &clock::signing_date(self.clock.now()),
                nonce: &clock::nonce(&*self.clock)?,
            },
            &credentials,
        );
        let transport = self.transport()?;
        let string_to_sign = mem::take(&mut signed.string_to_sign);
        let exchange = pin!(transport.send(way, signed, cap));
        let reply = match tokio::time::timeout(self.limits.attempt_timeout, exchange).await {
            Ok(reply) => reply.map_err(|error| error.with_attempts(1))?,
            Err(_) => return Err(timed_out(self.limits.attempt_timeout, "request").with_attempts(1)),
        };
        read(&reply.head, &reply.body, &string_to_sign).map_err(|error| {
            if error.code() == Some("InvalidSecurityToken.Expired") {
                self.provider.expired(&credentials);
            }
            error.with_attempts(1)
        })
    }
}

/// `future`, unless time is up or the caller gives up first.
async fn within<T>(timeout: Duration, options: &CallOptions, future: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::select! {
        biased;
        () = options.cancelled() => Err(Error::new(Kind::Cancelled, "the call was cancelled")),
        outcome = tokio::time::timeout(timeout, future) => outcome.unwrap_or_else(|_| Err(timed_out(timeout, "call"))),
    }
}

fn timed_out(limit: Duration, what: &str) -> Error {
    Error::new(Kind::Timeout, format!("no result within the {} ms that this {what} may take", limit.as_millis()))
}
