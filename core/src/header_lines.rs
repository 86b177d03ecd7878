//! Header lines of a request.

use std::fmt;

use bytes::Bytes;
use zeroize::Zeroizing;

use crate::wipe::wiped;

/// Names and values. The values stand in one text, which is wiped with the last of them: a token may be among them.
#[derive(Default)]
pub(crate) struct HeaderLines {
    values: Zeroizing<String>,
    /// Each name, and where its value ends.
    names: Vec<(&'static str, usize)>,
}

impl HeaderLines {
    pub(crate) fn of(lines: &[(&'static str, &str)]) -> Self {
        let mut out = Self::with_room(lines.len(), lines.iter().map(|(_, value)| value.len()).sum());
        for (name, value) in lines {
            out.push(name, value);
        }
        out
    }

    /// None, with room for so many, whose values have so many bytes together: values that grew would leave a part of a token
    /// behind where they were.
    pub(crate) fn with_room(lines: usize, bytes: usize) -> Self {
        Self { values: Zeroizing::new(String::with_capacity(bytes)), names: Vec::with_capacity(lines) }
    }

    pub(crate) fn push(&mut self, name: &'static str, value: &str) {
        self.push_with(name, |values| values.push_str(value));
    }

    /// The same of a value that `write` appends.
    pub(crate) fn push_with(&mut self, name: &'static str, write: impl FnOnce(&mut String)) {
        write(&mut self.values);
        self.names.push((name, self.values.len()));
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The lines, whose values share their memory.
    pub(crate) fn into_bytes(self) -> impl Iterator<Item = (&'static str, Bytes)> {
        let values = wiped(self.values);
        let mut start = 0;
        self.names.into_iter().map(move |(name, end)| (name, values.slice(std::mem::replace(&mut start, end)..end)))
    }
}

/// Keys and tokens are among the values.
impl fmt::Debug for HeaderLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names.iter().map(|(name, _)| name)).finish()
    }
}
