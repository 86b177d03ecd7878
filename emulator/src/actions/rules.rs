//! Rules of `Initialize`'s parameters: only those that the documents state without contradiction.

use super::parameters::{invalid, required};
use crate::codes::Refusal;
use crate::request::Request;

const YES_NO: &[&str] = &["Y", "N"];
const ONE_ZERO: &[&str] = &["1", "0"];

/// Parameters with a closed list of values.
const VALUES: &[(&str, &[&str])] = &[
    ("AppQualityCheck", YES_NO),
    ("ChameleonFrameEnable", YES_NO),
    ("Crop", YES_NO),
    ("DocScanMode", &["auto", "manual"]),
    ("DocVideo", YES_NO),
    ("EditOcrResult", ONE_ZERO),
    ("IdFaceQuality", YES_NO),
    ("IdSpoof", YES_NO),
    ("IdThreshold", &["0", "1", "2", "3"]),
    ("MRTDInput", &["0", "1", "2"]),
    ("Ocr", YES_NO),
    ("OcrValueStandard", ONE_ZERO),
    ("ProcedurePriority", &["url", "keep"]),
    ("SecurityLevel", &["01", "02"]),
    ("ShowAlbumIcon", ONE_ZERO),
    ("ShowGuidePage", ONE_ZERO),
    ("ShowOcrResult", ONE_ZERO),
    ("TemplateType", &["Seq", "Ran"]),
    ("UseNFC", YES_NO),
];

/// Refuses a value that is not in its list, and what another parameter makes necessary and is not there.
pub(super) fn check(request: &Request) -> Result<(), Refusal> {
    let given = |name| request.parameter(name).filter(|value| !value.is_empty());
    for (name, values) in VALUES {
        if given(name).is_some_and(|value| !values.contains(&value)) {
            return Err(invalid(name, &format!("it must be one of {}", values.join(", "))));
        }
    }
    let plain = |code: &str| code.len() <= 10 && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if given("SceneCode").is_some_and(|code| !plain(code)) {
        return Err(invalid("SceneCode", "it must be at most 10 letters, digits and underscores"));
    }
    if given("Model") == Some("TEMPLATE") {
        required(request, "TemplateConfig")?;
    }
    if given("MRTDInput") == Some("2") {
        for name in ["DocumentNumber", "DateOfBirth", "DateOfExpiry"] {
            required(request, name)?;
        }
    }
    Ok(())
}
