//! Decodes base64 in which slashes are escaped.

mod runs;
mod ways;

use memchr::memchr;
use zeroize::Zeroizing;

use super::unescape;
use crate::decode::base64::{Blocks, decode_middle};
use runs::BLOCK;

/// Compacted before it is decoded.
const WINDOW: usize = 16 * 1024;

/// A value that is decoded window by window.
pub(super) struct Compact<'a> {
    depth: u8,
    out: &'a mut [u8],
    written: usize,
    /// Characters without their backslashes; those before `carried` are not decoded yet.
    window: Zeroizing<Vec<u8>>,
    carried: usize,
}

impl<'a> Compact<'a> {
    /// For a value inside `depth` texts.
    pub(super) fn new(depth: u8, out: &'a mut [u8]) -> Self {
        Self { depth, out, written: 0, window: Zeroizing::new(vec![0; WINDOW + 2 * BLOCK]), carried: 0 }
    }

    /// Decodes as many windows of `text` as hold nothing but base64 and escaped slashes, and says how much of it that was.
    pub(super) fn push(&mut self, text: &[u8]) -> usize {
        let mut read = 0;
        while let Some((length, compacted)) = self.window(&text[read..]) {
            read += length;
            self.carried = compacted % 4;
            self.window.copy_within(compacted - self.carried..compacted, 0);
        }
        read
    }

    /// The next window: how long it was, and how many characters are left of it.
    fn window(&mut self, text: &[u8]) -> Option<(usize, usize)> {
        let (read, compacted) = compact(&text[..text.len().min(WINDOW)], self.depth, &mut self.window[self.carried..]);
        let compacted = self.carried + compacted;
        let decoded = decode_middle(&self.window[..compacted / 4 * 4], &mut self.out[self.written..])?;
        self.written += decoded;
        (read > 0).then_some((read, compacted))
    }

    /// Decodes `rest`, all that is left, whatever escapes it holds, and says how many bytes there are.
    pub(super) fn finish(mut self, rest: &[u8]) -> Option<usize> {
        let read = self.push(rest);
        let mut blocks = Blocks::strict(&mut self.out[self.written..]);
        blocks.push(&self.window[..self.carried])?;
        Some(self.written + unescape::push(&rest[read..], self.depth, blocks)?)
    }
}

/// Where the last backslashes before the next quote begin, if that is near.
pub(super) fn before_quote(text: &[u8]) -> usize {
    let near = &text[..text.len().min(2 * WINDOW)];
    let Some(quote) = memchr(b'"', near) else { return 0 };
    quote - near[..quote].iter().rev().take_while(|byte| **byte == b'\\').count()
}

/// Copies blocks of `text` to `out` without their backslashes, for as long as those are escapes of slashes and there is room for
/// two blocks. How much was read, never ending in a run of backslashes, and written.
fn compact(text: &[u8], depth: u8, out: &mut [u8]) -> (usize, usize) {
    // Each text around a slash may have added an escape or not: a run is shorter than 2^(depth + 1).
    match depth {
        0 => ways::with_best::<1>(text, out),
        1 => ways::with_best::<2>(text, out),
        2 => ways::with_best::<3>(text, out),
        3 => ways::with_best::<4>(text, out),
        4 => ways::with_best::<5>(text, out),
        _ => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    use super::*;

    type Way = fn(&[u8], &mut [u8]) -> (usize, usize);

    /// What every machine has, and what this one has.
    fn ways<const LIMIT: u32>() -> Vec<Way> {
        let mut ways: Vec<Way> = vec![ways::by_words::<LIMIT>, ways::with_best::<LIMIT>];
        #[cfg(target_arch = "x86_64")]
        ways.push(ways::with_sse2::<LIMIT>);
        ways
    }

    /// Whether `text` is read up to the run before `wrong`, or to where two blocks are no longer left, and comes out without its
    /// backslashes.
    fn check<const LIMIT: u32>(text: &[u8], wrong: usize) {
        let mut out = vec![0; text.len() + 2 * BLOCK];
        let mut reads = Vec::new();
        for way in ways::<LIMIT>() {
            let (read, written) = way(text, &mut out);
            assert!(read <= wrong && read + 2 * BLOCK + (1 << LIMIT) > wrong.min(text.len()), "{read}, {wrong}");
            assert!(read == 0 || text[read - 1] != b'\\');
            assert!(out[..written].iter().eq(text[..read].iter().filter(|byte| **byte != b'\\')));
            reads.push(read);
        }
        assert!(reads.windows(2).all(|pair| pair[0] == pair[1]), "{reads:?}");
    }

    proptest! {
        #[test]
        fn every_way_takes_out_the_backslashes(runs in prop::collection::vec((0..90_usize, 1..4_usize), 0..40)) {
            let text: String = runs.iter().map(|(clean, run)| "A".repeat(*clean) + &"\\".repeat(*run) + "/").collect();
            check::<2>(text.as_bytes(), text.len());
        }
    }

    #[test]
    fn a_wrong_run_stops_it_wherever_it_stands() {
        for at in 0..3 * BLOCK {
            for (run, end, right) in [(3, '/', true), (4, '/', false), (1, 'n', false), (2, '"', false), (70, '/', false)] {
                let text = format!("{}{}{end}{}", "A".repeat(at), "\\".repeat(run), "/A".repeat(3 * BLOCK));
                check::<2>(text.as_bytes(), if right { text.len() } else { at });
            }
        }
        for run in 0..=40 {
            let text = format!("{}{}/{}", "A".repeat(50), "\\".repeat(run), "A".repeat(3 * BLOCK));
            let wrong = |limit: usize| if run < limit { text.len() } else { 50 };
            check::<1>(text.as_bytes(), wrong(2));
            check::<3>(text.as_bytes(), wrong(8));
            check::<4>(text.as_bytes(), wrong(16));
            check::<5>(text.as_bytes(), wrong(32));
        }
    }

    #[test]
    fn windows_are_decoded_as_one_text() {
        let bytes: Vec<u8> = (0..3 * WINDOW).map(|at| at.wrapping_mul(40_503).to_be_bytes()[6]).collect();
        for length in (0..200).chain(WINDOW / 4 * 3 - 200..WINDOW / 4 * 3 + 200).chain(3 * WINDOW - 9..3 * WINDOW) {
            for depth in 0..=4 {
                let text = STANDARD.encode(&bytes[..length]).replace('/', &("\\".repeat(1 << depth) + "/"));
                let mut out = vec![0; text.len() + 6];
                let mut compact = Compact::new(depth, &mut out);
                let read = compact.push(text.as_bytes());
                assert_eq!(compact.finish(&text.as_bytes()[read..]), Some(length));
                assert!(out[..length] == bytes[..length]);
            }
        }
    }
}
