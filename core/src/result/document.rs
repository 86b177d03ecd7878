//! `ExtIdInfo`.

use std::collections::BTreeMap;

use super::redacted::redacted_debug;
use super::{Fields, Identity, Image};

/// What the document step found.
#[derive(Clone, Default, PartialEq)]
pub struct Document {
    /// `ocrIdPassed`: the verdict of this step.
    pub passed: Option<bool>,
    /// `ocrIdInfoData`; a reply without pages becomes page `01`.
    pub pages: Pages,
    /// `ocrIdEditInfo`: the fields as the end user corrected them, by the service's names.
    pub edited_fields: Option<Fields>,
    /// The same person as in `edited_fields`, in one vocabulary.
    pub edited_identity: Option<Identity>,
    /// Every other field of `ExtIdInfo`.
    pub extra: Fields,
}

redacted_debug!(Document: passed, pages = shown_pages; edited_fields, edited_identity, extra);

/// Pages by the service's number of them, `01` and `02`.
pub type Pages = BTreeMap<String, Page>;

/// One page or side of a document.
#[derive(Clone, Default, PartialEq)]
pub struct Page {
    /// `ocrIdPassed` of this page.
    pub passed: Option<bool>,
    /// `idImage`; only where images were asked for.
    pub image: Option<Image>,
    /// `ocrIdInfo`: what was read, by the service's names.
    pub fields: Option<Fields>,
    /// The same person as in `fields`, in one vocabulary.
    pub identity: Option<Identity>,
    /// `spoofInfo`.
    pub spoof: Option<Spoof>,
    /// Every other field of the page.
    pub extra: Fields,
}

redacted_debug!(Page: passed, spoof; image, fields, identity, extra);

/// The pages in their order, without the names that the reply has for them.
fn shown_pages(pages: &Pages) -> Vec<&Page> {
    pages.values().collect()
}

/// Whether the document looks like a copy or a forgery.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Spoof {
    /// `spoofResult`. `false` also where the verification was begun without `IdSpoof=Y`: then it means "not checked".
    pub detected: Option<bool>,
    /// `spoofType`: `SCREEN_REMARK` (photo of a screen or photo), `PHOTO_COPY` (copy), `TAMPER` (tampered).
    pub types: Option<Vec<String>>,
}

redacted_debug!(Spoof: detected; types);
