use super::definition::Definition;
use super::{content, ending, framing, handshake, headers, pace, refusal, replacement};

/// The families, in the order of the documentation.
pub(crate) const FAMILIES: [(&str, &[Definition]); 8] = [
    ("Time", &pace::FAULTS),
    ("The connection's end", &ending::FAULTS),
    ("Framing", &framing::FAULTS),
    ("Headers", &headers::FAULTS),
    ("Somebody else answers", &replacement::FAULTS),
    ("The body", &content::FAULTS),
    ("The service refuses", &refusal::FAULTS),
    ("TLS", &handshake::FAULTS),
];

pub(crate) fn all() -> impl Iterator<Item = &'static Definition> {
    FAMILIES.iter().flat_map(|(_, faults)| *faults)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::faults::argument::{Argument, Rule};

    const PAGE: &str = include_str!("../../../docs/emulator.md");

    /// The tables as the documentation has them.
    fn tables() -> String {
        let mut tables = String::new();
        for (title, faults) in FAMILIES {
            write!(tables, "\n**{title}**\n\n| fault | does | keys |\n|---|---|---|\n").unwrap();
            for fault in faults {
                let keys: Vec<_> = fault.arguments.iter().map(describe).collect();
                writeln!(tables, "| `{}` | {} | {} |", fault.name, fault.does, keys.join(", ")).unwrap();
            }
        }
        tables
    }

    fn describe(own: &Argument) -> String {
        let shown = if own.default.is_empty() { format!("`{}`", own.key) } else { format!("`{}={}`", own.key, own.default) };
        match own.rule {
            Rule::Word(words) => {
                let others: Vec<_> = words.iter().filter(|word| **word != own.default).map(|word| format!("`{word}`")).collect();
                format!("{shown} or {}", others.join(", "))
            }
            _ => shown,
        }
    }

    #[test]
    fn the_documentation_lists_every_fault_as_it_is() {
        let (_, rest) = PAGE.split_once("<!-- faults: begin -->\n").unwrap();
        let (found, _) = rest.split_once("\n<!-- faults: end -->").unwrap();
        let tables = tables();
        assert!(found == tables, "docs/emulator.md must have, between its marks of faults:\n{tables}");
    }

    #[test]
    fn no_name_comes_twice() {
        let mut names: Vec<_> = all().map(|fault| fault.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
