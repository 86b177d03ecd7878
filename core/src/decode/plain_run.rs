//! How far a JSON string goes on without anything to look at.

/// How many bytes come before the first quote, backslash or control character.
#[allow(clippy::needless_bitwise_bool, reason = "without a branch a byte the compiler takes many of them at once")]
pub(super) fn plain_run(bytes: &[u8]) -> usize {
    const BLOCK: usize = 64;
    let short = plain_words(&bytes[..bytes.len().min(BLOCK)]);
    if short < BLOCK {
        return short;
    }
    let is_plain = |byte: &u8| (*byte >= b' ') & (*byte != b'"') & (*byte != b'\\');
    let all_plain = |block: &&[u8]| block.iter().fold(true, |plain, byte| plain & is_plain(byte));
    let at = BLOCK + bytes[BLOCK..].chunks_exact(BLOCK).take_while(all_plain).count() * BLOCK;
    at + plain_words(&bytes[at..])
}

/// The same, eight bytes at a time.
fn plain_words(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xFF;
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let mut at = 0;
    while let Some(chunk) = bytes[at..].first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        let controls = word.wrapping_sub(ONES * 0x20) & !word;
        let quotes = has_zero(word ^ (ONES * u64::from(b'"')));
        let slashes = has_zero(word ^ (ONES * u64::from(b'\\')));
        // The lowest mark is right; a borrow may set higher ones.
        let hits = (controls | quotes | slashes) & (ONES << 7);
        if hits != 0 {
            return at + (hits.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at + bytes[at..].iter().take_while(|byte| **byte >= b' ' && !matches!(byte, b'"' | b'\\')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_at_the_first_byte_that_is_not_plain_wherever_that_stands() {
        for length in [0, 1, 7, 8, 63, 64, 65, 127, 128, 129, 200] {
            let plain = vec![0xFF_u8; length];
            assert_eq!(plain_run(&plain), length);
            for at in 0..length {
                for byte in [0, 0x1F, b'"', b'\\'] {
                    let mut text = plain.clone();
                    text[at] = byte;
                    assert_eq!(plain_run(&text), at, "{byte} at {at} of {length}");
                }
                let mut text = plain.clone();
                text[at] = b' ';
                assert_eq!(plain_run(&text), length);
            }
        }
    }
}
