//! The catalogue's entries, and the words they are written in.

use super::{Action, Kind, Retry};

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

/// A code that the person's app or page reports, or the log of a verification: `1006`, or a sub-code such as `A1006_2`. None is a
/// verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientCode {
    /// The code, such as `1006`.
    pub code: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// How it comes about, where there is more to say.
    pub cause: Option<&'static str>,
    /// What a person can do about it.
    pub advice: &'static str,
    /// Whether the verification is paid for.
    pub billed: bool,
}

/// What the table knows of a [`Kind`].
pub(super) struct KindFacts {
    pub(super) name: &'static str,
    pub(super) exit_code: u8,
    pub(super) retryable: bool,
    pub(super) meaning: &'static str,
    pub(super) advice: &'static str,
}
