//! The replies, whole, head and body in one piece.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

const MIB: usize = 1 << 20;

/// What can be asked for.
pub(crate) struct Replies {
    small: Vec<u8>,
    images1: Vec<u8>,
    images4: Vec<u8>,
    unknown: Vec<u8>,
    connections: AtomicU64,
}

impl Replies {
    pub(crate) fn new() -> Self {
        let success = |image_length| http("200 OK", &body(image_length).to_string());
        Self {
            small: success(0),
            images1: success(MIB),
            images4: success(4 * MIB),
            unknown: http(
                "400 Bad Request",
                &json!({
                    "RequestId": "130A2C10-B9EE-4D84-88E3-5384FF039795",
                    "Code": "TransactionIdInvalid",
                    "Message": "The transaction must be small, images1 or images4.",
                })
                .to_string(),
            ),
            connections: AtomicU64::new(0),
        }
    }

    /// Another connection was made.
    pub(crate) fn count_connection(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    /// The reply to a request, by the transaction in its first line.
    pub(crate) fn to(&self, request: &[u8]) -> Cow<'_, [u8]> {
        const NAME: &[u8] = b"TransactionId=";
        let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
        let at = line.windows(NAME.len()).position(|window| window == NAME);
        let value = at.map_or(&[][..], |at| &line[at + NAME.len()..]);
        match value.split(|byte| matches!(byte, b'&' | b' ')).next() {
            Some(b"small") => Cow::Borrowed(&self.small),
            Some(b"images1") => Cow::Borrowed(&self.images1),
            Some(b"images4") => Cow::Borrowed(&self.images4),
            // How many connections were made so far, that of this request among them.
            Some(b"connections") => {
                let connections = self.connections.load(Ordering::Relaxed);
                Cow::Owned(http("200 OK", &json!({ "connections": connections }).to_string()))
            }
            _ => Cow::Borrowed(&self.unknown),
        }
    }
}

fn http(status: &str, body: &str) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json;charset=utf-8\r\nContent-Length: {}\r\nConnection: keep-alive\r\n\
         x-acs-request-id: 130A2C10-B9EE-4D84-88E3-5384FF039795\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body.as_bytes()].concat()
}

/// A finished verification of `eKYC_PRO`: a face, one page, and their images of so many characters of base64.
fn body(image_length: usize) -> Value {
    let mut face = json!({
        "faceAttack": "N", "faceAge": "30", "faceGender": "F", "faceAttackScore": 1.28, "guardRiskScore": 2.5,
        "facePassed": "Y", "faceComparisonScore": 99.12,
    });
    let fields = json!({
        "surname": "SPECIMEN", "given_names": "SAMPLE", "sex": "F", "date_of_birth": "1985-01-01",
        "passport_number": "Z00000000", "nationality": "UTO", "date_of_expiry": "2035-01-01", "country_code": "UTO",
    });
    let mut page = json!({
        "ocrIdPassed": "Y", "ocrIdInfo": fields.to_string(),
        "spoofInfo": json!({ "spoofResult": "N", "spoofType": [] }).to_string(),
    });
    if image_length > 0 {
        face["faceImg"] = image(image_length, 1).into();
        page["idImage"] = image(image_length, 2).into();
    }
    let document = json!({ "ocrIdPassed": "Y", "ocrIdInfoData": { "01": page } });
    json!({
        "RequestId": "130A2C10-B9EE-4D84-88E3-5384FF039795", "Code": "Success", "Message": "success",
        "Result": { "Passed": "Y", "SubCode": "200", "ExtFaceInfo": face.to_string(), "ExtIdInfo": document.to_string() },
    })
}

/// Base64 of what begins as a JPEG does and cannot be compressed further.
fn image(length: usize, seed: u32) -> String {
    let mut state = seed;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    });
    STANDARD.encode([0xFF, 0xD8, 0xFF].into_iter().chain(noise).take(length / 4 * 3).collect::<Vec<u8>>())
}

#[cfg(test)]
mod tests {
    use super::{MIB, body};
    use serde_json::Value;

    fn inner(value: &Value) -> Value {
        serde_json::from_str(value.as_str().expect("text")).expect("JSON in text")
    }

    #[test]
    fn images_are_where_the_service_has_them() {
        let body = body(MIB);
        let face = inner(&body["Result"]["ExtFaceInfo"]);
        let page = &inner(&body["Result"]["ExtIdInfo"])["ocrIdInfoData"]["01"];
        for image in [&face["faceImg"], &page["idImage"]] {
            let image = image.as_str().expect("text");
            assert!(image.starts_with("/9j/") && image.len() == MIB);
        }
        assert_ne!(face["faceImg"], page["idImage"]);
        assert_eq!(inner(&page["ocrIdInfo"])["surname"], "SPECIMEN");
    }
}
