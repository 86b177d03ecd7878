//! Long texts that lie deep inside other texts.
//!
//! The parser skips a text that is too long where it meets it. One inside a text would have been copied by then, with all
//! that is around it, so it is taken out of the raw bytes first, as images are.

use std::ops::Range;

use memchr::memchr_iter;

use super::images::{Images, Lifted};
use super::nonce::Nonce;
use super::rest::Rest;
use super::scan::{opening_quote, skip_blanks};
use crate::options::MAX_TEXT_BYTES;

/// `body` without its long texts, for which placeholders stand. The parser finds those, and says what was left out. `None` where
/// there are none.
pub(super) fn without_long_texts(body: &[u8], nonce: Nonce) -> Option<(Vec<u8>, Images)> {
    let mut out = Rest::new(body, nonce);
    let mut lifted = Vec::new();
    for text in long_texts(body) {
        let length = text.len();
        out.replace(text, lifted.len())?;
        lifted.push(Lifted::Cut(length));
    }
    if lifted.is_empty() {
        return None;
    }
    let (rest, marker) = out.finish()?;
    Some((rest, Images { marker, lifted }))
}

/// The same where images were lifted before: in place.
pub(super) fn cut_long_texts(rest: &mut Vec<u8>, images: &mut Images) {
    let (mut read, mut written) = (0, 0);
    let mut keep = |rest: &mut Vec<u8>, from: Range<usize>| {
        let length = from.len();
        rest.copy_within(from, written);
        written += length;
    };
    for text in long_texts(rest) {
        // Shorter than what it stands for.
        let placeholder = format!("{}{}", images.marker, images.lifted.len());
        let end = text.start + placeholder.len();
        rest[text.start..end].copy_from_slice(placeholder.as_bytes());
        images.lifted.push(Lifted::Cut(text.len()));
        keep(rest, read..end);
        read = text.end;
    }
    let end = rest.len();
    keep(rest, read..end);
    rest.truncate(written);
}

/// Values of more than [`MAX_TEXT_BYTES`] without a quote in them, inside at least one text.
fn long_texts(rest: &[u8]) -> Vec<Range<usize>> {
    let mut texts = Vec::new();
    let mut start = usize::MAX;
    for next in memchr_iter(b'"', rest) {
        if next.saturating_sub(start) > MAX_TEXT_BYTES {
            texts.extend(value_between(rest, start, next));
        }
        start = next + 1;
    }
    texts
}

/// The value that begins at `start`, behind a quote, and ends before the quote at `next`.
fn value_between(rest: &[u8], start: usize, next: usize) -> Option<Range<usize>> {
    let (depth, quote) = opening_quote(&rest[..start])?;
    let before = rest[..start - quote.len()].trim_ascii_end().last()?;
    let slashes = rest[start..next].iter().rev().take_while(|byte| **byte == b'\\').count();
    let after = rest.get(skip_blanks(rest, next + 1))?;
    let is_value = matches!(before, b':' | b'[' | b',') && matches!(after, b',' | b'}' | b']');
    (depth > 0 && is_value && slashes + 1 == quote.len()).then_some(start..next - slashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONCE: Nonce = Nonce([7; 16]);

    // Finding A2: one long unknown text cost all the memory that it had, several times.
    #[test]
    fn long_values_inside_texts_are_cut_and_others_stay() {
        let long = "x".repeat(MAX_TEXT_BYTES + 1);
        let body = format!(r#"{{"a":"{{\"b\":\"{long}\",\"c\":[1 , \"{long}\"]}}","d":"{long}","e":"{{\"{long}\":1}}"}}"#);
        let (rest, mut images) = without_long_texts(body.as_bytes(), NONCE).expect("long texts");
        let mut again = (body.clone().into_bytes(), Images { marker: NONCE.marker(), lifted: Vec::new() });
        cut_long_texts(&mut again.0, &mut again.1);
        assert!(again.0 == rest);
        let (first, second) = (format!("{}0", images.marker), format!("{}1", images.marker));
        let expected = format!(r#"{{"a":"{{\"b\":\"{first}\",\"c\":[1 , \"{second}\"]}}","d":"{long}","e":"{{\"{long}\":1}}"}}"#);
        assert!(rest == expected.into_bytes());
        assert_eq!(images.take_cut(&first), Some(MAX_TEXT_BYTES + 1));
        assert_eq!(images.take_cut(&first), None);
        assert!(!images.all_used());
        assert_eq!(images.take_cut(&second), Some(MAX_TEXT_BYTES + 1));
        assert!(images.all_used());
    }
}
