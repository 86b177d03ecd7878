use std::time::Duration;

/// Results are deleted this long after the verification ended.
pub(crate) const RESULT_LIFE: Duration = Duration::from_hours(30 * 24);
/// Videos are deleted this long after the verification ended.
pub(crate) const VIDEO_LIFE: Duration = Duration::from_mins(30);

/// What the service still keeps of a result.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Kept {
    /// Whether `CheckResult` has given the result.
    read: bool,
    pictures_deleted: bool,
    text_deleted: bool,
}

/// The parts that `DeleteVerifyResult` can delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeleteType {
    Img,
    Text,
    All,
}

/// Why nothing was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotDeleted {
    Repeated,
    NotRead,
}

impl Kept {
    pub(crate) fn note_read(&mut self) {
        self.read = true;
    }

    pub(crate) fn pictures(self) -> bool {
        !self.pictures_deleted
    }

    pub(crate) fn text(self) -> bool {
        !self.text_deleted
    }

    /// Whether there is nothing left.
    pub(crate) fn nothing(self) -> bool {
        self.pictures_deleted && self.text_deleted
    }

    /// Deletes a part; with `only_if_read`, only after `CheckResult` gave the result.
    pub(crate) fn delete(&mut self, what: DeleteType, only_if_read: bool) -> Result<(), NotDeleted> {
        let (pictures, text) = (what != DeleteType::Text, what != DeleteType::Img);
        if (!pictures || self.pictures_deleted) && (!text || self.text_deleted) {
            return Err(NotDeleted::Repeated);
        }
        if only_if_read && !self.read {
            return Err(NotDeleted::NotRead);
        }
        self.pictures_deleted |= pictures;
        self.text_deleted |= text;
        Ok(())
    }
}

impl DeleteType {
    pub(crate) fn named(name: &str) -> Option<DeleteType> {
        Some(match name {
            "Img" => DeleteType::Img,
            "Text" => DeleteType::Text,
            "All" => DeleteType::All,
            _ => return None,
        })
    }
}

impl NotDeleted {
    /// As the mainland's sibling names it in `FailReason`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            NotDeleted::Repeated => "NOT_DELETE_REPEATEDLY",
            NotDeleted::NotRead => "NEED_QUERY_VERIFY_RESULT",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_deleted_once() {
        let mut kept = Kept::default();
        assert_eq!(kept.delete(DeleteType::Img, false), Ok(()));
        assert!(!kept.pictures() && kept.text() && !kept.nothing());
        assert_eq!(kept.delete(DeleteType::Img, false), Err(NotDeleted::Repeated));
        assert_eq!(kept.delete(DeleteType::All, false), Ok(()), "the text was left");
        assert!(kept.nothing());
        for what in [DeleteType::Img, DeleteType::Text, DeleteType::All] {
            assert_eq!(kept.delete(what, false), Err(NotDeleted::Repeated));
        }
    }

    #[test]
    fn what_nobody_read_stays_where_that_is_asked_for() {
        let mut kept = Kept::default();
        assert_eq!(kept.delete(DeleteType::All, true), Err(NotDeleted::NotRead));
        assert!(kept.pictures() && kept.text());
        kept.note_read();
        assert_eq!(kept.delete(DeleteType::All, true), Ok(()));
    }
}
