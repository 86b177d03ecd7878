//! The response codes that the emulator can give, each with its HTTP status and words of its own.

/// One response code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) name: &'static str,
    pub(crate) status: u16,
    pub(crate) message: &'static str,
}

macro_rules! codes {
    ($($constant:ident = $name:literal $status:literal $message:literal;)*) => {
        $(pub(crate) const $constant: Code = Code { name: $name, status: $status, message: $message };)*
        /// Every code, in the order of the page and the docs.
        pub(crate) const ALL: &[Code] = &[$($constant),*];
    };
}

codes! {
    MISSING_PARAMETER = "MissingParameter" 400 "A required parameter is missing.";
    INVALID_PARAMETER = "InvalidParameter" 400 "A parameter is invalid.";
    TRANSACTION_ID_INVALID = "TransactionIdInvalid" 400 "The transaction is not known.";
    RAM_USER_DENIED = "Forbidden.RAMUserAccessDenied" 403 "The RAM user has no permission for this service.";
    ACCOUNT_DENIED = "Forbidden.AccountAccessDenied" 403 "The service is not active for this account.";
    THROTTLING_API = "Throttling.Api" 403 "The request is refused because the quota is used up.";
    PROCESS_NOT_COMPLETED = "ProcessNotCompleted" 404 "The verification is not completed.";
    INTERNAL_ERROR = "InternalError" 500 "The request failed because of an internal error.";
    SERVICE_UNAVAILABLE = "ServiceUnavailable" 503 "The service is not available.";
    UNKNOWN_ERROR = "UnknownError" 500 "The request failed because of an unknown error.";
    THROTTLING = "Throttling" 400 "The request is refused because of flow control.";
    THROTTLING_USER = "Throttling.User" 400 "The request is refused because of user flow control.";
    INVALID_VERSION = "InvalidVersion" 400 "The version is not known.";
    MISSING_ACTION = "MissingAction" 400 "The action is missing.";
    INVALID_ACTION = "InvalidAction.NotFound" 501 "The action is not known to the emulator.";
    KEY_NOT_FOUND = "InvalidAccessKeyId.NotFound" 400 "The access key is not found.";
    KEY_INACTIVE = "InvalidAccessKeyId.Inactive" 400 "The access key is not active.";
    TIMESTAMP_FORMAT = "InvalidTimeStamp.Format" 400 "The timestamp is not in the format yyyy-MM-ddTHH:mm:ssZ.";
    TIMESTAMP_EXPIRED = "InvalidTimeStamp.Expired" 400 "The timestamp is more than 15 minutes from the server time.";
    ILLEGAL_TIMESTAMP = "IllegalTimestamp" 400 "The timestamp is not accepted.";
    NONCE_USED = "SignatureNonceUsed" 400 "The signature nonce was used before.";
    INCOMPLETE_SIGNATURE = "IncompleteSignature" 400 "The signature is not complete.";
    SIGNATURE_MISMATCH = "SignatureDoesNotMatch" 403 "The signature does not match.";
    TOKEN_EXPIRED = "InvalidSecurityToken.Expired" 400 "The security token is expired.";
    TOKEN_MALFORMED = "InvalidSecurityToken.Malformed" 400 "The security token is malformed.";
    TOKEN_MISMATCH = "InvalidSecurityToken.MismatchWithAccessKey" 400 "The security token does not belong to the access key.";
}

/// The code whose name, without its dots, is `text`; case does not matter.
pub(crate) fn without_dots(text: &str) -> Option<&'static Code> {
    ALL.iter().find(|code| code.name.replace('.', "").eq_ignore_ascii_case(text))
}

/// Why a request gets no result: a code, and a message that may say more than the code's own.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: &'static Code,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(code: &'static Code, message: impl Into<String>) -> Refusal {
        Refusal { code, message: message.into() }
    }
}

impl From<&'static Code> for Refusal {
    fn from(code: &'static Code) -> Refusal {
        Refusal::new(code, code.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_without_their_dots() {
        assert_eq!(without_dots("ThrottlingApi"), Some(&THROTTLING_API));
        assert_eq!(without_dots("throttlingapi"), Some(&THROTTLING_API));
        assert_eq!(without_dots("Throttling.Api"), None);
        assert_eq!(without_dots(""), None);
    }

    #[test]
    fn no_two_codes_are_one_without_dots() {
        for code in ALL {
            assert_eq!(without_dots(&code.name.replace('.', "")), Some(code));
        }
    }
}
