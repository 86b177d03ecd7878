use std::collections::{HashMap, VecDeque};

use crate::clock::Moment;

/// Calls a second for each action, over the last second of the emulator's clock.
#[derive(Debug, Default)]
pub(crate) struct Quota {
    recent: HashMap<&'static str, VecDeque<Moment>>,
}

impl Quota {
    /// Takes one permit; false where `limit` calls of that action were let through within a second.
    pub(crate) fn take(&mut self, action: &'static str, limit: u32, now: Moment) -> bool {
        let recent = self.recent.entry(action).or_default();
        // `distance` also lets go of moments ahead of a clock that was moved back.
        recent.retain(|then| then.distance(now).as_millis() < 1000);
        let free = recent.len() < limit as usize;
        if free {
            recent.push_back(now);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_action_has_its_own_second() {
        let mut quota = Quota::default();
        assert!(quota.take("A", 2, Moment(0)));
        assert!(quota.take("A", 2, Moment(500)));
        assert!(!quota.take("A", 2, Moment(999)));
        assert!(quota.take("B", 2, Moment(999)));
        assert!(quota.take("A", 2, Moment(1000)), "the first call is a second old");
        assert!(!quota.take("A", 2, Moment(1400)));
        assert!(quota.take("A", 2, Moment(-100_000)), "a clock moved back does not lock the action");
    }
}
