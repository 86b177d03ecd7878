//! What the service has is deleted once it is archived, with a receipt.

use serde_json::json;

use super::archived::{Archived, now};
use super::folder::{ArchiveFolder, GONE, NOT_ASKED, PENDING, TOO_LATE};
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
    /// By the request at this place of the receipt, of this run or an earlier one.
    Asked(Receipt, usize),
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
            Self::NoVideo => [GONE, NOT_ASKED, TOO_LATE].iter().any(|why| lacks("video", why)),
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
        let mut receipt = folder.receipt(&archived.manifest)?.unwrap_or_else(|| Receipt::new(&archived.manifest));
        let check = |receipt: &mut Receipt, place| {
            let (outcome, facts) = ask_again(worker, request, archived);
            receipt.check(place, &now(worker), outcome, &facts);
            folder.put_receipt(receipt)
        };
        if let Some(place) = receipt.last_for(self.delete_type)
            && receipt.asked(place) != Some(Asked::Refused)
        {
            let is_deleted = receipt.asked(place) == Some(Asked::Deleted);
            // That texts are gone cannot be seen for as long as the pictures are there.
            let is_known = |receipt: &Receipt| receipt.afterwards(place).is_some_and(|found| self.is_seen_as(found));
            if is_known(&receipt) || is_deleted && self.delete_type == "Text" && receipt.afterwards(place).is_some() {
                return Ok(DeletionOutcome::Asked(receipt, place));
            }
            check(&mut receipt, place)?;
            let is_there = matches!(receipt.afterwards(place), Some(Afterwards::StillThere | Afterwards::WithoutPictures));
            if is_deleted || is_known(&receipt) || !is_there {
                return Ok(DeletionOutcome::Asked(receipt, place));
            }
        }
        let objections = Objection::ALL.into_iter().filter(|one| one.stands(archived));
        let open: Vec<_> = objections.clone().filter(|one| !self.even_so.contains(one)).collect();
        if !open.is_empty() {
            return Ok(DeletionOutcome::Withheld(open));
        }
        let accepted: Vec<_> = objections.map(Objection::name).collect();
        let mut place = self.ask(worker, folder, archived, &mut receipt, &accepted);
        // Refused before anything was done, and the right time is known now.
        if matches!(&place, Err(error) if error.code().is_some_and(|code| code.starts_with("InvalidTimeStamp"))) {
            place = self.ask(worker, folder, archived, &mut receipt, &accepted);
        }
        let place = place?;
        check(&mut receipt, place).map(|()| DeletionOutcome::Asked(receipt, place))
    }

    /// Whether nothing is left of what was to be deleted.
    fn is_seen_as(&self, found: Afterwards) -> bool {
        found == Afterwards::Absent || found == Afterwards::WithoutPictures && self.delete_type == "Img"
    }

    /// Sends the request once; gives its place in the receipt.
    fn ask(
        &self,
        worker: &dyn Worker,
        folder: &ArchiveFolder<'_>,
        archived: &Archived,
        receipt: &mut Receipt,
        accepted: &[&str],
    ) -> Result<usize> {
        // On the disk before anything is sent: a run that dies in between must not lead to a second request.
        let place = receipt.ask(&now(worker), self.delete_type, accepted, &archived.manifest_sha256);
        folder.put_receipt(receipt)?;
        if let Err(error) = worker.allows_deletion(&folder.folder) {
            receipt.take_back();
            folder.put_receipt(receipt)?;
            return Err(error);
        }
        let failure = match worker.call(&self.call(&archived.manifest.transaction_id)) {
            Ok(reply) => {
                let (outcome, facts) = answer(&reply);
                receipt.answered(place, outcome, &facts);
                None
            }
            Err(error) if is_lost(&error) => {
                receipt.answered(place, Asked::Unknown, &facts_of(&error));
                (error.kind() == Kind::Cancelled).then_some(error)
            }
            Err(error) if error.http_status().is_some() => {
                receipt.answered(place, Asked::Refused, &facts_of(&error));
                Some(error)
            }
            Err(error) => {
                receipt.take_back();
                Some(error)
            }
        };
        folder.put_receipt(receipt)?;
        failure.map_or(Ok(place), Err)
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
