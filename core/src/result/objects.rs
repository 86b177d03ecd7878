// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.

//! The types of a result's tree.

use std::collections::BTreeMap;

use super::redacted::{self, redacted_debug};
use super::{Fields, Image, Raw, Value};

/// The outcome of one verification.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct CheckResult {
    /// `RequestId`: the service's id of this call; empty where it sent none.
    pub request_id: String,
    /// `Result.Passed`: the person passed.
    pub passed: Option<bool>,
    /// `Result.SubCode`: the reason behind the verdict, such as `200` or `212`; `explain` knows more.
    pub sub_code: Option<String>,
    /// `Result.ExtFaceInfo`: the face step.
    pub face: Option<Face>,
    /// `Result.ExtIdInfo`: the document step.
    pub document: Option<Document>,
    /// `Result.ExtSourceInfo`: the authoritative source's answer: decoded JSON, or the text where it is not JSON.
    pub source: Option<Value>,
    /// Every other field of `Result`, JSON text in it decoded.
    pub extra: Fields,
    /// What could not be decoded; the rest of the result stands.
    pub problems: Vec<Problem>,
    #[doc(hidden)]
    pub raw: Raw,
}

redacted_debug!(CheckResult: request_id, passed, sub_code = redacted::code; face, document, source, extra, problems);

/// What the face step found. Scores run from 0 to 100.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Face {
    /// `facePassed`: this step was passed.
    pub passed: Option<bool>,
    /// `faceComparisonScore`: likeness to the face on the document, or to the reference; the service's own threshold is 90.
    pub comparison_score: Option<f64>,
    /// `faceImg`: the captured face; only where images were asked for.
    pub image: Option<Image>,
    /// `faceAttack`: a presentation attack was seen.
    pub attack: Option<bool>,
    /// `faceQuality`: quality of the image.
    pub quality: Option<f64>,
    /// `faceOcclusion`: the face is covered.
    pub occlusion: Option<bool>,
    /// `docVideoUrl`: the evidence video; the URL lives 15 minutes, the video 30 minutes after completion.
    pub video_url: Option<String>,
    /// `faceAge`: an estimate, in years.
    pub age: Option<i64>,
    /// `faceGender`: an estimate, `M` or `F`.
    pub gender: Option<String>,
    /// `faceAttackScore`: likelihood of an attack.
    pub attack_score: Option<f64>,
    /// `guardRiskScore`: likelihood of a risky device.
    pub guard_risk_score: Option<f64>,
    /// `faceRegistrationResult`: the face is in the face library now.
    pub registered: Option<bool>,
    /// `faceRegistrationID`: its id there.
    pub registration_id: Option<String>,
    /// `duplicateFace`: similar faces that the library already holds.
    pub duplicates: Option<Vec<Duplicate>>,
    /// `deviceToken`: token for the device risk service; valid 7 days.
    pub device_token: Option<String>,
    /// Every other field of the step, by the service's names.
    pub extra: Fields,
}

redacted_debug!(Face: passed, attack, registered; comparison_score, image, quality, occlusion, video_url, age, gender, attack_score, guard_risk_score, registration_id, duplicates, device_token, extra);

/// One similar face in the face library.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Duplicate {
    /// `faceGroupCode`: the library.
    pub face_group_code: Option<String>,
    /// `faceId`: the face in it.
    pub face_id: Option<String>,
    /// `merchantUserId`: the merchant's own id of that person.
    pub merchant_user_id: Option<String>,
    /// `score`: likeness, 0 to 100.
    pub score: Option<f64>,
}

redacted_debug!(Duplicate: ; face_group_code, face_id, merchant_user_id, score);

/// What the document step found.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// `ocrIdPassed`: this step was passed.
    pub passed: Option<bool>,
    /// `ocrIdInfoData`: the pages by the service's numbers: `01` is the front, `02` the back or second page; the fields of a flat
    /// document (O) are page `01`.
    pub pages: BTreeMap<String, Page>,
    /// `ocrIdEditInfo`: the fields as the person corrected them, by the service's names.
    pub edited_fields: Option<Fields>,
    /// `ocrIdEditInfo`: the same in one vocabulary.
    pub edited_identity: Option<Identity>,
    /// Every other field of the step, by the service's names.
    pub extra: Fields,
}

redacted_debug!(Document: passed, pages = redacted::values; edited_fields, edited_identity, extra);

/// One page or side of a document.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    /// `ocrIdPassed`: this page was read.
    pub passed: Option<bool>,
    /// `idImage`: the picture of the page; only where images were asked for.
    pub image: Option<Image>,
    /// `ocrIdInfo`: what was read, by the service's names, values as they are.
    pub fields: Option<Fields>,
    /// `ocrIdInfo`: the same in one vocabulary; absent where no field has a place there.
    pub identity: Option<Identity>,
    /// `spoofInfo`: the check against copies.
    pub spoof: Option<Spoof>,
    /// Every other field of the page, by the service's names.
    pub extra: Fields,
}

