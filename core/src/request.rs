//! Asking for a result, checked before anything is sent.

use std::fmt;

use crate::call::{Call, written};
use crate::error::{Error, Result};
use crate::result::Value;

const MAX_BIZ_ID: usize = 32;
const MAX_TRANSACTION_ID: usize = 128;

/// The operation this library is for, by its name in the API.
pub(crate) const CHECK_RESULT: &str = "CheckResult";

/// Asks for the outcome of one verification.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckResultRequest {
    merchant_biz_id: String,
    transaction_id: String,
    return_image: bool,
    pub(crate) keep_raw: bool,
    further: Vec<(String, String)>,
    unchecked: bool,
}

impl CheckResultRequest {
    /// `merchant_biz_id`: 1 to 32 letters and digits, the merchant's own. `transaction_id`: as `Initialize` gave it to the
    /// server, not as it came back through the end user's device. Both are checked when the call is made.
    pub fn new(merchant_biz_id: impl Into<String>, transaction_id: impl Into<String>) -> Self {
        Self {
            merchant_biz_id: merchant_biz_id.into(),
            transaction_id: transaction_id.into(),
            return_image: false,
            keep_raw: false,
            further: Vec::new(),
            unchecked: false,
        }
    }

    /// `IsReturnImage`: whether pictures come with the result. They do not, unless asked for.
    #[must_use]
    pub fn return_image(mut self, return_image: bool) -> Self {
        self.return_image = return_image;
        self
    }

    /// `ExtraImageControlList`: which further pictures to return, in the service's own notation.
    #[must_use]
    pub fn extra_image_control_list(self, list: impl Into<String>) -> Self {
        self.parameter("ExtraImageControlList", list)
    }

    /// `ReturnFiveCategorySpoofResult`, `Y` or `N`: whether the finer document checks come with the result.
    #[must_use]
    pub fn return_five_category_spoof_result(self, wanted: bool) -> Self {
        self.parameter("ReturnFiveCategorySpoofResult", if wanted { "Y" } else { "N" })
    }

    /// Any other parameter of the operation, by its name in the API. What is not in the table of operations is an error, unless
    /// [`unchecked`](Self::unchecked).
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.further.push((name.into(), value.into()));
        self
    }

    /// The same from a value of any shape, as [`Call::value`] writes it.
    ///
    /// # Errors
    /// Kind `too_large` where there is no memory for the text.
    pub fn value(self, name: impl Into<String>, value: &Value) -> Result<Self> {
        Ok(match written(value)? {
            Some(text) => self.parameter(name, text),
            None => self,
        })
    }

    /// Lets through parameters that are newer than this library.
    #[must_use]
    pub fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    pub(crate) fn returns_images(&self) -> bool {
        self.return_image || self.further.iter().any(|(name, _)| name == "ExtraImageControlList")
    }

    /// The call this is, or which argument breaks which rule.
    pub(crate) fn to_call(&self) -> Result<Call> {
        let (biz_id, transaction_id) = (&self.merchant_biz_id, &self.transaction_id);
        validate_biz_id(biz_id).map_err(|rule| Error::invalid_argument("merchant_biz_id", rule))?;
        validate_transaction_id(transaction_id).map_err(|rule| Error::invalid_argument("transaction_id", rule))?;
        let call = Call::of(CHECK_RESULT, self.further.len() + 3);
        let call = if self.unchecked { call.unchecked() } else { call };
        // The caller's own come first, so that an error counts them as the caller does; the others as they are signed.
        let call = self.further.iter().fold(call, |call, (name, value)| call.with(name, value));
        Ok(call
            .with("IsReturnImage", if self.return_image { "Y" } else { "N" })
            .with("MerchantBizId", biz_id)
            .with("TransactionId", transaction_id))
    }
}

/// Holds a merchant's own id against the rules of the service.
///
/// # Errors
/// The rule that it breaks.
pub fn validate_biz_id(id: &str) -> Result<(), String> {
    if id.is_empty() {
        return Err("must not be empty".to_owned());
    }
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err("must hold letters and digits only".to_owned());
    }
    at_most(MAX_BIZ_ID, id)
}

/// Holds a transaction id against what all of the service's have in common.
///
/// # Errors
/// The rule that it breaks.
pub fn validate_transaction_id(id: &str) -> Result<(), String> {
    if id.is_empty() {
        return Err("must not be empty".to_owned());
    }
    if !id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("must be printable ASCII without blanks".to_owned());
    }
    at_most(MAX_TRANSACTION_ID, id)
}

fn at_most(limit: usize, id: &str) -> Result<(), String> {
    if id.len() <= limit { Ok(()) } else { Err(format!("must have at most {limit} characters, got {}", id.len())) }
}

impl fmt::Debug for CheckResultRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckResultRequest").field("return_image", &self.return_image).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(biz_id: &str, transaction_id: &str) -> String {
        CheckResultRequest::new(biz_id, transaction_id).to_call().expect_err("must be refused").to_string()
    }

    #[test]
    fn each_argument_is_checked_by_name_and_rule() {
        assert_eq!(refused("", "t"), "merchant_biz_id: must not be empty");
        assert_eq!(refused(&"a".repeat(33), "t"), "merchant_biz_id: must have at most 32 characters, got 33");
        assert_eq!(refused("a-b", "t"), "merchant_biz_id: must hold letters and digits only");
        assert_eq!(refused("a\0", "t"), "merchant_biz_id: must hold letters and digits only");
        assert_eq!(refused("b", ""), "transaction_id: must not be empty");
        assert_eq!(refused("b", "t\0t"), "transaction_id: must be printable ASCII without blanks");
        assert_eq!(refused("b", &"t".repeat(129)), "transaction_id: must have at most 128 characters, got 129");
        assert!(CheckResultRequest::new("a".repeat(32), "t".repeat(128)).to_call().is_ok());
    }
}
