//! When keys end, as services and programs write it.

use std::time::{Duration, SystemTime};

/// Reads any time of RFC 3339, e.g. `2027-01-01T00:00:00Z` and `2027-01-01 08:00:00.5+08:00`.
pub(super) fn parse(text: &str) -> Option<SystemTime> {
    // The RFC takes letters of either case, and a blank for the first of them.
    let mut text = text.to_ascii_uppercase();
    if text.as_bytes().get(10) == Some(&b' ') {
        text.replace_range(10..11, "T");
    }
    if text.ends_with('Z') {
        return humantime::parse_rfc3339(&text).ok();
    }
    let (local, offset) = text.split_at_checked(text.len().checked_sub(6)?)?;
    if local.ends_with('Z') {
        return None;
    }
    let local = humantime::parse_rfc3339(&format!("{local}Z")).ok()?;
    let (ahead, offset) = match offset.split_at_checked(1)? {
        ("+", offset) => (true, offset),
        ("-", offset) => (false, offset),
        _ => return None,
    };
    let (hours, minutes) = offset.split_once(':')?;
    let offset = Duration::from_secs(3600 * part(hours, 23)? + 60 * part(minutes, 59)?);
    if ahead { local.checked_sub(offset) } else { local.checked_add(offset) }
}

fn part(text: &str, most: u64) -> Option<u64> {
    let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_number && *number <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Finding C2
    #[test]
    fn every_time_of_the_rfc_is_read_and_nothing_else() {
        let seconds = |text: &str| Some(parse(text)?.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64());
        for (text, expected) in [
            ("2027-01-01T00:00:00Z", 1_798_761_600.0),
            ("2027-01-01T08:00:00+08:00", 1_798_761_600.0),
            ("2026-12-31T18:30:00-05:30", 1_798_761_600.0),
            ("2027-01-01T00:00:00+00:00", 1_798_761_600.0),
            ("2027-01-01T00:00:00-00:00", 1_798_761_600.0),
            ("2027-01-01t00:00:00z", 1_798_761_600.0),
            ("2027-01-01 08:00:00+08:00", 1_798_761_600.0),
            ("2027-01-01T08:00:00.25+08:00", 1_798_761_600.25),
            ("2027-01-01T00:00:00.250Z", 1_798_761_600.25),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "tomorrow",
            "2027-01-01",
            "2027-01-01T00:00:00",
            "2027-01-01T00:00:00+0800",
            "2027-01-01T00:00:00+8:00",
            "2027-01-01T00:00:00+24:00",
            "2027-01-01T00:00:00+08:60",
            "2027-01-01T00:00:00++8:00",
            "2027-13-01T00:00:00Z",
            "2027-01-01T00:00:00Z+08:00",
            "1798761600",
            "2027-01-01T00:00:00+08:0\u{660}",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
