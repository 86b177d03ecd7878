//! Control calls: JSON in, JSON out, unsigned, for tests and for the page.

use hyper::StatusCode;
use serde_json::{Value, json};

use crate::cloud;
use crate::faults::{Fault, FaultError};
use crate::reply::Reply;
use crate::request::Request;
use crate::service::Service;
use crate::state::Call;
use crate::stats::Attempt;
use crate::verification::Verification;

/// Answers `METHOD /control/<name>`.
pub(crate) fn answer(service: &Service, name: &str, request: &Request) -> Reply {
    let outcome = match (request.method.as_str(), name) {
        ("GET", "clock") => Ok(clock(service)),
        ("POST", "clock") => arguments(request).and_then(|arguments| move_clock(service, &arguments)),
        ("POST", "finish") => arguments(request).and_then(|arguments| finish(service, &arguments)),
        ("POST", "abandon") => arguments(request).and_then(|arguments| abandon(service, &arguments)),
        ("POST", "enter") => arguments(request).and_then(|arguments| enter(service, &arguments)),
        ("POST", "pend") => arguments(request).and_then(|arguments| pend(service, &arguments)),
        ("GET", "cloud") => Ok(cloud::describe(&service.cloud)),
        ("POST", "cloud") => arguments(request).and_then(|arguments| cloud::set(&service.cloud, &arguments)),
        ("GET", "calls") => Ok(json!({"calls": service.state().calls().iter().map(call).collect::<Value>()})),
        ("GET", "stats") => Ok(stats(service)),
        ("DELETE", "stats") => {
            service.tally.reset();
            Ok(stats(service))
        }
        ("GET", "attempts") => Ok(attempts(service, request.query.get("transaction_id").map(String::as_str))),
        ("GET", "faults") => Ok(faults(service)),
        ("POST", "faults") => arguments(request).and_then(|arguments| set_faults(service, &arguments)),
        ("DELETE", "faults") => set_faults(service, &json!({"faults": []})),
        ("GET", "transactions") => Ok(transactions(service)),
        _ => return Reply::plain(StatusCode::NOT_FOUND, "there is no such control call"),
    };
    match outcome {
        Ok(body) => Reply::json(StatusCode::OK, &body),
        Err(fault) => Reply::plain(StatusCode::BAD_REQUEST, &fault),
    }
}

fn arguments(request: &Request) -> Result<Value, String> {
    let arguments: Option<Value> = serde_json::from_slice(&request.body).ok();
    arguments.filter(Value::is_object).ok_or_else(|| "the body must be a JSON object".to_owned())
}

fn clock(service: &Service) -> Value {
    json!({"now": service.now().iso()})
}

fn move_clock(service: &Service, arguments: &Value) -> Result<Value, String> {
    let seconds = arguments["advance_seconds"].as_i64().ok_or("advance_seconds: must be a whole number")?;
    service.shift_clock(seconds.saturating_mul(1000));
    Ok(clock(service))
}

fn text<'a>(arguments: &'a Value, name: &str) -> Result<&'a str, String> {
    arguments[name].as_str().ok_or_else(|| format!("{name}: must be a text"))
}

fn finish(service: &Service, arguments: &Value) -> Result<Value, String> {
    let (transaction_id, sub_code) = (text(arguments, "transaction_id")?, text(arguments, "sub_code")?);
    service.finish(transaction_id, sub_code).map_err(|error| error.to_string())?;
    Ok(json!({"transaction_id": transaction_id, "sub_code": sub_code}))
}

fn abandon(service: &Service, arguments: &Value) -> Result<Value, String> {
    let (transaction_id, page, code) = (text(arguments, "transaction_id")?, text(arguments, "page")?, text(arguments, "code")?);
    service.abandon(transaction_id, page, code).map_err(|error| error.to_string())?;
    Ok(json!({"transaction_id": transaction_id, "page": page, "code": code}))
}

