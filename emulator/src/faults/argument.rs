use std::time::Duration;

/// One `key=value` that a fault takes.
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) key: &'static str,
    /// Empty where leaving it out means something of its own.
    pub(crate) default: &'static str,
    pub(crate) rule: Rule,
}

/// What a value may be.
#[derive(Debug)]
pub(crate) enum Rule {
    /// `300ms`, `2s`.
    Time,
    /// A time that may have a minus sign.
    Shift,
    /// Bytes: `100`, `4KiB`, `64MiB`.
    Size,
    /// From 1.
    Count,
    /// One of these.
    Word(&'static [&'static str]),
}

const LONGEST: Duration = Duration::from_hours(24 * 366);
const LARGEST: u64 = 1 << 30;

impl Argument {
    pub(crate) const fn new(key: &'static str, default: &'static str, rule: Rule) -> Argument {
        Argument { key, default, rule }
    }
}

impl Rule {
    /// The rule in words, where the value breaks it.
    pub(crate) fn broken_by(&self, value: &str) -> Option<String> {
        let holds = match self {
            Rule::Time => time(value).is_some(),
            Rule::Shift => shift(value).is_some(),
            Rule::Size => size(value).is_some(),
            Rule::Count => count(value).is_some(),
            Rule::Word(words) => words.contains(&value),
        };
        (!holds).then(|| match self {
            Rule::Time => "must be a time such as 300ms or 2s, up to a year".to_owned(),
            Rule::Shift => "must be a time such as 16s or -3600s, up to a year".to_owned(),
            Rule::Size => "must be bytes such as 100, 4KiB or 64MiB, from 1 to 1024MiB".to_owned(),
            Rule::Count => "must be a whole number from 1".to_owned(),
            Rule::Word(words) => format!("must be one of {}", words.join(", ")),
        })
    }
}

pub(crate) fn time(text: &str) -> Option<Duration> {
    let time = match text.strip_suffix("ms") {
        Some(number) => Duration::from_millis(digits(number)?),
        None => Duration::from_secs(digits(text.strip_suffix('s')?)?),
    };
    (time <= LONGEST).then_some(time)
}

/// In milliseconds.
pub(crate) fn shift(text: &str) -> Option<i64> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    i64::try_from(time(text)?.as_millis()).ok().map(|ms| sign * ms)
}

pub(crate) fn size(text: &str) -> Option<u64> {
    let (number, unit) = [("KiB", 1 << 10), ("MiB", 1 << 20)]
        .into_iter()
        .find_map(|(suffix, unit)| Some((text.strip_suffix(suffix)?, unit)))
        .unwrap_or((text, 1));
    digits(number)?.checked_mul(unit).filter(|bytes| (1..=LARGEST).contains(bytes))
}

pub(crate) fn count(text: &str) -> Option<u64> {
    digits(text).filter(|number| *number > 0)
}

fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_units_and_bounds() {
        assert_eq!(time("300ms"), Some(Duration::from_millis(300)));
        assert_eq!(time("2s"), Some(Duration::from_secs(2)));
        assert_eq!(shift("-3600s"), Some(-3_600_000));
        assert_eq!(size("4KiB"), Some(4096));
        assert_eq!(size("1024MiB"), Some(1 << 30));
        assert_eq!(count("7"), Some(7));
        for text in ["", "s", "1", "+1s", "-1s", "1m", "1.5s", "99999999999s", "1 s"] {
            assert_eq!(time(text), None, "{text}");
        }
        for text in ["", "0", "KiB", "1GiB", "1025MiB", "-1", "18446744073709551615MiB"] {
            assert_eq!(size(text), None, "{text}");
        }
        for text in ["", "0", "-1", "+1", "99999999999999999999"] {
            assert_eq!(count(text), None, "{text}");
        }
    }
}
