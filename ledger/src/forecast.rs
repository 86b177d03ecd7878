//! What is to be expected of a run: pure, with the time given.

use std::time::{Duration, SystemTime};

/// How long so many take at `rate` a second; `None` where that is not known.
pub fn time_left(left: u64, rate: f64) -> Option<Duration> {
    #[allow(clippy::cast_precision_loss, reason = "nobody has 2^53 transactions")]
    let seconds = left as f64 / rate;
    if left == 0 { Some(Duration::ZERO) } else { Duration::try_from_secs_f64(seconds).ok() }
}

/// How many will lose something before their turn, at the rate at which a run goes.
#[derive(Clone, Copy, Debug)]
pub struct Forecast {
    now: SystemTime,
    rate: f64,
    ahead: u64,
    late: u64,
}

impl Forecast {
    /// `rate`: transactions a second.
    pub fn new(now: SystemTime, rate: f64) -> Self {
        Self { now, rate, ahead: 0, late: 0 }
    }

    /// The next in turn loses something at `loss`.
    pub fn next(&mut self, loss: SystemTime) {
        let turn = time_left(self.ahead, self.rate).and_then(|wait| self.now.checked_add(wait));
        self.ahead += 1;
        self.late += u64::from(turn.is_none_or(|turn| loss < turn));
    }

    pub fn late(&self) -> u64 {
        self.late
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[test]
    fn the_time_left_follows_the_rate() {
        assert_eq!(time_left(100, 4.0), Some(Duration::from_secs(25)));
        assert_eq!(time_left(0, 0.0), Some(Duration::ZERO));
        for rate in [0.0, -1.0, f64::NAN, 1e-300] {
            assert_eq!(time_left(1, rate), None, "{rate}");
        }
    }

    #[test]
    fn what_is_lost_before_its_turn_is_late() {
        let at = |seconds: u64| UNIX_EPOCH + Duration::from_secs(1_000 + seconds);
        let late = |losses: &[SystemTime], now, rate| {
            let mut forecast = Forecast::new(now, rate);
            for loss in losses {
                forecast.next(*loss);
            }
            forecast.late()
        };
        // At two a second, the turns are at 0, 0.5, 1, 1.5 and 2 seconds.
        assert_eq!(late(&[at(0), at(0), at(1), at(1), at(5)], at(0), 2.0), 2);
        assert_eq!(late(&[at(0), at(9)], at(0), 0.0), 1, "without a rate, only the first has a turn");
        assert_eq!(late(&[at(0)], at(1), 2.0), 1);
    }
}
