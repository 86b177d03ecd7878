//! The Security Token Service: `AssumeRole` and `AssumeRoleWithOIDC`.

use hyper::StatusCode;
use serde_json::json;

use crate::cloud::CloudService;
use crate::codes::{Code, INVALID_ACTION, INVALID_PARAMETER, MISSING_PARAMETER, Refusal};
use crate::gateway;
use crate::reply::{Reply, request_id};
use crate::request::Request;
use crate::service::Service;

const VERSION: &str = "2015-04-01";
const OIDC: &str = "AssumeRoleWithOIDC";
/// Lifetimes that may be asked for, in seconds.
const DURATIONS: std::ops::RangeInclusive<u32> = 900..=43_200;

const TOKEN_INVALID: Code =
    Code { name: "AuthenticationFail.OIDCToken.Invalid", status: 400, message: "The OIDC token is invalid." };

/// Whether a request at `/` is for STS, rather than for the service.
pub(super) fn is_for(request: &Request) -> bool {
    request.parameter("Version").or_else(|| request.header("x-acs-version")) == Some(VERSION)
}

fn action(request: &Request) -> &str {
    request.parameter("Action").or_else(|| request.header("x-acs-action")).unwrap_or_default()
}

pub(super) fn which(request: &Request) -> CloudService {
    if action(request) == OIDC { CloudService::Oidc } else { CloudService::AssumeRole }
}

pub(super) fn answer(service: &Service, request: &Request) -> Reply {
    let request_id = request_id();
    let answer = match action(request) {
        "AssumeRole" => gateway::authenticated(service, request, None, 0).and_then(|()| role(request)),
        OIDC => vouched_for(service, request).and_then(|()| role(request)),
        _ => Err(Refusal::new(
            &INVALID_ACTION,
            "The action is not known: the emulator's STS has AssumeRole and AssumeRoleWithOIDC.",
        )),
    };
    let Role { arn, session } = match answer {
        Ok(role) => role,
        Err(refusal) => return Reply::refusal(&refusal, &request_id, request.host(), &service.endpoint),
    };
    let body = json!({
        "RequestId": request_id,
        "AssumedRoleUser": {"AssumedRoleId": format!("300000000000000000:{session}"), "Arn": format!("{arn}/{session}")},
        "Credentials": service.cloud.issue(which(request), service.now()),
    });
    Reply::json(StatusCode::OK, &body)
}

/// Whether the OIDC token, which must not stand in a URL, is the one that is expected.
fn vouched_for(service: &Service, request: &Request) -> Result<(), Refusal> {
    if request.query.contains_key("OIDCToken") {
        return Err(Refusal::new(&INVALID_PARAMETER, "OIDCToken must stand in a form body: logs hold queries."));
    }
    arn(request, "OIDCProviderArn", ":oidc-provider/")?;
    let token = required(request, "OIDCToken")?;
    let holds = token == service.cloud.state().oidc_token;
    if holds { Ok(()) } else { Err((&TOKEN_INVALID).into()) }
}

struct Role<'a> {
    arn: &'a str,
    session: &'a str,
}

fn role(request: &Request) -> Result<Role<'_>, Refusal> {
    let arn = arn(request, "RoleArn", ":role/")?;
    let session = required(request, "RoleSessionName")?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".@-_".contains(&byte);
    if !(2..=64).contains(&session.len()) || !session.bytes().all(plain) {
        return Err(Refusal::new(&INVALID_PARAMETER, "The parameter RoleSessionName is invalid."));
    }
    let duration = request.parameter("DurationSeconds").map(str::parse::<u32>);
    if duration.is_some_and(|seconds| !seconds.is_ok_and(|seconds| DURATIONS.contains(&seconds))) {
        return Err(Refusal::new(&INVALID_PARAMETER, "The parameter DurationSeconds is invalid: it must be 900 to 43200."));
    }
    Ok(Role { arn, session })
}

/// An ARN of RAM: `acs:ram::<account>:role/<name>`.
fn arn<'a>(request: &'a Request, name: &str, kind: &str) -> Result<&'a str, Refusal> {
    let arn = required(request, name)?;
    let parts = arn.strip_prefix("acs:ram::").and_then(|rest| rest.split_once(kind));
    let holds = parts.is_some_and(|(account, name)| {
        !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty()
    });
    if holds { Ok(arn) } else { Err(Refusal::new(&INVALID_PARAMETER, format!("The parameter {name} is invalid."))) }
}

fn required<'a>(request: &'a Request, name: &str) -> Result<&'a str, Refusal> {
    let value = request.parameter(name).filter(|value| !value.is_empty());
    value.ok_or_else(|| Refusal::new(&MISSING_PARAMETER, format!("The parameter {name} is missing.")))
}
