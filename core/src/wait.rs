//! A result that a person has yet to bring about.

use std::time::Duration;

use crate::request::CheckResultRequest;

/// How to wait for a result.
#[derive(Clone, Copy, Debug)]
pub struct WaitOptions {
    /// The pause after the first answer that the person has not finished. Pauses grow by half each time.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// How long to wait altogether: the last pause is cut to end then, and a last call follows it. `Duration::ZERO` is a time
    /// that is over: kind `timeout`, and nothing is sent.
    pub timeout: Duration,
}

impl Default for WaitOptions {
    /// Two seconds to begin with, fifteen at most, for half an hour.
    fn default() -> Self {
        Self { first_pause: Duration::from_secs(2), longest_pause: Duration::from_secs(15), timeout: Duration::from_mins(30) }
    }
}

/// Asks for the outcome of one verification until the person has finished and the verdict is no longer
/// [pending](crate::CheckResult::is_pending). Transient failures do not end it.
///
/// [`CallOptions`](crate::CallOptions) beside it are those of each call; their cancellation ends the waiting, too. An error is
/// the last call's where the time was over first: `not_completed`, or a transient one. Any other error ends the waiting at once.
#[derive(Clone, Debug)]
pub struct WaitForResult {
    pub(crate) request: CheckResultRequest,
    pub(crate) options: WaitOptions,
}

impl WaitForResult {
    pub fn new(request: CheckResultRequest, options: WaitOptions) -> Self {
        Self { request, options }
    }
}
