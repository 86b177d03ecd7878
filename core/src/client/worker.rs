//! A client at work on a job.

use std::future::{Future, poll_fn};
use std::mem;
use std::path::Path;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use tracing::Span;

use super::any::AnyOutput;
use super::inner::Inner;
use super::relay::Relay;
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
use crate::runtime::{self, Stay};
use crate::transport::{self, Request, Resolver, Settings, Sink, Timer};
use crate::worker::{Job, Worker};

impl Inner {
    /// Does `job` on a thread of its own; where nobody awaits it any more, it is cancelled.
    pub(super) async fn work(self: &Arc<Self>, job: Job<AnyOutput>, options: &CallOptions) -> Result<AnyOutput> {
        let (options, cancellation) = options.cancellable();
        let _cancel = cancellation.drop_guard();
        let (client, span, (sender, outcome)) = (self.clone(), Span::current(), oneshot::channel());
        let work = move |stay| {
            let worker = ClientWorker::new(&client, options, stay);
            runtime::contain(|| drop(sender.send(span.in_scope(|| job(&worker)))));
        };
        runtime::spawn_stoppable("cloudauth-job", work).map_err(|_| runtime::no_thread())?;
        outcome.await.unwrap_or_else(|_| Err(Error::new(Kind::Internal, "a job panicked")))
    }

    /// Does `job` on the calling thread, which must not be driving a runtime.
    pub(super) fn work_here(&self, job: Job<AnyOutput>, options: &CallOptions) -> Result<AnyOutput> {
        runtime::stoppable(|stay| job(&ClientWorker::new(self, options.clone(), stay)))
    }
}

struct ClientWorker<'a> {
    client: &'a Inner,
    options: CallOptions,
    /// When the whole job's time is over; `None` where it has no limit.
    deadline: Option<Instant>,
    stay: Stay,
}

impl<'a> ClientWorker<'a> {
    fn new(client: &'a Inner, options: CallOptions, stay: Stay) -> Self {
        let deadline = options.timeout.and_then(|limit| Instant::now().checked_add(limit));
        Self { client, options, deadline, stay }
    }

    fn run<O: Operation>(&self, operation: &O) -> Result<O::Output> {
        let left = self.left()?;
        let options = self.options.clone();
        let options = if self.deadline.is_some() { options.timeout(left) } else { options };
        self.client.run_on_lane(operation, &options)?.of::<O>()
    }

    /// What is left of the job's time; more than nothing.
    fn left(&self) -> Result<Duration> {
        self.stay.goes_on()?;
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
        let relay = Relay::new(sink, self.client.limits.attempt_timeout);
        let mut inlet = &relay;
        let mut sent = Box::pin(async {
            tokio::select! {
                biased;
                () = self.options.cancelled() => Err(progress::cancelled()),
                outcome = transport::send_once(endpoint, &settings, request, &mut inlet, cap, left) => outcome,
                late = relay.stalled(endpoint) => Err(late),
            }
        });
        loop {
            let step = poll_fn(|context| match sent.as_mut().poll(context) {
                Poll::Pending if relay.is_full() => Poll::Ready(None),
                polled => polled.map(Some),
            });
            if let Some(outcome) = self.stay.block_on(step)? {
                return outcome;
            }
            if let Err(error) = relay.hand_over().and_then(|()| self.left()) {
                if self.stay.is_forked() {
                    // A lock in it may have been held by a thread that a forked child does not have.
                    mem::forget(sent);
                }
                return Err(error);
            }
        }
    }

    fn allows_deletion(&self, archive: &Path) -> Result<()> {
        self.options.allows_deletion(archive)
    }

    fn pause(&self, history: &mut History, error: Error) -> Result<()> {
        let failure = Failure::of(&error, Resend::Always);
        if failure == Failure::Final {
            return Err(error.with_attempts(history.attempts()));
        }
        let (client, left) = (self.client, self.left()?);
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
