//! How much may be repeated by all calls of a client together.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Thousandths of a repetition.
const WHOLE: u64 = 1000;
/// What each success adds: one repetition for ten of them.
const FOR_A_SUCCESS: u64 = WHOLE / 10;
/// What each second adds, so that a client with few calls can still repeat one.
const A_SECOND: u64 = WHOLE;
/// What may be saved up, and what there is to begin with.
const SAVED: u64 = 20 * WHOLE;

/// While the service is down, repetitions do no good and much harm: they are paid for by successes.
#[derive(Debug)]
pub(crate) struct Budget {
    /// Milliseconds of the clock up to which seconds were added, and thousandths.
    state: AtomicU64,
}

const fn packed(millis: u64, saved: u64) -> u64 {
    millis << 16 | saved
}

const fn unpacked(state: u64) -> (u64, u64) {
    (state >> 16, state & 0xFFFF)
}

impl Default for Budget {
    fn default() -> Self {
        Self { state: AtomicU64::new(packed(0, SAVED)) }
    }
}

impl Budget {
    /// A call succeeded.
    pub(crate) fn deposit(&self) {
        self.update(|(at, saved)| Some((at, (saved + FOR_A_SUCCESS).min(SAVED))));
    }

    /// Whether there is a repetition left, which is then taken.
    pub(crate) fn take(&self, now: Duration) -> bool {
        let now = u64::try_from(now.as_millis()).unwrap_or(u64::MAX >> 16);
        self.update(|(at, saved)| {
            let added = now.saturating_sub(at).min(60_000) * A_SECOND / 1000;
            let saved = (saved + added).min(SAVED);
            saved.checked_sub(WHOLE).map(|left| (now.max(at), left))
        })
    }

    /// Thousandths of a repetition that are left.
    #[cfg(test)]
    pub(super) fn saved(&self) -> u64 {
        unpacked(self.state.load(Ordering::Relaxed)).1
    }

    fn update(&self, change: impl Fn((u64, u64)) -> Option<(u64, u64)>) -> bool {
        let changed = |state| change(unpacked(state)).map(|(at, saved)| packed(at, saved));
        self.state.fetch_update(Ordering::Relaxed, Ordering::Relaxed, changed).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(budget: &Budget, seconds: u64) -> usize {
        (0..1000).take_while(|_| budget.take(Duration::from_secs(seconds))).count()
    }

    #[test]
    fn ten_successes_pay_for_one_repetition() {
        let budget = Budget::default();
        assert_eq!(taken(&budget, 0), 20);
        (0..50).for_each(|_| budget.deposit());
        assert_eq!(taken(&budget, 0), 5);
        (0..10_000).for_each(|_| budget.deposit());
        assert_eq!(taken(&budget, 0), 20);
    }

    #[test]
    fn a_second_pays_for_one_too() {
        let budget = Budget::default();
        taken(&budget, 0);
        assert_eq!(taken(&budget, 3), 3);
        assert_eq!(taken(&budget, 3), 0);
        assert_eq!(taken(&budget, 100_000_000), 20);
    }
}
