//! How long a server takes to begin its replies: pure, with times given.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The least that is waited beyond what is usual.
const LEAST: Duration = Duration::from_millis(100);

/// The usual time and its spread, as TCP reckons them (RFC 6298).
#[derive(Debug, Default)]
pub(super) struct Latency(Mutex<Option<(Duration, Duration)>>);

impl Latency {
    pub(super) fn observe(&self, took: Duration) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Some(match *known {
            None => (took, took / 2),
            Some((usual, spread)) => {
                let usual = usual.saturating_mul(7).saturating_add(took) / 8;
                (usual, spread.saturating_mul(3).saturating_add(usual.abs_diff(took)) / 4)
            }
        });
    }

    /// When a reply that has not begun is worth a doubt.
    pub(super) fn patience(&self) -> Duration {
        let (usual, spread) = self.0.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or_default();
        usual.saturating_add(spread.saturating_mul(4).max(LEAST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_steady_is_soon_doubted_and_what_varies_is_not() {
        let patience = |times: &[u64]| {
            let latency = Latency::default();
            for time in times {
                latency.observe(Duration::from_millis(*time));
            }
            latency.patience().as_millis()
        };
        assert_eq!(patience(&[]), 100);
        assert_eq!(patience(&[150]), 450);
        assert_eq!(patience(&[150; 10]), 250);
        assert!(patience(&[150, 1150, 150, 1150, 150, 1150]) > 1500);
        let latency = Latency::default();
        latency.observe(Duration::MAX);
        latency.observe(Duration::MAX);
        assert!(latency.patience() > Duration::from_mins(1));
    }
}
