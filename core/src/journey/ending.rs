//! How a verification ended, for whoever fetches many.

/// How a verification ended, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The result was fetched, whatever its verdict.
    Fetched,
    /// Asking again would fail again.
    Failed,
    /// The person began and broke off.
    Abandoned,
    /// The person never began.
    Expired,
    /// The service knows no such transaction, or no longer.
    Gone,
}

impl Ending {
    pub const ALL: [Self; 5] = [Self::Fetched, Self::Failed, Self::Abandoned, Self::Expired, Self::Gone];

    /// The name in files and reports, such as `fetched`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fetched => "fetched",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
            Self::Expired => "expired",
            Self::Gone => "gone",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| ending.name() == name)
    }

    /// One line for people.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Fetched => "the result came, whatever its verdict",
            Self::Failed => "asking again would fail again",
            Self::Abandoned => "the person began and broke off",
            Self::Expired => "the person never began",
            Self::Gone => "the service knows no such transaction, or no longer",
        }
    }
}
