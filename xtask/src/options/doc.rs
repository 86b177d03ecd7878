//! What an option does, as its documentation in each language.

use super::model::{Entry, Kind, Scope};
use crate::prose::uncapitalized;

/// How a language writes what documentation holds.
pub(super) struct Style {
    /// A link to the setter of another option, by its name without a unit.
    pub(super) link: fn(&str) -> String,
    pub(super) code: fn(&str) -> String,
    /// A duration of so many milliseconds.
    pub(super) duration: fn(u64) -> String,
}

/// `60000` as `60 s`.
pub(super) fn short_duration(milliseconds: u64) -> String {
    if milliseconds.is_multiple_of(1000) { format!("{} s", milliseconds / 1000) } else { format!("{milliseconds} ms") }
}

/// [`doc`] after a colon.
pub(super) fn doc_after_colon(entry: &Entry, style: &Style) -> String {
    let text = doc(entry, style);
    // `URL` stays as it is.
    if text.chars().nth(1).is_some_and(char::is_lowercase) { uncapitalized(&text) } else { text }
}

/// Its meaning, its default and its variable, in sentences.
pub(super) fn doc(entry: &Entry, style: &Style) -> String {
    let mut text = linked(&entry.meaning, style);
    if let Some(default) = entry.default.as_ref().filter(|_| entry.kind != Kind::Flag) {
        text.extend([" Default: ", &value(entry, default, style), "."]);
    }
    if entry.scope == Scope::Call {
        text += " A call may have its own.";
    }
    if let Some(env) = &entry.env {
        text.extend([" Environment: ", &(style.code)(env), "."]);
    }
    text
}

fn value(entry: &Entry, default: &str, style: &Style) -> String {
    let number = || default.parse::<u64>().unwrap_or_default();
    match entry.kind {
        Kind::DurationMs => (style.duration)(number()),
        Kind::Bytes => format!("{} MiB", number() >> 20),
        Kind::Text | Kind::Path | Kind::Choice => (style.code)(default),
        Kind::Flag | Kind::Count => default.to_owned(),
    }
}

/// Every second piece between backticks is an option's name.
fn linked(meaning: &str, style: &Style) -> String {
    let pieces = meaning.split('`').enumerate();
    pieces.map(|(number, piece)| if number % 2 == 0 { piece.to_owned() } else { (style.link)(piece) }).collect()
}
