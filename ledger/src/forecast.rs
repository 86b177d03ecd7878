//! What is to be expected of a run: pure, with the time given.

use std::time::{Duration, SystemTime};

/// How long so many take at `rate` a second; `None` where that is not known.
pub fn time_left(left: u64, rate: f64) -> Option<Duration> {
    #[allow(clippy::cast_precision_loss, reason = "nobody has 2^53 transactions")]
    let seconds = left as f64 / rate;
    if left == 0 { Some(Duration::ZERO) } else { Duration::try_from_secs_f64(seconds).ok() }
}

/// How many of `losses`, in the order in which their turns come, will be lost before their turn at `rate` a second.
pub fn late(losses: impl IntoIterator<Item = SystemTime>, now: SystemTime, rate: f64) -> u64 {
    let mut late = 0;
    for (ahead, loss) in losses.into_iter().enumerate() {
        let turn = time_left(ahead as u64, rate).and_then(|wait| now.checked_add(wait));
        late += u64::from(turn.is_none_or(|turn| loss < turn));
    }
    late
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
        // At two a second, the turns are at 0, 0.5, 1, 1.5 and 2 seconds.
        assert_eq!(late([at(0), at(0), at(1), at(1), at(5)], at(0), 2.0), 2);
        assert_eq!(late([at(0), at(9)], at(0), 0.0), 1, "without a rate, only the first has a turn");
        assert_eq!(late([at(0)], at(1), 2.0), 1);
    }
}
