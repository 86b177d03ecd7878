//! Whether a thread still goes round.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A thread that has not come round for so long is stuck, or dead.
const LONGEST: Duration = Duration::from_secs(5);

/// When a thread last came round.
#[derive(Clone, Debug)]
pub(super) struct Pulse {
    begun: Instant,
    /// Milliseconds since then.
    last: Arc<AtomicU64>,
}

impl Pulse {
    pub(super) fn begin() -> Self {
        Self { begun: Instant::now(), last: Arc::default() }
    }

    /// The thread came round.
    pub(super) fn beat(&self) {
        self.beat_at(self.begun.elapsed());
    }

    /// For how long the thread has been stuck, if it is.
    pub(super) fn stuck_for(&self) -> Option<Duration> {
        self.stuck_at(self.begun.elapsed())
    }

    fn beat_at(&self, elapsed: Duration) {
        self.last.store(u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn stuck_at(&self, elapsed: Duration) -> Option<Duration> {
        let silence = elapsed.saturating_sub(Duration::from_millis(self.last.load(Ordering::Relaxed)));
        Some(silence).filter(|silence| *silence > LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_is_stuck_until_it_comes_round_again() {
        let (pulse, at) = (Pulse::begin(), Duration::from_millis);
        assert_eq!([5_000, 5_001].map(|now| pulse.stuck_at(at(now))), [None, Some(at(5_001))]);
        pulse.clone().beat_at(at(9_000));
        assert_eq!([8_000, 14_000, 15_000].map(|now| pulse.stuck_at(at(now))), [None, None, Some(at(6_000))]);
    }
}
