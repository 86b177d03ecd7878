//! The options as Rust: the table, and each default as a typed constant.

use std::fmt::Write as _;

use super::model::{Entry, File, Kind, Scope};
use crate::rust::{formatted, literal, option};

const HEADER: &str = "// Generated from core/schema/options.toml by `cargo xtask generate`; do not edit.\n\n";

/// `core/src/options/table.rs`.
pub(super) fn table(File { options, limits }: &File) -> Result<String, String> {
    let mut text = HEADER.to_owned();
    text.push_str("use std::time::Duration;\n\nuse super::{OptionKind, OptionScope, OptionSpec};\n\n");
    for entry in options {
        if let Some(default) = &entry.default {
            constant(&mut text, entry, default);
        }
    }
    for limit in limits {
        let (name, value) = (limit.name.to_uppercase(), grouped(limit.value));
        let _ = writeln!(text, "/// {}\npub const {name}: usize = {value};", limit.meaning);
    }
    text.push_str("\n/// Every option, in the order of the documentation.\n");
    text.push_str("pub static OPTIONS: &[OptionSpec] = &[\n");
    for entry in options {
        spec(&mut text, entry);
    }
    text.push_str("];\n");
    formatted(&text)
}

/// `core/src/options/meanings.rs`.
pub(super) fn meanings(options: &[Entry]) -> Result<String, String> {
    let rows: Vec<_> = options.iter().map(|entry| literal(&entry.meaning)).collect();
    formatted(&format!(
        "{HEADER}/// What each option does, in the order of `OPTIONS`.\npub(super) static MEANINGS: &[&str] = &[{}];\n",
        rows.join(", ")
    ))
}

fn constant(text: &mut String, entry: &Entry, default: &str) {
    let name = entry.plain().to_uppercase();
    let (sort, value) = match entry.kind {
        Kind::Text | Kind::Path | Kind::Choice => ("&str", literal(default)),
        Kind::Flag => ("bool", default.to_owned()),
        Kind::DurationMs => ("Duration", duration(number(default))),
        Kind::Bytes | Kind::Count => ("usize", grouped(number(default))),
    };
    let _ = writeln!(text, "/// Default of `{}`.\npub const {name}: {sort} = {value};", entry.name);
}

fn number(default: &str) -> u64 {
    default.parse().expect("the model let only whole numbers through")
}

fn spec(text: &mut String, entry: &Entry) {
    let kind = match entry.kind {
        Kind::Text => "Text".to_owned(),
        Kind::Path => "Path".to_owned(),
        Kind::Choice => {
            let choices: Vec<String> = entry.choices.iter().map(|name| literal(name)).collect();
            format!("Choice(&[{}])", choices.join(", "))
        }
        Kind::Flag => "Flag".to_owned(),
        Kind::DurationMs => "DurationMs".to_owned(),
        Kind::Bytes => "Bytes".to_owned(),
        Kind::Count => "Count".to_owned(),
    };
    let scope = match entry.scope {
        Scope::Client => "Client",
        Scope::Call => "Call",
    };
    let _ = writeln!(
        text,
        "OptionSpec {{ name: {}, kind: OptionKind::{kind}, default: {}, env: {}, secret: {}, \
         scope: OptionScope::{scope} }},",
        literal(&entry.name),
        option(entry.default.as_deref().map(literal)),
        option(entry.env.as_deref().map(literal)),
        entry.secret,
    );
}

/// In the largest unit that holds it whole.
fn duration(milliseconds: u64) -> String {
    let (unit, amount) = match milliseconds {
        0 => return "Duration::ZERO".to_owned(),
        m if m.is_multiple_of(60_000) => ("mins", m / 60_000),
        m if m.is_multiple_of(1000) => ("secs", m / 1000),
        m => ("millis", m),
    };
    format!("Duration::from_{unit}({})", grouped(amount))
}

/// `1048576` as `1_048_576`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{duration, grouped};

    #[test]
    fn numbers_are_written_to_be_read() {
        assert_eq!(grouped(16), "16");
        assert_eq!(grouped(1_048_576), "1_048_576");
        assert_eq!(duration(60_000), "Duration::from_mins(1)");
        assert_eq!(duration(90_000), "Duration::from_secs(90)");
        assert_eq!(duration(1500), "Duration::from_millis(1_500)");
        assert_eq!(duration(0), "Duration::ZERO");
    }
}
