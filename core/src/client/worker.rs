//! A client at work on a job.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::HeaderMap;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tracing::Span;

use super::any::AnyOutput;
use super::inner::Inner;
use super::wait::pause;
use super::{CallOptions, progress};
use crate::call::Call;
use crate::caller::Caller;
use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::reply::Head;
use crate::request::CheckResultRequest;
use crate::result::{CheckResult, Fields};
use crate::retry::{Failure, History, Resend};
use crate::runtime;
use crate::transport::{self, Request, Resolver, Settings, Sink, Timer};
use crate::worker::{Job, Worker};

impl Inner {
    /// Does `job` on a thread of its own; where nobody awaits it any more, it is cancelled.
    pub(super) async fn work(self: &Arc<Self>, job: Job<AnyOutput>, options: &CallOptions) -> Result<AnyOutput> {
        let (options, cancellation) = options.cancellable();
        let _cancel = cancellation.drop_guard();
        let (client, span, (sender, outcome)) = (self.clone(), Span::current(), oneshot::channel());
        let work = move |stop| {
            let worker = ClientWorker::new(&client, options, stop);
            runtime::contain(|| drop(sender.send(span.in_scope(|| job(&worker)))));
        };
        runtime::spawn_stoppable("cloudauth-job", work).map_err(|_| runtime::no_thread())?;
        outcome.await.unwrap_or_else(|_| Err(Error::new(Kind::Internal, "a job panicked")))
    }

    /// Does `job` on the calling thread, which must not be driving a runtime.
    pub(super) fn work_here(&self, job: Job<AnyOutput>, options: &CallOptions) -> Result<AnyOutput> {
        runtime::stoppable(|stop| job(&ClientWorker::new(self, options.clone(), stop)))
    }
}

struct ClientWorker<'a> {
    client: &'a Inner,
    options: CallOptions,
    /// When the whole job's time is over; `None` where it has no limit.
    deadline: Option<Instant>,
    /// The library is shut down.
    stop: CancellationToken,
}

impl<'a> ClientWorker<'a> {
    fn new(client: &'a Inner, options: CallOptions, stop: CancellationToken) -> Self {
        let deadline = options.timeout.and_then(|limit| Instant::now().checked_add(limit));
        Self { client, options, deadline, stop }
    }

    fn run<O: Operation>(&self, operation: &O) -> Result<O::Output> {
        let left = self.left()?;
        let options = self.options.clone();
        let options = if self.deadline.is_some() { options.timeout(left) } else { options };
        self.client.run_on_lane(operation, &options)?.of::<O>()
    }

    /// What is left of the job's time; more than nothing.
    fn left(&self) -> Result<Duration> {
        if self.stop.is_cancelled() {
            return Err(runtime::stopped());
        }
        if self.options.is_cancelled() {
            return Err(progress::cancelled());
        }
        let left = self.deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            let limit = self.options.timeout.unwrap_or_default().as_millis();
            return Err(Error::new(Kind::Timeout, format!("not done within the {limit} ms that this call may take")));
        }
        Ok(left)
    }
}

impl Worker for ClientWorker<'_> {
    fn caller(&self) -> Caller<'_> {
        self.client.caller()
    }

    fn check_result(&self, request: &CheckResultRequest) -> Result<CheckResult> {
        self.run(request)
    }

    fn call(&self, call: &Call) -> Result<Fields> {
        self.run(call)
    }

    fn send(&self, endpoint: &Endpoint, resolver: Resolver, request: Request, sink: &mut dyn Sink, cap: usize) -> Result<Head> {
        let left = self.left()?;
        let settings = Settings { resolver, ..self.client.settings.clone() };
        let progress = Progress { begun: Instant::now(), last: AtomicU64::new(0), limit: self.client.limits.attempt_timeout };
        let mut sink = Watched { sink, progress: &progress };
        let sent = async {
            tokio::select! {
                biased;
                () = self.options.cancelled() => Err(progress::cancelled()),
                outcome = transport::send_once(endpoint, &settings, request, &mut sink, cap, left) => outcome,
                late = progress.stalled(endpoint) => Err(late),
            }
        };
        runtime::block_on(sent)?
    }

    fn pause(&self, history: &mut History, error: Error) -> Result<()> {
        let (client, left) = (self.client, self.left()?);
        let failure = Failure::of(&error, Resend::Always);
        let (now, chance) = (client.begun.elapsed(), client.chance()?);
        let time = history.next(&client.policy, &client.budget, failure, now, left, chance);
        let Some(time) = time else { return Err(error.with_attempts(history.attempts())) };
        tracing::debug!(
            kind = error.kind().name(),
            http_status = error.http_status(),
            pause_ms = time.as_millis(),
            "trying again"
        );
        Timer::new()?.wait(runtime::until_shutdown(pause(time, Box::pin(self.options.cancelled()).as_mut())))
    }
}

/// When the last byte came.
struct Progress {
    begun: Instant,
    /// In milliseconds since then.
    last: AtomicU64,
    /// How long none may come.
    limit: Duration,
}

impl Progress {
    fn moved(&self) {
        let elapsed = self.begun.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
        self.last.store(elapsed, Ordering::Relaxed);
    }

    async fn stalled(&self, endpoint: &Endpoint) -> Error {
        loop {
            let due = Duration::from_millis(self.last.load(Ordering::Relaxed)).saturating_add(self.limit);
            match due.checked_sub(self.begun.elapsed()) {
                Some(left) if !left.is_zero() => tokio::time::sleep(left).await,
                _ => {
                    let what = format!("{endpoint}: not a byte came within {} ms", self.limit.as_millis());
                    return Error::new(Kind::Timeout, what);
                }
            }
        }
    }
}

struct Watched<'a> {
    sink: &'a mut dyn Sink,
    progress: &'a Progress,
}

impl Sink for Watched<'_> {
    fn begin(&mut self, head: &Head, headers: &HeaderMap, length: Option<usize>) -> Result<()> {
        self.progress.moved();
        self.sink.begin(head, headers, length)
    }

    fn take(&mut self, piece: Bytes) -> Result<()> {
        self.progress.moved();
        self.sink.take(piece)
    }
}
