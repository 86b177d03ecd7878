//! When the next request may go out: pure, with time given.

use std::time::Duration;

use super::Admitted;
use super::adapt::Adaptive;

/// How much a request that goes out late may be followed the sooner: a timer's lateness, made up for. A second then holds
/// one request more than the rate at most.
const CATCH_UP: Duration = Duration::from_millis(5);

/// Spreads requests evenly, by the rate that was asked for and by the one learnt from what is throttled.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    next: Duration,
    adaptive: Adaptive,
}

impl Pace {
    /// Lets a request go at `now` if no limit holds; whether it did.
    pub(crate) fn pass(&mut self, most: Option<f64>, now: Duration) -> bool {
        let passes = self.rate(most, now).is_none();
        if passes {
            self.adaptive.sent(now);
        }
        passes
    }

    fn rate(&mut self, most: Option<f64>, now: Duration) -> Option<f64> {
        match (most, self.adaptive.rate(now)) {
            (Some(most), Some(learnt)) => Some(most.min(learnt)),
            (one, other) => one.or(other),
        }
    }

    /// Lets a request go at `now`, or says when to ask again. `most`: requests a second, where there is a limit.
    pub(crate) fn go(&mut self, most: Option<f64>, now: Duration) -> Result<(), Duration> {
        if let Some(rate) = self.rate(most, now) {
            let interval = Duration::from_secs_f64(1.0 / rate);
            // A rate that has grown since counts at once.
            self.next = self.next.min(now + interval);
            if let Some(waits) = self.next.checked_sub(now).filter(|waits| !waits.is_zero()) {
                return Err(waits);
            }
            self.next = (self.next + interval).max((now + interval).saturating_sub(CATCH_UP));
        }
        self.adaptive.sent(now);
        Ok(())
    }

    /// The rate learnt, requests a second; `None` where there is no limit.
    #[cfg(test)]
    pub(crate) fn learnt(&mut self, now: Duration) -> Option<f64> {
        self.adaptive.rate(now)
    }

    /// What became of a request that went at `sent`.
    pub(crate) fn report(&mut self, sent: Duration, admitted: Admitted, now: Duration) {
        match admitted {
            Admitted::Yes => self.adaptive.admitted(sent, now),
            Admitted::No => self.adaptive.throttled(sent, now),
        }
    }
}
