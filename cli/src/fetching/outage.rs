//! A service that cannot be reached: when to try again, and when to give up. Pure, with the time given.

use std::time::Duration;

use super::pool::Pool;

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// Since when the service has not been reached. Times are those since the run began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outage {
    /// So many calls in a row that did not reach it are an outage.
    threshold: usize,
    patience: Duration,
    in_a_row: usize,
    since: Duration,
    pause: Duration,
    until: Duration,
}

impl Outage {
    pub(crate) fn new(threshold: usize, patience: Duration) -> Self {
        let zero = Duration::ZERO;
        Self { threshold, patience, in_a_row: 0, since: zero, pause: FIRST_PAUSE, until: zero }
    }

    /// A call reached the service, or did not.
    pub(crate) fn note(&mut self, reached: bool, now: Duration) {
        if reached {
            *self = Self::new(self.threshold, self.patience);
            return;
        }
        if self.in_a_row == 0 {
            self.since = now;
        }
        self.in_a_row += 1;
        if self.is_on() {
            self.until = now + self.pause;
            self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn is_on(&self) -> bool {
        self.in_a_row >= self.threshold
    }

    /// How many calls may begin: as many as there is room for, or during an outage one at a time, and none in its pauses.
    pub(crate) fn room(&self, pool: &Pool, now: Duration) -> usize {
        self.most(pool.room(), pool.is_idle(), now)
    }

    fn most(&self, room: usize, is_idle: bool, now: Duration) -> usize {
        if self.is_on() { usize::from(is_idle && now >= self.until) } else { room }
    }

    /// Whether it has lasted for too long.
    pub(crate) fn is_over(&self, now: Duration) -> bool {
        self.is_on() && now >= self.since + self.patience
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_now_and_then_changes_nothing() {
        let mut outage = Outage::new(4, Duration::from_mins(1));
        for second in 0..1000 {
            outage.note(second % 4 == 0, Duration::from_secs(second));
            let now = Duration::from_secs(second);
            assert!(outage.most(16, true, now) == 16 && !outage.is_over(now));
        }
    }

    #[test]
    fn in_an_outage_one_call_asks_with_growing_pauses_until_it_is_too_long() {
        let at = Duration::from_millis;
        let mut outage = Outage::new(4, Duration::from_mins(1));
        (0..4).for_each(|_| outage.note(false, at(1_000)));
        assert_eq!([1_000, 1_499, 1_500].map(|now| outage.most(16, true, at(now))), [0, 0, 1]);
        assert_eq!(outage.most(16, false, at(1_500)), 0, "one is under way");
        outage.note(false, at(1_600));
        assert_eq!([2_599, 2_600].map(|now| outage.most(16, true, at(now))), [0, 1]);
        assert!(!outage.is_over(at(60_999)) && outage.is_over(at(61_000)));
        // It is back.
        outage.note(true, at(2_700));
        assert_eq!(outage.most(16, true, at(2_700)), 16);
        assert!(!outage.is_over(at(100_000)));
        let mut longest = Outage::new(1, Duration::MAX / 2);
        (0..100).for_each(|_| longest.note(false, at(0)));
        assert_eq!([14_999, 15_000].map(|now| longest.most(16, true, at(now))), [0, 1]);
    }
}
