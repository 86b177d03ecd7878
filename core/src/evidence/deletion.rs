//! What the service has is deleted once it is archived, with a receipt.

use serde_json::json;

use super::archived::{Archived, now};
use super::folder::{ArchiveFolder, NOT_ASKED, PENDING};
use super::receipt::{Afterwards, Asked, Receipt};
use crate::call::Call;
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::journey::{ResultOutcome, is_lost};
use crate::request::CheckResultRequest;
use crate::result::{Fields, Value};
use crate::worker::Worker;

/// What to delete, and what does not stand against it.
pub(crate) struct Deletion<'a> {
    /// As the service calls it.
    pub(crate) delete_type: &'a str,
    pub(crate) even_so: Vec<Objection>,
}

/// What became of a wish to delete.
pub(crate) enum DeletionOutcome {
    /// Nothing was asked of the service.
    Withheld(Vec<Objection>),
    Asked(Receipt),
}

/// Why a result should stay at the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Objection {
    /// The verdict is still to come.
    Pending,
    /// Pictures were not asked for.
    NoPictures,
    /// A video was offered, and is not in the archive.
    NoVideo,
    /// Part of the result could not be decoded.
    Problems,
}

impl Objection {
    pub(crate) const ALL: [Self; 4] = [Self::Pending, Self::NoPictures, Self::NoVideo, Self::Problems];

    /// The name in every language.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::NoPictures => "no_pictures",
            Self::NoVideo => "no_video",
            Self::Problems => "problems",
        }
    }

    fn stands(self, archived: &Archived) -> bool {
        let lacks = |what, why| archived.manifest.lacks(what) == Some(why);
        match self {
            Self::Pending => lacks("verdict", PENDING),
            Self::NoPictures => lacks("face", NOT_ASKED) || lacks("document", NOT_ASKED),
            Self::NoVideo => lacks("video", "gone") || lacks("video", NOT_ASKED),
            Self::Problems => archived.result.get("problems").and_then(Value::as_array).is_none_or(|list| !list.is_empty()),
        }
    }
}

impl Deletion<'_> {
    /// Deletes what the archive has. What an earlier run asked for is not asked for again, unless the service refused it, or has
    /// it still after a reply was lost.
    pub(super) fn run(
        &self,
        worker: &dyn Worker,
        folder: &ArchiveFolder<'_>,
        archived: &Archived,
        request: &CheckResultRequest,
    ) -> Result<DeletionOutcome> {
        let earlier = folder.receipt(&archived.manifest_sha256)?;
        let mut receipt = earlier.unwrap_or_else(|| Receipt::new(&archived.manifest, &archived.manifest_sha256));
        let check = |receipt: &mut Receipt| {
            let (outcome, facts) = ask_again(worker, request, archived);
            receipt.check(&now(worker), outcome, &facts);
            folder.put_receipt(receipt)
        };
        match (receipt.asked_for(self.delete_type), receipt.afterwards()) {
            (Some(_), Some(Afterwards::Absent | Afterwards::WithoutPictures)) => return Ok(DeletionOutcome::Asked(receipt)),
            (Some(asked @ (Asked::Deleted | Asked::Unknown)), _) => {
                check(&mut receipt)?;
                if asked == Asked::Deleted || receipt.afterwards() != Some(Afterwards::StillThere) {
                    return Ok(DeletionOutcome::Asked(receipt));
                }
            }
            (None | Some(Asked::Refused), _) => {}
        }
        let objections = Objection::ALL.into_iter().filter(|one| one.stands(archived));
        let open: Vec<_> = objections.clone().filter(|one| !self.even_so.contains(one)).collect();
        if !open.is_empty() {
            return Ok(DeletionOutcome::Withheld(open));
        }
        let accepted: Vec<_> = objections.map(Objection::name).collect();
        // On the disk before anything is sent: a run that dies in between must not lead to a second request.
        receipt.ask(&now(worker), self.delete_type, &accepted);
        folder.put_receipt(&receipt)?;
        let failure = match worker.call(&self.call(&archived.manifest.transaction_id)) {
            Ok(reply) => {
                let (outcome, facts) = answer(&reply);
                receipt.answered(outcome, &facts);
                None
            }
            Err(error) if is_lost(&error) => {
                receipt.answered(Asked::Unknown, &facts_of(&error));
                (error.kind() == Kind::Cancelled).then_some(error)
            }
            Err(error) if error.http_status().is_some() => {
                receipt.answered(Asked::Refused, &facts_of(&error));
                Some(error)
            }
            Err(error) => {
                receipt.take_back();
                Some(error)
            }
        };
        folder.put_receipt(&receipt)?;
        match failure {
            Some(error) => Err(error),
            None => check(&mut receipt).map(|()| DeletionOutcome::Asked(receipt)),
        }
    }

    fn call(&self, transaction_id: &str) -> Call {
        Call::new("DeleteVerifyResult")
            .parameter("TransactionId", transaction_id)
            .parameter("DeleteType", self.delete_type)
            .parameter("DeleteAfterQuery", "Y")
    }
}

/// What the service said to the request.
fn answer(reply: &Fields) -> (Asked, Value) {
    let result = reply.get("Result").cloned().unwrap_or_default();
    let text = |fields: &Value, name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let is_deleted = text(&result, "DeleteResult").is_some_and(|text| text.eq_ignore_ascii_case("Y"));
    let own = |name: &str| reply.get(name).and_then(Value::as_str);
    let facts = json!({
        "request_id": own("RequestId"), "code": own("Code"), "fail_reason": text(&result, "FailReason"),
        "delete_result": text(&result, "DeleteResult"),
    });
    (if is_deleted { Asked::Deleted } else { Asked::Refused }, facts)
}

/// What `CheckResult` answers once the service was asked to delete.
fn ask_again(worker: &dyn Worker, request: &CheckResultRequest, archived: &Archived) -> (Afterwards, Value) {
    let had_pictures = archived.manifest.files.keys().any(|name| name.starts_with("face") || name.starts_with("document"));
    let outcome = worker.check_result(&request.clone().return_image(had_pictures));
    let afterwards = match (ResultOutcome::of(&outcome), &outcome) {
        (Some(ResultOutcome::NoTransaction), _) => Afterwards::Absent,
        (Some(_), Ok(result)) if had_pictures && result.named_images().is_empty() => Afterwards::WithoutPictures,
        (Some(_), Ok(_)) => Afterwards::StillThere,
        _ => Afterwards::Unknown,
    };
    let facts = match &outcome {
        Ok(result) => json!({"request_id": result.request_id, "code": "Success"}),
        Err(error) => facts_of(error),
    };
    (afterwards, facts)
}

fn facts_of(error: &Error) -> Value {
    json!({
        "request_id": error.request_id(), "code": error.code(), "http_status": error.http_status(), "error": error.kind().name(),
    })
}
