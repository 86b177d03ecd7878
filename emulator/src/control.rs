//! Control calls: JSON in, JSON out, unsigned, for tests and for the page.

use hyper::StatusCode;
use serde_json::{Value, json};

use crate::cloud;
use crate::connection::plain;
use crate::reply::Reply;
use crate::request::Request;
use crate::service::Service;
use crate::state::{Call, State};

/// Answers `METHOD /control/<name>`.
pub(crate) fn answer(service: &Service, name: &str, request: &Request) -> Reply {
    let outcome = match (request.method.as_str(), name) {
        ("GET", "clock") => Ok(clock(service)),
        ("POST", "clock") => arguments(request).and_then(|arguments| move_clock(service, &arguments)),
        ("POST", "finish") => arguments(request).and_then(|arguments| finish(service, &arguments)),
        ("GET", "cloud") => Ok(cloud::describe(&service.cloud)),
        ("POST", "cloud") => arguments(request).and_then(|arguments| cloud::set(&service.cloud, &arguments)),
        ("GET", "calls") => Ok(json!({"calls": service.state().calls().iter().map(call).collect::<Value>()})),
        ("GET", "transactions") => Ok(json!({"transactions": transactions(&service.state())})),
        _ => return plain(StatusCode::NOT_FOUND, "there is no such control call"),
    };
    match outcome {
        Ok(body) => Reply::json(StatusCode::OK, &body),
        Err(fault) => plain(StatusCode::BAD_REQUEST, &fault),
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

fn finish(service: &Service, arguments: &Value) -> Result<Value, String> {
    let text = |name: &str| arguments[name].as_str().ok_or_else(|| format!("{name}: must be a text"));
    let (transaction_id, sub_code) = (text("transaction_id")?, text("sub_code")?);
    service.finish(transaction_id, sub_code).map_err(|error| error.to_string())?;
    Ok(json!({"transaction_id": transaction_id, "sub_code": sub_code}))
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

fn transactions(state: &State) -> Value {
    let describe = |(id, transaction): (&str, &crate::state::Transaction)| {
        json!({
            "transaction_id": id,
            "product_code": transaction.product_code,
            "sub_code": transaction.end.map(|end| end.sub_code),
            "finished": transaction.end.map(|end| end.at.iso()),
            "callback": transaction.callback.as_ref().map(|callback| callback.outcome.as_deref().unwrap_or("not yet called")),
        })
    };
    state.transactions().map(describe).collect()
}
