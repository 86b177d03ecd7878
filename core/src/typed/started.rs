//! `Started` as JSON, which a merchant stores until the callback comes.

use std::fmt::Write as _;

use super::spec::TypedSpec;
use super::{Argument, Arguments, FieldKind, TypedReply, typed};
use crate::caller::Caller;
use crate::canonical::canonical_value;
use crate::decode;
use crate::error::{Error, Result};
use crate::journey::validate_origin;
use crate::request::{CheckResultRequest, validate_biz_id, validate_transaction_id};
use crate::result::{Fields, Value};

/// Of the format. A field that is added does not change it: it may be absent.
const VERSION: u64 = 1;
/// What nothing works without.
const REQUIRED: [&str; 4] = ["transaction_id", "merchant_biz_id", "product_code", "initialized_at"];

/// What [`from_json`] reads: one line of JSON. It holds the callback's token and the transaction's URL: protect it as you protect
/// them.
///
/// # Errors
/// Kind `invalid_argument` where a field of `started`, by its name, is missing or has the wrong shape.
pub fn to_json(started: Fields) -> Result<String> {
    write(read(started))
}

fn write(started: Result<TypedReply, String>) -> Result<String> {
    let reply = started.map_err(|rule| Error::invalid_argument("started", rule))?;
    let mut text = format!("{{\"version\":{VERSION}");
    for (field, value) in reply.fields() {
        let _ = write!(text, ",\"{}\":{}", field.name, canonical_value(value.unwrap_or(&Value::Null))?);
    }
    Ok(text + "}")
}

/// [`to_json`] of the reply, or of what [`from_json`] read, as a JSON object, for bindings without values of any shape. What is not
/// stored is left out.
///
/// # Errors
/// As of [`to_json`].
pub fn reply_to_json(reply: &[u8]) -> Result<String> {
    match decode::fields(reply) {
        Ok(Some(fields)) => write(stored_or_reply(fields)),
        _ => Err(Error::invalid_argument("started", "must be a JSON object")),
    }
}

/// The value that [`to_json`] wrote.
///
/// # Errors
/// Kind `invalid_argument` where `json` is something else.
pub fn from_json(json: &[u8]) -> Result<TypedReply> {
    parse(json, "is not JSON").map_err(|rule| Error::invalid_argument("json", rule))
}

/// The value that an operation is given for its argument `started`: what [`to_json`] wrote, or the reply of `initialize` itself.
pub(super) fn given(arguments: &Arguments) -> Result<TypedReply> {
    let parsed = match arguments.get("started") {
        Some(Argument::Text(text)) => parse(text.as_bytes(), "must be what `initialize` gave, or its JSON"),
        Some(Argument::Json(Value::Object(fields))) => stored_or_reply(fields.clone()),
        Some(_) => Err("must be an object".to_owned()),
        None => Err("must be given".to_owned()),
    };
    parsed.map_err(|rule| Error::invalid_argument("started", rule))
}

/// The same, of a verification that was started where `caller` asks; an unchecked request may ask elsewhere.
pub(super) fn given_here(arguments: &Arguments, caller: &Caller<'_>) -> Result<TypedReply> {
    let started = given(arguments)?;
    if !arguments.is_unchecked() {
        validate_origin(started.text("region"), started.text("endpoint"), caller.endpoint)?;
    }
    Ok(started)
}

/// What asks for the result of a verification.
pub(super) fn result_request(started: &TypedReply) -> CheckResultRequest {
    let [biz_id, transaction_id] = ["merchant_biz_id", "transaction_id"].map(|name| started.text(name).unwrap_or_default());
    CheckResultRequest::new(biz_id, transaction_id)
}

/// The value, or which rule the text breaks: `no_json` where it is none.
fn parse(json: &[u8], no_json: &str) -> Result<TypedReply, String> {
    match decode::fields(json) {
        Ok(Some(fields)) => versioned(fields),
        Ok(None) => Err("must be an object".to_owned()),
        Err(_) => Err(no_json.to_owned()),
    }
}

/// What [`to_json`] wrote, or the reply of `initialize` as an object.
fn stored_or_reply(mut fields: Fields) -> Result<TypedReply, String> {
    if fields.contains_key("version") {
        return versioned(fields);
    }
    fields.retain(|name, _| !matches!(name.as_str(), "request_id" | "extra" | "problems"));
    read(fields)
}

fn versioned(mut fields: Fields) -> Result<TypedReply, String> {
    match fields.remove("version") {
        Some(version) if version.as_u64() == Some(VERSION) => read(fields),
        Some(_) => Err("has a version that is not known here; a newer libcloudauth may read it".to_owned()),
        None => Err("must be what `started_to_json` gives; it has no version".to_owned()),
    }
}

/// Holds the fields against the table, and against what makes them of use.
fn read(mut fields: Fields) -> Result<TypedReply, String> {
    let mut reply = TypedReply::empty(spec());
    for field in spec().fields {
        let value = fields.remove(field.name).unwrap_or_default();
        let (fits, rule) = match field.kind {
            FieldKind::Flag => (value.is_boolean(), "must be true or false"),
            _ => (value.is_string(), "must be text"),
        };
        match (value.is_null(), fits) {
            (true, _) => {}
            (_, true) => reply.set(field.name, value),
            (_, false) => return Err(format!("{}: {rule}", field.name)),
        }
    }
    // Left out, it would be lost.
    if !fields.is_empty() {
        return Err("has a field that is not known here; a newer libcloudauth may read it".to_owned());
    }
    let text = |name| reply.text(name).unwrap_or_default();
    if let Some(name) = REQUIRED.into_iter().find(|name| text(name).is_empty()) {
        return Err(format!("{name}: must not be empty"));
    }
    validate_transaction_id(text("transaction_id")).map_err(|rule| format!("transaction_id: {rule}"))?;
    validate_biz_id(text("merchant_biz_id")).map_err(|rule| format!("merchant_biz_id: {rule}"))?;
    if text("region").is_empty() == text("endpoint").is_empty() {
        return Err("must have one of region and endpoint".to_owned());
    }
    if humantime::parse_rfc3339(text("initialized_at")).is_err() {
        return Err("initialized_at: must be a time in UTC such as 2026-03-01T10:00:00Z".to_owned());
    }
    Ok(reply)
}

fn spec() -> &'static TypedSpec {
    typed("initialize").expect("the table has it")
}
