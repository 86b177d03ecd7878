//! What the emulator saw arrive.

use std::collections::HashSet;
use std::time::Duration;

use cloudauth_emulator::{Attempt, Emulator};

const SECOND: Duration = Duration::from_secs(1);

/// Requests in the order they arrived; their times count from the first one.
pub(crate) struct Arrivals(Vec<Attempt>);

impl Arrivals {
    pub(crate) fn of(emulator: &Emulator) -> Self {
        assert_eq!(emulator.stats().attempts_forgotten, 0, "every request is looked at");
        let mut attempts = emulator.attempts();
        attempts.sort_by_key(|attempt| attempt.at);
        let first = attempts.first().expect("a request arrived").at;
        for attempt in &mut attempts {
            attempt.at -= first;
        }
        Self(attempts)
    }

    /// Most requests in any one second, wherever it begins.
    pub(crate) fn busiest_second(&self) -> usize {
        let mut begin = 0;
        let within = self.0.iter().enumerate().map(|(end, attempt)| {
            while attempt.at >= self.0[begin].at + SECOND {
                begin += 1;
            }
            end - begin + 1
        });
        within.max().unwrap_or_default()
    }

    /// Requests a second from `from` on, for `long`.
    pub(crate) fn rate(&self, from: Duration, long: Duration) -> f64 {
        Self::per_second(self.between(from, from + long), long)
    }

    /// The same, of those that were answered with a result.
    pub(crate) fn success_rate(&self, from: Duration, long: Duration) -> f64 {
        Self::per_second(self.between(from, from + long).filter(|attempt| *attempt.code == *"Success"), long)
    }

    /// Requests for each call, of the calls whose first request arrived from `from` to `to`: all that were made for such a
    /// call, until the storm ended. A call that waited for a permit until its time was over made none, and is none of them.
    pub(crate) fn attempts_per_call(&self, from: Duration, to: Duration) -> f64 {
        let before: HashSet<_> = self.between(Duration::ZERO, from).map(|attempt| &attempt.transaction_id).collect();
        let begun: HashSet<_> = self.between(from, to).map(|attempt| &attempt.transaction_id).collect();
        let begun: HashSet<_> = begun.difference(&before).collect();
        ratio(self.0.iter().filter(|attempt| begun.contains(&&attempt.transaction_id)).count(), begun.len())
    }

    fn per_second<'a>(attempts: impl Iterator<Item = &'a Attempt>, long: Duration) -> f64 {
        ratio(attempts.count(), 1) / long.as_secs_f64()
    }

    fn between(&self, from: Duration, to: Duration) -> impl Iterator<Item = &Attempt> {
        self.0.iter().filter(move |attempt| (from..to).contains(&attempt.at))
    }
}

#[allow(clippy::cast_precision_loss, reason = "not so many")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
