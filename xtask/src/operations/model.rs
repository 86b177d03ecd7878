//! What `core/schema/operations.toml` holds, read and held against its own rules.

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

pub(crate) const SOURCE: &str = "core/schema/operations.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(super) version: String,
    pub(super) permission: String,
    pub(super) ram_code: String,
    #[serde(rename = "operation")]
    pub(crate) operations: Vec<Operation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    pub(crate) action: String,
    pub(super) meaning: String,
    #[serde(default = "success")]
    pub(super) success: Vec<String>,
    #[serde(default)]
    pub(super) resend: bool,
    #[serde(default)]
    pub(super) query: Vec<Typed>,
    #[serde(default)]
    pub(super) form: Vec<Typed>,
    pub(super) reply: Vec<Typed>,
}

/// What `Code` is unless an operation says otherwise.
pub(super) fn success() -> Vec<String> {
    vec!["Success".to_owned()]
}

impl Operation {
    pub(crate) fn has_parameter(&self, name: &str) -> bool {
        self.query.iter().chain(&self.form).any(|parameter| parameter.name == name)
    }
}

/// A name and its type: `Name` or `Name integer`.
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    List,
    Object,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::List => "list",
            Self::Object => "object",
        }
    }
}

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (name, kind) = text.split_once(' ').unwrap_or((&text, "text"));
        let kinds = [Kind::Text, Kind::Integer, Kind::Number, Kind::Boolean, Kind::List, Kind::Object];
        let kind = kinds.into_iter().find(|one| one.name() == kind);
        let kind = kind.ok_or_else(|| D::Error::custom(format!("{text:?} names no type of ours")))?;
        Ok(Self { name: name.to_owned(), kind })
    }
}

/// Reads the file's text; the error names the operation and the rule it breaks.
pub(crate) fn parse(text: &str) -> Result<File, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    if !file.operations.is_sorted_by(|a, b| a.action < b.action) {
        return Err("operations stand in the order of their names, each once".to_owned());
    }
    for Operation { action, query, form, reply, .. } in &file.operations {
        for list in [query, form, reply] {
            if !list.is_sorted_by(|a, b| a.name < b.name) {
                return Err(format!("operation {action}: names stand in their order, each once"));
            }
        }
        if let Some(twice) = form.iter().find(|one| query.iter().any(|other| other.name == one.name)) {
            return Err(format!("operation {action}: {} stands in the query and in the form", twice.name));
        }
        let odd = |one: &&Typed| !matches!(one.kind, Kind::Text | Kind::Integer | Kind::List);
        if let Some(odd) = query.iter().chain(form).find(odd) {
            return Err(format!("operation {action}: no parameter is a {}, but {} is", odd.kind.name(), odd.name));
        }
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::parse;

    const SMALL: &str = r#"
version = "2022-08-09"
permission = "P"
ram_code = "r"
[[operation]]
action = "Ask"
meaning = "m"
query = ["A", "B integer"]
form = ["C list"]
reply = ["Code", "Result.Score number"]
[[operation]]
action = "Begin"
meaning = "m"
reply = ["Code"]
"#;

    fn refused(from: &str, to: &str) -> String {
        assert!(SMALL.contains(from), "{from}");
        parse(&SMALL.replace(from, to)).err().expect("this must be refused")
    }

    #[test]
    fn each_rule_is_held() {
        assert_eq!(parse(SMALL).map(|file| file.operations.len()), Ok(2));
        assert!(refused("\"Begin\"", "\"Ask\"").contains("each once"));
        assert!(refused("\"A\"", "\"C\"").contains("in their order"));
        assert!(refused("C list", "A").contains("in the query and in the form"));
        assert!(refused("C list", "C number").contains("no parameter is a number"));
        assert!(refused("C list", "C lists").contains("names no type"));
    }
}
