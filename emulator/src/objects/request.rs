//! What a request of OSS's asks for.

use hyper::StatusCode;

use crate::bucket::{BUCKET, Refusal, refusal};
use crate::request::Request;
use crate::verify::percent;

/// Operation and object. The bucket stands in front of the host, or where that is an address, of the path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ObjectRequest {
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) upload: Option<String>,
    pub(super) part: Option<u32>,
    /// Whether it begins an upload in parts.
    pub(super) begins: bool,
}

impl ObjectRequest {
    pub(super) fn read(request: &Request) -> Result<Self, Refusal> {
        let invalid = || refusal(StatusCode::BAD_REQUEST, "InvalidArgument", "The object or a parameter is not valid.");
        let path = percent::decode(request.path.trim_start_matches('/')).ok_or_else(invalid)?;
        let is_virtual = request.host().strip_prefix(BUCKET).is_some_and(|rest| rest.starts_with('.'));
        let (bucket, key) = if is_virtual { (BUCKET, &*path) } else { path.split_once('/').unwrap_or((&path, "")) };
        if key.is_empty() || key.len() > 1023 {
            return Err(invalid());
        }
        let parameter = |name: &str| request.query.get(name).cloned();
        let part =
            parameter("partNumber").map(|text| text.parse().ok().filter(|part| (1..=10_000).contains(part)).ok_or_else(invalid));
        Ok(Self {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            upload: parameter("uploadId"),
            part: part.transpose()?,
            begins: request.query.contains_key("uploads"),
        })
    }
}
