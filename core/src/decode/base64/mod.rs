//! Base64: strict, as fast as the machine decodes it, and as services and gateways write it.

mod blocks;

#[cfg(test)]
pub(super) use blocks::BLOCK;
pub(super) use blocks::Blocks;

use base64_turbo::{STANDARD, STANDARD_NO_PAD};

use crate::buffer::Buffer;

/// Room for the bytes of `length` characters, however decoders round.
pub(super) fn room(length: usize) -> Option<Buffer> {
    Buffer::zeros(length / 4 * 3 + 6)
}

/// The bytes of `text`, padded where it must be; `None` where it is not base64 through and through.
pub(crate) fn decode(text: &[u8]) -> Option<Buffer> {
    let mut bytes = room(text.len())?;
    let length = decode_last(text, bytes.as_mut_vec())?;
    bytes.as_mut_vec().truncate(length);
    Some(bytes)
}

/// Writes the bytes of `text`, padded where it must be, to the beginning of `out`, and says how many. `None` where it is not
/// base64 through and through.
pub(super) fn decode_last(text: &[u8], out: &mut [u8]) -> Option<usize> {
    STANDARD.decode_slice(text, out).ok()
}

/// The same of a multiple of four characters from the middle of an image: no padding in it.
pub(super) fn decode_middle(text: &[u8], out: &mut [u8]) -> Option<usize> {
    STANDARD_NO_PAD.decode_slice(text, out).ok()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose;

    use super::*;

    fn both(text: &[u8]) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        let mut out = vec![0xEE; text.len()];
        let ours = decode_last(text, &mut out).map(|length| out[..length].to_vec());
        (ours, general_purpose::STANDARD.decode(text).ok())
    }

    #[test]
    fn every_length_and_every_value_is_read_as_elsewhere() {
        let bytes: Vec<u8> = (0..2000_usize).map(|at| at.wrapping_mul(151).to_le_bytes()[0]).collect();
        for length in 0..bytes.len() {
            let text = general_purpose::STANDARD.encode(&bytes[..length]);
            let (ours, theirs) = both(text.as_bytes());
            assert_eq!(ours.as_deref(), Some(&bytes[..length]));
            assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn every_wrong_byte_at_every_place_is_refused() {
        let text = general_purpose::STANDARD.encode([0xA5; 48 * 3 + 1]).into_bytes();
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
        let (mut out, text) = ([0; 256], [b'A'; 256]);
        assert_eq!(decode_middle(&text, &mut out), Some(192));
        assert!(decode_middle(b"AA==", &mut out).is_none());
        assert_eq!(decode_last(&[&text[..], b"AA=="].concat(), &mut out), Some(193));
        assert!(decode_last(&[b"AA==", &text[..]].concat(), &mut out).is_none());
    }
}
