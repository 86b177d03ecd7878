//! What became of a verification, for good.

use cloudauth_core::journey::Ending;

use crate::deletion::Deletion;

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
    /// `None` where nobody wished for it.
    pub deletion: Option<Deletion>,
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
            deletion: None,
        }
    }
}