redacted_debug!(Page: passed, spoof; image, fields, identity, extra);

/// The check of a document against copies and forgeries.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spoof {
    /// `spoofResult`: a risk was found; a no also stands for "not checked" where the verification was begun without `IdSpoof=Y`.
    pub detected: Option<bool>,
    /// `spoofType`: `SCREEN_REMARK` (photo of a screen or photo), `PHOTO_COPY` (copy), `TAMPER` (changed); others as given.
    pub types: Option<Vec<String>>,
}

redacted_debug!(Spoof: detected; types);

/// A person in one vocabulary, whatever the document. Dates are ISO 8601 where the service's text is a full date, else as it
/// was.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// `name_cn`, `name`.
    pub full_name: Option<String>,
    /// `englishName`, `name`: `name` only beside a `name_cn`; pinyin on some permits.
    pub latin_name: Option<String>,
    /// `surname_s`, `surname`, `lastName`.
    pub surname: Option<String>,
    /// `given_name_s`, `givenname`, `given_names`, `firstName`.
    pub given_names: Option<String>,
    /// `surnameCN`.
    pub native_surname: Option<String>,
    /// `givennameCN`.
    pub native_given_names: Option<String>,
    /// `nameCode`: Chinese name code (Hong Kong).
    pub name_code: Option<String>,
    /// `sex_s`, `sex`: `M` (also for `Male`, `男`), `F` (`Female`, `女`), else as given.
    pub sex: Option<String>,
    /// `date_of_birth_s`, `birthDate`, `date_of_birth`, `dateOfBirth`: a date.
    pub birth_date: Option<String>,
    /// `idNumber`, `id_number`, `passportNo`, `passport_number`.
    pub document_number: Option<String>,
    /// `nationality`.
    pub nationality: Option<String>,
    /// `countryCode`, `country_code`.
    pub country_code: Option<String>,
    /// `issueDate`, `date_of_issue`, `currentIssueDate`: a date.
    pub issue_date: Option<String>,
    /// `firstIssueDate`, `date_of_first_issue`: a date; often month and year only, then as given.
    pub first_issue_date: Option<String>,
    /// `date_of_expiry_s`, `expiryDate`, `date_of_expiry`: a date.
    pub expiry_date: Option<String>,
    /// `placeOfIssue`, `place_of_issue`.
    pub place_of_issue: Option<String>,
    /// `originOfIssue`, `origin_of_issue`.
    pub issuing_authority: Option<String>,
    /// `placeOfBirth`, `place_of_birth`: a code such as `AS` on the Macao card.
    pub place_of_birth: Option<String>,
    /// `address`.
    pub address: Option<String>,
    /// `ethnicity`.
    pub ethnicity: Option<String>,
    /// `isPermanent`: the card is a permanent resident's (Hong Kong).
    pub permanent: Option<bool>,
    /// `symbols`: remarks such as `**AZ` (Hong Kong).
    pub symbols: Option<String>,
}

redacted_debug!(Identity: ; full_name, latin_name, surname, given_names, native_surname, native_given_names, name_code, sex, birth_date, document_number, nationality, country_code, issue_date, first_issue_date, expiry_date, place_of_issue, issuing_authority, place_of_birth, address, ethnicity, permanent, symbols);

/// One value of a reply that is not what it should be. The rest of the result stands.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Where, from `Result` down, in the service's names: `ExtFaceInfo.faceImg`, `ExtIdInfo.ocrIdInfoData.01.idImage`, `Passed`,
    /// `Result`.
    pub path: String,
    /// One of a closed list, such as `not base64`.
    pub reason: &'static str,
    /// The value: text as it was, anything else as canonical JSON. Personal data, most often.
    pub text: String,
}

redacted_debug!(Problem: path, reason; text);

/// Calls the macro `$object` with each of the tree's types and all of its fields, in the order of canonical JSON; behind
/// the braces stands what a type holds beside the tree. The types must be in scope.
#[doc(hidden)]
#[macro_export]
macro_rules! result_objects {
($object:ident) => {
$object!(CheckResult { request_id, passed, sub_code, face, document, source, extra, problems } raw);
$object!(Face { passed, comparison_score, image, attack, quality, occlusion, video_url, age, gender, attack_score, guard_risk_score, registered, registration_id, duplicates, device_token, extra });
$object!(Duplicate { face_group_code, face_id, merchant_user_id, score });
$object!(Document { passed, pages, edited_fields, edited_identity, extra });
$object!(Page { passed, image, fields, identity, spoof, extra });
$object!(Spoof { detected, types });
$object!(Identity { full_name, latin_name, surname, given_names, native_surname, native_given_names, name_code, sex, birth_date, document_number, nationality, country_code, issue_date, first_issue_date, expiry_date, place_of_issue, issuing_authority, place_of_birth, address, ethnicity, permanent, symbols });
$object!(Problem { path, reason, text });
};
}
