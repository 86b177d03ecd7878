//! Reads one image in one pass: its end is found where decoding stops.

use memchr::{memchr, memchr2};

use super::compact::{Compact, before_quote};
use super::scan::Opening;
use super::unescape;
use crate::decode::base64::{Blocks, decode_last, decode_middle};
use crate::decode::base64_text::is_data_prefix;

/// Decoded at once; a multiple of four characters.
const BLOCK: usize = 16 * 1024;

/// An image as it stands in a body.
pub(super) struct Value {
    /// Of its characters.
    pub(super) end: usize,
    /// Of its bytes; `None` where they are no image under known escapes.
    pub(super) length: Option<usize>,
}

/// Decodes what begins at `opening` to the beginning of `out`, which has [`room`](crate::decode::base64::room). `None` where it
/// is no value.
pub(super) fn read(body: &[u8], opening: &Opening<'_>, out: &mut [u8]) -> Option<Value> {
    let (clean, written) = clean(&body[opening.start..], out);
    let at = opening.start + clean;
    let out_of_rest = &mut out[written..];
    let rest = &body[at..];
    let plain = memchr2(b'"', b'\\', &rest[..rest.len().min(BLOCK)]).unwrap_or(0);
    let (end, strict) = if rest[plain..].starts_with(opening.quote) {
        (opening.end(body, at + plain)?, decode_last(&rest[..plain], out_of_rest))
    } else {
        let mut compact = Compact::new(opening.depth, out_of_rest);
        let read = compact.push(rest);
        let end = opening.end(body, at + read + before_quote(&rest[read..]))?;
        (end, compact.finish(&body[at + read..end]))
    };
    let strict = strict.map(|length| written + length);
    // Line breaks alone are no image.
    let strict = strict.filter(|length| *length > 0);
    let length = strict.or_else(|| {
        let raw = without_data_prefix(&body[opening.start..end])?;
        unescape::push(raw, opening.depth, Blocks::lenient(out))
    });
    Some(Value { end, length })
}

/// Decodes the blocks that `text` begins with and that are base64 alone: how many characters those are, and their bytes.
fn clean(text: &[u8], out: &mut [u8]) -> (usize, usize) {
    let (mut read, mut written) = (0, 0);
    for block in text.chunks_exact(BLOCK) {
        let Some(length) = decode_middle(block, &mut out[written..]) else { break };
        read += BLOCK;
        written += length;
    }
    (read, written)
}

/// Without `data:…;base64,`. `None` where the prefix has escapes other than those of a slash, which might hide its end.
fn without_data_prefix(raw: &[u8]) -> Option<&[u8]> {
    if !raw.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"data:")) {
        return Some(raw);
    }
    let comma = memchr(b',', raw)?;
    let head = &raw[..comma];
    let plain = head.windows(2).all(|pair| pair[0] != b'\\' || matches!(pair[1], b'\\' | b'/'));
    (plain && is_data_prefix(head)).then_some(&raw[comma + 1..])
}
