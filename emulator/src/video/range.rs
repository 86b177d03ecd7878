//! Which part of an object is asked for.

use std::ops;

use crate::request::Request;

/// An object store reads one range; whatever it cannot read counts as none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Range {
    All,
    Part(ops::Range<usize>),
    /// Nothing lies there.
    None,
}

impl Range {
    pub(super) fn of(request: &Request, etag: &str, length: usize) -> Range {
        let same = request.header("if-range").is_none_or(|wanted| wanted == etag);
        request.header("range").filter(|_| same).map_or(Range::All, |range| Range::read(range, length))
    }

    fn read(range: &str, length: usize) -> Range {
        let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
            return Range::All;
        };
        let (Ok(first), Ok(last)) = (first.parse::<usize>(), if last.is_empty() { Ok(usize::MAX) } else { last.parse() }) else {
            return Range::All;
        };
        let end = last.saturating_add(1).min(length);
        if first < end { Range::Part(first..end) } else { Range::None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_read() {
        let part = |start, end| Range::Part(start..end);
        for (range, expected) in [
            ("bytes=0-", part(0, 10)),
            ("bytes=3-", part(3, 10)),
            ("bytes=3-3", part(3, 4)),
            ("bytes=3-99", part(3, 10)),
            ("bytes=9-", part(9, 10)),
            ("bytes=10-", Range::None),
            ("bytes=5-4", Range::None),
            ("bytes=-3", Range::All),
            ("bytes=1-2,4-5", Range::All),
            ("lines=1-2", Range::All),
            ("bytes=99999999999999999999-", Range::All),
        ] {
            assert_eq!(Range::read(range, 10), expected, "{range}");
        }
    }
}
