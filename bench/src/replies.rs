//! Bodies of replies.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const MIB: usize = 1 << 20;

/// A result with nothing in it but the verdict.
pub const TINY: &str = r#"{"RequestId":"130A2C10-B9EE-4D84-88E3-5384FF039795","Code":"Success","Message":"success","Result":{"Passed":"Y","SubCode":"200"}}"#;

pub fn refusal() -> Vec<u8> {
    br#"{"RequestId":"130A2C10-B9EE-4D84-88E3-5384FF039795","HostId":"cloudauth-intl.ap-southeast-1.aliyuncs.com","Code":"Throttling.Api","Message":"Request was denied due to api flow control.","Recommend":"https://next.api.aliyun.com/troubleshoot"}"#
        .to_vec()
}

/// A face, and a document of one page with five fields, as texts in the reply. `image` is the face's, in base64.
pub fn success(image: &str) -> Vec<u8> {
    let fields = r#"\\\"surname\\\":\\\"SPECIMEN\\\",\\\"given_names\\\":\\\"SAMPLE\\\",\\\"sex\\\":\\\"F\\\",\\\"date_of_birth\\\":\\\"1985-01-01\\\",\\\"passport_number\\\":\\\"Z00000000\\\""#;
    format!(
        r#"{{"RequestId":"130A2C10-B9EE-4D84-88E3-5384FF039795","Code":"Success","Message":"success","Result":{{"Passed":"Y","SubCode":"200","ExtFaceInfo":"{{\"faceAttack\":\"N\",\"faceComparisonScore\":99.12,\"faceImg\":\"{image}\",\"facePassed\":\"Y\",\"faceAge\":\"30\",\"faceGender\":\"F\"}}","ExtIdInfo":"{{\"ocrIdPassed\":\"Y\",\"ocrIdInfoData\":{{\"01\":{{\"ocrIdPassed\":\"Y\",\"ocrIdInfo\":\"{{{fields}}}\"}}}}}}"}}}}"#
    )
    .into_bytes()
}

/// Base64 of 1 MiB of what cannot be compressed.
pub fn image() -> String {
    let mut state = 1_u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    });
    STANDARD.encode(noise.take(MIB / 4 * 3).collect::<Vec<u8>>())
}
