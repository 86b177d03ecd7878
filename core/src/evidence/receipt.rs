//! What the service was asked to delete, and what it answered: this, and no more, is what a receipt says.

use serde_json::json;

use super::manifest::Manifest;
use super::sealed::{self, Refusal, seal};
use crate::error::Result;
use crate::map;
use crate::result::{Fields, Value};

/// Beside the manifest of an archive of the same transaction.
#[derive(Clone)]
pub(crate) struct Receipt {
    pub(super) transaction_id: String,
    /// The release of libcloudauth that wrote it last.
    library: String,
    /// Each `DeleteVerifyResult` that may have reached the service, in order, and the `CheckResult`s that were asked after it.
    requests: Vec<Value>,
}

/// What became of a request to delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The service said that it is deleted.
    Deleted,
    /// The service said no, or that it could not.
    Refused,
    /// No reply came.
    Unknown,
}

impl Asked {
    const ALL: [Self; 3] = [Self::Deleted, Self::Refused, Self::Unknown];

    /// The name in every language.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Deleted => "deleted",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// What `CheckResult` answered after a request to delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Afterwards {
    /// The service knows no such transaction.
    Absent,
    /// A result came, without the pictures that the archive has.
    WithoutPictures,
    StillThere,
    /// An error that says nothing of it.
    Unknown,
}

impl Afterwards {
    const ALL: [Self; 4] = [Self::Absent, Self::WithoutPictures, Self::StillThere, Self::Unknown];

    /// The name in every language.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::WithoutPictures => "without_pictures",
            Self::StillThere => "still_there",
            Self::Unknown => "unknown",
        }
    }
}

const OUTCOME: &str = "outcome";
const CHECKS: &str = "checks";

impl Receipt {
    pub(super) fn new(manifest: &Manifest) -> Self {
        let Manifest { transaction_id, library, .. } = manifest;
        Self { transaction_id: transaction_id.clone(), library: library.clone(), requests: Vec::new() }
    }

    pub(super) fn read(json: &[u8]) -> Result<Self, Refusal> {
        let mut fields = sealed::open(json)?;
        let mut take = |name: &'static str| fields.remove(name).unwrap_or_default();
        let (Value::String(transaction_id), Value::Array(requests)) = (take("transaction_id"), take("requests")) else {
            return Err(Refusal::Broken("has no transaction_id or no requests"));
        };
        Ok(Self { transaction_id, library: take("library").as_str().unwrap_or_default().to_owned(), requests })
    }

    pub(crate) fn to_fields(&self) -> Fields {
        let Self { transaction_id, library, requests } = self;
        let fields = [
            ("transaction_id", transaction_id.as_str().into()),
            ("library", library.as_str().into()),
            ("requests", requests.clone().into()),
        ];
        map::of(fields.map(|(name, value): (&str, Value)| (name.to_owned(), value)))
    }

    pub(super) fn to_json(&self) -> Result<String> {
        seal(self.to_fields())
    }

    /// The last request that was to delete this, and perhaps more.
    pub(super) fn last_for(&self, delete_type: &str) -> Option<usize> {
        self.requests.iter().rposition(|request| request["delete_type"] == delete_type || request["delete_type"] == "All")
    }

    /// What came of a request.
    pub(crate) fn asked(&self, request: usize) -> Option<Asked> {
        named(&Asked::ALL, Asked::name, self.requests.get(request)?)
    }

    /// What the last check after a request found; `None` before the first.
    pub(crate) fn afterwards(&self, request: usize) -> Option<Afterwards> {
        named(&Afterwards::ALL, Afterwards::name, self.requests.get(request)?.get(CHECKS)?.as_array()?.last()?)
    }

    /// Whether the service may have deleted something.
    pub(super) fn is_deleted(&self) -> bool {
        (0..self.requests.len()).any(|request| self.asked(request) == Some(Asked::Deleted))
    }

    /// Adds a request that is about to be sent; of what it comes to, nothing is known yet. Gives its place.
    pub(super) fn ask(&mut self, at: &str, delete_type: &str, even_so: &[&str], manifest_sha256: &str) -> usize {
        self.requests.push(json!({
            "asked_at": at, "delete_type": delete_type, "even_so": even_so, "manifest_sha256": manifest_sha256,
            OUTCOME: Asked::Unknown.name(), CHECKS: [],
        }));
        self.requests.len() - 1
    }

    /// Fills in what came of it; `facts` are an object of what the service said.
    pub(super) fn answered(&mut self, request: usize, outcome: Asked, facts: &Value) {
        if let Some(request) = self.requests.get_mut(request) {
            extend(request, outcome.name(), facts);
        }
    }

    /// Takes back the last request, which was not sent.
    pub(super) fn take_back(&mut self) {
        self.requests.pop();
    }

    /// Adds a check; of those that found the same, the last one stays.
    pub(super) fn check(&mut self, request: usize, at: &str, outcome: Afterwards, facts: &Value) {
        let is_same = self.afterwards(request) == Some(outcome);
        let checks = self.requests.get_mut(request).and_then(|request| request.get_mut(CHECKS)?.as_array_mut());
        let Some(checks) = checks else { return };
        if is_same {
            checks.pop();
        }
        let mut check = json!({"asked_at": at});
        extend(&mut check, outcome.name(), facts);
        checks.push(check);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, entry: &Value) -> Option<T> {
    let found = entry.get(OUTCOME)?.as_str()?;
    all.iter().copied().find(|one| name(*one) == found)
}

fn extend(entry: &mut Value, outcome: &str, facts: &Value) {
    if let (Some(entry), Some(facts)) = (entry.as_object_mut(), facts.as_object()) {
        entry.insert(OUTCOME.to_owned(), outcome.into());
        entry.extend(facts.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
}
