//! Base64: strict, as fast as the machine decodes it, and as services and gateways write it.

mod blocks;

#[cfg(test)]
pub(super) use blocks::BLOCK;
pub(super) use blocks::Blocks;

use base64_simd::{STANDARD, STANDARD_NO_PAD};

use crate::buffer::Buffer;

/// Room for the bytes of `length` characters, so that no decoder moves them and leaves some behind.
pub(super) fn room(length: usize) -> Option<Buffer> {
    Buffer::for_exactly(length / 4 * 3 + 6)
}

/// Appends the bytes of `text`, padded where it must be; `None` where it is not base64 through and through.
pub(super) fn append_last(text: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let rest = &text[append_prefix(text, out)..];
    STANDARD.decode_append(rest, out).ok().map(drop)
}

/// Appends the bytes of `text`, a multiple of four characters from the middle of an image: no padding in it.
pub(super) fn append_middle(text: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let rest = &text[append_prefix(text, out)..];
    STANDARD_NO_PAD.decode_append(rest, out).ok().map(drop)
}

/// Appends as much of `text` as this machine has wide instructions for, and says how many characters that was.
fn append_prefix(text: &[u8], out: &mut Vec<u8>) -> usize {
    #[cfg(target_arch = "x86_64")]
    if avx512::available() {
        return avx512::append_prefix(text, out);
    }
    let _ = (text, out);
    0
}

/// 64 characters at a time. On machines that have AVX-512 VBMI this is about four times as fast as 32 at a time.
#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::{
        __m512i, _mm512_loadu_si512, _mm512_madd_epi16, _mm512_maddubs_epi16, _mm512_mask_storeu_epi8, _mm512_movepi8_mask,
        _mm512_or_si512, _mm512_permutex2var_epi8, _mm512_permutexvar_epi8, _mm512_set1_epi16, _mm512_set1_epi32,
    };

    const CHARACTERS: usize = 64;
    const BYTES: usize = 48;

    /// The value of each ASCII character; the top bit marks those that have none.
    static VALUES: [u8; 128] = {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut values = [0x80; 128];
        let mut value = 0;
        while value < alphabet.len() {
            #[allow(clippy::cast_possible_truncation, reason = "below 64")]
            {
                values[alphabet[value] as usize] = value as u8;
            }
            value += 1;
        }
        values
    };

    /// Which bytes of the four-byte groups to keep, in what order: the first of a group lies last in memory.
    static PACK: [u8; CHARACTERS] = {
        let mut order = [0; CHARACTERS];
        let mut at = 0;
        while at < BYTES {
            #[allow(clippy::cast_possible_truncation, reason = "below 64")]
            {
                order[at] = (at / 3 * 4 + 2 - at % 3) as u8;
            }
            at += 1;
        }
        order
    };

    pub(super) fn available() -> bool {
        is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512vbmi")
    }

    /// Stops before the first 64 characters of which one is not in the alphabet. Needs [`available`].
    pub(super) fn append_prefix(text: &[u8], out: &mut Vec<u8>) -> usize {
        assert!(available());
        out.reserve(text.len() / CHARACTERS * BYTES);
        // SAFETY: the features are there, as just checked, and `out` has room for 48 bytes for every whole 64 characters.
        unsafe { append_prefix_with_room(text, out) }
    }

    /// # Safety
    /// `out` has spare room for 48 bytes for every whole 64 characters of `text`.
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    unsafe fn append_prefix_with_room(text: &[u8], out: &mut Vec<u8>) -> usize {
        let (low, high, pack) = (load(&VALUES[..64]), load(&VALUES[64..]), load(&PACK));
        let mut done = 0;
        for block in text.chunks_exact(CHARACTERS) {
            let characters = load(block);
            let values = _mm512_permutex2var_epi8(low, characters, high);
            // A character beyond ASCII has its own top bit set.
            if _mm512_movepi8_mask(_mm512_or_si512(values, characters)) != 0 {
                break;
            }
            // Four values of six bits become 24 bits of a 32-bit lane, in two steps.
            let pairs = _mm512_maddubs_epi16(values, _mm512_set1_epi16(0x0140));
            let lanes = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x0001_1000));
            let bytes = _mm512_permutexvar_epi8(pack, lanes);
            let length = out.len();
            // SAFETY: the caller promises room for these 48 bytes behind `length`; the mask stores no more, and what is
            // stored is then counted in.
            unsafe {
                _mm512_mask_storeu_epi8(out.as_mut_ptr().add(length).cast(), (1 << BYTES) - 1, bytes);
                out.set_len(length + BYTES);
            }
            done += CHARACTERS;
        }
        done
    }

    #[target_feature(enable = "avx512f")]
    fn load(block: &[u8]) -> __m512i {
        assert!(block.len() == CHARACTERS);
        // SAFETY: the slice has the 64 bytes that are read, and the load asks for no alignment.
        unsafe { _mm512_loadu_si512(block.as_ptr().cast()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &[u8]) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        let mut out = Vec::new();
        (append_last(text, &mut out).map(|()| out), STANDARD.decode_to_vec(text).ok())
    }

    #[test]
    fn every_length_and_every_value_is_read_as_elsewhere() {
        let bytes: Vec<u8> = (0..2000_usize).map(|at| at.wrapping_mul(151).to_le_bytes()[0]).collect();
        for length in 0..bytes.len() {
            let text = STANDARD.encode_to_string(&bytes[..length]);
            let (ours, theirs) = both(text.as_bytes());
            assert_eq!(ours.as_deref(), Some(&bytes[..length]));
            assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn every_wrong_byte_at_every_place_is_refused() {
        let text = STANDARD.encode_to_string([0xA5; 48 * 3]).into_bytes();
        for at in 0..text.len() {
            for wrong in 0..=255 {
                let mut text = text.clone();
                text[at] = wrong;
                let (ours, theirs) = both(&text);
                assert_eq!(ours, theirs, "{wrong} at {at}");
            }
        }
    }

    #[test]
    fn padding_ends_an_image_and_never_stands_inside() {
        let (mut out, text) = (Vec::new(), [b'A'; 256]);
        assert!(append_middle(&text, &mut out).is_some());
        assert!(append_middle(b"AA==", &mut out).is_none());
        assert!(append_last(&[&text[..], b"AA=="].concat(), &mut out).is_some());
        assert!(append_last(&[b"AA==", &text[..]].concat(), &mut out).is_none());
    }
}
