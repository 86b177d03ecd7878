use serde_json::{Value, json};

/// `ExtSourceInfo`, with the fields of the Indonesian source. There is none where that source was not asked
/// (the verification failed before it), did not answer (209) or could not be used (218).
pub(super) fn source(sub_code: &str) -> Option<Value> {
    // ID number, name, birth date, selfie, liveness risk.
    let (id, name, birth, selfie, liveness) = match sub_code {
        "200" => (1.0, 1.0, 1.0, 0.97, 0.02),
        "202" => (0.0, 0.0, 0.0, 0.0, 0.02),
        "207" => (1.0, 1.0, 1.0, 0.31, 0.02),
        "214" => (1.0, 0.0, 0.0, 0.97, 0.02),
        "215" => (1.0, 0.0, 0.0, 0.31, 0.02),
        "216" => (1.0, 1.0, 1.0, 0.97, 0.99),
        "217" => (1.0, 1.0, 1.0, 0.0, 0.02),
        _ => return None,
    };
    Some(json!({
        "govId": id,
        "fullName": name,
        "dob": birth,
        "selfiePhoto": selfie,
        "liveness": liveness,
        "imgManipulationScore": 0.01,
    }))
}
