//! What Alibaba Cloud has around the service, and clients fetch temporary keys from: STS with and without OIDC, an instance's
//! metadata, a credentials URI. All of it is served at the emulator's own endpoint, and the keys are good for its calls.

mod metadata;
mod sts;
mod uri;

use crate::cloud::{CloudFault, CloudService};
use crate::reply::Reply;
use crate::request::Request;
use crate::service::Service;

/// Answers a request that is for one of these services; `None` where it is for none.
pub(crate) fn answer(service: &Service, request: &Request) -> Option<Reply> {
    let (which, answer): (_, fn(&Service, &Request) -> Reply) = match request.path.as_str() {
        "/" if sts::is_for(request) => (sts::which(request), sts::answer),
        path if path.starts_with("/latest/") => (CloudService::Metadata, metadata::answer),
        "/credentials" => (CloudService::CredentialsUri, uri::answer),
        _ => return None,
    };
    let fault = service.cloud.begin(which);
    Some(fault.and_then(CloudFault::commit).unwrap_or_else(|| answer(service, request)))
}
