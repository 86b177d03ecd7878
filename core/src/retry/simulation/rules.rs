//! What must hold at every moment, counted apart from the code that it checks.

use std::collections::VecDeque;
use std::time::Duration;

use super::service::REASONS;
use crate::retry::{Failure, Once, Policy};

const SECOND: Duration = Duration::from_secs(1);
/// The budget: what there is to begin with and at most, and how many successes pay for one repetition.
pub(super) const SAVED: u64 = 20;
const SUCCESSES: u64 = 10;

/// What the whole client has done.
#[derive(Debug, Default)]
pub(super) struct Rules {
    calls: u64,
    requests: u64,
    successes: u64,
    /// Repetitions that the budget paid for, and those that need no pay.
    paid: u64,
    at_once: u64,
    /// Since when the budget has been empty while nothing succeeded, and `paid` at that time.
    drained: Option<(Duration, u64)>,
    /// When the latest requests went out.
    sent: VecDeque<Duration>,
}

/// What one call has done.
#[derive(Debug, Default)]
pub(super) struct CallRules {
    requests: usize,
    pauses: u32,
    at_once: [u32; REASONS.len()],
    is_over: bool,
}

impl Rules {
    pub(super) fn sends(&mut self, call: &mut CallRules, policy: &Policy, most: Option<f64>, now: Duration) {
        assert!(!call.is_over, "a request of a call that had failed for good");
        self.calls += u64::from(call.requests == 0);
        self.requests += 1;
        call.requests += 1;
        assert!(call.requests <= policy.max_attempts, "{} requests of {}", call.requests, policy.max_attempts);
        self.sent.push_back(now);
        while self.sent.front().is_some_and(|then| now >= *then + SECOND) {
            self.sent.pop_front();
        }
        if let Some(most) = most {
            #[allow(clippy::cast_precision_loss, reason = "a small number")]
            let sent = self.sent.len() as f64;
            assert!(sent <= most + 1.0, "{sent} requests in a second where {most} are allowed");
        }
    }

    pub(super) fn succeeds(&mut self) {
        self.successes += 1;
        self.drained = None;
    }

    /// A request failed, and the policy says when the next goes out, if one does. `all_fail`: no request can succeed.
    pub(super) fn fails(
        &mut self,
        call: &mut CallRules,
        policy: &Policy,
        failure: Failure,
        next: Option<Duration>,
        (now, left): (Duration, Duration),
        all_fail: bool,
    ) {
        if !all_fail {
            self.drained = None;
        }
        let failure = match failure {
            // At once for the first time, and after a pause from then on.
            Failure::Once(Once::Connection) if call.at_once[Once::Connection as usize] > 0 => {
                Failure::Pause { throttled: false, retry_after: None }
            }
            failure => failure,
        };
        match (failure, next) {
            (Failure::Final, Some(_)) => panic!("a final failure is repeated"),
            (Failure::Once(once), Some(pause)) => {
                assert_eq!(pause, Duration::ZERO, "{once:?} waits");
                self.at_once += 1;
                let times = &mut call.at_once[once as usize];
                *times += 1;
                assert_eq!(*times, 1, "{once:?} is repeated for a second time");
            }
            (Failure::Pause { throttled, retry_after }, Some(pause)) => {
                let (asked, longest) = (retry_after.unwrap_or_default(), call.longest(policy, throttled));
                call.pauses += 1;
                assert!(
                    asked <= pause && pause <= asked + longest,
                    "a pause of {pause:?}: {asked:?} asked for, {longest:?} more at most"
                );
                assert!(pause < left, "a pause of {pause:?} where {left:?} are left");
                self.paid += 1;
                self.check_paid(now, all_fail);
            }
            (Failure::Pause { throttled, retry_after }, None) => {
                call.is_over = true;
                let in_time = retry_after.unwrap_or_default() + call.longest(policy, throttled) < left;
                if in_time && call.requests < policy.max_attempts && all_fail && self.drained.is_none() {
                    self.drained = Some((now, self.paid));
                }
            }
            (_, None) => call.is_over = true,
        }
    }

    fn check_paid(&self, now: Duration, all_fail: bool) {
        let seconds = now.as_secs() + 1;
        let most = SAVED + self.successes / SUCCESSES + seconds;
        assert!(self.paid <= most, "{} repetitions after {} successes and {now:?}", self.paid, self.successes);
        if let Some((since, paid)) = self.drained.filter(|_| all_fail) {
            let (repeated, seconds) = (self.paid - paid, now.saturating_sub(since).as_secs() + 1);
            assert!(repeated <= seconds, "{repeated} repetitions in the {seconds}. second of an outage, with nothing left");
        }
    }

    /// At the end of a story that took so long.
    pub(super) fn check_all(&self, long: Duration) {
        let floor = SAVED + long.as_secs() + 1;
        assert!(self.requests <= self.calls + self.calls / SUCCESSES + self.at_once + floor, "{self:?}");
        assert!(self.requests <= self.calls + self.paid + self.at_once, "{self:?}");
    }
}

impl CallRules {
    /// The longest pause that is next, but for what the service asks for.
    fn longest(&self, policy: &Policy, throttled: bool) -> Duration {
        let base = if throttled { policy.throttle_base } else { policy.base };
        (0..self.pauses).fold(base, |longest, _| (longest * 2).min(policy.cap)).min(policy.cap)
    }
}
