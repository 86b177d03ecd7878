use std::collections::{HashMap, VecDeque};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// Calls a second for each action: in no second, wherever it begins, are more let through than the limit.
#[derive(Debug, Default)]
pub(crate) struct Quota {
    /// When calls were let through, the oldest first.
    recent: HashMap<&'static str, VecDeque<Duration>>,
}

impl Quota {
    /// Takes one permit; false where `limit` calls of that action were let through within a second. `now` is the time
    /// of a clock that only goes forward; refused calls count for nothing.
    pub(crate) fn take(&mut self, action: &'static str, limit: u32, now: Duration) -> bool {
        let recent = self.recent.entry(action).or_default();
        while recent.front().is_some_and(|then| now.saturating_sub(*then) >= SECOND) {
            recent.pop_front();
        }
        let free = recent.len() < limit as usize;
        if free {
            recent.push_back(now);
        }
        free
    }

    /// A new second for all.
    pub(crate) fn clear(&mut self) {
        self.recent.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    #[test]
    fn each_action_has_its_own_second() {
        let mut quota = Quota::default();
        assert!(quota.take("A", 2, MS(0)));
        assert!(quota.take("A", 2, MS(500)));
        assert!(!quota.take("A", 2, MS(999)));
        assert!(quota.take("B", 2, MS(999)));
        assert!(!quota.take("A", 2, Duration::from_nanos(999_999_999)));
        assert!(quota.take("A", 2, MS(1000)), "the first call is a second old");
        assert!(!quota.take("A", 2, MS(1400)));
        quota.clear();
        assert!(quota.take("A", 2, MS(1400)));
    }

    #[test]
    fn no_second_holds_more_than_the_limit_and_a_full_load_gets_all_of_it() {
        for limit in [3, 5, 10, 50] {
            let mut quota = Quota::default();
            // Somebody asks every 0.7 ms for ten seconds.
            let asked = (0..14_286).map(|number| Duration::from_micros(number * 700));
            let taken: Vec<_> = asked.filter(|now| quota.take("A", limit, *now)).collect();
            let limit = limit as usize;
            assert!(taken.windows(limit + 1).all(|calls| calls[limit] >= calls[0] + SECOND), "{limit}");
            assert!(taken.len() >= limit * 10, "{limit}: {}", taken.len());
        }
    }
}
