//! Where a value stands, in the service's names.

use std::fmt::Write;

use crate::options::MAX_PATH_BYTES;

/// A path such as `ExtFaceInfo.duplicateFace[0].score`, written out only where a problem needs it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Path<'a> {
    Root,
    Name(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    pub(super) fn of(name: &'a str) -> Self {
        Self::Name(&Path::Root, name)
    }

    pub(super) fn child(&'a self, name: &'a str) -> Self {
        Self::Name(self, name)
    }

    pub(super) fn element(&'a self, index: usize) -> Self {
        Self::Index(self, index)
    }

    pub(super) fn written(&self) -> WrittenPath {
        match self {
            Self::Root => WrittenPath::default(),
            Self::Name(parent, name) => {
                let mut path = parent.written();
                path.push(name);
                path
            }
            Self::Index(parent, index) => {
                let mut path = parent.written();
                path.push_index(*index);
                path
            }
        }
    }
}

/// One that grows beyond [`MAX_PATH_BYTES`] ends in `…` there: a key may be as long as the body.
#[derive(Debug, Default)]
pub(super) struct WrittenPath(String);

impl WrittenPath {
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

    pub(super) fn into_string(self) -> String {
        self.0
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
        let face = Path::of("ExtFaceInfo");
        let list = face.child("duplicateFace");
        assert_eq!(list.element(3).child("score").written().into_string(), "ExtFaceInfo.duplicateFace[3].score");
        assert_eq!(Path::Root.element(0).written().into_string(), "[0]");
    }

    // Finding A1: a path that holds a long key was copied for each value below it.
    #[test]
    fn a_long_key_is_cut() {
        let key = "é".repeat(MAX_PATH_BYTES);
        let long = Path::of(&key);
        let path = long.written().into_string();
        assert!(path.ends_with("é…") && path.len() <= MAX_PATH_BYTES + 3);
        assert_eq!(long.child("name").element(7).written().into_string(), path);
    }
}
