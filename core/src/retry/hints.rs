//! When the service wants to be asked again, by a reply's headers.

use std::time::Duration;

use super::LONGEST_PAUSE;
use crate::catalogue::Kind;

/// What the headers say of when to come again; read once for a reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RetryHints {
    /// `x-acs-retry-after`, milliseconds.
    acs: Option<Duration>,
    /// `TimeLeft` of `x-ratelimit-user-api` and `x-ratelimit-user`, milliseconds: the longer one.
    limits: Option<Duration>,
    /// `retry-after`, seconds.
    standard: Option<Duration>,
}

impl RetryHints {
    /// Reads the headers, whose values `header` gives by their names.
    pub(crate) fn read<'a>(header: impl Fn(&str) -> Option<&'a str>) -> Self {
        let limit = |name| header(name)?.split(',').find_map(|part| positive(part.trim().strip_prefix("TimeLeft:")?));
        Self {
            acs: header("x-acs-retry-after").and_then(positive).map(Duration::from_millis),
            limits: limit("x-ratelimit-user-api").max(limit("x-ratelimit-user")).map(Duration::from_millis),
            standard: header("retry-after").and_then(positive).map(Duration::from_secs),
        }
    }

    /// How long to wait after an error of that kind.
    pub(crate) fn after(&self, kind: Kind) -> Option<Duration> {
        let limits = self.limits.filter(|_| matches!(kind, Kind::Throttled | Kind::Unavailable));
        self.acs.or(limits).or(self.standard).map(|hint| hint.min(LONGEST_PAUSE))
    }
}

/// A number that is too large to hold is a long time, too.
fn positive(text: &str) -> Option<u64> {
    let digits = text.trim();
    let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| digits.parse().unwrap_or(u64::MAX)).filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hints(headers: &[(&str, &str)]) -> RetryHints {
        RetryHints::read(|name| headers.iter().find(|(own, _)| *own == name).map(|(_, value)| *value))
    }

    // Finding A5: whatever a header says, it is a day at most.
    proptest! {
        #[test]
        fn hints_are_cut_to_a_day(number in prop_oneof![any::<u64>().prop_map(|it| it.to_string()), "[0-9]{1,40}", ".{0,12}"]) {
            let limit = format!("Limit:1,TimeLeft:{number}");
            for header in [("x-acs-retry-after", &*number), ("x-ratelimit-user", &limit), ("retry-after", &number)] {
                let hint = hints(&[header]).after(Kind::Throttled);
                prop_assert!(hint.is_none_or(|hint| !hint.is_zero() && hint <= Duration::from_hours(24)), "{hint:?}");
                let is_long = number.len() > 11 && number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
                prop_assert!(!is_long || hint == Some(Duration::from_hours(24)), "{hint:?}");
            }
        }
    }

    #[test]
    fn the_services_own_word_goes_first_and_limits_concern_those_who_met_them() {
        let limits = [("x-ratelimit-user-api", "Limit:9,TimeLeft:70"), ("x-ratelimit-user", "TimeLeft:80, Remain:0")];
        let standard = ("retry-after", "2");
        let both = [limits[0], limits[1], standard];
        for (headers, kind, expected) in [
            (&[("x-acs-retry-after", "60"), limits[0], standard][..], Kind::Throttled, Some(60)),
            (&both, Kind::Throttled, Some(80)),
            (&both, Kind::Unavailable, Some(80)),
            (&both, Kind::Service, Some(2000)),
            (&limits, Kind::Service, None),
            (&[("x-acs-retry-after", "0"), standard], Kind::Throttled, Some(2000)),
            (&[("retry-after", "Sun, 29 Nov 2026 17:00:00 GMT")], Kind::Throttled, None),
        ] {
            assert_eq!(hints(headers).after(kind), expected.map(Duration::from_millis), "{headers:?}");
        }
    }
}
