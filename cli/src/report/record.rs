//! What became of one verification of a run.

use std::time::SystemTime;

use cloudauth_core::Kind;
use cloudauth_core::journey::Ending;
use serde_json::Value;

/// What became of one verification.
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
            ending: Ending::from_name(text("outcome")?)?,
            passed: fields["passed"].as_bool(),
            sub_code: text("sub_code").map(str::to_owned),
            face_score: fields["face_score"].as_f64(),
            kind: text("kind").and_then(|name| Kind::ALL.iter().copied().find(|kind| kind.name() == name)),
            ended_at: text("ended_at").and_then(|time| humantime::parse_rfc3339(time).ok()),
            transaction_id: text("transaction_id")?.to_owned(),
        })
    }
}
