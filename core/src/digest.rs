//! SHA-256 in lower-case hex.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

const PIECE: usize = 64 << 10;

/// Of bytes.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Of all that `source` has yet to give, and how many bytes those were.
pub(crate) fn sha256_of(mut source: impl Read) -> io::Result<(String, u64)> {
    let (mut hash, mut length, mut piece) = (Sha256::new(), 0, vec![0; PIECE]);
    loop {
        match source.read(&mut piece) {
            Ok(0) => return Ok((hex(&hash.finalize()), length)),
            Ok(read) => {
                hash.update(&piece[..read]);
                length += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(2 * bytes.len());
    hex_into(&mut out, bytes);
    out
}

/// The same, appended.
pub(crate) fn hex_into(out: &mut String, bytes: &[u8]) {
    out.extend(bytes.iter().flat_map(|byte| digits(*byte)).map(char::from));
}

/// The two digits of a byte.
pub(crate) fn digits(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}
