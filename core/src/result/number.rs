//! Numbers inside values of any shape.

/// A JSON number as every language shall see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number<'a> {
    /// Written without fraction or exponent: its digits, however many.
    Integer(&'a str),
    /// Any other, finite.
    Double(f64),
}

/// More digits than any finite double has before the point.
const MAX_DIGITS: usize = 308;

/// What `number` is; `None` where no double can hold it.
pub fn classify_number(number: &serde_json::Number) -> Option<Number<'_>> {
    classify(number.as_str())
}

/// The same of a number's text.
pub(crate) fn classify(text: &str) -> Option<Number<'_>> {
    if text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        return text.parse().ok().filter(|double: &f64| double.is_finite()).map(Number::Double);
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    match digits {
        "0" => Some(Number::Integer("0")),
        _ if digits.len() <= MAX_DIGITS => Some(Number::Integer(text)),
        _ => None,
    }
}
