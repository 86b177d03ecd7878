//! What became of a verification, for good.

/// How it ended.
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

    /// The name in the ledger and in what is written of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fetched => "fetched",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
            Self::Expired => "expired",
            Self::Gone => "gone",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| ending.name() == name)
    }
}

/// What became of a verification, for good: nothing in it names the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub ending: Ending,
    pub passed: Option<bool>,
    pub sub_code: Option<String>,
    /// What to do first, such as `accept`.
    pub action: Option<String>,
    pub face_score: Option<f64>,
    /// Of a failure: its kind, and the service's code.
    pub kind: Option<String>,
    pub code: Option<String>,
    pub request_id: Option<String>,
    /// The archive's folder, below that of the run, and the hash of its manifest.
    pub folder: Option<String>,
    pub manifest_sha256: Option<String>,
}

impl Outcome {
    pub fn new(ending: Ending) -> Self {
        Self {
            ending,
            passed: None,
            sub_code: None,
            action: None,
            face_score: None,
            kind: None,
            code: None,
            request_id: None,
            folder: None,
            manifest_sha256: None,
        }
    }
}
