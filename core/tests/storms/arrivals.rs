//! What the emulator saw arrive.

use std::collections::HashMap;
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
            while attempt.at - self.0[begin].at >= SECOND {
                begin += 1;
            }
            end - begin + 1
        });
        within.max().unwrap_or_default()
    }

    /// Requests a second from `from` on, for `long`.
    pub(crate) fn rate(&self, from: Duration, long: Duration) -> f64 {
        per_second(self.between(from, from + long).count(), long)
    }

    /// The same, of those that were answered with a result.
    pub(crate) fn success_rate(&self, from: Duration, long: Duration) -> f64 {
        per_second(self.between(from, from + long).filter(|attempt| attempt.code.as_ref() == "Success").count(), long)
    }

    /// Requests for each call, of the calls whose first request arrived from `from` to `to`: all requests of such a call
    /// count, whenever they arrived. A call that waited for a permit until its time was over made none, and is none of them.
    pub(crate) fn attempts_per_call(&self, from: Duration, to: Duration) -> f64 {
        let mut calls: HashMap<&str, (Duration, usize)> = HashMap::new();
        for attempt in &self.0 {
            calls.entry(&attempt.transaction_id).or_insert((attempt.at, 0)).1 += 1;
        }
        let begun: Vec<_> = calls.into_values().filter(|(first, _)| (from..to).contains(first)).collect();
        let requests: usize = begun.iter().map(|(_, requests)| requests).sum();
        #[allow(clippy::cast_precision_loss, reason = "a few thousand")]
        let ratio = requests as f64 / begun.len() as f64;
        ratio
    }

    fn between(&self, from: Duration, to: Duration) -> impl Iterator<Item = &Attempt> {
        self.0.iter().filter(move |attempt| (from..to).contains(&attempt.at))
    }
}

#[allow(clippy::cast_precision_loss, reason = "a few thousand")]
fn per_second(count: usize, long: Duration) -> f64 {
    count as f64 / long.as_secs_f64()
}
