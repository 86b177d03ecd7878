//! OSS's signature V4, read and checked by itself.

use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use hyper::StatusCode;
use sha2::{Digest as _, Sha256};

use crate::bucket::{BUCKET, REGION, Refusal, refusal};
use crate::clock::Moment;
use crate::gateway::Key;
use crate::request::Request;
use crate::service::Service;
use crate::verify::{hex, percent};

const ALGORITHM: &str = "OSS4-HMAC-SHA256";
const PAYLOAD: &str = "UNSIGNED-PAYLOAD";
const WINDOW: Duration = Duration::from_mins(15);
const ADDITIONAL: &str = "AdditionalHeaders";

const DOES_NOT_MATCH: Refusal = forbidden("SignatureDoesNotMatch", "The request signature we calculated does not match.");

const fn forbidden(code: &'static str, message: &'static str) -> Refusal {
    refusal(StatusCode::FORBIDDEN, code, message)
}

const fn invalid(message: &'static str) -> Refusal {
    refusal(StatusCode::BAD_REQUEST, "InvalidArgument", message)
}

/// Whether the request is signed with keys that are good.
pub(super) fn validate(service: &Service, request: &Request) -> Result<(), Refusal> {
    let authorization = Authorization::read(request.authorization().unwrap_or_default())?;
    let [id, date, region, "oss", "aliyun_v4_request"] = authorization.credential[..] else {
        return Err(invalid("The Credential must be ID/DATE/REGION/oss/aliyun_v4_request."));
    };
    let own = service.options.region.map_or(REGION.to_owned(), |region| region.to_string());
    if region != own {
        return Err(invalid("Invalid signing region in Authorization header."));
    }
    let stamp = request.header("x-oss-date").unwrap_or_default();
    let time = timestamp(stamp).ok_or(invalid("x-oss-date must be like 20260301T100000Z."))?;
    if !stamp.starts_with(date) || time.distance(service.now()) > WINDOW {
        return Err(forbidden(
            "RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large.",
        ));
    }
    if request.header("x-oss-content-sha256") != Some(PAYLOAD) {
        return Err(invalid("x-oss-content-sha256 must be UNSIGNED-PAYLOAD."));
    }
    let key =
        Key::find(service, id).ok_or(forbidden("InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist."))?;
    if request.header("x-oss-security-token") != key.token.as_deref() {
        return Err(forbidden("InvalidSecurityToken", "The security token you provided is invalid."));
    }
    if key.end.is_some_and(|end| end <= service.now()) {
        return Err(forbidden("SecurityTokenExpired", "The security token you provided has expired."));
    }
    let scope = format!("{date}/{region}/oss/aliyun_v4_request");
    let text = format!("{ALGORITHM}\n{stamp}\n{scope}\n{}", hex(&Sha256::digest(canonical(request, &authorization.additional)?)));
    if signature(&key.secret, date, region, &text) == authorization.signature { Ok(()) } else { Err(DOES_NOT_MATCH) }
}

/// Method, resource, query, headers; the body is not signed.
fn canonical(request: &Request, additional: &[&str]) -> Result<String, Refusal> {
    let signs = |name: &str| matches!(name, "content-type" | "content-md5") || name.starts_with("x-oss-");
    if additional.iter().any(|name| request.header(name).is_none() || signs(name)) {
        return Err(invalid("AdditionalHeaders must name headers that are sent, and that are not signed without it."));
    }
    let mut headers: Vec<_> =
        request.headers.iter().filter(|(name, _)| signs(name) || additional.contains(&name.as_str())).collect();
    headers.sort();
    let headers: Vec<_> = headers.into_iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
    let headers = headers.concat();
    let path = percent::decode(&request.path).ok_or(DOES_NOT_MATCH)?;
    let path = percent::encode(&path).replace("%2F", "/");
    let is_virtual = request.host().strip_prefix(BUCKET).is_some_and(|rest| rest.starts_with('.'));
    let bucket = if is_virtual { format!("/{BUCKET}") } else { String::new() };
    // In order, since the names are; a parameter without a value has no sign behind it.
    let pair = |(name, value): (&String, &String)| match &**value {
        "" => percent::encode(name),
        value => format!("{}={}", percent::encode(name), percent::encode(value)),
    };
    let query: Vec<_> = request.query.iter().map(pair).collect();
    Ok(format!("{}\n{bucket}{path}\n{}\n{headers}\n{}\n{PAYLOAD}", request.method, query.join("&"), additional.join(";")))
}

