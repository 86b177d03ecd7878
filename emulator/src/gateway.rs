//! The checks that come before any action, in the gateway's order.

use crate::actions::{Action, Answer};
use crate::clock::Moment;
use crate::codes::{
    INCOMPLETE_SIGNATURE, INVALID_ACTION, INVALID_PARAMETER, INVALID_VERSION, KEY_NOT_FOUND, MISSING_ACTION, NONCE_USED, Refusal,
    SIGNATURE_MISMATCH, THROTTLING_API, TIMESTAMP_EXPIRED, TIMESTAMP_FORMAT, TOKEN_EXPIRED, TOKEN_MISMATCH,
};
use crate::reply::{Reply, request_id};
use crate::request::Request;
use crate::service::Service;
use crate::state::{Call, WINDOW};
use crate::verify::{Claim, Scheme};

const VERSION: &str = "2022-08-09";
/// Long enough for any client's nonce, short enough to remember many.
const LONGEST_NONCE: usize = 256;

/// Answers one call and remembers that it came.
pub(crate) fn answer(service: &Service, request: &Request, connection: u64) -> Reply {
    let request_id = request_id();
    let scheme = Scheme::of(request);
    let action_name = name(request, scheme, "x-acs-action", "Action");
    let action = action_name.and_then(Action::named);
    let answer = checked(service, request, scheme)
        .and_then(|action| action.answer(service, request, &request_id))
        .unwrap_or_else(|refusal| Answer {
            code: refusal.code.name.to_owned(),
            reply: Reply::refusal(&refusal, &request_id, request.host(), &service.endpoint),
        });
    service.state().record(Call {
        time: service.now().iso(),
        action: action.map_or(if action_name.is_some() { "?" } else { "" }, Action::name),
        signature: scheme.map_or("", Scheme::name),
        http_status: answer.reply.status.as_u16(),
        code: answer.code,
        connection,
    });
    answer.reply
}

/// The action to take, once everything about the request holds.
fn checked(service: &Service, request: &Request, scheme: Option<Scheme>) -> Result<Action, Refusal> {
    if name(request, scheme, "x-acs-version", "Version") != Some(VERSION) {
        return Err(Refusal::new(&INVALID_VERSION, format!("The version must be {VERSION}.")));
    }
    let action = name(request, scheme, "x-acs-action", "Action").ok_or(&MISSING_ACTION)?;
    let action = Action::named(action)
        .ok_or_else(|| Refusal::new(&INVALID_ACTION, "The action is not known: the emulator has Initialize and CheckResult."))?;
    authenticated(service, request)?;
    if let Some(limit) = service.options.qps
        && !service.state().quota.take(action.name(), limit, service.now())
    {
        return Err((&THROTTLING_API).into());
    }
    if request.query.keys().any(|name| request.form.contains_key(name)) {
        return Err(Refusal::new(&INVALID_PARAMETER, "A parameter stands both in the query and in the body."));
    }
    Ok(action)
}

/// Whether the request is signed with keys that are good.
pub(crate) fn authenticated(service: &Service, request: &Request) -> Result<(), Refusal> {
    let claim = Claim::read(request).map_err(|fault| Refusal::new(&INCOMPLETE_SIGNATURE, fault))?;
    let key = Key::find(service, &claim.access_key_id).ok_or(&KEY_NOT_FOUND)?;
    let now = service.now();
    let timestamp = Moment::parse_iso(&claim.timestamp).ok_or(&TIMESTAMP_FORMAT)?;
    if timestamp.distance(now) > WINDOW {
        return Err((&TIMESTAMP_EXPIRED).into());
    }
    if claim.nonce.is_empty() || claim.nonce.len() > LONGEST_NONCE {
        let rule = format!("The signature nonce must have 1 to {LONGEST_NONCE} characters.");
        return Err(Refusal::new(&INCOMPLETE_SIGNATURE, rule));
    }
    if service.state().nonce_used(&claim.nonce, now) {
        return Err((&NONCE_USED).into());
    }
    if !claim.holds(&key.secret) {
        let message = format!("{} server string to sign is:{}", SIGNATURE_MISMATCH.message, claim.string_to_sign);
        return Err(Refusal::new(&SIGNATURE_MISMATCH, message));
    }
    // Only now, so that a forged request cannot spend someone's nonce.
    if !service.state().use_nonce(&claim.nonce, now) {
        return Err((&NONCE_USED).into());
    }
    if claim.security_token != key.token {
        return Err((&TOKEN_MISMATCH).into());
    }
    if key.end.is_some_and(|end| end <= now) {
        return Err((&TOKEN_EXPIRED).into());
    }
    Ok(())
}

/// What belongs to an access key id: the one of the options, or one that was given out.
struct Key {
    secret: String,
    token: Option<String>,
    end: Option<Moment>,
}

impl Key {
    fn find(service: &Service, id: &str) -> Option<Key> {
        let options = &service.options;
        if id == options.access_key_id {
            return Some(Key { secret: options.access_key_secret.clone(), token: options.security_token.clone(), end: None });
        }
        let keys = service.cloud.keys(id)?;
        Some(Key { secret: keys.secret, token: Some(keys.token), end: Some(keys.end) })
    }
}

/// Version and action stand in headers under the newer signature, in parameters under the older.
fn name<'a>(request: &'a Request, scheme: Option<Scheme>, header: &str, parameter: &str) -> Option<&'a str> {
    let found = match scheme {
        Some(Scheme::Acs3) => request.header(header),
        Some(Scheme::Rpc1) => request.parameter(parameter),
        None => request.header(header).or_else(|| request.parameter(parameter)),
    };
    found.filter(|value| !value.is_empty())
}
