//! `ExtFaceInfo`.

use super::redacted::redacted_debug;
use super::{Fields, Image};

/// What the face step found. Scores run from 0 to 100.
#[derive(Clone, Default, PartialEq)]
pub struct Face {
    /// `facePassed`: the verdict of this step.
    pub passed: Option<bool>,
    /// `faceComparisonScore`: likeness to the reference face; the service's own threshold is 90.
    pub comparison_score: Option<f64>,
    /// `faceImg`: the captured face; only where images were asked for.
    pub image: Option<Image>,
    /// `faceAttack`: a presentation attack was seen.
    pub attack: Option<bool>,
    /// `faceQuality`.
    pub quality: Option<f64>,
    /// `faceOcclusion`: the face is covered.
    pub occlusion: Option<bool>,
    /// `docVideoUrl`: the evidence video; the URL lives 15 minutes, the video 30.
    pub video_url: Option<String>,
    /// `faceAge`: an estimate, in years.
    pub age: Option<i64>,
    /// `faceGender`: an estimate, `M` or `F`.
    pub gender: Option<String>,
    /// `faceAttackScore`: likelihood of an attack.
    pub attack_score: Option<f64>,
    /// `guardRiskScore`: likelihood of a risky device.
    pub guard_risk_score: Option<f64>,
    /// `faceRegistrationResult`: the face is in the library now.
    pub registered: Option<bool>,
    /// `faceRegistrationID`.
    pub registration_id: Option<String>,
    /// `duplicateFace`: similar faces in the library.
    pub duplicates: Option<Vec<Duplicate>>,
    /// `deviceToken`: for the Device Assistant's own API, valid 7 days.
    pub device_token: Option<String>,
    /// Every other field of `ExtFaceInfo`.
    pub extra: Fields,
}

redacted_debug!(Face: passed, attack, registered; comparison_score, image, quality, occlusion, video_url, age, gender,
    attack_score, guard_risk_score, registration_id, duplicates, device_token, extra);

/// One similar face in the library (`duplicateFace`).
#[derive(Clone, Default, PartialEq)]
pub struct Duplicate {
    pub face_group_code: Option<String>,
    pub face_id: Option<String>,
    pub merchant_user_id: Option<String>,
    /// 0 to 100.
    pub score: Option<f64>,
}

redacted_debug!(Duplicate: ; face_group_code, face_id, merchant_user_id, score);
