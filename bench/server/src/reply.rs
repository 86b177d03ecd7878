//! The replies, whole, head and body in one piece.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// KiB of base64 in each image; without images for 0.
const SIZES: [usize; 4] = [0, 100, 1024, 4096];

/// What can be asked for.
pub(crate) struct Replies {
    /// By the transaction that asks for it.
    results: Vec<(String, Vec<u8>)>,
    unknown: Vec<u8>,
    connections: AtomicU64,
    delay: Duration,
}

impl Replies {
    /// `delay` passes before each reply.
    pub(crate) fn new(delay: Duration) -> Self {
        let refusal = json!({
            "RequestId": "130A2C10-B9EE-4D84-88E3-5384FF039795",
            "Code": "TransactionIdInvalid",
            "Message": format!("The transaction must be connections or one of {SIZES:?}."),
        });
        Self {
            results: SIZES.iter().map(|kib| (kib.to_string(), http("200 OK", &body(kib << 10).to_string()))).collect(),
            unknown: http("400 Bad Request", &refusal.to_string()),
            connections: AtomicU64::new(0),
            delay,
        }
    }

    /// Another connection was made.
    pub(crate) fn count_connection(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    /// The reply to a request, by the transaction in its first line, once it is due.
    pub(crate) fn to(&self, request: &[u8]) -> Cow<'_, [u8]> {
        const NAME: &[u8] = b"TransactionId=";
        let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
        let at = line.windows(NAME.len()).position(|window| window == NAME);
        let value = at.map_or(&[][..], |at| &line[at + NAME.len()..]);
        let transaction = value.split(|byte| matches!(byte, b'&' | b' ')).next().unwrap_or_default();
        if transaction == b"connections" {
            // How many connections were made so far, that of this request among them.
            let connections = self.connections.load(Ordering::Relaxed);
            return Cow::Owned(http("200 OK", &json!({ "connections": connections }).to_string()));
        }
        thread::sleep(self.delay);
        let found = self.results.iter().find(|(name, _)| name.as_bytes() == transaction);
        Cow::Borrowed(found.map_or(&self.unknown, |(_, reply)| reply))
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
    use super::body;
    use serde_json::Value;

    fn inner(value: &Value) -> Value {
        serde_json::from_str(value.as_str().expect("text")).expect("JSON in text")
    }

    #[test]
    fn images_are_where_the_service_has_them() {
        let body = body(1 << 20);
        let face = inner(&body["Result"]["ExtFaceInfo"]);
        let page = &inner(&body["Result"]["ExtIdInfo"])["ocrIdInfoData"]["01"];
        for image in [&face["faceImg"], &page["idImage"]] {
            let image = image.as_str().expect("text");
            assert!(image.starts_with("/9j/") && image.len() == 1 << 20);
        }
        assert_ne!(face["faceImg"], page["idImage"]);
        assert_eq!(inner(&page["ocrIdInfo"])["surname"], "SPECIMEN");
    }
}
