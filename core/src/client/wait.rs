//! Waiting for a person to finish.

use std::pin::pin;
use std::time::{Duration, Instant};

use super::{CallOptions, Inner};
use crate::catalogue::Kind;
use crate::error::Result;
use crate::request::CheckResultRequest;
use crate::result::CheckResult;
use crate::transport::Way;

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

impl Inner {
    pub(super) async fn wait_for_result(
        &self,
        way: Way<'_>,
        request: &CheckResultRequest,
        options: &WaitOptions,
    ) -> Result<CheckResult> {
        if options.timeout.is_zero() {
            return self.check_result(way, request, &options.each.clone().timeout(Duration::ZERO)).await;
        }
        let until = Instant::now().checked_add(options.timeout);
        // One for all pauses: each of them may be shorter than the time between two looks for an interrupt.
        let mut cancelled = pin!(options.each.cancelled());
        let mut pause = options.first_pause.min(options.longest_pause);
        let mut answered = false;
        loop {
            let error = match self.check_result(way, request, &options.each).await {
                Err(error) if options.each.timeout != Some(Duration::ZERO) => error,
                outcome => return outcome,
            };
            let left = until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()));
            answered |= error.kind() == Kind::NotCompleted;
            // Keys that were good once are missing for a moment only.
            let goes_on =
                error.retryable() || error.kind() == Kind::NotCompleted || answered && error.kind() == Kind::Credentials;
            if !goes_on || left.is_zero() {
                return Err(error);
            }
            let asked = error.retry_after().unwrap_or_default();
            tokio::select! {
                () = &mut cancelled => return Err(super::attempts::cancelled()),
                () = tokio::time::sleep(pause.max(asked).min(left)) => {}
            }
            pause = (pause.saturating_mul(3) / 2).min(options.longest_pause);
        }
    }
}
