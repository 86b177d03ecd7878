//! One operation, from its beginning to its outcome. All calls of a client come through here, and are counted and logged here.

use std::borrow::Cow;
use std::pin::pin;
use std::sync::Arc;

use tracing::Instrument;

use super::any::{AnyOperation, AnyOutput};
use super::attempts::Attempts;
use super::inner::Inner;
use super::progress::{Progress, WaitsFor};
use super::report::Attempted;
use super::{CallOptions, spans};
use crate::call::Call;
use crate::caller::Caller;
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::runtime;
use crate::transport::Timer;

impl Inner {
    /// Awaited.
    pub(super) async fn run(self: &Arc<Self>, operation: &dyn AnyOperation, options: &CallOptions) -> Result<AnyOutput> {
        if let Some(job) = operation.job() {
            return Box::pin(self.work(job, options)).await;
        }
        match operation.wait() {
            Some(wait) => self.wait(operation, wait, options).await,
            None => self.run_once(operation, options).await,
        }
    }

    /// On the calling thread, which must not be driving a runtime already.
    pub(super) fn run_on_lane(&self, operation: &dyn AnyOperation, options: &CallOptions) -> Result<AnyOutput> {
        if let Some(job) = operation.job() {
            return self.work_here(job, options);
        }
        match operation.wait() {
            Some(wait) => self.wait_on_lanes(operation, wait, options),
            None => self.run_once_on_lane(operation, options),
        }
    }

    pub(super) async fn run_once(&self, operation: &dyn AnyOperation, options: &CallOptions) -> Result<AnyOutput> {
        let progress = self.begin(operation, options);
        let pooled = async {
            let call = self.call(operation)?;
            let transport = self.transport()?;
            self.keep_warm();
            let attempts = Attempts::new(self, operation, &call, transport.pooled(), &progress);
            let outcome = progress.within(options, pin!(attempts.run())).instrument(progress.span.clone()).await;
            outcome.map_err(|error| operation.failed(error, &call))
        };
        let outcome = pooled.await;
        self.end(operation, &progress, outcome)
    }

    pub(super) fn run_once_on_lane(&self, operation: &dyn AnyOperation, options: &CallOptions) -> Result<AnyOutput> {
        let progress = self.begin(operation, options);
        let on_lane = || {
            let call = self.call(operation)?;
            // Lanes whose descriptors were closed are left where they lie.
            runtime::generation();
            let transport = self.transport()?;
            self.keep_warm();
            let _slot = if let Some(slot) = transport.slots().try_take() {
                slot
            } else {
                progress.waits(WaitsFor::Connection);
                let slot = progress.within(options, async { Ok(transport.slots().take().await) });
                Timer::new()?.wait(runtime::until_shutdown(slot))?
            };
            progress.waits(WaitsFor::Nothing);
            transport.on_lane(async |channel| {
                let attempts = Attempts::new(self, operation, &call, channel, &progress);
                let attempts = pin!(attempts.run());
                let attempts = progress.within(options, attempts).instrument(progress.span.clone());
                runtime::until_shutdown(pin!(attempts)).await.map_err(|error| operation.failed(error, &call))
            })?
        };
        let outcome = on_lane();
        self.end(operation, &progress, outcome)
    }

    /// A call that could not even begin.
    pub(super) fn refuse(&self, operation: &dyn AnyOperation, error: &Error) {
        let progress = self.begin(operation, &CallOptions::default());
        self.log_outcome(operation, &progress, Err(error));
    }

    fn begin(&self, operation: &dyn AnyOperation, options: &CallOptions) -> Progress {
        self.counters.calls.add(1);
        let span = spans::call(operation.action(), &self.endpoint, self.signature);
        let attempted = Attempted::new(self.clock.now(), options.context.clone());
        Progress::new(span, options.timeout.unwrap_or(self.limits.timeout), attempted)
    }

    /// What to send, or which argument breaks which rule.
    fn call<'a>(&self, operation: &'a dyn AnyOperation) -> Result<Cow<'a, Call>> {
        let call = operation.to_call(&self.caller())?;
        call.validate(self.signature)?;
        Ok(call)
    }

    pub(super) fn caller(&self) -> Caller<'_> {
        Caller { endpoint: &self.endpoint, clock: &*self.clock }
    }

    fn end(&self, operation: &dyn AnyOperation, progress: &Progress, outcome: Result<AnyOutput>) -> Result<AnyOutput> {
        self.log_outcome(operation, progress, outcome.as_ref().map(|_| ()));
        outcome
    }

    fn log_outcome(&self, operation: &dyn AnyOperation, progress: &Progress, outcome: Result<(), &Error>) {
        let span = &progress.span;
        span.in_scope(|| match outcome {
            Ok(()) => {
                self.counters.succeeded.add(1);
                tracing::debug!(ms = progress.elapsed().as_millis(), "succeeded");
            }
            Err(error) => {
                // What its caller gave up did not fail.
                self.counters.failed.add(usize::from(error.kind() != Kind::Cancelled));
                tracing::debug!(
                    kind = error.kind().name(),
                    code = error.code(),
                    http_status = error.http_status(),
                    attempts = error.attempts(),
                    ms = progress.elapsed().as_millis(),
                    "failed"
                );
            }
        });
        // After the event, so that its line in a log does not say all of it twice.
        if let Err(error) = outcome {
            spans::failed(span, error);
        }
        span.record("attempts", progress.requests());
        if self.events.is_some() {
            let (attempted, attempts) = (&progress.attempted, progress.requests());
            self.report_call(attempted, operation.action(), attempts, outcome.err(), progress.elapsed());
        }
    }
}
