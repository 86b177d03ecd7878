//! What `core/schema/options.toml` holds, read and held against its own rules.

use std::collections::BTreeSet;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(rename = "option")]
    pub(super) options: Vec<Entry>,
    #[serde(default, rename = "limit")]
    pub(super) limits: Vec<Limit>,
}

/// What nobody can set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    pub(super) name: String,
    pub(super) value: u64,
    pub(super) meaning: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) kind: Kind,
    #[serde(default)]
    pub(super) choices: Vec<String>,
    pub(super) default: Option<String>,
    pub(super) env: Option<String>,
    #[serde(default)]
    pub(super) secret: bool,
    stored: Option<bool>,
    pub(super) example: Option<String>,
    pub(super) scope: Scope,
    pub(super) zero: Option<Zero>,
    pub(super) command: Option<String>,
    pub(super) meaning: String,
}

impl Entry {
    /// The name where the type carries the unit.
    pub(super) fn plain(&self) -> &str {
        self.name.trim_end_matches("_ms")
    }

    /// Whether it is kept with a client's configuration.
    pub(super) fn is_stored(&self) -> bool {
        self.stored.unwrap_or(!self.secret)
    }

    pub(super) fn java_type(&self) -> &'static str {
        match self.kind {
            Kind::Text | Kind::Choice => "String",
            Kind::Path => "Path",
            Kind::Flag => "boolean",
            Kind::DurationMs => "Duration",
            Kind::Bytes => "long",
            Kind::Count => "int",
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Text,
    Path,
    Choice,
    Flag,
    DurationMs,
    Bytes,
    Count,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Scope {
    Client,
    Call,
}

/// What a duration of zero is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Zero {
    Over,
    None,
}

/// Reads the file's text; the error names the option and the rule it breaks.
pub(super) fn parse(text: &str) -> Result<File, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut seen = BTreeSet::new();
    if let Some(twice) = file.limits.iter().find(|limit| !seen.insert(&limit.name)) {
        return Err(format!("limit {}: stands here twice", twice.name));
    }
    for entry in &file.options {
        let name = &entry.name;
        if !seen.insert(name) {
            return Err(format!("option {name}: stands here twice"));
        }
        if (entry.kind == Kind::DurationMs) != name.ends_with("_ms") {
            return Err(format!("option {name}: durations, and only they, end in _ms"));
        }
        if (entry.kind == Kind::Choice) == entry.choices.is_empty() {
            return Err(format!("option {name}: a choice, and only a choice, lists its choices"));
        }
        if entry.example.is_some() != matches!(entry.kind, Kind::Text | Kind::Path) {
            return Err(format!("option {name}: a text or a path, and only that, has an example"));
        }
        if entry.zero.is_some() && entry.kind != Kind::DurationMs {
            return Err(format!("option {name}: only a duration says what zero is"));
        }
        let Some(default) = &entry.default else {
            if matches!(entry.kind, Kind::Choice | Kind::Flag | Kind::Bytes) {
                return Err(format!("option {name}: a choice, a flag or a size must have a default"));
            }
            continue;
        };
        let fits = match entry.kind {
            Kind::Text | Kind::Path => true,
            Kind::Choice => entry.choices.contains(default),
            Kind::Flag => default.parse::<bool>().is_ok(),
            Kind::DurationMs | Kind::Bytes | Kind::Count => default.parse::<u64>().is_ok(),
        };
        if !fits {
            return Err(format!("option {name}: the default {default:?} does not fit its kind"));
        }
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::parse;

    const SMALL: &str = r#"
[[option]]
name = "signature"
kind = "choice"
choices = ["acs3", "rpc1"]
default = "acs3"
scope = "client"
meaning = "m"
[[option]]
name = "timeout_ms"
kind = "duration_ms"
default = "60000"
scope = "call"
meaning = "m"
"#;

    fn refused(from: &str, to: &str) -> String {
        assert!(SMALL.contains(from), "{from}");
        parse(&SMALL.replace(from, to)).err().expect("this must be refused")
    }

    #[test]
    fn each_rule_is_held() {
        assert_eq!(parse(SMALL).map(|file| file.options.len()), Ok(2));
        assert!(refused("default = \"acs3\"", "default = \"acs4\"").contains("does not fit"));
        assert!(refused("\"60000\"", "\"60 s\"").contains("does not fit"));
        assert!(refused("timeout_ms", "timeout").contains("_ms"));
        assert!(refused("timeout_ms", "signature").contains("twice"));
        assert!(refused("choices = [\"acs3\", \"rpc1\"]", "").contains("lists its choices"));
        assert!(refused("default = \"acs3\"", "").contains("must have a default"));
        assert!(refused("\"call\"", "\"world\"").contains("world"));
        assert!(refused("default = \"acs3\"", "default = \"acs3\"\nzero = \"over\"").contains("only a duration"));
    }
}
