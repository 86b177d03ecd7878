//! The checks that come before any action, in the gateway's order.

use std::sync::atomic::Ordering::Relaxed;

use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue};

use crate::actions::{Action, Answer};
use crate::clock::Moment;
use crate::codes::{
    INCOMPLETE_SIGNATURE, INVALID_ACTION, INVALID_PARAMETER, INVALID_VERSION, KEY_NOT_FOUND, MISSING_ACTION, NONCE_USED, Refusal,
    SIGNATURE_MISMATCH, THROTTLING_API, TIMESTAMP_EXPIRED, TIMESTAMP_FORMAT, TOKEN_EXPIRED, TOKEN_MISMATCH,
};
use crate::faults::{self, Effect, Refused};
use crate::outgoing::Outgoing;
use crate::reply::{Reply, request_id};
use crate::request::{Connection, Request};
use crate::service::Service;
use crate::state::{Call, WINDOW};
use crate::verify::{Claim, Scheme};

const VERSION: &str = "2022-08-09";
/// Long enough for any client's nonce, short enough to remember many.
const LONGEST_NONCE: usize = 256;

/// Answers one call and remembers that it came. A fault may have its way with both.
pub(crate) fn answer(service: &Service, request: &Request, connection: &Connection) -> Outgoing {
    let scheme = Scheme::of(request);
    let action_name = name(request, scheme, "x-acs-action", "Action");
    let action = action_name.map_or("", |name| Action::named(name).map_or("?", Action::name));
    let transaction_id = request.parameter("TransactionId").unwrap_or_default();
    let begins = action.starts_with("Initialize");
    let id = if begins { request.parameter("MerchantBizId").unwrap_or_default() } else { transaction_id };
    let arrival = service.tally.arrived(action, transaction_id, id);
    let call = faults::Call {
        action,
        transaction_id,
        earlier: arrival.earlier,
        on_reuse: connection.used.swap(true, Relaxed),
        host: request.host(),
    };
    let (fault, effect) = service.faults.on_call(&call).unzip();
    let outcome = under(effect, service, request, scheme);
    let fault = fault.filter(|_| outcome.applied);
    service.tally.answered(arrival, connection.number, fault, outcome.http_status, &outcome.code);
    service.state().record(Call {
        time: service.now().iso(),
        action,
        signature: scheme.map_or("", Scheme::name),
        http_status: outcome.http_status,
        code: outcome.code,
        connection: connection.number,
    });
    outcome.outgoing
}

/// What became of a call.
struct Outcome {
    outgoing: Outgoing,
    http_status: u16,
    code: String,
    /// Whether the fault had its way; a refusal has not where another check refused before it.
    applied: bool,
}

/// The answer under a fault's effect.
fn under(effect: Option<Effect>, service: &Service, request: &Request, scheme: Option<Scheme>) -> Outcome {
    let replaced = |outgoing, http_status| Outcome { outgoing, http_status, code: String::new(), applied: true };
    let (mut refused, mut skew_ms) = (None, 0);
    let effect = match effect {
        Some(Effect::Instead(reply)) => {
            let http_status = reply.status.as_u16();
            return replaced(reply.into(), http_status);
        }
        Some(Effect::Sever(script)) => {
            let mut outgoing = Outgoing::from(Reply::new(StatusCode::OK, "", ""));
            outgoing.wiring = Some(Box::new(|_| script));
            return replaced(outgoing, 0);
        }
        Some(Effect::Refuse(refusal)) => {
            refused = Some(refusal);
            None
        }
        Some(Effect::Clock(skew, _)) => {
            skew_ms = skew;
            effect
        }
        _ => effect,
    };
    let Answer { reply, code } = ask(service, request, scheme, refused.as_ref(), skew_ms);
    let http_status = reply.status.as_u16();
    let applied = refused.as_ref().is_none_or(|refused| refused.code.name == code);
    let mut outgoing = Outgoing::from(reply);
    if let Some(wait) = refused.and_then(|refused| refused.retry_after).filter(|_| applied) {
        let value = HeaderValue::from(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
        outgoing.reply.headers.push((HeaderName::from_static("x-acs-retry-after"), value));
    }
    if let Some(effect) = effect {
        outgoing = outgoing.under(effect);
    }
    Outcome { outgoing, http_status, code, applied }
}

/// The service's own answer.
fn ask(service: &Service, request: &Request, scheme: Option<Scheme>, refused: Option<&Refused>, skew_ms: i64) -> Answer {
    let request_id = request_id();
    checked(service, request, scheme, refused, skew_ms)
        .and_then(|action| action.answer(service, request, &request_id))
        .unwrap_or_else(|refusal| Answer {
            code: refusal.code.name.to_owned(),
            reply: Reply::refusal(&refusal, &request_id, request.host(), &service.endpoint),
        })
}

/// The action to take, once everything about the request holds.
fn checked(
    service: &Service,
    request: &Request,
    scheme: Option<Scheme>,
    refused: Option<&Refused>,
    skew_ms: i64,
) -> Result<Action, Refusal> {
    if name(request, scheme, "x-acs-version", "Version") != Some(VERSION) {
        return Err(Refusal::new(&INVALID_VERSION, format!("The version must be {VERSION}.")));
    }
    let action = name(request, scheme, "x-acs-action", "Action").ok_or(&MISSING_ACTION)?;
    let action =
        Action::named(action).ok_or_else(|| Refusal::new(&INVALID_ACTION, "The action is not one that the emulator knows."))?;
    authenticated(service, request, refused, skew_ms)?;
    if let Some(limit) = service.options.quota()
        && !service.state().quota.take(action.name(), limit, service.tally.elapsed())
    {
        return Err((&THROTTLING_API).into());
    }
    if request.query.keys().any(|name| request.form.contains_key(name)) {
        return Err(Refusal::new(&INVALID_PARAMETER, "A parameter stands both in the query and in the body."));
    }
    Ok(action)
}

/// Whether the request is signed with keys that are good, by a clock that is off by `skew_ms`; `refused` refuses it all the
/// same.
pub(crate) fn authenticated(
    service: &Service,
    request: &Request,
    refused: Option<&Refused>,
    skew_ms: i64,
) -> Result<(), Refusal> {
    let claim = Claim::read(request).map_err(|fault| Refusal::new(&INCOMPLETE_SIGNATURE, fault))?;
    let key = Key::find(service, &claim.access_key_id).ok_or(&KEY_NOT_FOUND)?;
    let now = service.now();
    let timestamp = Moment::parse_iso(&claim.timestamp).ok_or(&TIMESTAMP_FORMAT)?;
    if timestamp.distance(now.shifted(skew_ms)) > WINDOW {
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
    let renewed = claim.security_token.is_some() && refused.is_some_and(|refused| refused.until_new_token);
    if claim.security_token != key.token {
        if !renewed {
            return Err((&TOKEN_MISMATCH).into());
        }
    } else if let Some(refused) = refused {
        return Err(refused.code.into());
    }
    if key.end.is_some_and(|end| end <= now) {
        return Err((&TOKEN_EXPIRED).into());
    }
    Ok(())
}

/// What belongs to an access key id: the one of the options, or one that was given out.
pub(crate) struct Key {
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
    pub(crate) end: Option<Moment>,
}

impl Key {
    pub(crate) fn find(service: &Service, id: &str) -> Option<Key> {
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
