//! Flags, texts and numbers in any of the spellings that the service has.

use crate::tree::Node;

pub(super) fn flag(value: &Node) -> Result<bool, &'static str> {
    let text = match value {
        Node::Bool(flag) => return Ok(*flag),
        Node::Text(text) | Node::Number(text) => text.as_str(),
        _ => "",
    };
    match text {
        "1" => Ok(true),
        "0" => Ok(false),
        _ if text.eq_ignore_ascii_case("y") || text.eq_ignore_ascii_case("true") => Ok(true),
        _ if text.eq_ignore_ascii_case("n") || text.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err("not Y or N"),
    }
}

pub(super) fn text(value: &Node) -> Result<String, &'static str> {
    match value {
        Node::Text(text) | Node::Number(text) => Ok(text.as_str().to_owned()),
        _ => Err("not text"),
    }
}

fn number_text(value: &Node) -> Option<&str> {
    match value {
        Node::Number(number) => Some(number),
        // Rust reads "inf" and "nan" as numbers; the service has none.
        Node::Text(text) => Some(text.trim_ascii())
            .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'))),
        _ => None,
    }
}

pub(super) fn number(value: &Node) -> Result<f64, &'static str> {
    let number: f64 = number_text(value).and_then(|text| text.parse().ok()).ok_or("not a number")?;
    // Adding zero makes 0 of -0.
    if number.is_finite() { Ok(number + 0.0) } else { Err("number out of range") }
}

pub(super) fn whole(value: &Node) -> Result<i64, &'static str> {
    const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;
    if let Some(exact) = number_text(value).and_then(|text| text.parse().ok()) {
        return Ok(exact);
    }
    let number = number(value)?;
    if number.fract() != 0.0 {
        return Err("not a whole number");
    }
    if !(-TOO_LARGE..TOO_LARGE).contains(&number) {
        return Err("number out of range");
    }
    #[allow(clippy::cast_possible_truncation, reason = "whole and in range, as just checked")]
    Ok(number as i64)
}
