//! The query of a URL, read strictly.
//!
//! Two readers that understand a query differently are how a forged one gets through. What no correct sender writes is therefore
//! refused, not guessed at.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// Names and values, in order.
pub(super) type Pairs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// The parameters in the query of `text`, decoded and in order: `text` is a query, one behind its `?`, or a URL, whole or from
/// its path on.
///
/// # Errors
/// The rule that `text` breaks.
pub(super) fn parameters(text: &str) -> Result<Pairs<'_>, &'static str> {
    pairs(query(text)).map(|(name, value)| Ok((decoded(name)?, decoded(value)?))).collect()
}

/// A query's names never begin like a URL.
fn query(text: &str) -> &str {
    let text = text.split_once('#').map_or(text, |halves| halves.0);
    if text.starts_with("https://") || text.starts_with("http://") || text.starts_with('/') {
        text.split_once('?').map_or("", |halves| halves.1)
    } else {
        text.strip_prefix('?').unwrap_or(text)
    }
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

fn decoded(text: &str) -> Result<Cow<'_, str>, &'static str> {
    let is_escape = |part: &str| matches!(part.as_bytes(), [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    if !text.split('%').skip(1).all(is_escape) {
        return Err("has a % that no two hexadecimal digits follow");
    }
    let rule = "has escapes that are not UTF-8";
    if text.contains('+') {
        let blanks = text.replace('+', " ");
        return Ok(Cow::Owned(percent_decode_str(&blanks).decode_utf8().map_err(|_| rule)?.into_owned()));
    }
    percent_decode_str(text).decode_utf8().map_err(|_| rule)
}
