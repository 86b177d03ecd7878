//! What `core/schema/counters.toml` holds, read and held against its own rules.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(rename = "counter")]
    pub(super) counters: Vec<Counter>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counter {
    pub(super) name: String,
    pub(super) number: usize,
    pub(super) unit: String,
    pub(super) meaning: String,
}

/// Reads the file's text; the error names the counter and the rule it breaks.
pub(super) fn parse(text: &str) -> Result<Vec<Counter>, String> {
    let counters = toml::from_str::<File>(text).map_err(|error| error.to_string())?.counters;
    for (position, counter) in counters.iter().enumerate() {
        let Counter { name, number, .. } = counter;
        if counters[..position].iter().any(|other| other.name == *name) {
            return Err(format!("counter {name}: stands here twice"));
        }
        if counters[..position].iter().any(|other| other.number == *number) {
            return Err(format!("counter {name}: number {number} is another's"));
        }
        if *number >= counters.len() {
            return Err(format!("counter {name}: numbers run from 0 without a gap"));
        }
    }
    Ok(counters)
}

#[cfg(test)]
mod tests {
    use super::parse;

    const SMALL: &str = r#"
[[counter]]
name = "calls"
number = 0
unit = "{call}"
meaning = "m"
[[counter]]
name = "retries"
number = 1
unit = "{request}"
meaning = "m"
"#;

    fn refused(from: &str, to: &str) -> String {
        assert!(SMALL.contains(from), "{from}");
        parse(&SMALL.replace(from, to)).err().expect("this must be refused")
    }

    #[test]
    fn each_rule_is_held() {
        assert_eq!(parse(SMALL).map(|counters| counters.len()), Ok(2));
        assert!(refused("retries", "calls").contains("twice"));
        assert!(refused("number = 1", "number = 0").contains("another's"));
        assert!(refused("number = 1", "number = 2").contains("without a gap"));
        assert!(refused("unit = \"{call}\"", "kind = \"{call}\"").contains("kind"));
    }
}
