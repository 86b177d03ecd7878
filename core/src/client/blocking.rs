//! The client for callers that block.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use tracing::Span;

use super::{CallOptions, ManyOptions, many};
use crate::call::Call;
use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::request::CheckResultRequest;
use crate::result::{CheckResult, Fields};
use crate::runtime::{self, Delivery};
use crate::wait::{WaitForResult, WaitOptions};

/// [`super::Client`], blocking: its calls may be made from any thread, inside an asynchronous runtime too, at the price of
/// a thread. I/O runs on a runtime of the library's own, which a forked child makes anew.
#[derive(Clone, Debug)]
pub struct Client(super::Client);

impl Client {
    pub(super) fn new(client: super::Client) -> Self {
        Self(client)
    }

    /// The server that this client calls.
    pub fn endpoint(&self) -> &Endpoint {
        self.0.endpoint()
    }

    /// See [`super::Client::max_concurrency`].
    pub fn max_concurrency(&self) -> usize {
        self.0.max_concurrency()
    }

    /// See [`super::Client::stats`].
    pub fn stats(&self) -> super::Stats {
        self.0.stats()
    }

    /// See [`super::Client::observe`].
    #[cfg(feature = "opentelemetry")]
    pub fn observe(&self, provider: &dyn opentelemetry::metrics::MeterProvider, attributes: &[opentelemetry::KeyValue]) {
        self.0.observe(provider, attributes);
    }

    /// See [`super::Client::run`].
    pub fn run<O: Operation>(&self, operation: &O, options: &CallOptions) -> Result<O::Output> {
        let run = || Ok(self.0.0.run_on_lane(operation, options));
        runtime::plain_thread(run).inspect_err(|error| self.0.0.refuse(operation, error))?
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
        let (client, operation) = (self.0.clone(), Arc::new(operation));
        let begun = operation.clone();
        let run = async move { client.run(&*begun, &options).await };
        runtime::start(Span::current(), run, delivery, done).inspect_err(|error| self.0.0.refuse(&*operation, error))
    }

    /// See [`super::Client::check_result`].
    pub fn check_result(&self, request: &CheckResultRequest) -> Result<CheckResult> {
        self.run(request, &CallOptions::default())
    }

    /// See [`super::Client::wait_for_result`].
    pub fn wait_for_result(&self, request: &CheckResultRequest, options: &WaitOptions) -> Result<CheckResult> {
        self.run(&WaitForResult::new(request.clone(), *options), &CallOptions::default())
    }

    /// See [`super::Client::call`].
    pub fn call(&self, call: &Call) -> Result<Fields> {
        self.run(call, &CallOptions::default())
    }

    /// See [`super::Client::check_many`]; calls under way go on between two steps of the iterator.
    pub fn check_many<I>(&self, requests: I, options: &ManyOptions) -> CheckMany
    where
        I: IntoIterator<Item = CheckResultRequest>,
        I::IntoIter: Send + 'static,
    {
        let requests = Box::new(requests.into_iter().enumerate());
        let source = Arc::new(Mutex::new(Source { requests, begun: BTreeSet::new() }));
        CheckMany {
            stream: Some(Box::pin(many::stream(self.0.clone(), Begin(source.clone()), options))),
            source,
            generation: runtime::generation(),
        }
    }
}

type Outcome = (usize, Result<CheckResult>);

/// Outcomes of many calls, each with its request's position.
pub struct CheckMany {
    stream: Option<Pin<Box<dyn Stream<Item = Outcome> + Send>>>,
    source: Arc<Mutex<Source>>,
    generation: u64,
}

/// Requests, and the positions of those that the stream has taken and not answered.
struct Source {
    requests: Box<dyn Iterator<Item = (usize, CheckResultRequest)> + Send>,
    begun: BTreeSet<usize>,
}

/// Gives the stream its requests.
struct Begin(Arc<Mutex<Source>>);

impl Iterator for Begin {
    type Item = (usize, CheckResultRequest);

    fn next(&mut self) -> Option<Self::Item> {
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = source.requests.next();
        source.begun.extend(next.iter().map(|(position, _)| position));
        next
    }
}

impl CheckMany {
    /// [`next`](Iterator::next), for a caller that has to look up from time to time: `Err` where nothing came within `limit`.
    pub fn next_within(&mut self, limit: Duration) -> Result<Option<Outcome>, Waiting> {
        self.step(Some(limit))
    }

    /// After a fork the child's copy yields kind `forked` once and ends: its calls are the parent's.
    fn step(&mut self, limit: Option<Duration>) -> Result<Option<Outcome>, Waiting> {
        if self.generation != runtime::generation() {
            let Some(stream) = self.stream.take() else { return Ok(None) };
            std::mem::forget(stream);
            return Ok(Some((0, Err(Error::new(Kind::Forked, "these calls were under way when the process forked")))));
        }
        let source = || self.source.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(stream) = self.stream.as_mut() else {
            let ended = Error::new(Kind::Cancelled, "the threads that made the call have ended");
            return Ok(source().begun.pop_first().map(|position| (position, Err(ended))));
        };
        let next = async {
            match limit {
                None => Ok(stream.next().await),
                Some(limit) => tokio::time::timeout(limit, stream.next()).await.map_err(|_| Waiting),
            }
        };
        match runtime::plain_thread(|| runtime::block_on(next)) {
            Ok(Ok(Some((position, outcome)))) => {
                source().begun.remove(&position);
                Ok(Some((position, outcome)))
            }
            Ok(other) => other,
            // No call can be made now. That is the next request's outcome; later ones may fare better.
            Err(error) => {
                let next = source().requests.next().map(|(position, _)| position);
                if next.is_none() {
                    self.stream = None;
                }
                Ok(next.or_else(|| source().begun.pop_first()).map(|position| (position, Err(error))))
            }
        }
    }
}

/// No outcome yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting;

impl Iterator for CheckMany {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        self.step(None).unwrap_or_default()
    }
}

impl Drop for CheckMany {
    fn drop(&mut self) {
        if self.generation != runtime::generation() {
            // The parent's tasks are not a child's to abort.
            std::mem::forget(self.stream.take());
        }
    }
}

impl std::fmt::Debug for CheckMany {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CheckMany").finish_non_exhaustive()
    }
}
