//! Waiting for a person to finish.

use std::future::Future;
use std::pin::{Pin, pin};
use std::time::{Duration, Instant};

use super::CallOptions;
use super::any::{AnyOperation, AnyOutput};
use super::inner::Inner;
use super::progress;
use crate::catalogue::Kind;
use crate::error::Result;
use crate::runtime;
use crate::transport::Timer;
use crate::wait::WaitOptions;

/// A wait that has begun.
struct Waiting<'a> {
    options: &'a WaitOptions,
    each: CallOptions,
    until: Option<Instant>,
    pause: Duration,
    /// The service has said that there is no verdict yet.
    answered: bool,
}

impl<'a> Waiting<'a> {
    fn new(options: &'a WaitOptions, each: &CallOptions) -> Self {
        let over = options.timeout.is_zero();
        Self {
            options,
            each: if over { each.clone().timeout(Duration::ZERO) } else { each.clone() },
            until: Instant::now().checked_add(options.timeout),
            pause: options.first_pause.min(options.longest_pause),
            answered: false,
        }
    }

    /// How long to wait after a call's `outcome`; `None` where it is the wait's.
    fn pause(&mut self, operation: &dyn AnyOperation, outcome: &Result<AnyOutput>) -> Option<Duration> {
        let (is_transient, least) = match outcome {
            Ok(output) => {
                self.answered = true;
                (operation.is_pending(output), Duration::ZERO)
            }
            Err(error) => {
                self.answered |= error.kind() == Kind::NotCompleted;
                // Keys that were good once are missing for a moment only.
                let goes_on = self.answered && matches!(error.kind(), Kind::NotCompleted | Kind::Credentials);
                (error.retryable() || goes_on, error.retry_after().unwrap_or_default())
            }
        };
        let left = self.until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()));
        if !is_transient || left.is_zero() || self.each.timeout == Some(Duration::ZERO) {
            return None;
        }
        let pause = self.pause.max(least).min(left);
        self.pause = (self.pause.saturating_mul(3) / 2).min(self.options.longest_pause);
        Some(pause)
    }
}

/// Pauses, unless the caller gives up first.
pub(super) async fn pause(pause: Duration, cancelled: Pin<&mut impl Future<Output = ()>>) -> Result<()> {
    tokio::select! {
        () = cancelled => Err(progress::cancelled()),
        () = tokio::time::sleep(pause) => Ok(()),
    }
}

impl Inner {
    /// Runs an operation again and again until the person has finished.
    pub(super) async fn wait(&self, operation: &dyn AnyOperation, wait: &WaitOptions, each: &CallOptions) -> Result<AnyOutput> {
        let mut waiting = Waiting::new(wait, each);
        // One for all pauses: each of them may be shorter than the time between two looks for an interrupt.
        let mut cancelled = pin!(each.cancelled());
        loop {
            let outcome = self.run_once(operation, &waiting.each).await;
            let Some(time) = waiting.pause(operation, &outcome) else { return outcome };
            pause(time, cancelled.as_mut()).await?;
        }
    }

    /// The same on the calling thread, which has a connection only while it makes a call.
    pub(super) fn wait_on_lanes(
        &self,
        operation: &dyn AnyOperation,
        wait: &WaitOptions,
        each: &CallOptions,
    ) -> Result<AnyOutput> {
        let mut waiting = Waiting::new(wait, each);
        let timer = Timer::new()?;
        let mut cancelled = pin!(each.cancelled());
        loop {
            let outcome = self.run_once_on_lane(operation, &waiting.each);
            let Some(time) = waiting.pause(operation, &outcome) else { return outcome };
            timer.wait(runtime::until_shutdown(pause(time, cancelled.as_mut())))?;
        }
    }
}
