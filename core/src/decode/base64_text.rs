//! Base64 as services and their gateways write it.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Padding is judged and taken off before this engine sees the text.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true).with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// The bytes that `text` stands for: standard or URL-safe alphabet, padding right or missing, line breaks anywhere,
/// perhaps behind a `data:` prefix. `None` where it is anything else.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    base64_simd::STANDARD.decode_to_vec(text).ok().or_else(|| decode_lenient(text))
}

fn decode_lenient(text: &str) -> Option<Vec<u8>> {
    let mut clean: Vec<u8> = without_data_prefix(text)
        .bytes()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        })
        .collect();
    let data = clean.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    let padding = clean.len() - data;
    if padding > 2 || padding > 0 && !clean.len().is_multiple_of(4) {
        return None;
    }
    clean.truncate(data);
    LENIENT.decode(clean).ok().filter(|bytes| !bytes.is_empty())
}

/// Without `data:…;base64,`.
fn without_data_prefix(text: &str) -> &str {
    let is_data = text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    match text.split_once(',') {
        Some((head, data)) if is_data && head.to_ascii_lowercase().ends_with(";base64") => data,
        _ => text,
    }
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
