//! What can be asked, judged before anything is sent.

use std::fmt;

use crate::error::{Error, Result};
use crate::sign::{Signature, percent};

const MAX_BIZ_ID: usize = 32;
const MAX_TRANSACTION_ID: usize = 128;

/// The operation this library is for, by its name in the API.
const CHECK_RESULT: &str = "CheckResult";

/// Asks for the outcome of one verification.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckResultRequest {
    merchant_biz_id: String,
    transaction_id: String,
    return_image: bool,
    further: Vec<(String, String)>,
}

impl CheckResultRequest {
    /// `merchant_biz_id`: 1 to 32 letters and digits, the merchant's own. `transaction_id`: as `Initialize` gave it to the
    /// server, not as it came back through the end user's device. Both are judged when the call is made.
    pub fn new(merchant_biz_id: impl Into<String>, transaction_id: impl Into<String>) -> Self {
        Self {
            merchant_biz_id: merchant_biz_id.into(),
            transaction_id: transaction_id.into(),
            return_image: false,
            further: Vec::new(),
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

    /// Any other parameter of the operation, by its name in the API.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.further.push((name.into(), value.into()));
        self
    }

    pub(crate) fn asks_for_images(&self) -> bool {
        self.return_image || self.further.iter().any(|(name, _)| name == "ExtraImageControlList")
    }

    /// The call this is, or which argument breaks which rule.
    pub(crate) fn to_call(&self) -> Result<Call> {
        let biz_id = &self.merchant_biz_id;
        if biz_id.is_empty() {
            return Err(Error::invalid_argument("merchant_biz_id", "must not be empty"));
        }
        if !biz_id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Error::invalid_argument("merchant_biz_id", "must hold letters and digits only"));
        }
        if biz_id.len() > MAX_BIZ_ID {
            let rule = format!("must have at most {MAX_BIZ_ID} characters, got {}", biz_id.len());
            return Err(Error::invalid_argument("merchant_biz_id", rule));
        }
        let transaction_id = &self.transaction_id;
        if transaction_id.is_empty() {
            return Err(Error::invalid_argument("transaction_id", "must not be empty"));
        }
        if !transaction_id.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::invalid_argument("transaction_id", "must be printable ASCII without blanks"));
        }
        if transaction_id.len() > MAX_TRANSACTION_ID {
            let rule = format!("must have at most {MAX_TRANSACTION_ID} characters, got {}", transaction_id.len());
            return Err(Error::invalid_argument("transaction_id", rule));
        }
        let call = Call::new(CHECK_RESULT)
            .parameter("MerchantBizId", biz_id)
            .parameter("TransactionId", transaction_id)
            .parameter("IsReturnImage", if self.return_image { "Y" } else { "N" });
        Ok(self.further.iter().fold(call, |call, (name, value)| call.parameter(name, value)))
    }
}

impl fmt::Debug for CheckResultRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckResultRequest").field("return_image", &self.return_image).finish_non_exhaustive()
    }
}

/// Any operation of the API version, by name.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    action: String,
    parameters: Vec<(String, String)>,
}

/// Longer parameters do not fit a URL well and go in the body; the service takes them from either.
const MAX_IN_QUERY: usize = 2048;
/// All of them together, as they are sent. Servers take a request's first line up to 8 KiB, and the signature needs some of it.
const MAX_QUERY: usize = 6 << 10;
/// No operation has half as many.
const MAX_PARAMETERS: usize = 256;
const MAX_PARAMETER_NAME: usize = 128;
/// Names and values of a call together, in bytes; the largest that the service takes are pictures.
const MAX_PARAMETER_BYTES: usize = 32 << 20;

/// Parameters by name.
pub(crate) type Pairs<'a> = Vec<(&'a str, &'a str)>;

impl Call {
    /// `action`: an operation's name, e.g. `Initialize`.
    pub fn new(action: impl Into<String>) -> Self {
        Self { action: action.into(), parameters: Vec::new() }
    }

    /// Adds a parameter by its name in the API, e.g. `ProductCode`. A call has at most 256, of 32 MiB together.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// The operation's name.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// What goes in the query, and what in the body.
    pub(crate) fn placed(&self) -> (Pairs<'_>, Pairs<'_>) {
        let pairs = self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        // Nearly all calls are far from the limit, and need not be measured as they are encoded: to thrice the length, at most.
        let plain: usize = self.parameters.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
        let roomy = 3 * plain <= MAX_QUERY;
        let mut room = MAX_QUERY;
        pairs.partition(|(name, value)| {
            if roomy || value.len() > MAX_IN_QUERY {
                return roomy;
            }
            let left = room.checked_sub(percent::encoded_len(name) + percent::encoded_len(value) + 2);
            room = left.unwrap_or(room);
            left.is_some()
        })
    }

