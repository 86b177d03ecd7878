//! What remains of a body.

use std::ops::Range;

use super::nonce::Nonce;

/// A body, as it is copied without what is taken out of it.
pub(super) struct Rest<'a> {
    body: &'a [u8],
    copied: usize,
    out: Vec<u8>,
    marker: String,
    nonce: Nonce,
}

impl<'a> Rest<'a> {
    pub(super) fn new(body: &'a [u8], nonce: Nonce) -> Self {
        Self { body, copied: 0, out: Vec::new(), marker: String::new(), nonce }
    }

    /// A placeholder in place of `value`.
    pub(super) fn replace(&mut self, value: Range<usize>, index: usize) -> Option<()> {
        self.append(value.start)?;
        if self.marker.is_empty() {
            self.marker = self.nonce.marker();
        }
        self.out.extend_from_slice(self.marker.as_bytes());
        self.out.extend_from_slice(index.to_string().as_bytes());
        self.copied = value.end;
        Some(())
    }

    fn append(&mut self, end: usize) -> Option<()> {
        let between = &self.body[self.copied..end];
        // With room for a placeholder.
        self.out.try_reserve(between.len() + 64).ok()?;
        self.out.extend_from_slice(between);
        Some(())
    }

    pub(super) fn finish(mut self) -> Option<(Vec<u8>, String)> {
        self.append(self.body.len())?;
        Some((self.out, self.marker))
    }
}
