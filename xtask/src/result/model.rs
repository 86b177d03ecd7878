//! What `core/schema/result.toml` holds, read and held against its own rules.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::enumeration::{Enumeration, Value};

pub(super) const SOURCE: &str = "core/schema/result.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(rename = "object")]
    pub(super) objects: Vec<Object>,
    #[serde(default, rename = "format")]
    pub(super) formats: Vec<Format>,
}

/// What a picture can be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Format {
    pub(super) name: String,
    extension: Option<String>,
    pub(super) meaning: String,
}

impl Format {
    /// How a file's name ends.
    pub(super) fn extension(&self) -> &str {
        self.extension.as_deref().unwrap_or(&self.name)
    }
}

impl File {
    pub(super) fn formats(&self) -> Enumeration<'_> {
        let values = self.formats.iter().map(|format| Value { name: &format.name, number: 0, meaning: &format.meaning });
        Enumeration { name: "image_format", values: values.collect() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Object {
    pub(crate) name: String,
    /// Its name in Go, where that is another.
    pub(crate) go: Option<String>,
    /// Where in the reply it stands, for people.
    pub(crate) from: Option<String>,
    pub(crate) meaning: String,
    /// Printing it shows nothing of what it holds.
    #[serde(default)]
    pub(crate) hidden: bool,
    /// What Rust's type holds that is no part of the tree.
    pub(crate) beside: Option<String>,
    pub(crate) fields: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: Type,
    #[serde(default)]
    pub(crate) from: Vec<String>,
    pub(crate) variants: Option<String>,
    #[serde(default)]
    pub(crate) meaning: String,
    /// Of a flag: the word that asks for a yes.
    pub(crate) is: Option<String>,
    /// Whether Rust's `Debug` shows it.
    pub(crate) shown: Option<Shown>,
    /// Whether a report shows it of anybody.
    #[serde(default)]
    pub(crate) report: bool,
    /// Of a text: the values that a report shows of anybody.
    #[serde(default)]
    pub(crate) known: Vec<String>,
    /// Of a score: from where on it is good enough.
    pub(crate) threshold: Option<u8>,
    /// Of a text: it is one of a closed list.
    #[serde(default)]
    pub(crate) closed: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Shown {
    Plain,
    /// Where it looks like a code.
    Code,
}

/// A type, and whether a value may be absent.
pub(crate) struct Type {
    pub(crate) sort: Sort,
    pub(crate) optional: bool,
    /// As it is written in the file.
    pub(crate) text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Flag,
    Text,
    Whole,
    Number,
    Any,
    Map,
    Image,
    Object(String),
    List(Box<Sort>),
    MapOf(Box<Sort>),
}

impl Sort {
    fn parse(text: &str) -> Self {
        match text {
            "flag" => Self::Flag,
            "text" => Self::Text,
            "whole" => Self::Whole,
            "number" => Self::Number,
            "any" => Self::Any,
            "map" => Self::Map,
            "Image" => Self::Image,
            _ => match (text.strip_prefix("list of "), text.strip_prefix("map of ")) {
                (Some(item), _) => Self::List(Box::new(Self::parse(item))),
                (_, Some(item)) => Self::MapOf(Box::new(Self::parse(item))),
                _ => Self::Object(text.to_owned()),
            },
        }
    }

    /// The object that it is or holds.
    fn object(&self) -> Option<&str> {
        match self {
            Self::Object(name) => Some(name),
            Self::List(item) | Self::MapOf(item) => item.object(),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Type {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let plain = text.strip_suffix('?');
        let sort = Sort::parse(plain.unwrap_or(&text));
        if matches!(sort, Sort::Flag | Sort::Whole | Sort::Number | Sort::Any | Sort::Image) && plain.is_none() {
            return Err(D::Error::custom(format!("a {text} may always be absent: write {text}?")));
        }
        Ok(Self { sort, optional: plain.is_some(), text })
    }
}

/// Reads the file's text; the error names the object or field and the rule it breaks.
pub(super) fn parse(text: &str) -> Result<File, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let formats: BTreeSet<&str> = file.formats.iter().map(|format| format.name.as_str()).collect();
    if formats.len() < file.formats.len() {
        return Err("each format stands here once".to_owned());
    }
    let names: BTreeSet<&str> = file.objects.iter().map(|object| object.name.as_str()).collect();
    if names.len() < file.objects.len() {
        return Err("each object stands here once".to_owned());
    }
    for object in &file.objects {
        let mut seen = BTreeSet::new();
        for field in &object.fields {
            let name = format!("{}.{}", object.name, field.name);
            if !seen.insert(&field.name) {
                return Err(format!("{name}: stands here twice"));
            }
            if let Some(unknown) = field.kind.sort.object().filter(|other| !names.contains(other)) {
                return Err(format!("{name}: there is no type {unknown}"));
            }
            if (field.kind.sort == Sort::Flag) != field.is.is_some() {
                return Err(format!("{name}: a flag, and only a flag, has the word that asks for a yes"));
            }
            if field.report && !matches!(field.kind.sort, Sort::Flag | Sort::Number) {
                return Err(format!("{name}: a report shows only flags and scores of anybody"));
            }
            if field.threshold.is_some() && field.kind.sort != Sort::Number {
                return Err(format!("{name}: only a score has a threshold"));
            }
        }
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::{Sort, parse};

    const SMALL: &str = r#"
[[object]]
name = "A"
meaning = "m"
fields = [
    { name = "passed", type = "flag?", is = "passed" },
    { name = "pages", type = "map of B" },
]
[[object]]
name = "B"
meaning = "m"
fields = [{ name = "types", type = "list of text?" }]
"#;

    fn refused(from: &str, to: &str) -> String {
        assert!(SMALL.contains(from), "{from}");
        parse(&SMALL.replace(from, to)).err().expect("this must be refused")
    }

    #[test]
    fn each_rule_is_held() {
        let file = parse(SMALL).unwrap();
        let types = &file.objects[1].fields[0].kind;
        assert_eq!((&types.sort, types.optional), (&Sort::List(Box::new(Sort::Text)), true));
        assert!(refused("\"B\"", "\"A\"").contains("once"));
        assert!(refused("\"pages\"", "\"passed\"").contains("twice"));
        assert!(refused("map of B", "map of C").contains("no type C"));
        assert!(refused(", is = \"passed\"", "").contains("only a flag"));
        assert!(refused("flag?", "flag").contains("write flag?"));
        assert!(refused("list of text?\"", "text?\", report = true").contains("only flags and scores"));
        assert!(refused("list of text?\"", "text?\", threshold = 90").contains("only a score"));
    }
}
