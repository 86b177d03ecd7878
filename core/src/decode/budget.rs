//! What the texts of one reply may cost, all together.

use crate::options::{MAX_BYTES_BESIDE_IMAGES, MAX_DEPTH, MAX_VALUES};
use crate::tree::Text;

/// Why a text gave no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It ends too early.
    Cut,
    Syntax,
    Deep,
    /// It has more values or bytes than a reply may have, or than there is memory for.
    Large,
}

/// What the texts of one reply may still cost.
#[derive(Debug)]
pub(crate) struct Budget {
    values: usize,
    pub(super) bytes: usize,
    pub(super) depth: usize,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self { values: MAX_VALUES, bytes: MAX_BYTES_BESIDE_IMAGES, depth: MAX_DEPTH }
    }

    /// For a body whose bytes are wanted, all of them.
    pub(crate) fn of_any_bytes() -> Self {
        Self { bytes: usize::MAX, ..Self::new() }
    }

    /// For a result as it is stored, which names what is absent and stands up to three lists and objects deeper.
    pub(crate) fn of_a_stored_result() -> Self {
        Self { values: 32 * MAX_VALUES, bytes: usize::MAX, depth: MAX_DEPTH + 4 }
    }

    /// The body is read: texts inside it are parts of what was counted.
    pub(super) fn inside(&mut self) {
        self.bytes = usize::MAX;
    }

    pub(super) fn count_value(&mut self) -> Result<(), Refusal> {
        self.values = self.values.checked_sub(1).ok_or(Refusal::Large)?;
        Ok(())
    }

    pub(super) fn count_bytes(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or(Refusal::Large)?;
        Ok(())
    }
}

pub(super) fn append(scratch: &mut String, piece: &str) -> Result<(), Refusal> {
    if scratch.capacity() - scratch.len() < piece.len() {
        scratch.try_reserve(piece.len().max(512)).map_err(|_| Refusal::Large)?;
    }
    scratch.push_str(piece);
    Ok(())
}

pub(super) fn owned(text: &str) -> Result<Text, Refusal> {
    Text::try_new(text).map_err(|_| Refusal::Large)
}
