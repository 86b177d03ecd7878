//! Finds image values in raw bytes, by key.
//!
//! A quote inside `depth` texts is written with `2^depth − 1` backslashes before it: the delimiters say the depth, and both
//! quotes of a value, like those of its key, must say the same.

use memchr::{memchr2, memmem};

/// How many texts deep the service has nested an image, and one more.
const MAX_DEPTH: u8 = 4;

/// The keys of images, as `before` and `after` of the two letters that the search looks for.
const NEEDLE: &[u8] = b"Im";
const KEYS: [(&[u8], &[u8]); 2] = [(b"face", b"g"), (b"id", b"age")];

/// Where the value of an image key begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Opening<'a> {
    /// Behind the delimiter.
    pub(super) start: usize,
    /// The delimiter, with its backslashes.
    pub(super) quote: &'a [u8],
    pub(super) depth: u8,
}

/// The next image value that begins at or behind `from`.
pub(super) fn next_image(body: &[u8], from: usize) -> Option<Opening<'_>> {
    let mut from = from;
    loop {
        let hit = from + memmem::find(body.get(from..)?, NEEDLE)?;
        from = hit + NEEDLE.len();
        if let Some(opening) = image_at(body, hit) {
            return Some(opening);
        }
    }
}

fn image_at(body: &[u8], hit: usize) -> Option<Opening<'_>> {
    let (before, after) =
        KEYS.iter().find(|(before, after)| body[..hit].ends_with(before) && body[hit + NEEDLE.len()..].starts_with(after))?;
    let (depth, quote) = opening_quote(&body[..hit - before.len()])?;
    let rest = hit + NEEDLE.len() + after.len();
    let colon = skip_blanks(body, skip(body, rest, quote)?);
    let value = skip(body, skip_blanks(body, skip(body, colon, b":")?), quote)?;
    Some(Opening { start: value, quote, depth })
}

impl Opening<'_> {
    /// Where the value ends: at the next delimiter at or behind `from`, a place inside it that is not behind a backslash.
    pub(super) fn end(&self, body: &[u8], from: usize) -> Option<usize> {
        let end = closing_quote(body, from, self.quote)?;
        let next = body.get(skip_blanks(body, end + self.quote.len()))?;
        // Only a value is followed by one of these; a key is not.
        matches!(next, b',' | b'}' | b']').then_some(end)
    }
}

/// The quote, with its backslashes, that `head` ends with, and the depth it says.
pub(super) fn opening_quote(head: &[u8]) -> Option<(u8, &[u8])> {
    let slashes = head.strip_suffix(b"\"")?.iter().rev().take_while(|byte| **byte == b'\\').count();
    let depth = (0..=MAX_DEPTH).find(|depth| (1 << depth) - 1 == slashes)?;
    Some((depth, &head[head.len() - slashes - 1..]))
}

/// The first quote at or behind `from`, which must be `quote`, with all backslashes before it.
fn closing_quote(body: &[u8], from: usize, quote: &[u8]) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr2(b'"', b'\\', body.get(at..)?)?;
        let slashes = body[at..].iter().take_while(|byte| **byte == b'\\').count();
        if body.get(at + slashes)? == &b'"' {
            return (slashes + 1 == quote.len()).then_some(at);
        }
        at += slashes;
    }
}

fn skip(body: &[u8], at: usize, expected: &[u8]) -> Option<usize> {
    body.get(at..)?.starts_with(expected).then_some(at + expected.len())
}

pub(super) fn skip_blanks(body: &[u8], at: usize) -> usize {
    at + body[at..].iter().take_while(|byte| **byte == b' ').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Option<(&str, u8)> {
        let opening = next_image(body.as_bytes(), 0)?;
        Some((&body[opening.start..opening.end(body.as_bytes(), opening.start)?], opening.depth))
    }

    #[test]
    fn both_keys_are_found_at_every_depth() {
        assert_eq!(found(r#"{"faceImg":"AAAA"}"#), Some(("AAAA", 0)));
        assert_eq!(found(r#"{"x":"{\"idImage\" : \"AAAA\" ,"#), Some(("AAAA", 1)));
        assert_eq!(found(r#"\\\"idImage\\\":\\\"AAAA\\\"}"#), Some(("AAAA", 2)));
        assert_eq!(found(r#"\\\\\\\"idImage\\\\\\\":\\\\\\\"AAAA\\\\\\\"}"#), Some(("AAAA", 3)));
    }

    #[test]
    fn other_keys_are_not() {
        for body in [r#"{"faceImage":"AAAA"}"#, r#"{"xidImage":"AAAA"}"#, r#"{"faceImg2":"AAAA"}"#, r#"{"Img":"AAAA"}"#] {
            assert_eq!(found(body), None, "{body}");
        }
    }

    #[test]
    fn rule_1_only_a_value_is_lifted() {
        assert_eq!(found(r#"["faceImg":"AAAA":1]"#), None);
        assert_eq!(found(r#"["faceImg":"AAAA"\u003a1]"#), None);
        assert_eq!(found(r#"{"a":"faceImg","AAAA":1}"#), None);
        assert_eq!(found(r#"{"faceImg":"AAAA"]"#), Some(("AAAA", 0)));
    }

    #[test]
    fn rule_2_delimiters_say_the_same_depth() {
        assert_eq!(found(r#"\"faceImg\":\"AAAA"}"#), None);
        assert_eq!(found(r#"\"faceImg\":\"AAAA",}"#), None);
        assert_eq!(found(r#"\"faceImg\":\"AAAA\\\"}"#), None);
        assert_eq!(found(r#""faceImg":"AAAA\"}"#), None);
        assert_eq!(found(r#"\"faceImg":"AAAA"}"#), None);
        assert_eq!(found(r#"\\"faceImg\\":\\"AAAA\\"}"#), None);
    }

    #[test]
    fn a_body_that_ends_anywhere_is_no_trouble() {
        let body = r#"{"x":"{\"idImage\" : \"AA\\/A\" }"#;
        for end in 0..body.len() {
            let _ = found(&body[..end]);
        }
        assert_eq!(found(body), Some((r"AA\\/A", 1)));
    }
}
