//! How fast a run goes: pure, with the time given.

use std::time::Duration;

/// So many of the latest seconds count.
const WINDOW: usize = 10;

/// Counts events of the latest seconds, by the time since the run began.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    /// Of each second; the one in progress is the last.
    counts: [u32; WINDOW + 1],
    second: u64,
}

impl Meter {
    pub fn count(&mut self, events: u32, since_beginning: Duration) {
        self.turn(since_beginning);
        let last = &mut self.counts[WINDOW];
        *last = last.saturating_add(events);
    }

    /// Events a second, over the latest ten or since the beginning.
    pub fn rate(&mut self, since_beginning: Duration) -> f64 {
        self.turn(since_beginning);
        let events: f64 = self.counts.iter().map(|count| f64::from(*count)).sum();
        #[allow(clippy::cast_precision_loss, reason = "ten")]
        let whole = self.second.min(WINDOW as u64) as f64;
        let seconds = whole + f64::from(since_beginning.subsec_nanos()) / 1e9;
        // A rate of the first moments would be noise.
        if seconds < 0.5 { 0.0 } else { events / seconds }
    }

    fn turn(&mut self, since_beginning: Duration) {
        let second = since_beginning.as_secs().max(self.second);
        let passed = usize::try_from(second - self.second).map_or(WINDOW + 1, |passed| passed.min(WINDOW + 1));
        self.counts.rotate_left(passed);
        self.counts[WINDOW + 1 - passed..].fill(0);
        self.second = second;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(rate: f64, expected: f64) {
        assert!((rate - expected).abs() < 1e-9, "{rate} where {expected} was expected");
    }

    #[test]
    fn the_rate_is_that_of_the_latest_seconds() {
        let (mut meter, at) = (Meter::default(), Duration::from_millis);
        meter.count(100, at(100));
        close(meter.rate(at(200)), 0.0);
        close(meter.rate(at(2_000)), 50.0);
        for second in 2..20 {
            meter.count(7, at(second * 1000));
        }
        close(meter.rate(at(20_000)), 7.0);
        meter.count(14, at(20_500));
        close(meter.rate(at(22_000)), (8.0 * 7.0 + 14.0) / 10.0);
        close(meter.rate(at(3_600_000)), 0.0);
        // It never goes back.
        close(meter.rate(at(1)), 0.0);
    }
}
