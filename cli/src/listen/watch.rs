//! Whether the clock was set back: pure.

use std::time::SystemTime;

/// What the clock said last.
#[derive(Debug, Default)]
pub(super) struct Watch(Option<SystemTime>);

impl Watch {
    /// Whether it says less than before, or this is the first look.
    pub(super) fn is_set_back(&mut self, now: SystemTime) -> bool {
        self.0.replace(now).is_none_or(|last| now < last)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn only_a_step_back_is_one() {
        let mut watch = Watch::default();
        let looks = [5, 6, 3606, 7, 7, 8].map(|second| watch.is_set_back(UNIX_EPOCH + Duration::from_secs(second)));
        assert_eq!(looks, [true, false, false, true, false, false]);
    }
}
