//! The emulator's own time: the machine's, moved by as much as a caller asked.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Fifty years either way keeps every date within four digits.
const FURTHEST_MS: i64 = 50 * 366 * 86_400_000;

/// A clock that can be moved.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    offset_ms: AtomicI64,
}

impl Clock {
    pub(crate) fn now(&self) -> Moment {
        let machine = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment(millis(machine).saturating_add(self.offset_ms.load(Ordering::Relaxed)))
    }

    /// Moves the clock, back where `by_ms` is negative; it stays within fifty years of the machine's.
    pub(crate) fn shift(&self, by_ms: i64) {
        let moved = |now: i64| Some(now.saturating_add(by_ms).clamp(-FURTHEST_MS, FURTHEST_MS));
        // The closure never declines, so the update cannot fail.
        let _ = self.offset_ms.fetch_update(Ordering::Relaxed, Ordering::Relaxed, moved);
    }
}

/// A duration in milliseconds, at most `i64::MAX` of them.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// A point in time: milliseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(pub(crate) i64);

impl Moment {
    pub(crate) fn plus(self, duration: Duration) -> Moment {
        self.shifted(millis(duration))
    }

    /// Later by so many milliseconds, earlier where they are negative.
    pub(crate) fn shifted(self, by_ms: i64) -> Moment {
        Moment(self.0.saturating_add(by_ms))
    }

    /// How far apart two moments are, whichever comes first.
    pub(crate) fn distance(self, other: Moment) -> Duration {
        Duration::from_millis(self.0.abs_diff(other.0))
    }

    pub(crate) fn unix_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// `2026-11-22T15:04:05Z`.
    pub(crate) fn iso(self) -> String {
        let (year, month, day, second) = self.civil();
        let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
        format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}Z")
    }

    /// `2026-11-22 15:04:05`.
    pub(crate) fn plain(self) -> String {
        self.iso().replace('T', " ").replace('Z', "")
    }

    /// `Sun, 22 Nov 2026 15:04:05 GMT`, as the `Date` header has it.
    pub(crate) fn http_date(self) -> String {
        const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let (year, month, day, second) = self.civil();
        let weekday = usize::try_from(self.unix_seconds().div_euclid(86_400).rem_euclid(7)).unwrap_or(0);
        let month = usize::try_from(month - 1).unwrap_or(0);
        let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
        format!("{}, {day:02} {} {year:04} {h:02}:{m:02}:{s:02} GMT", DAYS[weekday], MONTHS[month])
    }

    /// Reads `yyyy-MM-ddTHH:mm:ssZ` and nothing else.
    pub(crate) fn parse_iso(text: &str) -> Option<Moment> {
        let bytes = text.as_bytes();
        let shape = b"dddd-dd-ddTdd:dd:ddZ";
        let fits = |(byte, want): (&u8, &u8)| if *want == b'd' { byte.is_ascii_digit() } else { byte == want };
        if bytes.len() != shape.len() || !bytes.iter().zip(shape).all(fits) {
            return None;
        }
        let number = |from: usize, to: usize| text[from..to].parse::<i64>().ok();
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        if !(1..=12).contains(&month) || hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let seconds = days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
        let moment = Moment(seconds * 1000);
        // A day that the month does not have comes back as another one.
        (moment.iso() == text).then_some(moment)
    }

    /// Year, month, day, and second of the day. After Howard Hinnant's `civil_from_days`.
    fn civil(self) -> (i64, i64, i64, i64) {
        let seconds = self.unix_seconds();
        let shifted = seconds.div_euclid(86_400) + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month, day, seconds.rem_euclid(86_400))
    }
}

/// Days since 1970-01-01. The year begins in March, so that the leap day comes last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments_print_and_parse() {
        for (seconds, iso, http) in [
            (0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_698_315_752, "2023-10-26T10:22:32Z", "Thu, 26 Oct 2023 10:22:32 GMT"),
            (4_107_542_399, "2100-02-28T23:59:59Z", "Sun, 28 Feb 2100 23:59:59 GMT"),
        ] {
            let moment = Moment(seconds * 1000);
            assert_eq!(moment.iso(), iso);
            assert_eq!(moment.http_date(), http);
            assert_eq!(Moment::parse_iso(iso), Some(moment));
        }
    }

    #[test]
    fn other_forms_are_not_moments() {
        for text in [
            "",
            "2023-10-26",
            "2023-10-26 10:22:32Z",
            "2023-10-26T10:22:32",
            "2023-10-26T10:22:32+00:00",
            "2023-02-29T10:22:32Z",
            "2023-13-01T00:00:00Z",
            "2023-00-01T00:00:00Z",
            "2023-01-00T00:00:00Z",
            "2023-10-26T24:00:00Z",
            "2023-10-26T10:60:00Z",
            "２023-10-26T10:22:32Z",
            "20231026T102232Z",
        ] {
            assert_eq!(Moment::parse_iso(text), None, "{text}");
        }
    }

    #[test]
    fn the_clock_moves_both_ways_and_stays_in_range() {
        let clock = Clock::default();
        let before = clock.now();
        clock.shift(3_600_000);
        assert!(clock.now() >= before.plus(Duration::from_hours(1)));
        clock.shift(-7_200_000);
        assert!(clock.now() < before);
        clock.shift(i64::MAX);
        clock.shift(i64::MAX);
        assert!(clock.now().iso().starts_with("20"));
    }
}
