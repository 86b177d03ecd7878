//! The options as a page for people, with the spelling of each language.

use super::model::{Entry, File, Kind, Scope};
use super::spelling::Spelling;
use crate::markdown::{code, table};

/// `docs/options.md`.
pub(super) fn page(File { options, limits }: &File) -> String {
    let facts = table(
        &["option", "kind", "default", "environment", "what it does"],
        options.iter().map(|entry| {
            vec![
                code(&entry.name),
                kind(entry),
                entry.default.as_deref().map_or_else(|| "–".to_owned(), code),
                entry.env.as_deref().map_or_else(|| "–".to_owned(), code),
                entry.meaning.clone(),
            ]
        }),
    );
    let spelling = table(
        &["option", "C", "Python", "Go", "Java", "command"],
        options.iter().map(|entry| {
            let Spelling { c, python, go, java, command, .. } = Spelling::of_option(entry);
            vec![
                code(&entry.name),
                code(&format!("cloudauth_config_set_{c}")),
                code(&python),
                code(&go),
                code(&format!("{java}({})", entry.java_type())),
                entry.command.as_ref().map_or_else(|| "–".to_owned(), |_| code(&command)),
            ]
        }),
    );
    let fixed = table(
        &["limit", "value", "what it bounds"],
        limits.iter().map(|limit| vec![code(&limit.name), code(&limit.value.to_string()), limit.meaning.clone()]),
    );
    let per_call: Vec<String> =
        options.iter().filter(|entry| entry.scope == Scope::Call).map(|entry| code(&entry.name)).collect();
    let secret: Vec<String> = options.iter().filter(|entry| entry.secret).map(|entry| code(&entry.name)).collect();
    format!(
        "<!-- Generated from core/schema/options.toml by `cargo xtask generate`; do not edit. -->\n\
         # Options\n\
         \n\
         What a client can be told. Names, kinds and defaults are the same in every language, because all\n\
         of them read this one table. An option that is not given, `NULL` or `None` leaves the choice to the\n\
         library, and so does zero, but for a time in Python, where zero is no time at all. What is given goes before the environment.\n\
         \n\
         - May be given for a single call as well: {}.\n\
         - Never printed, logged or stored with the configuration: {}.\n\
         \n\
         {facts}\n\
         ## Spelling\n\
         \n\
         Durations are milliseconds in C, seconds in Python (`5` or `0.5`), `time.Duration` in Go and\n\
         `Duration` in Java. C takes a flag as `bool`; a Go flag takes no argument and means *yes*.\n\
         \n\
         {spelling}\n\
         ## Limits\n\
         \n\
         Memory and time follow from the size of a reply, whatever it holds. These limits see to it; no real reply comes\n\
         near one, and none can be set. With them, any body is decoded within twice its size and 64 MiB, on a thread\n\
         with a stack of 128 KiB.\n\
         \n\
         {fixed}",
        per_call.join(", "),
        secret.join(", "),
    )
}

fn kind(entry: &Entry) -> String {
    match entry.kind {
        Kind::Text => "text".to_owned(),
        Kind::Path => "path".to_owned(),
        Kind::Choice => {
            let choices: Vec<String> = entry.choices.iter().map(|name| code(name)).collect();
            choices.join(" or ")
        }
        Kind::Flag => "flag".to_owned(),
        Kind::DurationMs => "milliseconds".to_owned(),
        Kind::Bytes => "bytes".to_owned(),
        Kind::Count => "number".to_owned(),
    }
}