fn enter(service: &Service, arguments: &Value) -> Result<Value, String> {
    let (transaction_id, page) = (text(arguments, "transaction_id")?, text(arguments, "page")?);
    service.enter(transaction_id, page).map_err(|error| error.to_string())?;
    Ok(json!({"transaction_id": transaction_id, "page": page}))
}

fn pend(service: &Service, arguments: &Value) -> Result<Value, String> {
    let transaction_id = text(arguments, "transaction_id")?;
    service.pend(transaction_id).map_err(|error| error.to_string())?;
    Ok(json!({"transaction_id": transaction_id}))
}

/// The counters; those of `Stats` by their names.
fn stats(service: &Service) -> Value {
    let stats = service.tally.stats();
    json!({
        "connections": stats.connections,
        "handshakes": stats.handshakes,
        "handshakes_failed": stats.handshakes_failed,
        "handshake_bytes": stats.handshake_bytes,
        "application_bytes": stats.application_bytes,
        "received_bytes": stats.received_bytes,
        "sent_bytes": stats.sent_bytes,
        "requests": stats.requests,
        "faults": counts(stats.faults.iter()),
        "codes": counts(stats.codes.iter()),
        "repeats": counts(stats.repeats.iter()),
        "attempts_forgotten": stats.attempts_forgotten,
    })
}

fn counts<'a>(counts: impl Iterator<Item = (&'a (impl ToString + 'a), &'a u64)>) -> Value {
    Value::Object(counts.map(|(name, count)| (name.to_string(), json!(count))).collect())
}

fn attempts(service: &Service, transaction_id: Option<&str>) -> Value {
    let describe = |attempt: Attempt| {
        json!({
            "at_seconds": attempt.at.as_secs_f64(),
            "action": attempt.action,
            "transaction_id": *attempt.transaction_id,
            "repeat": attempt.repeat,
            "connection": attempt.connection,
            "fault": attempt.fault,
            "http_status": attempt.http_status,
            "code": *attempt.code,
        })
    };
    json!({"attempts": service.tally.attempts(transaction_id).into_iter().map(describe).collect::<Value>()})
}

fn faults(service: &Service) -> Value {
    let describe = |(fault, applied): (Fault, u64)| json!({"fault": fault.to_string(), "struck": applied});
    let (rate, seed) = service.faults.chance();
    json!({"faults": service.faults.list().into_iter().map(describe).collect::<Value>(), "rate": rate, "seed": seed})
}

fn set_faults(service: &Service, arguments: &Value) -> Result<Value, String> {
    let rule = "faults: must be a list of texts such as \"latency:delay=300ms\"";
    let parse = |text: &Value| text.as_str().ok_or(rule.to_owned())?.parse().map_err(|error: FaultError| error.to_string());
    let set = arguments["faults"].as_array().ok_or(rule)?.iter().map(parse).collect::<Result<_, _>>()?;
    let optional = |name: &str| arguments.get(name).filter(|value| !value.is_null());
    let rate = optional("rate").map(|rate| rate.as_f64().ok_or("rate: must be a number")).transpose()?;
    let seed = optional("seed").map(|seed| seed.as_u64().ok_or("seed: must be a whole number from 0")).transpose()?;
    service.set_faults(set, rate, seed.unwrap_or(service.options.seed)).map_err(|error| error.to_string())?;
    Ok(faults(service))
}

fn call(call: &Call) -> Value {
    json!({
        "time": call.time,
        "action": call.action,
        "signature": call.signature,
        "http_status": call.http_status,
        "code": call.code,
        "connection": call.connection,
    })
}

fn transactions(service: &Service) -> Value {
    let describe = |verification: Verification| {
        json!({
            "transaction_id": verification.transaction_id,
            "product_code": verification.product_code,
            "state": verification.state,
            "begun": verification.begun,
            "page": verification.page,
            "verify_error_code": verification.verify_error_code.map(|code| code.to_string()),
            "sub_code": verification.sub_code,
            "finished": verification.finished,
            "callback": verification.callback,
        })
    };
    json!({"transactions": service.verifications().into_iter().map(describe).collect::<Value>()})
}
