//! The catalogue's entries, and the words they are written in.

use super::Kind;

/// A product of ID Verification whose results `CheckResult` returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variant {
    /// Document, face and an authoritative source.
    EkycPro,
    /// Liveness, with registration into a face library.
    FaceLiveness,
    /// A document alone.
    IdOcr,
    /// A face against a given picture.
    FaceVerification,
}

impl Variant {
    /// Every variant.
    pub const ALL: &[Variant] = &[Variant::EkycPro, Variant::FaceLiveness, Variant::IdOcr, Variant::FaceVerification];

    /// `ProductCode` of `Initialize`, such as `eKYC_PRO`.
    pub fn product_code(self) -> &'static str {
        match self {
            Variant::EkycPro => "eKYC_PRO",
            Variant::FaceLiveness => "FACE_LIVENESS",
            Variant::IdOcr => "ID_OCR",
            Variant::FaceVerification => "FACE_VERIFY",
        }
    }

    /// The name in the documentation, such as `EkycPro`.
    pub fn name(self) -> &'static str {
        match self {
            Variant::EkycPro => "EkycPro",
            Variant::FaceLiveness => "FaceLiveness",
            Variant::IdOcr => "IdOcr",
            Variant::FaceVerification => "FaceVerification",
        }
    }
}

/// What a merchant's program should do first with a finished verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Let the person in.
    Accept,
    /// Let the person try again.
    Retry,
    /// Have a human look.
    Review,
    /// Turn the person away.
    Reject,
}

impl Action {
    /// `accept`, `retry`, `review` or `reject`.
    pub fn name(self) -> &'static str {
        match self {
            Action::Accept => "accept",
            Action::Retry => "retry",
            Action::Review => "review",
            Action::Reject => "reject",
        }
    }
}

/// Whether, and how, a request that met a response code is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// The same request meets the same answer.
    Never,
    /// After a pause, as often as the policy allows.
    AfterPause,
    /// Once, signed with a new nonce.
    OnceNewNonce,
    /// Once, signed with the service's time.
    OnceNewTime,
    /// Once, with fresh temporary credentials.
    OnceNewToken,
}

impl Retry {
    /// `never`, `after_pause`, `once_new_nonce`, `once_new_time` or `once_new_token`.
    pub fn name(self) -> &'static str {
        match self {
            Retry::Never => "never",
            Retry::AfterPause => "after_pause",
            Retry::OnceNewNonce => "once_new_nonce",
            Retry::OnceNewTime => "once_new_time",
            Retry::OnceNewToken => "once_new_token",
        }
    }
}

/// A value of the reply's `Code`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseCode {
    /// The code, or a family such as `Throttling.*`.
    pub code: &'static str,
    /// The HTTP status it was documented or seen with.
    pub http_status: Option<u16>,
    /// The kind of an error with this code. `Success` has one too, for a status that contradicts it.
    pub kind: Kind,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// How it comes about, where there is more to say.
    pub cause: Option<&'static str>,
    /// What a person can do about it.
    pub advice: &'static str,
    /// Whether it helps to send the request again.
    pub retry: Retry,
    /// The variants that document it; empty for codes of the gateway.
    pub variants: &'static [Variant],
}

/// A value of the result's `SubCode`: how a verification ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubCode {
    /// The code, such as `212`.
    pub code: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// How it comes about, where there is more to say.
    pub cause: Option<&'static str>,
    /// What a person can do about it.
    pub advice: &'static str,
    /// What to do first.
    pub action: Action,
    /// Whether the verification is paid for.
    pub billed: bool,
    /// The variants that document it.
    pub variants: &'static [Variant],
}

/// What the table knows of a [`Kind`].
pub(super) struct KindFacts {
    pub(super) name: &'static str,
    pub(super) exit_code: u8,
    pub(super) retryable: bool,
    pub(super) meaning: &'static str,
    pub(super) advice: &'static str,
}
