//! What is known of products. The list grows, and an unlisted one is sent.

use super::given::Given;
use super::refusal::refuse;
use crate::error::Result;

/// The codes of documents that a product takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DocCodes {
    /// Such as `GLB03002`.
    Letters,
    /// Such as `01000000`.
    Digits,
}

/// The products whose documents give `InitializeV2`.
const OF_V2: [&str; 5] = ["eKYC_PRO", "ID_OCR_PRO", "ID_NFC", "FACE_IDU", "FACE_LIVENESS_PRO"];
/// The products that need a document's code.
const WITH_DOCUMENT: [(&str, DocCodes); 3] =
    [("eKYC_PRO", DocCodes::Letters), ("eKYC", DocCodes::Digits), ("ID_OCR", DocCodes::Digits)];
/// The products that have no client, and answer within one call of another operation.
const WITHOUT_CLIENT: [&str; 13] = [
    "eKYC_MIN",
    "eKYC_Date_MIN",
    "ID_OCR_MIN",
    "ID_OCR_MAX",
    "FACE_LIVENESS_MIN",
    "FACE_LIVENESS_MIN_PRO",
    "FACE_VERIFY_MIN",
    "FACE_IDU_MIN",
    "FACE_COMPARE",
    "FACE_CROSS_COMPARE",
    "FACE_GUARD",
    "FACE_GUARD_PRO",
    "FACE_DEEPFAKE",
];

/// The operation that starts a product.
pub(crate) fn operation(product_code: &str) -> &'static str {
    if OF_V2.contains(&product_code) { "InitializeV2" } else { "Initialize" }
}

/// The codes of documents that a product needs.
pub(super) fn doc_codes(product_code: &str) -> Option<DocCodes> {
    WITH_DOCUMENT.iter().find(|(code, _)| *code == product_code).map(|(_, codes)| *codes)
}

pub(super) fn validate(given: Given<'_>) -> Result<()> {
    if given.text("ProductCode").is_some_and(|code| WITHOUT_CLIENT.contains(&code)) {
        return refuse("product_code", "must be a product with a client; this one answers within one call of its own operation");
    }
    Ok(())
}
