//! An instance's metadata service, version 2: a token first. Version 1, without one, only where it is switched on.

use std::time::Duration;

use hyper::StatusCode;

use crate::cloud::CloudService;
use crate::reply::{Reply, random};
use crate::request::Request;
use crate::service::Service;
use crate::verify::hex;

/// The role that the instance has.
const ROLE: &str = "emulator-role";
const TOKEN: &str = "/latest/api/token";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";
/// How long a token may be asked to live, in seconds.
const TTL: std::ops::RangeInclusive<u64> = 1..=21_600;
const TOKENS_KEPT: usize = 1000;

pub(super) fn answer(service: &Service, request: &Request) -> Reply {
    match (request.method.as_str(), request.path.as_str()) {
        ("PUT", TOKEN) => token(service, request),
        ("GET", path) if path.starts_with(ROLES) => {
            if let Err(refusal) = may(service, request) {
                return refusal;
            }
            match &path[ROLES.len()..] {
                "" => Reply::text(StatusCode::OK, ROLE),
                ROLE => {
                    let mut body = service.cloud.issue(CloudService::Metadata, service.now());
                    body["Code"] = "Success".into();
                    body["LastUpdated"] = service.now().iso().into();
                    Reply::json(StatusCode::OK, &body)
                }
                _ => Reply::text(StatusCode::NOT_FOUND, "not found"),
            }
        }
        _ => Reply::text(StatusCode::NOT_FOUND, "not found"),
    }
}

fn token(service: &Service, request: &Request) -> Reply {
    let ttl = request.header("x-aliyun-ecs-metadata-token-ttl-seconds").and_then(|ttl| ttl.parse().ok());
    let Some(ttl) = ttl.filter(|ttl| TTL.contains(ttl)) else {
        return Reply::text(StatusCode::BAD_REQUEST, "x-aliyun-ecs-metadata-token-ttl-seconds must be 1 to 21600");
    };
    let token = hex(&random::<20>());
    let now = service.now();
    let mut state = service.cloud.state();
    state.imds_tokens.retain(|(end, _)| *end > now);
    if state.imds_tokens.len() == TOKENS_KEPT {
        state.imds_tokens.remove(0);
    }
    state.imds_tokens.push((now.plus(Duration::from_secs(ttl)), token.clone()));
    Reply::text(StatusCode::OK, token)
}

/// Whether the request has a token that holds, or may do without.
fn may(service: &Service, request: &Request) -> Result<(), Reply> {
    let state = service.cloud.state();
    let holds = match request.header("x-aliyun-ecs-metadata-token") {
        None => state.imds_v1,
        Some(token) => state.imds_tokens.iter().any(|(end, known)| known == token && *end > service.now()),
    };
    if holds { Ok(()) } else { Err(Reply::text(StatusCode::FORBIDDEN, "a token is needed")) }
}
