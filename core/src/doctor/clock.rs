//! This machine's clock, against the server's.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::finding::{Check, Finding, Measured};
use crate::catalogue::Kind;

/// From here on a clock is worth a word. A header's whole seconds and its way here explain no more than a few.
const NOTABLE: Duration = Duration::from_mins(1);
/// From here on the service refuses calls for their time, either way.
const REFUSED: Duration = Duration::from_mins(15);

/// How far the server's `date` is ahead of this machine's clock, in milliseconds: `asked` when the request went out,
/// `answered` when its reply was there.
pub(super) fn ahead(date: SystemTime, asked: SystemTime, answered: SystemTime) -> i64 {
    let millis = |time: SystemTime| match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
    };
    // A date is cut to whole seconds, so that half of one is missing on average.
    let ours = i64::midpoint(millis(asked), millis(answered));
    millis(date).saturating_add(500).saturating_sub(ours)
}

/// `None` where the server did not tell its time.
pub(super) fn assess(ahead: Option<i64>) -> Finding {
    let Some(ahead) = ahead else {
        let what = "the server's reply has no usable Date, so its clock is not known";
        return Finding::warn(Check::Clock, what, "Compare this machine's clock with another one, or see whether NTP runs.");
    };
    let apart = Duration::from_millis(ahead.unsigned_abs());
    let side = if ahead > 0 { "behind" } else { "ahead of" };
    let what = format!("this machine's clock is {} {side} the server's", words(ahead.unsigned_abs()));
    let finding = if apart < NOTABLE {
        let seconds = apart.as_secs_f64().round();
        Finding::ok(Check::Clock, format!("this machine's clock agrees with the server's, within {} s", seconds.max(1.0)))
    } else if apart < REFUSED {
        Finding::warn(Check::Clock, what, "Set the clock by NTP: at 15 minutes the service refuses calls for their time.")
    } else {
        let advice = "Set the clock by NTP: the service refuses calls that are dated more than 15 minutes from its own time, and \
                      a client that was not told that time yet spends its first request on learning it.";
        Finding::fail(Check::Clock, Kind::Authentication, what, advice)
    };
    Finding { measured: Some(Measured::ServerAhead(ahead)), ..finding }
}

/// At most two units, rounded to the smaller of them: what is cut from a date must not turn an hour into 59 minutes and some.
fn words(milliseconds: u64) -> String {
    let rounded = |unit: u64| milliseconds.saturating_add(unit / 2) / unit;
    let (seconds, minutes) = (rounded(1_000), rounded(60_000));
    match minutes {
        0..10 => format!("{} min {} s", seconds / 60, seconds % 60),
        10..60 => format!("{minutes} min"),
        60..1440 => format!("{} h {} min", minutes / 60, minutes % 60),
        _ => format!("{} d {} h", rounded(3_600_000) / 24, rounded(3_600_000) % 24),
    }
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn a_clock_is_told_in_words_and_on_the_right_side() {
        for (ahead, state, words) in [
            (0, State::Ok, "agrees with the server's, within 1 s"),
            (-59_400, State::Ok, "within 59 s"),
            (60_000, State::Warn, "is 1 min 0 s behind"),
            (-312_400, State::Warn, "is 5 min 12 s ahead of"),
            (899_999, State::Warn, "is 15 min behind"),
            (900_000, State::Fail, "is 15 min behind"),
            (HOUR - 600, State::Fail, "is 1 h 0 min behind"),
            (-HOUR - 700, State::Fail, "is 1 h 0 min ahead of"),
            (8 * HOUR + 5 * 60_000, State::Fail, "is 8 h 5 min behind"),
            (24 * HOUR - 100, State::Fail, "is 1 d 0 h behind"),
            (24 * 365 * HOUR, State::Fail, "is 365 d 0 h behind"),
            (i64::MIN, State::Fail, "ahead of"),
        ] {
            let finding = assess(Some(ahead));
            assert!(finding.state == state && finding.what.contains(words), "{ahead}: {finding:?}");
            assert_eq!(finding.measured, Some(Measured::ServerAhead(ahead)));
            assert_eq!(finding.advice.is_some(), state != State::Ok);
        }
        assert_eq!(assess(None).state, State::Warn);
    }

    #[test]
    fn half_the_way_is_the_replys() {
        let at = |millis| UNIX_EPOCH + Duration::from_millis(millis);
        assert_eq!(ahead(at(10_000), at(10_100), at(10_900)), 0);
        assert_eq!(ahead(at(3_610_000), at(10_500), at(10_500)), HOUR);
        assert_eq!(ahead(at(0), at(7_200_500), at(7_200_500)), -2 * HOUR);
        assert_eq!(ahead(UNIX_EPOCH - Duration::from_secs(1), at(0), at(0)), -500);
    }
}
