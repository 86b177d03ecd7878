use super::answer::Answer;
use super::lookup::lookup;
use super::parameters::{merchant_biz_id, required};
use super::verify_log::verify_log;
use crate::codes::Refusal;
use crate::request::Request;
use crate::service::Service;

/// `CheckVerifyLog`: how far the person got. Deleting the result leaves it.
pub(super) fn answer(service: &Service, request: &Request, request_id: &str) -> Result<Answer, Refusal> {
    merchant_biz_id(request)?;
    let transaction_id = required(request, "TransactionId")?;
    let now = service.now();
    let found = lookup(&mut service.state(), transaction_id, now)?;
    Ok(Answer::result(request_id, "Success", &verify_log(&found, now)))
}
