//! Base64 with JSON escapes in it: `\/`, line breaks and `\u002b \u002f \u003d`, written inside one or more texts.

use memchr::memchr;

use crate::decode::base64::Blocks;

/// Gives `out` the characters of `raw`, a value inside `depth` texts, and says how many bytes they are; `None` where any of it is
/// not base64 under known escapes.
pub(super) fn push(raw: &[u8], depth: u8, mut out: Blocks<'_>) -> Option<usize> {
    let mut rest = raw;
    while let Some(clean) = memchr(b'\\', rest) {
        out.push(&rest[..clean])?;
        rest = &rest[clean..];
        // A run of backslashes is read whole, with the character it escapes, or its length would be misjudged.
        let slashes = rest.iter().take_while(|byte| **byte == b'\\').count();
        rest = &rest[slashes..];
        match unescape(slashes, rest, depth)? {
            // It stands for itself: the next piece begins with it.
            (b'/', 1) => {}
            (b'\r' | b'\n', length) => rest = &rest[length..],
            (character, length) => {
                out.push(&[character])?;
                rest = &rest[length..];
            }
        }
    }
    out.push(rest)?;
    out.finish()
}

/// The character that `slashes` backslashes and the beginning of `rest` stand for behind `depth + 1` decodings, and how much
/// of `rest` it took.
fn unescape(slashes: usize, rest: &[u8], depth: u8) -> Option<(u8, usize)> {
    let innermost = 1 << depth;
    match *rest.first()? {
        // A slash needs no escape, so each text may have added one or not: anything below 2^(depth + 1).
        b'/' => (slashes < 2 * innermost).then_some((b'/', 1)),
        b'n' => (slashes == innermost).then_some((b'\n', 1)),
        b'r' => (slashes == innermost).then_some((b'\r', 1)),
        // Written by any of the texts around it.
        b'u' if slashes.is_power_of_two() && slashes <= innermost => {
            let character = match rest.get(1..5)? {
                b"002b" | b"002B" => b'+',
                b"002f" | b"002F" => b'/',
                b"003d" | b"003D" => b'=',
                b"002d" | b"002D" => b'-',
                b"005f" | b"005F" => b'_',
                _ => return None,
            };
            Some((character, 5))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;
    use crate::decode::base64::BLOCK;

    fn decode(raw: &[u8], depth: u8) -> Option<Vec<u8>> {
        let mut decoded = vec![0; raw.len() + 6];
        push(raw, depth, Blocks::strict(&mut decoded)).map(|length| decoded[..length].to_vec())
    }

    /// `text` as it stands inside `depth` texts more.
    fn nest(text: &str, depth: u8) -> String {
        (0..depth).fold(text.to_owned(), |text, _| text.replace('\\', "\\\\"))
    }

    #[test]
    fn every_escape_is_read_at_every_depth() {
        for depth in 0..=4 {
            for (text, plain) in
                [(r"AA\/A", "AA/A"), (r"AA\r\nAA", "AAAA"), (r"AA\u002b\u002F", "AA+/"), (r"AA\u003d\u003D", "AA==")]
            {
                let expected = STANDARD.decode(plain).ok();
                assert_eq!(decode(nest(text, depth).as_bytes(), depth), expected, "{text} at {depth}");
            }
        }
    }

    #[test]
    fn rule_2_backslashes_are_counted() {
        for depth in 0..=4_u8 {
            let innermost = 1 << depth;
            for slashes in 0..=40_usize {
                let run = "\\".repeat(slashes);
                let reads = |end: &str| decode(format!("AAA{run}{end}AAAA").as_bytes(), depth).is_some();
                assert_eq!(reads("/"), slashes < 2 * innermost, "{slashes} before / at {depth}");
                if slashes > 0 {
                    assert_eq!(
                        decode(format!("AAAA{run}nAAAA").as_bytes(), depth).is_some(),
                        slashes == innermost,
                        "{slashes} before n at {depth}"
                    );
                    assert_eq!(
                        reads("u002f"),
                        slashes.is_power_of_two() && slashes <= innermost,
                        "{slashes} before u at {depth}"
                    );
                }
            }
        }
    }

    #[test]
    fn rule_3_a_block_never_ends_inside_a_run_of_backslashes() {
        for before in BLOCK - 9..=BLOCK + 1 {
            let raw = format!("{}{}/{}", "A".repeat(before), r"\\\\\\\", "A".repeat(BLOCK - before % 4 - 1));
            let plain = raw.replace('\\', "");
            assert_eq!(decode(raw.as_bytes(), 2), STANDARD.decode(&plain).ok(), "{before}");
            assert!(decode(raw.as_bytes(), 2).is_some(), "{before}");
            assert_eq!(decode(raw.as_bytes(), 1), None, "{before}");
        }
    }

    #[test]
    fn rule_4_only_the_end_may_hold_padding() {
        for before in [0, 4, BLOCK - 4, BLOCK, 2 * BLOCK - 4] {
            let raw = format!(r"{}AA==AAA\/{}", "A".repeat(before), "A".repeat(BLOCK));
            assert_eq!(decode(raw.as_bytes(), 0), None, "{before}");
        }
        assert_eq!(decode(br"A\/A=", 0).as_deref(), Some(&[3, 240][..]));
    }
}