    pub(crate) fn judge(&self, signature: Signature) -> Result<()> {
        let is_name = |text: &str| !text.is_empty() && text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_name(&self.action) {
            return Err(Error::invalid_argument("action", "must be an operation's name: 1 to 64 letters and digits"));
        }
        if self.parameters.len() > MAX_PARAMETERS {
            let rule = format!("must be at most {MAX_PARAMETERS}, got {}", self.parameters.len());
            return Err(Error::invalid_argument("parameters", rule));
        }
        let bytes: usize = self.parameters.iter().map(|(name, value)| name.len() + value.len()).sum();
        if bytes > MAX_PARAMETER_BYTES {
            let rule = format!("must have at most {MAX_PARAMETER_BYTES} bytes together, got {bytes}");
            return Err(Error::invalid_argument("parameters", rule));
        }
        for (index, (name, value)) in self.parameters.iter().enumerate() {
            if name.len() > MAX_PARAMETER_NAME {
                let rule = format!("a name must have at most {MAX_PARAMETER_NAME} characters, got {}", name.len());
                return Err(Error::invalid_argument("parameter", rule));
            }
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')) {
                return Err(Error::invalid_argument("parameter", "a name must be letters, digits, '.', '_' or '-'"));
            }
            if is_reserved(name, signature) {
                return Err(Error::invalid_argument(name, "is set by the signature and cannot be given"));
            }
            if self.parameters[..index].iter().any(|(earlier, _)| earlier == name) {
                return Err(Error::invalid_argument(name, "is given twice"));
            }
            if value.contains('\0') {
                return Err(Error::invalid_argument(name, "must not hold a NUL character"));
            }
        }
        Ok(())
    }
}

/// Whether the signature itself sends a parameter of this name.
fn is_reserved(name: &str, signature: Signature) -> bool {
    let always = matches!(name, "Action" | "Version" | "Signature" | "AccessKeyId" | "SecurityToken");
    // IdnAuthorityVerifyIntl has a Timestamp of its own, which only ACS3 leaves room for.
    let in_rpc =
        matches!(name, "Format" | "SignatureMethod" | "SignatureNonce" | "SignatureVersion" | "SignatureType" | "Timestamp");
    always || in_rpc && signature == Signature::Rpc1
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("action", &self.action).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(biz_id: &str, transaction_id: &str) -> String {
        CheckResultRequest::new(biz_id, transaction_id).to_call().expect_err("must be refused").to_string()
    }

    #[test]
    fn each_argument_is_judged_by_name_and_rule() {
        assert_eq!(refused("", "t"), "merchant_biz_id: must not be empty");
        assert_eq!(refused(&"a".repeat(33), "t"), "merchant_biz_id: must have at most 32 characters, got 33");
        assert_eq!(refused("a-b", "t"), "merchant_biz_id: must hold letters and digits only");
        assert_eq!(refused("a\0", "t"), "merchant_biz_id: must hold letters and digits only");
        assert_eq!(refused("b", ""), "transaction_id: must not be empty");
        assert_eq!(refused("b", "t\0t"), "transaction_id: must be printable ASCII without blanks");
        assert_eq!(refused("b", &"t".repeat(129)), "transaction_id: must have at most 128 characters, got 129");
        assert!(CheckResultRequest::new("a".repeat(32), "t".repeat(128)).to_call().is_ok());
    }

    #[test]
    fn what_the_signature_sends_cannot_be_given() {
        let with = |name: &str| Call::new("Initialize").parameter(name, "x");
        assert!(with("Signature").judge(Signature::Acs3).is_err());
        assert!(with("Timestamp").judge(Signature::Rpc1).is_err());
        assert!(with("Timestamp").judge(Signature::Acs3).is_ok());
        assert!(with("").judge(Signature::Acs3).is_err());
        assert!(with("A").parameter("A", "y").judge(Signature::Acs3).is_err());
        assert!(Call::new("Check Result").judge(Signature::Acs3).is_err());
        assert!(Call::new("X").parameter("A", "a\0b").judge(Signature::Acs3).is_err());
    }

    #[test]
    fn long_values_go_in_the_body() {
        let picture = "A".repeat(MAX_IN_QUERY + 1);
        let call = Call::new("FaceLiveness").parameter("Crop", "Y").parameter("FacePictureBase64", &picture);
        assert_eq!(call.placed(), (vec![("Crop", "Y")], vec![("FacePictureBase64", picture.as_str())]));
    }

    // Finding G6: what a URL cannot hold goes in the body, and what is beyond reason is refused by name.
    #[test]
    fn many_parameters_share_the_query_and_the_body() {
        let call = |count: usize, value: &str| {
            (0..count).fold(Call::new("Initialize"), |call, number| call.parameter(format!("P{number:02}"), value))
        };
        let many = call(33, &"v".repeat(2000));
        let (query, form) = many.placed();
        assert_eq!((query.len(), form.len()), (3, 30));
        assert_eq!((query[2].0, form[0].0), ("P02", "P03"));
        // It is the encoded length that counts.
        let encoded = call(4, &"%".repeat(1000));
        let (query, form) = encoded.placed();
        assert_eq!((query.len(), form.len()), (2, 2));
        assert!(many.judge(Signature::Acs3).is_ok() && call(256, "").judge(Signature::Acs3).is_ok());
        let refused = |call: Call| call.judge(Signature::Acs3).unwrap_err().to_string();
        assert_eq!(refused(call(257, "")), "parameters: must be at most 256, got 257");
        assert_eq!(refused(call(10_000, "v")), "parameters: must be at most 256, got 10000");
        assert_eq!(
            refused(call(1, &"v".repeat(MAX_PARAMETER_BYTES))),
            "parameters: must have at most 33554432 bytes together, got 33554435"
        );
        let named = Call::new("Initialize").parameter("n".repeat(129), "");
        assert_eq!(refused(named), "parameter: a name must have at most 128 characters, got 129");
        for odd in ["", "a b", "a&b", "a=b", "ä", "a\0", "a\n"] {
            assert!(refused(Call::new("Initialize").parameter(odd, "x")).starts_with("parameter: a name must be"), "{odd}");
        }
    }
}
