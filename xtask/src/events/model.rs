//! What `core/schema/events.toml` holds, read and held against its own rules.

use serde::Deserialize;

use crate::enumeration::{Enumeration, Value};

pub(super) const SOURCE: &str = "core/schema/events.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(rename = "field")]
    pub(super) fields: Vec<Field>,
    #[serde(default, rename = "attribute")]
    pub(super) attributes: Vec<Attribute>,
    #[serde(default, rename = "level")]
    levels: Vec<Level>,
}

/// A level of the log, with that of languages that have their own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Level {
    pub(super) name: String,
    number: u32,
    pub(super) meaning: String,
    pub(super) python: Option<u32>,
    pub(super) go: Option<String>,
    pub(super) java: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) sort: Sort,
    #[serde(default)]
    pub(super) optional: bool,
    pub(super) meaning: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sort {
    Text,
    Number,
    Kind,
    Duration,
    Time,
}

/// What OpenTelemetry calls a field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) field: Option<String>,
    pub(super) value: Option<String>,
    pub(super) of: Option<Of>,
    #[serde(default)]
    pub(super) metric: bool,
    #[serde(default)]
    pub(super) less: u64,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Of {
    Call,
    Attempt,
}

/// Where an attribute's value comes from.
pub(super) enum Source<'a> {
    Field(&'a Field),
    Value(&'a str),
}

impl File {
    pub(super) fn levels(&self) -> Enumeration<'_> {
        let values = self.levels.iter().map(|Level { name, number, meaning, .. }| Value { name, number: *number, meaning });
        Enumeration { name: "log_level", values: values.collect() }
    }

    /// Those at which something is said.
    pub(super) fn said(&self) -> &[Level] {
        self.levels.get(1..).unwrap_or_default()
    }

    /// Each attribute with its source.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&Attribute, Source<'_>)> {
        self.attributes.iter().filter_map(|attribute| {
            let named = |name: &String| self.fields.iter().find(|field| field.name == *name).map(Source::Field);
            let source = attribute.value.as_deref().map(Source::Value).or_else(|| attribute.field.as_ref().and_then(named));
            source.map(|source| (attribute, source))
        })
    }
}

/// Reads the file's text; the error names the field and the rule it breaks.
pub(super) fn parse(text: &str) -> Result<File, String> {
    let file = toml::from_str::<File>(text).map_err(|error| error.to_string())?;
    let fields = &file.fields;
    for (position, Field { name, sort, optional, .. }) in fields.iter().enumerate() {
        if fields[..position].iter().any(|other| other.name == *name) {
            return Err(format!("field {name}: stands here twice"));
        }
        if *sort == Sort::Duration && *optional {
            return Err(format!("field {name}: a duration is zero where there was none"));
        }
        if *sort == Sort::Kind && !optional {
            return Err(format!("field {name}: a kind is that of a failure, so it is optional"));
        }
    }
    for (expected, level) in (0..).zip(&file.levels) {
        let is_whole = level.number == 0 || level.python.is_some() && level.go.is_some() && level.java.is_some();
        if level.number != expected || !is_whole {
            return Err(format!("level {}: number must be {expected}, and each language has one", level.name));
        }
    }
    for (position, Attribute { name, field, value, less, .. }) in file.attributes.iter().enumerate() {
        if file.attributes[..position].iter().any(|other| other.name == *name) {
            return Err(format!("attribute {name}: stands here twice"));
        }
        let sort = match (field, value) {
            (None, Some(_)) => Sort::Text,
            (Some(field), None) => {
                let of = fields.iter().find(|other| other.name == *field);
                of.ok_or_else(|| format!("attribute {name}: no field is called {field:?}"))?.sort
            }
            _ => return Err(format!("attribute {name}: has either a field or a value")),
        };
        if sort == Sort::Time || *less > 0 && sort != Sort::Number {
            return Err(format!("attribute {name}: its field has the wrong type"));
        }
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn each_rule_is_held() {
        let field = |name: &str, rest: &str| format!("[[field]]\nname = {name:?}\nmeaning = \"m\"\n{rest}\n");
        let text = field("a", "type = \"text\"");
        assert_eq!(parse(&text).map(|file| file.fields.len()), Ok(1));
        assert!(parse(&format!("{text}{text}")).is_err_and(|error| error.contains("twice")));
        assert!(parse(&field("k", "type = \"kind\"")).is_err_and(|error| error.contains("optional")));
        assert!(parse(&field("d", "type = \"duration\"\noptional = true")).is_err_and(|error| error.contains("zero")));
        assert!(parse(&field("x", "type = \"float\"")).is_err());
        let attribute =
            |rest: &str| parse(&format!("{text}{}[[attribute]]\nname = \"b\"\n{rest}\n", field("t", "type = \"time\"")));
        assert!(attribute("field = \"a\"").is_ok());
        assert!(
            parse(&format!("{text}[[level]]\nname = \"l\"\nnumber = 1\nmeaning = \"m\""))
                .is_err_and(|error| error.contains("level"))
        );
        assert!(attribute("field = \"c\"").is_err_and(|error| error.contains("no field")));
        assert!(attribute("field = \"a\"\nvalue = \"v\"").is_err_and(|error| error.contains("either")));
        assert!(attribute("field = \"t\"").is_err_and(|error| error.contains("wrong type")));
        assert!(attribute("field = \"a\"\nless = 1").is_err_and(|error| error.contains("wrong type")));
    }
}
