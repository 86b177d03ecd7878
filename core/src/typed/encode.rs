//! An argument as it is sent.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Argument;
use super::spec::{ArgumentKind, ArgumentSpec};
use crate::canonical::canonical_value;
use crate::error::{Error, Result};
use crate::request;
use crate::result::Value;

/// The text that is sent, or which rule `value` breaks; `unchecked` leaves only the rules without which there is no text.
pub(super) fn encode(spec: &ArgumentSpec, value: &Argument, unchecked: bool) -> Result<String> {
    let text = match (spec.kind, value) {
        (ArgumentKind::Text | ArgumentKind::Json, Argument::Text(text)) => text.clone(),
        (ArgumentKind::Flag { yes, no }, Argument::Flag(flag)) => (if *flag { yes } else { no }).to_owned(),
        (ArgumentKind::Integer, Argument::Integer(number)) => number.to_string(),
        (ArgumentKind::List, Argument::List(list)) => canonical_value(&list.iter().cloned().map(Value::from).collect())?,
        (ArgumentKind::List, Argument::Json(list)) if is_list_of_texts(list) => canonical_value(list)?,
        (ArgumentKind::Picture, Argument::Bytes(bytes)) => STANDARD.encode(bytes),
        (ArgumentKind::Json, Argument::Json(value)) => canonical_value(value)?,
        // Nothing of them is sent.
        (ArgumentKind::Receiver, Argument::Receiver(_)) | (ArgumentKind::Progress, Argument::Progress(_)) => String::new(),
        _ => return Err(Error::invalid_argument(spec.name, mismatch(spec.kind))),
    };
    if !unchecked {
        validate(spec, &text)?;
    }
    Ok(text)
}

fn is_list_of_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(Value::is_string))
}

fn mismatch(kind: ArgumentKind) -> &'static str {
    match kind {
        ArgumentKind::Text => "must be a text",
        ArgumentKind::Flag { .. } => "must be true or false",
        ArgumentKind::Integer => "must be a whole number of at most 64 bits",
        ArgumentKind::List => "must be a list of texts",
        ArgumentKind::Picture => "must be the picture's bytes",
        ArgumentKind::Json => "must be an object, a list or JSON text",
        ArgumentKind::Receiver => "must be what gets the bytes",
        ArgumentKind::Progress => "must be a function",
    }
}

fn validate(spec: &ArgumentSpec, text: &str) -> Result<()> {
    let refused = |rule: &str| Err(Error::invalid_argument(spec.name, rule));
    let id = match spec.name {
        "merchant_biz_id" => request::validate_biz_id(text),
        "transaction_id" => request::validate_transaction_id(text),
        _ => Ok(()),
    };
    if let Err(rule) = id {
        return refused(&rule);
    }
    if spec.required && text.is_empty() {
        return refused("must not be empty");
    }
    if text.contains('\0') {
        return refused("must not hold a NUL character");
    }
    match (spec.values, spec.values.contains(&text)) {
        ([], _) | (_, true) => Ok(()),
        ([values @ .., last], _) => refused(&format!("must be {} or {last}", values.join(", "))),
    }
}