fn signature(secret: &str, date: &str, region: &str, text: &str) -> String {
    let mac = |key: &[u8], text: &str| {
        // HMAC takes a key of any length.
        Hmac::<Sha256>::new_from_slice(key).map(|mac| mac.chain_update(text).finalize().into_bytes().to_vec()).unwrap_or_default()
    };
    let parts = [date, region, "oss", "aliyun_v4_request", text];
    hex(&parts.iter().fold(format!("aliyun_v4{secret}").into_bytes(), |key, part| mac(&key, part)))
}

/// `20260301T100000Z`.
fn timestamp(text: &str) -> Option<Moment> {
    let is_shaped = text.len() == 16 && text.is_ascii();
    let part = |from: usize, to: usize| text.get(from..to);
    let iso = format!("{}-{}-{}:{}:{}", part(0, 4)?, part(4, 6)?, part(6, 11)?, part(11, 13)?, part(13, 16)?);
    is_shaped.then(|| Moment::parse_iso(&iso)).flatten()
}

/// The parts of `OSS4-HMAC-SHA256 Credential=…, AdditionalHeaders=…, Signature=…`.
struct Authorization<'a> {
    credential: Vec<&'a str>,
    additional: Vec<&'a str>,
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    fn read(text: &'a str) -> Result<Self, Refusal> {
        let Some(parts) = text.strip_prefix(ALGORITHM) else {
            return Err(forbidden("AccessDenied", "This bucket takes signature V4 alone."));
        };
        let part = |name: &str| parts.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
        let additional = part(ADDITIONAL);
        if additional.is_some_and(str::is_empty) {
            return Err(invalid("AdditionalHeaders must not be empty; leave it out."));
        }
        let needed = |name| part(name).ok_or(invalid("The Authorization header must hold Credential and Signature."));
        Ok(Self {
            credential: needed("Credential")?.split('/').collect(),
            additional: additional.map(|names| names.split(';').collect()).unwrap_or_default(),
            signature: needed("Signature")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use hyper::body::Bytes;

    use super::*;

    /// The example of OSS's documentation.
    #[test]
    fn the_published_example_holds() {
        let request = hyper::Request::put("/examplebucket/exampleobject")
            .header("content-disposition", "attachment")
            .header("content-length", "3")
            .header("content-md5", "ICy5YqxZB1uWSwcVLSNLcA==")
            .header("content-type", "text/plain")
            .header("x-oss-content-sha256", PAYLOAD)
            .header("x-oss-date", "20250411T064124Z");
        let request = Request::new(&request.body(()).unwrap().into_parts().0, Bytes::new()).unwrap();
        let canonical = canonical(&request, &["content-disposition", "content-length"]).unwrap();
        let hash = hex(&Sha256::digest(canonical));
        assert_eq!(hash, "c46d96390bdbc2d739ac9363293ae9d710b14e48081fcb22cd8ad54b63136eca");
        let text = format!("{ALGORITHM}\n20250411T064124Z\n20250411/cn-hangzhou/oss/aliyun_v4_request\n{hash}");
        let signature = signature("yourAccessKeySecret", "20250411", "cn-hangzhou", &text);
        assert_eq!(signature, "d3694c2dfc5371ee6acd35e88c4871ac95a7ba01d3a2f476768fe61218590097");
    }

    #[test]
    fn a_timestamp_has_one_form() {
        assert_eq!(timestamp("20250411T064124Z").map(Moment::iso).as_deref(), Some("2025-04-11T06:41:24Z"));
        for text in ["", "20250411T064124", "2025-04-11T06:41:24Z", "20250411064124ZZ", "20251311T064124Z"] {
            assert!(timestamp(text).is_none(), "{text}");
        }
    }
}
