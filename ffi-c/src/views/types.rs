//! The structs themselves, in the order of `docs/result.md`.
//!
//! A flag stands here twice, so that `if (face->passed)` asks what it seems to ask: true for a yes alone, and its `_state`,
//! which is NULL where the service did not say.

use std::ffi::c_char;

use crate::text::{cloudauth_text, cloudauth_text_list};

/// A picture's file, as the service holds it: `len` bytes, not copied. `format` is "jpeg", "png", "webp", "gif", "bmp" or
/// "unknown", by the first bytes; `extension` is the usual ending of such a file's name: "jpg", "png", and "bin" for the
/// unknown.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_image {
    pub data: *const u8,
    pub len: usize,
    pub format: *const c_char,
    pub extension: *const c_char,
}

/// One similar face in the face library. `score` runs from 0 to 100.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_duplicate {
    pub face_group_code: *const cloudauth_text,
    pub face_id: *const cloudauth_text,
    pub merchant_user_id: *const cloudauth_text,
    pub score: *const f64,
}

/// Similar faces; `items` is NULL where `count` is 0.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_duplicate_list {
    pub items: *const *const cloudauth_duplicate,
    pub count: usize,
}

/// What the face step found. Scores run from 0 to 100. `extra` holds every other field of it, as a JSON object.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_face {
    /// The verdict of this step.
    pub passed: bool,
    pub passed_state: *const bool,
    /// Likeness to the reference face; the service's own threshold is 90.
    pub comparison_score: *const f64,
    /// The captured face; only where images were asked for.
    pub image: *const cloudauth_image,
    /// A presentation attack was seen.
    pub attack: bool,
    pub attack_state: *const bool,
    pub quality: *const f64,
    /// The face is covered.
    pub occlusion: bool,
    pub occlusion_state: *const bool,
    /// The evidence video; the URL lives 15 minutes, the video 30.
    pub video_url: *const cloudauth_text,
    /// An estimate, in years.
    pub age: *const i64,
    /// An estimate, "M" or "F".
    pub gender: *const cloudauth_text,
    /// Likelihood of an attack.
    pub attack_score: *const f64,
    /// Likelihood of a risky device.
    pub guard_risk_score: *const f64,
    /// The face is in the library now.
    pub registered: bool,
    pub registered_state: *const bool,
    pub registration_id: *const cloudauth_text,
    /// Similar faces in the library.
    pub duplicates: *const cloudauth_duplicate_list,
    /// For the device risk service; valid 7 days.
    pub device_token: *const cloudauth_text,
    pub extra: cloudauth_text,
}

/// A person in one vocabulary, whatever the document. Dates are ISO 8601 where the service's text is a full date, else as it
/// was.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_identity {
    pub full_name: *const cloudauth_text,
    pub latin_name: *const cloudauth_text,
    pub surname: *const cloudauth_text,
    pub given_names: *const cloudauth_text,
    pub native_surname: *const cloudauth_text,
    pub native_given_names: *const cloudauth_text,
    /// Chinese name code (Hong Kong).
    pub name_code: *const cloudauth_text,
    /// "M", "F", or the document's own word.
    pub sex: *const cloudauth_text,
    pub birth_date: *const cloudauth_text,
    pub document_number: *const cloudauth_text,
    pub nationality: *const cloudauth_text,
    pub country_code: *const cloudauth_text,
    pub issue_date: *const cloudauth_text,
    pub first_issue_date: *const cloudauth_text,
    pub expiry_date: *const cloudauth_text,
    pub place_of_issue: *const cloudauth_text,
    pub issuing_authority: *const cloudauth_text,
    pub place_of_birth: *const cloudauth_text,
    pub address: *const cloudauth_text,
    pub ethnicity: *const cloudauth_text,
    /// A permanent resident's card (Hong Kong).
    pub permanent: bool,
    pub permanent_state: *const bool,
    /// Remarks such as "**AZ" (Hong Kong).
    pub symbols: *const cloudauth_text,
}

/// Whether the document looks like a copy or a forgery. `detected` is false also where the verification was begun without
/// IdSpoof=Y: then it means "not checked".
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_spoof {
    pub detected: bool,
    pub detected_state: *const bool,
    /// "SCREEN_REMARK" (photo of a screen or photo), "PHOTO_COPY" (copy), "TAMPER" (tampered), others as given.
    pub types: *const cloudauth_text_list,
}

/// One page or side of a document.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_page {
    /// The service's number of it: "01", "02".
    pub number: cloudauth_text,
    /// Whether this page was read.
    pub passed: bool,
    pub passed_state: *const bool,
    /// Only where images were asked for.
    pub image: *const cloudauth_image,
    /// What was read, by the service's names, as a JSON object.
    pub fields: *const cloudauth_text,
    /// The same person as in `fields`, in one vocabulary.
    pub identity: *const cloudauth_identity,
    pub spoof: *const cloudauth_spoof,
    /// Every other field of the page, as a JSON object.
    pub extra: cloudauth_text,
}

/// Pages in the order of canonical JSON; `items` is NULL where `count` is 0.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_page_list {
    pub items: *const *const cloudauth_page,
    pub count: usize,
}

/// What the document step found.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_document {
    /// The verdict of this step.
    pub passed: bool,
    pub passed_state: *const bool,
    pub pages: cloudauth_page_list,
    /// The fields as the person corrected them, by the service's names, as a JSON object.
    pub edited_fields: *const cloudauth_text,
    /// The same person as in `edited_fields`, in one vocabulary.
    pub edited_identity: *const cloudauth_identity,
    /// Every other field of the step, as a JSON object.
    pub extra: cloudauth_text,
}

/// One value of a reply that is not what it should be. The rest of the result stands.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_problem {
    /// Where, in the service's names, such as "ExtFaceInfo.faceImg".
    pub path: cloudauth_text,
    /// What is wrong, from a closed list, such as "not base64".
    pub reason: cloudauth_text,
    /// The value as it came. Personal data, most often.
    pub text: cloudauth_text,
}

/// Problems, sorted by path; `items` is NULL where `count` is 0.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_problem_list {
    pub items: *const *const cloudauth_problem,
    pub count: usize,
}
