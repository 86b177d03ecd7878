//! The options of a client: one table, from which every binding takes names, kinds and defaults.
//!
//! The facts stand in `core/schema/options.toml`; `table.rs`, `meanings.rs` and `given.rs` are generated from there.

mod given;
mod meanings;
mod table;
mod value;

pub use table::*;
pub use value::Value;

pub(crate) use given::Given;

use crate::error::Error;
use crate::nearest::nearest;
use crate::spelling::{self, Language};

/// One option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OptionSpec {
    /// The name; a duration's ends in `_ms`.
    pub name: &'static str,
    /// What values it takes.
    pub kind: OptionKind,
    /// The default as text, in the unit of the kind.
    pub default: Option<&'static str>,
    /// The environment variable that stands in for an option that was not given.
    pub env: Option<&'static str>,
    /// Whether the value must never be printed, logged or stored.
    pub secret: bool,
    /// Where it may be given.
    pub scope: OptionScope,
}

impl OptionSpec {
    /// The name as `language` spells it.
    pub fn name_in(&self, language: Language) -> &'static str {
        spelling::of(self.name, language)
    }

    /// What it does, for people. Apart from the rest: what describes no option links none of this.
    pub fn meaning(&self) -> &'static str {
        let at = OPTIONS.iter().position(|option| option.name == self.name);
        at.map_or("", |at| meanings::MEANINGS[at])
    }
}

/// The name in the table of the option that `language` calls `name`; one that is not known stays as it is.
pub fn named(name: &str, language: Language) -> &str {
    OPTIONS.iter().find(|option| option.name_in(language) == name).map_or(name, |option| option.name)
}

/// What values an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OptionKind {
    /// Any text.
    Text,
    /// The path of a file.
    Path,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// Yes or no.
    Flag,
    /// A whole number of milliseconds.
    DurationMs,
    /// A whole number of bytes.
    Bytes,
    /// A whole number.
    Count,
}

/// Where an option may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OptionScope {
    /// For a client, once.
    Client,
    /// For a client, and for a single call as well.
    Call,
}

/// The value given for the option `name` is none of its kind.
pub(crate) fn mismatch(name: &str) -> Error {
    let kind = OPTIONS.iter().find(|option| option.name == name).map(|option| option.kind);
    let rule = match kind {
        Some(OptionKind::Choice(choices)) => return Error::invalid_argument(name, format!("must be {}", choices.join(" or "))),
        Some(OptionKind::Text) | None => "must be a text",
        Some(OptionKind::Path) => "must be a path",
        Some(OptionKind::Flag) => "must be true or false",
        Some(OptionKind::DurationMs) => "must be a time",
        Some(OptionKind::Bytes | OptionKind::Count) => "must be a whole number",
    };
    Error::invalid_argument(name, rule)
}

/// No option is called `name`. It is shown only where it is like one that there is: it may be a value in the wrong place.
fn unknown(name: &str) -> Error {
    match nearest(name, OPTIONS.iter().map(|option| option.name)) {
        Some(nearest) => Error::invalid_argument(name, format!("is no option; did you mean `{nearest}`?")),
        None => Error::invalid_argument("option", "there is none of this name; docs/options.md lists them"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{
        ALLOW_INSECURE, ATTEMPT_TIMEOUT, CONNECT_TIMEOUT, IDLE_TIMEOUT, MAX_BODY_BYTES, MAX_BODY_BYTES_WITHOUT_IMAGES,
        MAX_CONCURRENCY, MAX_CONNECTIONS, NETWORK, OPTIONS, OptionScope, SIGNATURE, TIMEOUT,
    };

    #[test]
    fn defaults_are_the_documented_ones() {
        assert_eq!(CONNECT_TIMEOUT, Duration::from_secs(5));
        assert_eq!(ATTEMPT_TIMEOUT, Duration::from_secs(15));
        assert_eq!(TIMEOUT, Duration::from_mins(1));
        assert_eq!(IDLE_TIMEOUT, Duration::from_mins(1));
        assert_eq!(MAX_CONNECTIONS, 64);
        assert_eq!(MAX_BODY_BYTES, 64 << 20);
        assert_eq!(MAX_BODY_BYTES_WITHOUT_IMAGES, 1 << 20);
        assert_eq!(MAX_CONCURRENCY, 16);
        assert_eq!((NETWORK, SIGNATURE), ("public", "acs3"));
        const { assert!(!ALLOW_INSECURE) };
    }

    #[test]
    fn secrets_environment_and_scope_are_marked() {
        let names = |keep: fn(&&super::OptionSpec) -> bool| {
            let kept = OPTIONS.iter().filter(keep);
            kept.map(|option| option.name).collect::<Vec<_>>()
        };
        assert_eq!(names(|option| option.secret), ["access_key_secret", "security_token"]);
        assert_eq!(names(|option| option.scope == OptionScope::Call), ["timeout_ms"]);
        let environment = OPTIONS.iter().filter_map(|option| option.env);
        assert_eq!(
            environment.collect::<Vec<_>>(),
            [
                "CLOUDAUTH_REGION",
                "CLOUDAUTH_ENDPOINT",
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                "ALIBABA_CLOUD_SECURITY_TOKEN",
                "ALIBABA_CLOUD_PROFILE",
                "CLOUDAUTH_QUOTA",
            ]
        );
    }
}
