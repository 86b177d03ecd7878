use serde_json::json;

use super::answer::Answer;
use super::lookup::lookup;
use super::parameters::{invalid, required};
use crate::codes::{PROCESS_NOT_COMPLETED, Refusal};
use crate::request::Request;
use crate::service::Service;
use crate::verification::{DeleteType, Progress};

/// `DeleteVerifyResult`: deletes pictures, text or both; what is done stands in `DeleteResult`.
pub(super) fn answer(service: &Service, request: &Request, request_id: &str) -> Result<Answer, Refusal> {
    let transaction_id = required(request, "TransactionId")?;
    let what = DeleteType::named(required(request, "DeleteType")?)
        .ok_or_else(|| invalid("DeleteType", "it must be Img, Text or All"))?;
    let only_if_read = match request.parameter("DeleteAfterQuery") {
        None | Some("" | "N") => false,
        Some("Y") => true,
        Some(_) => return Err(invalid("DeleteAfterQuery", "it must be Y or N")),
    };
    let mut state = service.state();
    let found = lookup(&mut state, transaction_id, service.now())?;
    if !matches!(found.progress, Progress::Finished(_)) {
        return Err((&PROCESS_NOT_COMPLETED).into());
    }
    let deleted = state.kept_mut(transaction_id).map_or(Ok(()), |kept| kept.delete(what, only_if_read));
    let mut result = json!({"TransactionId": transaction_id, "DeleteResult": if deleted.is_ok() { "Y" } else { "N" }});
    if let Err(reason) = deleted {
        result["FailReason"] = reason.name().into();
    }
    // The documents' sample has 200, not Success.
    Ok(Answer::result(request_id, "200", &result))
}
