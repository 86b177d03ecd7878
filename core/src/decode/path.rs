//! Where a value stands, in the service's names.

use std::fmt::Write;

use crate::options::MAX_PATH_BYTES;

/// A path such as `ExtFaceInfo.duplicateFace[0].score`. One that grows beyond [`MAX_PATH_BYTES`] ends in `…` there, so that
/// a long key costs its own length once, not once for each value below it.
#[derive(Clone, Debug, Default)]
pub(super) struct Path(String);

impl Path {
    pub(super) fn of(name: &str) -> Self {
        let mut path = Self::default();
        path.push(name);
        path
    }

    pub(super) fn push(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.append(".");
        }
        self.append(name);
    }

    pub(super) fn push_index(&mut self, index: usize) {
        if self.0.len() < MAX_PATH_BYTES {
            let _ = write!(self.0, "[{index}]");
        }
    }

    pub(super) fn child(&self, name: &str) -> Self {
        let mut path = self.clone();
        path.push(name);
        path
    }

    pub(super) fn element(&self, index: usize) -> Self {
        let mut path = self.clone();
        path.push_index(index);
        path
    }

    /// To come back to by [`truncate`](Self::truncate) after a push.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    fn append(&mut self, text: &str) {
        let room = MAX_PATH_BYTES.saturating_sub(self.0.len());
        if text.len() <= room {
            self.0.push_str(text);
        } else if room > 0 {
            self.0.push_str(&text[..text.floor_char_boundary(room)]);
            self.0.push('…');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_indices_join() {
        let mut path = Path::of("ExtFaceInfo");
        path.push("duplicateFace");
        let list = path.len();
        path.push_index(3);
        path.push("score");
        assert_eq!(path.as_str(), "ExtFaceInfo.duplicateFace[3].score");
        path.truncate(list);
        assert_eq!(path.element(0).as_str(), "ExtFaceInfo.duplicateFace[0]");
    }

    // Finding A1: a path that holds a long key was copied for each value below it.
    #[test]
    fn a_long_key_is_cut_once() {
        let mut path = Path::of(&"é".repeat(MAX_PATH_BYTES));
        assert!(path.as_str().ends_with("é…") && path.len() <= MAX_PATH_BYTES + 3);
        let length = path.len();
        path.push("name");
        path.push_index(7);
        assert_eq!(path.len(), length);
    }
}
