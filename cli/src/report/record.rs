//! What became of one verification of a run.

use std::time::SystemTime;

use cloudauth_core::Kind;
use serde_json::Value;

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Fetched,
    Failed,
    Abandoned,
    Expired,
    Gone,
}

impl Ending {
    pub(super) const ALL: [Self; 5] = [Self::Fetched, Self::Failed, Self::Abandoned, Self::Expired, Self::Gone];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Fetched => "fetched",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
            Self::Expired => "expired",
            Self::Gone => "gone",
        }
    }

    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Fetched => "the result came, whatever its verdict",
            Self::Failed => "asking again would fail again",
            Self::Abandoned => "the person began and broke off",
            Self::Expired => "the person never began",
            Self::Gone => "the service knows no such transaction, or no longer",
        }
    }
}

/// What became of one verification. `ids` names it.
#[derive(Debug)]
pub(crate) struct Record {
    pub(super) ending: Ending,
    pub(super) passed: Option<bool>,
    pub(super) sub_code: Option<String>,
    pub(super) face_score: Option<f64>,
    /// Of a failure, where it is known here.
    pub(super) kind: Option<Kind>,
    pub(super) ended_at: Option<SystemTime>,
    pub(super) transaction_id: String,
}

impl Record {
    /// A line of a run's results. `None` where it is something else, such as a line that was cut.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let fields: Value = serde_json::from_str(line).ok()?;
        let text = |name: &str| fields[name].as_str();
        Some(Self {
            ending: Ending::ALL.into_iter().find(|ending| text("outcome") == Some(ending.name()))?,
            passed: fields["passed"].as_bool(),
            sub_code: text("sub_code").map(str::to_owned),
            face_score: fields["face_score"].as_f64(),
            kind: text("kind").and_then(|name| Kind::ALL.iter().copied().find(|kind| kind.name() == name)),
            ended_at: text("ended_at").and_then(|time| humantime::parse_rfc3339(time).ok()),
            transaction_id: text("transaction_id")?.to_owned(),
        })
    }
}
