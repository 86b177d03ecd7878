//! When a request is sent again, and after what pause: pure, with time and chance given.

mod budget;
mod failure;
mod hints;
#[cfg(test)]
mod simulation;

pub(crate) use budget::Budget;
pub(crate) use failure::{Failure, Once, Resend};
pub(crate) use hints::RetryHints;

use std::time::Duration;

/// No pause, and nothing that a service asks for, is longer.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_hours(24);

/// The policy of a client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy {
    /// Requests for one call, the first included.
    pub(crate) max_attempts: usize,
    /// Before the first repetition, at most; it doubles with each.
    pub(crate) base: Duration,
    /// The same, where the service throttles.
    pub(crate) throttle_base: Duration,
    /// No pause is longer, but for what the service asks for.
    pub(crate) cap: Duration,
}

/// What one call has done so far.
#[derive(Debug, Default)]
pub(crate) struct History {
    attempts: u32,
    pauses: u32,
    once: Vec<Once>,
}

impl History {
    /// A request goes out.
    pub(crate) fn attempt(&mut self) {
        self.attempts += 1;
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long to pause before the next request, or `None` where there is none. `now` is any clock's that only goes
    /// forward, `left` what is left of the call's time, `chance` between 0 and 1.
    pub(crate) fn next(
        &mut self,
        policy: &Policy,
        budget: &Budget,
        failure: Failure,
        now: Duration,
        left: Duration,
        chance: f64,
    ) -> Option<Duration> {
        if self.attempts as usize >= policy.max_attempts || left.is_zero() {
            return None;
        }
        let failure = match failure {
            // There may be many that were closed meanwhile: the next one is a lost connection like any other.
            Failure::Once(Once::Connection) if self.once.contains(&Once::Connection) => {
                Failure::Pause { throttled: false, retry_after: None }
            }
            failure => failure,
        };
        match failure {
            Failure::Final => None,
            Failure::Once(once) => {
                if self.once.contains(&once) {
                    return None;
                }
                self.once.push(once);
                Some(Duration::ZERO)
            }
            Failure::Pause { throttled, retry_after } => {
                let base = if throttled { policy.throttle_base } else { policy.base };
                let longest = base.saturating_mul(1 << self.pauses.min(20)).min(policy.cap).min(LONGEST_PAUSE);
                // Full jitter: callers that failed together do not come back together.
                let pause = retry_after.unwrap_or_default().min(LONGEST_PAUSE) + longest.mul_f64(chance);
                // The budget is for all calls: what comes too late for this one must not be taken from the others.
                if left <= pause || !budget.take(now) {
                    return None;
                }
                self.pauses += 1;
                Some(pause)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POLICY: Policy = Policy {
        max_attempts: 3,
        base: Duration::from_millis(50),
        throttle_base: Duration::from_secs(1),
        cap: Duration::from_secs(20),
    };

    fn pause(throttled: bool) -> Failure {
        Failure::Pause { throttled, retry_after: None }
    }

    /// The pauses of a call that fails in one way until it gives up, `chance` being always the same.
    fn pauses(policy: &Policy, failure: Failure, chance: f64) -> Vec<u128> {
        let (mut history, budget) = (History::default(), Budget::default());
        std::iter::from_fn(|| {
            history.attempt();
            history.next(policy, &budget, failure, Duration::ZERO, Duration::MAX, chance).map(|pause| pause.as_millis())
        })
        .collect()
    }

    #[test]
    fn pauses_double_up_to_the_cap_and_are_spread() {
        assert_eq!(pauses(&POLICY, pause(false), 1.0), [50, 100]);
        assert_eq!(pauses(&POLICY, pause(true), 0.5), [500, 1000]);
        assert_eq!(pauses(&POLICY, pause(true), 0.0), [0, 0]);
        let long = Policy { max_attempts: 9, ..POLICY };
        assert_eq!(pauses(&long, pause(true), 1.0), [1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000]);
    }

    #[test]
    fn what_the_service_asks_for_is_kept_and_spread() {
        let asked = Failure::Pause { throttled: true, retry_after: Some(Duration::from_secs(30)) };
        assert_eq!(pauses(&POLICY, asked, 0.5), [30_500, 31_000]);
    }

    #[test]
    fn a_pause_that_a_call_has_no_time_for_costs_the_others_nothing() {
        let budget = Budget::default();
        let asked = Failure::Pause { throttled: false, retry_after: Some(Duration::from_secs(30)) };
        let next = |left| {
            let mut history = History::default();
            history.attempt();
            history.next(&POLICY, &budget, asked, Duration::ZERO, Duration::from_secs(left), 0.0)
        };
        for _ in 0..100 {
            assert_eq!(next(30), None);
        }
        assert_eq!(next(31), Some(Duration::from_secs(30)));
    }

    #[test]
    fn each_reason_for_another_request_at_once_counts_once() {
        assert_eq!(pauses(&POLICY, Failure::Once(Once::Nonce), 1.0), [0]);
        assert_eq!(pauses(&POLICY, Failure::Final, 1.0), [0; 0]);
        assert_eq!(pauses(&Policy { max_attempts: 1, ..POLICY }, pause(false), 1.0), [0; 0]);
        let (mut history, budget) = (History::default(), Budget::default());
        let mut next = |failure| {
            history.attempt();
            history.next(&POLICY, &budget, failure, Duration::ZERO, Duration::MAX, 1.0)
        };
        assert_eq!(next(Failure::Once(Once::Time)), Some(Duration::ZERO));
        assert_eq!(next(Failure::Once(Once::Nonce)), Some(Duration::ZERO));
        assert_eq!(next(Failure::Once(Once::Token)), None, "three requests are all there may be");
    }

    #[test]
    fn a_second_connection_that_was_closed_meanwhile_is_a_failure_like_any_other() {
        assert_eq!(pauses(&POLICY, Failure::Once(Once::Connection), 1.0), [0, 50]);
        assert_eq!(pauses(&POLICY, Failure::Once(Once::Reply), 1.0), [0]);
    }

    // Finding A5: `retry-after: 18446744073709551615` beside a throttle overflowed.
    proptest! {
        #[test]
        fn no_number_from_outside_overflows_a_pause(
            times in proptest::array::uniform4(prop_oneof![Just(Duration::MAX), any::<Duration>()]),
            retry_after in proptest::option::of(prop_oneof![Just(Duration::MAX), any::<Duration>()]),
            throttled: bool,
            chance in 0.0..=1.0,
        ) {
            let [base, throttle_base, cap, now] = times;
            let policy = Policy { max_attempts: 100, base, throttle_base, cap };
            let (mut history, budget) = (History::default(), Budget::default());
            for _ in 0..25 {
                history.attempt();
                let pause = history.next(&policy, &budget, Failure::Pause { throttled, retry_after }, now, Duration::MAX, chance);
                prop_assert!(pause.is_none_or(|pause| pause <= 2 * LONGEST_PAUSE));
            }
        }
    }
}
