//! Waiting for a person to finish.

use std::future::Future;
use std::pin::{Pin, pin};
use std::time::{Duration, Instant};

use super::CallOptions;
use super::inner::Inner;
use crate::catalogue::Kind;
use crate::error::Result;
use crate::request::CheckResultRequest;
use crate::result::CheckResult;
use crate::runtime;
use crate::transport::Timer;

/// How to wait for a result.
#[derive(Clone, Debug)]
pub struct WaitOptions {
    /// The pause after the first answer that the person has not finished. Pauses grow by half each time.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// How long to wait altogether: the last pause is cut to end then, and a last call follows it. `Duration::ZERO` is a time
    /// that is over: kind `timeout`, and nothing is sent.
    pub timeout: Duration,
    /// Options of each call; its cancellation ends the waiting, too.
    pub each: CallOptions,
}

impl Default for WaitOptions {
    /// Two seconds to begin with, fifteen at most, for half an hour.
    fn default() -> Self {
        Self {
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_secs(15),
            timeout: Duration::from_mins(30),
            each: CallOptions::default(),
        }
    }
}

/// A wait that has begun.
struct Waiting<'a> {
    options: &'a WaitOptions,
    each: CallOptions,
    until: Option<Instant>,
    pause: Duration,
    /// The service has said that the person has not finished.
    answered: bool,
}

impl<'a> Waiting<'a> {
    fn new(options: &'a WaitOptions) -> Self {
        let over = options.timeout.is_zero();
        Self {
            options,
            each: if over { options.each.clone().timeout(Duration::ZERO) } else { options.each.clone() },
            until: Instant::now().checked_add(options.timeout),
            pause: options.first_pause.min(options.longest_pause),
            answered: false,
        }
    }

    /// How long to wait after a call's `outcome`; `None` where it is the wait's.
    fn pause(&mut self, outcome: &Result<CheckResult>) -> Option<Duration> {
        let error = outcome.as_ref().err()?;
        self.answered |= error.kind() == Kind::NotCompleted;
        // Keys that were good once are missing for a moment only.
        let is_transient = error.retryable() || self.answered && matches!(error.kind(), Kind::NotCompleted | Kind::Credentials);
        let left = self.until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()));
        if !is_transient || left.is_zero() || self.each.timeout == Some(Duration::ZERO) {
            return None;
        }
        let pause = self.pause.max(error.retry_after().unwrap_or_default()).min(left);
        self.pause = (self.pause.saturating_mul(3) / 2).min(self.options.longest_pause);
        Some(pause)
    }
}

/// Pauses, unless the caller gives up first.
async fn pause(pause: Duration, cancelled: Pin<&mut impl Future<Output = ()>>) -> Result<()> {
    tokio::select! {
        () = cancelled => Err(super::attempts::cancelled()),
        () = tokio::time::sleep(pause) => Ok(()),
    }
}

impl Inner {
    pub(super) async fn wait_for_result(&self, request: &CheckResultRequest, options: &WaitOptions) -> Result<CheckResult> {
        let mut waiting = Waiting::new(options);
        // One for all pauses: each of them may be shorter than the time between two looks for an interrupt.
        let mut cancelled = pin!(options.each.cancelled());
        loop {
            let outcome = self.check_result(request, &waiting.each).await;
            let Some(time) = waiting.pause(&outcome) else { return outcome };
            pause(time, cancelled.as_mut()).await?;
        }
    }

    /// The same on the calling thread, which has a connection only while it makes a call.
    pub(super) fn wait_for_result_on_lanes(&self, request: &CheckResultRequest, options: &WaitOptions) -> Result<CheckResult> {
        let mut waiting = Waiting::new(options);
        let timer = Timer::new()?;
        let mut cancelled = pin!(options.each.cancelled());
        loop {
            let outcome = self.check_result_on_lane(request, &waiting.each);
            let Some(time) = waiting.pause(&outcome) else { return outcome };
            timer.wait(runtime::until_shutdown(pause(time, cancelled.as_mut())))?;
        }
    }
}
