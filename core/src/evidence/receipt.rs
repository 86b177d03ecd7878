//! What the service was asked to delete, and what it answered: this, and no more, is what a receipt says.

use serde_json::json;

use super::manifest::Manifest;
use super::sealed::{self, Refusal, seal};
use crate::error::Result;
use crate::map;
use crate::result::{Fields, Value};

/// Beside the manifest of an archive, whose hash it holds.
#[derive(Clone)]
pub(crate) struct Receipt {
    pub(super) manifest_sha256: String,
    transaction_id: String,
    /// The release of libcloudauth that wrote it last.
    library: String,
    /// Each `DeleteVerifyResult` that may have reached the service, in order.
    requests: Vec<Value>,
    /// Each `CheckResult` that was asked afterwards, in order.
    checks: Vec<Value>,
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

impl Receipt {
    pub(super) fn new(manifest: &Manifest, manifest_sha256: &str) -> Self {
        Self {
            manifest_sha256: manifest_sha256.to_owned(),
            transaction_id: manifest.transaction_id.clone(),
            library: manifest.library.clone(),
            requests: Vec::new(),
            checks: Vec::new(),
        }
    }

    pub(super) fn read(json: &[u8]) -> Result<Self, Refusal> {
        let mut fields = sealed::open(json)?;
        let mut take = |name: &'static str| fields.remove(name).unwrap_or_default();
        let (Value::String(manifest_sha256), Value::String(transaction_id)) = (take("manifest_sha256"), take("transaction_id"))
        else {
            return Err(Refusal::Broken("names no archive"));
        };
        let (Value::Array(requests), Value::Array(checks)) = (take("requests"), take("checks")) else {
            return Err(Refusal::Broken("has no list of requests"));
        };
        let library = take("library").as_str().unwrap_or_default().to_owned();
        Ok(Self { manifest_sha256, transaction_id, library, requests, checks })
    }

    pub(crate) fn to_fields(&self) -> Fields {
        let Self { manifest_sha256, transaction_id, library, requests, checks } = self;
        let fields = [
            ("manifest_sha256", manifest_sha256.as_str().into()),
            ("transaction_id", transaction_id.as_str().into()),
            ("library", library.as_str().into()),
            ("requests", requests.clone().into()),
            ("checks", checks.clone().into()),
        ];
        map::of(fields.map(|(name, value): (&str, Value)| (name.to_owned(), value)))
    }

    pub(super) fn to_json(&self) -> Result<String> {
        seal(self.to_fields())
    }

    /// Of the last request; `None` before the first.
    pub(crate) fn asked(&self) -> Option<Asked> {
        let name = self.requests.last()?.get(OUTCOME)?.as_str()?;
        Asked::ALL.into_iter().find(|asked| asked.name() == name)
    }

    /// The same, if it was to delete this.
    pub(super) fn asked_for(&self, delete_type: &str) -> Option<Asked> {
        self.asked().filter(|_| self.requests.last().is_some_and(|request| request["delete_type"] == delete_type))
    }

    /// Of the last check; `None` before the first.
    pub(crate) fn afterwards(&self) -> Option<Afterwards> {
        let name = self.checks.last()?.get(OUTCOME)?.as_str()?;
        Afterwards::ALL.into_iter().find(|afterwards| afterwards.name() == name)
    }

    /// Adds a request that is about to be sent; of what it comes to, nothing is known yet.
    pub(super) fn ask(&mut self, at: &str, delete_type: &str, even_so: &[&str]) {
        self.requests.push(json!({
            "asked_at": at, "delete_type": delete_type, "even_so": even_so, OUTCOME: Asked::Unknown.name(),
        }));
    }

    /// Fills in what came of it; `facts` are an object of what the service said.
    pub(super) fn answered(&mut self, outcome: Asked, facts: &Value) {
        if let Some(request) = self.requests.last_mut() {
            extend(request, outcome.name(), facts);
        }
    }

    /// Takes back a request that was not sent.
    pub(super) fn take_back(&mut self) {
        self.requests.pop();
    }

    pub(super) fn check(&mut self, at: &str, outcome: Afterwards, facts: &Value) {
        let mut check = json!({"asked_at": at});
        extend(&mut check, outcome.name(), facts);
        self.checks.push(check);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }
}

fn extend(entry: &mut Value, outcome: &str, facts: &Value) {
    if let (Some(entry), Some(facts)) = (entry.as_object_mut(), facts.as_object()) {
        entry.insert(OUTCOME.to_owned(), outcome.into());
        entry.extend(facts.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
}
