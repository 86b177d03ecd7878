//! Whether the service still has what is archived.

/// What came of a wish to delete what the service has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deletion {
    /// `deleted`, `refused`, `unknown` or `withheld`, as an archive says it.
    pub outcome: String,
    /// Why it was not asked for.
    pub withheld_for: Vec<String>,
    /// What the service had afterwards.
    pub afterwards: Option<String>,
    /// Whether it is known to be deleted.
    pub is_done: bool,
}

/// What is known of deletions, of all results that were fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deletions {
    /// How many there are of each outcome.
    pub by_outcome: Vec<(String, u64)>,
    /// How many the service was never asked for.
    pub not_asked: u64,
    /// How many are not known to be deleted.
    pub kept: u64,
}

/// One pass over what was archived before it began and is not known to be gone. It comes to each once.
#[derive(Clone, Copy, Debug)]
pub struct Undeleted {
    /// Places among the outcomes: of the last that was given, and of the last there is.
    pub(crate) after: i64,
    pub(crate) until: i64,
}
