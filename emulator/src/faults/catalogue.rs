use std::fmt;

use super::argument::Argument;
use super::effect::Effect;
use super::fault::Strike;
use super::{content, ending, framing, handshake, headers, pace, refusal, stand_in};

/// One kind of fault. Those of a family stand in its file.
pub(crate) struct Definition {
    pub(crate) name: &'static str,
    pub(crate) does: &'static str,
    pub(crate) on: On,
    pub(crate) arguments: &'static [Argument],
    pub(crate) effect: fn(&mut Strike<'_>) -> Effect,
}

/// What a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    /// A connection, before there is a request.
    Connection,
    Request,
    /// A request that is not the first one on its connection.
    Reuse,
}

/// The families, in the order of the documentation.
pub(crate) const FAMILIES: [(&str, &[Definition]); 8] = [
    ("Time", &pace::FAULTS),
    ("The connection's end", &ending::FAULTS),
    ("Framing", &framing::FAULTS),
    ("Headers", &headers::FAULTS),
    ("Somebody else answers", &stand_in::FAULTS),
    ("The body", &content::FAULTS),
    ("The service refuses", &refusal::FAULTS),
    ("TLS", &handshake::FAULTS),
];

pub(crate) fn all() -> impl Iterator<Item = &'static Definition> {
    FAMILIES.iter().flat_map(|(_, faults)| *faults)
}

impl Definition {
    /// A fault of requests.
    pub(crate) const fn new(name: &'static str, does: &'static str, effect: fn(&mut Strike<'_>) -> Effect) -> Definition {
        Definition { name, does, on: On::Request, arguments: &[], effect }
    }

    pub(crate) const fn on(self, on: On) -> Definition {
        Definition { on, ..self }
    }

    pub(crate) const fn takes(self, arguments: &'static [Argument]) -> Definition {
        Definition { arguments, ..self }
    }

    pub(crate) fn needs_tls(&self) -> bool {
        self.name.starts_with("tls-")
    }
}

// A definition is its name: two of the same name would be one fault.
impl PartialEq for Definition {
    fn eq(&self, other: &Definition) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl On {
    pub(crate) fn is_connection(self) -> bool {
        self == On::Connection
    }

    /// Whether a request can be struck, given whether its connection was used before.
    pub(crate) fn fits(self, on_reuse: bool) -> bool {
        self == On::Request || (self == On::Reuse && on_reuse)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::faults::argument::Rule;

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
