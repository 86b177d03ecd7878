//! Lines of a file, none of them longer than memory allows.

use std::io::{self, BufRead, Read};

/// Of one line, in bytes.
const LONGEST: u64 = 1 << 20;

/// Lines with their numbers, from 1; blank ones are left out.
pub(super) struct Lines<R> {
    source: R,
    number: u64,
}

/// A line without its end and the blanks around it, or which rule it breaks.
pub(super) type Line = (u64, Result<Vec<u8>, String>);

impl<R: BufRead> Lines<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, number: 0 }
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            let mut bytes = Vec::new();
            if self.source.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if !bytes.ends_with(b"\n") && bytes.len() as u64 == LONGEST {
                self.source.skip_until(b'\n')?;
                return Ok(Some((self.number, Err(format!("must have less than {LONGEST} bytes")))));
            }
            let start = if self.number == 1 && bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
            let line = bytes[start..].trim_ascii();
            if !line.is_empty() {
                return Ok(Some((self.number, Ok(line.to_owned()))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_their_numbers_and_an_end() {
        let long = "x".repeat(usize::try_from(LONGEST).unwrap());
        let text = [b"\xEF\xBB\xBFa\r\n\n  \nb \n\xFF\n", long.as_bytes(), b"tail\nlast"].concat();
        let mut lines = Lines::new(&text[..]);
        let mut next = || lines.next().unwrap();
        assert_eq!(next(), Some((1, Ok(b"a".to_vec()))));
        assert_eq!(next(), Some((4, Ok(b"b".to_vec()))));
        assert_eq!(next(), Some((5, Ok(b"\xFF".to_vec()))));
        assert_eq!(next(), Some((6, Err("must have less than 1048576 bytes".to_owned()))));
        assert_eq!(next(), Some((7, Ok(b"last".to_vec()))));
        assert_eq!(next(), None);
    }
}
