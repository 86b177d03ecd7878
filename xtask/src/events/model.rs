//! What `core/schema/events.toml` holds, read and held against its own rules.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "field")]
    fields: Vec<Field>,
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
}

/// Reads the file's text; the error names the field and the rule it breaks.
pub(super) fn parse(text: &str) -> Result<Vec<Field>, String> {
    let fields = toml::from_str::<File>(text).map_err(|error| error.to_string())?.fields;
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
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn each_rule_is_held() {
        let field = |name: &str, rest: &str| format!("[[field]]\nname = {name:?}\nmeaning = \"m\"\n{rest}\n");
        let text = field("a", "type = \"text\"");
        assert_eq!(parse(&text).map(|fields| fields.len()), Ok(1));
        assert!(parse(&format!("{text}{text}")).is_err_and(|error| error.contains("twice")));
        assert!(parse(&field("k", "type = \"kind\"")).is_err_and(|error| error.contains("optional")));
        assert!(parse(&field("d", "type = \"duration\"\noptional = true")).is_err_and(|error| error.contains("zero")));
        assert!(parse(&field("x", "type = \"float\"")).is_err());
    }
}
