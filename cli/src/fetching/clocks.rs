//! Whether a time is over, where somebody may set the clock.

use std::time::{Instant, SystemTime};

/// Two clocks: the machine's, and the time of the run's beginning with what has passed since.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clocks {
    began: SystemTime,
    since: Instant,
}

impl Clocks {
    pub(super) fn begin() -> Self {
        Self { began: SystemTime::now(), since: Instant::now() }
    }

    /// Whether `time` is over by both.
    pub(super) fn are_past(self, time: SystemTime) -> bool {
        let steady = self.began.checked_add(self.since.elapsed());
        SystemTime::now() >= time && steady.is_none_or(|steady| steady >= time)
    }
}
