use crate::codes::{INVALID_PARAMETER, MISSING_PARAMETER, Refusal};
use crate::request::Request;

/// A parameter that must be there.
pub(super) fn required<'a>(request: &'a Request, name: &str) -> Result<&'a str, Refusal> {
    request
        .parameter(name)
        .filter(|value| !value.is_empty())
        .ok_or_else(|| Refusal::new(&MISSING_PARAMETER, format!("The parameter {name} is missing.")))
}

/// Refuses a parameter's value without repeating it.
pub(super) fn invalid(name: &str, rule: &str) -> Refusal {
    Refusal::new(&INVALID_PARAMETER, format!("The parameter {name} is invalid: {rule}."))
}

/// The merchant's own id: 1 to 32 letters and digits.
pub(super) fn merchant_biz_id(request: &Request) -> Result<&str, Refusal> {
    let id = required(request, "MerchantBizId")?;
    let plain = id.len() <= 32 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { Ok(id) } else { Err(invalid("MerchantBizId", "it must be 1 to 32 letters and digits")) }
}
