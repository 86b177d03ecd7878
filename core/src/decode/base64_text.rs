//! Images that were not lifted: base64 as services and their gateways write it.

use super::base64::{self, Blocks, room};
use crate::buffer::Buffer;

/// The bytes that `text` stands for: standard or URL-safe alphabet, padding right or missing, line breaks anywhere,
/// perhaps behind a `data:` prefix. `None` where it is anything else.
pub(super) fn decode(text: &str) -> Option<Buffer> {
    base64::decode(text.as_bytes()).or_else(|| {
        let mut bytes = room(text.len())?;
        let mut blocks = Blocks::lenient(bytes.as_mut_vec());
        for line in without_data_prefix(text).as_bytes().split(|byte| matches!(byte, b'\r' | b'\n')) {
            blocks.push(line)?;
        }
        let length = blocks.finish()?;
        bytes.as_mut_vec().truncate(length);
        Some(bytes)
    })
}

/// Without `data:…;base64,`.
fn without_data_prefix(text: &str) -> &str {
    match text.split_once(',') {
        Some((head, data)) if is_data_prefix(head.as_bytes()) => data,
        _ => text,
    }
}

/// Whether `head` is all of a data URL that comes before its comma.
pub(super) fn is_data_prefix(head: &[u8]) -> bool {
    let begins = head.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"data:"));
    begins && head.len().checked_sub(7).is_some_and(|at| head[at..].eq_ignore_ascii_case(b";base64"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_it_is_read() {
        for text in ["+/8=", "-_8=", "+/8", "-_8", "+/\r\n8=\n", "DATA:image/png;base64,+/8=", "data:;BASE64,-_8", "+/9="] {
            assert_eq!(decode(text).as_deref(), Some(&[0xFB, 0xFF][..]), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["+/8 ", "+/8..", "AA==AAAA", "AAAA=", "AAAA====", "A", "AAAAA", "AA=", "=", "\n", "data:image/png,+/8=", "é"]
        {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
