//! Base64 that comes in pieces.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::{decode_last, decode_middle};

/// Decoded at once; a multiple of four characters, so that only the last block may be shorter or padded.
pub(in crate::decode) const BLOCK: usize = 16 * 1024;

/// Padding is checked and taken off before this engine sees the text.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true).with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// Decodes what it is given, block by block.
pub(in crate::decode) struct Blocks<'a> {
    out: &'a mut [u8],
    written: usize,
    block: Zeroizing<Vec<u8>>,
    lenient: bool,
}

impl<'a> Blocks<'a> {
    /// Of the standard alphabet, padded where it must be. `out` has [`room`](super::room).
    pub(in crate::decode) fn strict(out: &'a mut [u8]) -> Self {
        Self { out, written: 0, block: Zeroizing::new(Vec::with_capacity(BLOCK)), lenient: false }
    }

    /// Of either alphabet, with padding or without, bits left over at the end.
    pub(in crate::decode) fn lenient(out: &'a mut [u8]) -> Self {
        Self { lenient: true, ..Self::strict(out) }
    }

    pub(in crate::decode) fn push(&mut self, mut text: &[u8]) -> Option<()> {
        while !text.is_empty() {
            // A full block is decoded only once more has come: the last one is left for `finish`.
            if self.block.len() == BLOCK {
                self.standardize();
                self.written += decode_middle(&self.block, &mut self.out[self.written..])?;
                self.block.clear();
            }
            let (now, later) = text.split_at(text.len().min(BLOCK - self.block.len()));
            self.block.extend_from_slice(now);
            text = later;
        }
        Some(())
    }

    /// How many bytes there are at the beginning of `out`.
    pub(in crate::decode) fn finish(mut self) -> Option<usize> {
        if !self.lenient {
            return Some(self.written + decode_last(&self.block, &mut self.out[self.written..])?);
        }
        self.standardize();
        let length = self.block.len();
        let data = self.block.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
        let padding = length - data;
        if padding > 2 || padding > 0 && !length.is_multiple_of(4) {
            return None;
        }
        let written = self.written + LENIENT.decode_slice(&self.block[..data], &mut self.out[self.written..]).ok()?;
        (written > 0).then_some(written)
    }

    fn standardize(&mut self) {
        if self.lenient {
            for byte in self.block.iter_mut() {
                match byte {
                    b'-' => *byte = b'+',
                    b'_' => *byte = b'/',
                    _ => {}
                }
            }
        }
    }
}
