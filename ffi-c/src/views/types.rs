// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.

//! The structs themselves, in the order of `docs/result.md`.
//!
//! A flag stands here twice, so that `if (face->passed)` asks what it seems to ask: true for a yes alone, and its `_state`,
//! which is NULL where the service did not say.

use super::image::cloudauth_image;
use crate::text::{cloudauth_text, cloudauth_text_list};

/// What the face step found. Scores run from 0 to 100.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_face {
    /// This step was passed.
    pub passed: bool,
    pub passed_state: *const bool,
    /// Likeness to the face on the document, or to the reference; the service's own threshold is 90.
    pub comparison_score: *const f64,
    /// The captured face; only where images were asked for.
    pub image: *const cloudauth_image,
    /// A presentation attack was seen.
    pub attack: bool,
    pub attack_state: *const bool,
    /// Quality of the image.
    pub quality: *const f64,
    /// The face is covered.
    pub occlusion: bool,
    pub occlusion_state: *const bool,
    /// The evidence video; the URL lives 15 minutes, the video 30 minutes after completion.
    pub video_url: *const cloudauth_text,
    /// An estimate, in years.
    pub age: *const i64,
    /// An estimate, "M" or "F".
    pub gender: *const cloudauth_text,
    /// Likelihood of an attack.
    pub attack_score: *const f64,
    /// Likelihood of a risky device.
    pub guard_risk_score: *const f64,
    /// The face is in the face library now.
    pub registered: bool,
    pub registered_state: *const bool,
    /// Its id there.
    pub registration_id: *const cloudauth_text,
    /// Similar faces that the library already holds.
    pub duplicates: *const cloudauth_duplicate_list,
    /// Token for the device risk service; valid 7 days.
    pub device_token: *const cloudauth_text,
    /// Every other field of the step, by the service's names.
    pub extra: cloudauth_text,
}

/// One similar face in the face library.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_duplicate {
    /// The library.
    pub face_group_code: *const cloudauth_text,
    /// The face in it.
    pub face_id: *const cloudauth_text,
    /// The merchant's own id of that person.
    pub merchant_user_id: *const cloudauth_text,
    /// Likeness, 0 to 100.
    pub score: *const f64,
}

/// So many of them; `items` is NULL where `count` is 0.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_duplicate_list {
    pub items: *const *const cloudauth_duplicate,
    pub count: usize,
}

/// What the document step found.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_document {
    /// This step was passed.
    pub passed: bool,
    pub passed_state: *const bool,
    /// The pages by the service's numbers: "01" is the front, "02" the back or second page; the fields of a flat document (O) are page "01".
    pub pages: cloudauth_page_list,
    /// The fields as the person corrected them, by the service's names.
    pub edited_fields: *const cloudauth_text,
    /// The same in one vocabulary.
    pub edited_identity: *const cloudauth_identity,
    /// Every other field of the step, by the service's names.
    pub extra: cloudauth_text,
}

/// One page or side of a document.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_page {
    /// The service's number of it: "01", "02".
    pub number: cloudauth_text,
    /// This page was read.
    pub passed: bool,
    pub passed_state: *const bool,
    /// The picture of the page; only where images were asked for.
    pub image: *const cloudauth_image,
    /// What was read, by the service's names, values as they are.
    pub fields: *const cloudauth_text,
    /// The same in one vocabulary; absent where no field has a place there.
    pub identity: *const cloudauth_identity,
    /// The check against copies.
    pub spoof: *const cloudauth_spoof,
    /// Every other field of the page, by the service's names.
    pub extra: cloudauth_text,
}

/// So many of them, in the order of canonical JSON; `items` is NULL where `count` is 0.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_page_list {
    pub items: *const *const cloudauth_page,
    pub count: usize,
}

/// The check of a document against copies and forgeries.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_spoof {
    /// A risk was found; a no also stands for "not checked" where the verification was begun without "IdSpoof=Y".
    pub detected: bool,
    pub detected_state: *const bool,
    /// "SCREEN_REMARK" (photo of a screen or photo), "PHOTO_COPY" (copy), "TAMPER" (changed); others as given.
    pub types: *const cloudauth_text_list,
}

/// A person in one vocabulary, whatever the document. Dates are ISO 8601 where the service's text is a full date, else as it was.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_identity {
    pub full_name: *const cloudauth_text,
    /// "name" only beside a "name_cn"; pinyin on some permits.
    pub latin_name: *const cloudauth_text,
    pub surname: *const cloudauth_text,
    pub given_names: *const cloudauth_text,
    pub native_surname: *const cloudauth_text,
    pub native_given_names: *const cloudauth_text,
    /// Chinese name code (Hong Kong).
    pub name_code: *const cloudauth_text,
    /// "M" (also for "Male", "男"), "F" ("Female", "女"), else as given.
    pub sex: *const cloudauth_text,
    /// A date.
    pub birth_date: *const cloudauth_text,
    pub document_number: *const cloudauth_text,
    pub nationality: *const cloudauth_text,
    pub country_code: *const cloudauth_text,
    /// A date.
    pub issue_date: *const cloudauth_text,
    /// A date; often month and year only, then as given.
    pub first_issue_date: *const cloudauth_text,
    /// A date.
    pub expiry_date: *const cloudauth_text,
    pub place_of_issue: *const cloudauth_text,
    pub issuing_authority: *const cloudauth_text,
    /// A code such as "AS" on the Macao card.
    pub place_of_birth: *const cloudauth_text,
    pub address: *const cloudauth_text,
    pub ethnicity: *const cloudauth_text,
    /// The card is a permanent resident's (Hong Kong).
    pub permanent: bool,
    pub permanent_state: *const bool,
    /// Remarks such as "**AZ" (Hong Kong).
    pub symbols: *const cloudauth_text,
}

/// One value of a reply that is not what it should be. The rest of the result stands.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_problem {
    /// Where, from "Result" down, in the service's names: "ExtFaceInfo.faceImg", "ExtIdInfo.ocrIdInfoData.01.idImage", "Passed", "Result".
    pub path: cloudauth_text,
    /// One of a closed list, such as "not base64".
    pub reason: cloudauth_text,
    /// The value: text as it was, anything else as canonical JSON. Personal data, most often.
    pub text: cloudauth_text,
}

/// So many of them; `items` is NULL where `count` is 0.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_problem_list {
    pub items: *const *const cloudauth_problem,
    pub count: usize,
}
