//! Each option and argument in the spelling of every language, as a Rust table.

use serde::Deserialize;

use super::model::Entry;
use crate::names::{camel, go};
use crate::rust::formatted;
use crate::typed::model as typed;

const HEADER: &str =
    "// Generated from core/schema/options.toml, arguments.toml and typed by `cargo xtask generate`; do not edit.\n\n";

/// What `core/schema/arguments.toml` holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Arguments {
    argument: Vec<Argument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Argument {
    name: String,
    rust: Option<String>,
    c: Option<String>,
    go: Option<String>,
    java: Option<String>,
    command: Option<String>,
}

/// A name in every language.
pub(super) struct Spelling {
    name: String,
    rust: String,
    pub(super) c: String,
    pub(super) python: String,
    pub(super) go: String,
    pub(super) java: String,
    /// The name itself where the command has none.
    pub(super) command: String,
}

impl Spelling {
    pub(super) fn of_option(entry: &Entry) -> Self {
        let (name, plain) = (&entry.name, entry.plain());
        Self {
            name: name.clone(),
            rust: plain.to_owned(),
            c: name.clone(),
            python: plain.to_owned(),
            go: format!("With{}", go(plain)),
            java: camel(plain),
            command: entry.command.clone().unwrap_or_else(|| name.clone()),
        }
    }

    fn of_typed(argument: &typed::Argument) -> Self {
        let name = &argument.name;
        let [rust, c] = [(); 2].map(|()| name.clone());
        let python = argument.python().to_owned();
        Self { name: name.clone(), rust, c, python, go: argument.go(), java: argument.java(), command: argument.command() }
    }

    fn of_argument(argument: &Argument) -> Self {
        let name = &argument.name;
        let or_name = |given: &Option<String>| given.clone().unwrap_or_else(|| name.clone());
        Self {
            name: name.clone(),
            rust: or_name(&argument.rust),
            c: or_name(&argument.c),
            python: name.clone(),
            go: argument.go.clone().unwrap_or_else(|| go(name)),
            java: argument.java.clone().unwrap_or_else(|| camel(name)),
            command: or_name(&argument.command),
        }
    }

    /// As core reads it: a name that is the schema's own is left empty.
    fn row(&self) -> String {
        let Self { name, rust, c, python, go, java, command } = self;
        let own = [rust, c, python, go, java, command].map(|text| if text == name { "" } else { text });
        format!("{name}|{}", own.join("|"))
    }
}

/// Reads `core/schema/arguments.toml`.
pub(super) fn parse(text: &str) -> Result<Arguments, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

/// `core/src/spelling/table.rs`.
pub(super) fn table(options: &[Entry], arguments: &Arguments, typed: &[typed::Operation]) -> Result<String, String> {
    let mut all: Vec<_> = options.iter().map(Spelling::of_option).collect();
    all.extend(arguments.argument.iter().map(Spelling::of_argument));
    for argument in typed.iter().flat_map(|operation| &operation.arguments) {
        if options.iter().any(|option| option.name == argument.name) {
            return Err(format!("{}: an option and an argument of a typed operation have this name", argument.name));
        }
        if !all.iter().any(|spelling| spelling.name == argument.name) {
            all.push(Spelling::of_typed(argument));
        }
    }
    let rows = all.iter().map(|spelling| format!("    {}\\n\\\n", spelling.row())).collect::<Vec<_>>().concat();
    formatted(&format!(
        "{HEADER}/// Every option, and every other argument that messages name, a line each.\n\
         pub(super) static SPELLINGS: &str = \"\\\n{rows}    \";\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::super::model;
    use super::{Spelling, parse};

    #[test]
    fn each_language_has_its_own_case() {
        let text = "[[option]]\nname = \"connect_timeout_ms\"\nkind = \"duration_ms\"\n\
                    default = \"1\"\nscope = \"client\"\nmeaning = \"m\"\n";
        let Spelling { c, python, go, java, command, .. } = Spelling::of_option(&model::parse(text).unwrap().options[0]);
        assert_eq!(
            [&*c, &*python, &*go, &*java],
            ["connect_timeout_ms", "connect_timeout", "WithConnectTimeout", "connectTimeout"]
        );
        assert_eq!(command, c);
        let row = Spelling::of_option(&model::parse(text).unwrap().options[0]).row();
        assert_eq!(row, "connect_timeout_ms|connect_timeout||connect_timeout|WithConnectTimeout|connectTimeout|");
        let text = "[[argument]]\nname = \"merchant_biz_id\"\ncommand = \"--biz\"\n";
        let Spelling { python, go, java, command, .. } = Spelling::of_argument(&parse(text).unwrap().argument[0]);
        assert_eq!([&*python, &*go, &*java, &*command], ["merchant_biz_id", "MerchantBizID", "merchantBizId", "--biz"]);
    }
}
