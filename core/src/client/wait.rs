//! Waiting for a person to finish.

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
    /// How long to wait altogether.
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
        let until = Instant::now() + options.timeout;
        let mut pause = options.first_pause;
        loop {
            let outcome = self.check_result(way, request, &options.each).await;
            let waits = matches!(&outcome, Err(error) if error.kind() == Kind::NotCompleted);
            if !waits || until.saturating_duration_since(Instant::now()) <= pause {
                return outcome;
            }
            tokio::select! {
                () = options.each.cancelled() => return Err(super::attempts::cancelled()),
                () = tokio::time::sleep(pause) => {}
            }
            pause = pause.mul_f64(1.5).min(options.longest_pause);
        }
    }
}
