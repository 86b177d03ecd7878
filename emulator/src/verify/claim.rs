/// How a request is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Acs3,
    Rpc1,
}

/// What a signed request claims. A text that was not sent is empty.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) scheme: Scheme,
    pub(crate) access_key_id: String,
    pub(crate) timestamp: String,
    pub(crate) nonce: String,
    pub(crate) security_token: Option<String>,
    pub(crate) string_to_sign: String,
    pub(super) signature: String,
    /// False where the body is not the one that was signed, whatever the signature says.
    pub(super) body_holds: bool,
}
