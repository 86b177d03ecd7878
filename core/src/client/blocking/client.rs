//! The client for callers that block.

use std::sync::Arc;

use tracing::Span;

use crate::call::Call;
use crate::client::any::{AnyOperation, AnyOutput};
use crate::client::{self, CallOptions};
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::operation::Operation;
use crate::request::CheckResultRequest;
use crate::result::{CheckResult, Fields};
use crate::runtime::{self, AtShutdown, Delivery, Done};
use crate::wait::{WaitForResult, WaitOptions};

/// [`crate::Client`], blocking: its calls may be made from any thread, inside an asynchronous runtime too, at the price of
/// a thread. I/O runs on a runtime of the library's own, which a forked child makes anew.
#[derive(Clone, Debug)]
pub struct Client(client::Client);

impl Client {
    pub(in crate::client) fn new(client: client::Client) -> Self {
        Self(client)
    }

    /// The server that this client calls.
    pub fn endpoint(&self) -> &Endpoint {
        self.0.endpoint()
    }

    /// See [`crate::Client::max_concurrency`].
    pub fn max_concurrency(&self) -> usize {
        self.0.max_concurrency()
    }

    /// See [`crate::Client::stats`].
    pub fn stats(&self) -> client::Stats {
        self.0.stats()
    }

    /// See [`crate::Client::connect_ahead`].
    pub fn connect_ahead(&self) {
        self.0.connect_ahead();
    }

    /// See [`crate::Client::watch`].
    pub fn watch(&self) -> impl Fn() -> Option<client::Stats> + Clone + Send + Sync + use<> {
        self.0.watch()
    }

    /// See [`crate::Client::run`].
    pub fn run<O: Operation>(&self, operation: &O, options: &CallOptions) -> Result<O::Output> {
        let run = || Ok(self.0.0.run_on_lane(operation, options));
        runtime::plain_thread(run).inspect_err(|error| self.0.0.refuse(operation, error))??.of::<O>()
    }

    /// Begins an operation and returns; `done` gets its outcome, exactly once, on the thread that `delivery` says.
    ///
    /// # Errors
    /// Nothing was started, and `done` is dropped without being called.
    pub fn start<O: Operation>(
        &self,
        operation: O,
        options: CallOptions,
        delivery: Delivery,
        done: impl FnOnce(Result<O::Output>) + Send + 'static,
    ) -> Result<()> {
        let operation: Arc<dyn AnyOperation> = Arc::new(operation);
        let done = |outcome: Result<AnyOutput>| done(outcome.and_then(AnyOutput::of::<O>));
        self.begin(&operation, options, delivery, Box::new(done))
    }

    fn begin(
        &self,
        operation: &Arc<dyn AnyOperation>,
        options: CallOptions,
        delivery: Delivery,
        done: Done<AnyOutput>,
    ) -> Result<()> {
        let (client, begun) = (self.0.0.clone(), operation.clone());
        let run = async move { client.run(&*begun, &options).await };
        let at_shutdown = if operation.job().is_some() { AtShutdown::Wait } else { AtShutdown::End };
        runtime::start(Span::current(), Box::pin(run), at_shutdown, delivery, done)
            .inspect_err(|error| self.0.0.refuse(&**operation, error))
    }

    /// See [`crate::Client::check_result`].
    pub fn check_result(&self, request: &CheckResultRequest) -> Result<CheckResult> {
        self.run(request, &CallOptions::default())
    }

    /// See [`crate::Client::wait_for_result`].
    pub fn wait_for_result(&self, request: &CheckResultRequest, options: &WaitOptions) -> Result<CheckResult> {
        self.run(&WaitForResult::new(request.clone(), *options), &CallOptions::default())
    }

    /// See [`crate::Client::call`].
    pub fn call(&self, call: &Call) -> Result<Fields> {
        self.run(call, &CallOptions::default())
    }
}
