//! Lists of named values, as each language has them.

use std::fmt::Write as _;

use crate::names::go as go_name;
use crate::output::Generated;
use crate::prose::uncapitalized;
use crate::rust::{literal, pascal};

/// Values under one name, such as `log_level`.
pub(crate) struct Enumeration<'a> {
    pub(crate) name: &'a str,
    pub(crate) values: Vec<Value<'a>>,
}

pub(crate) struct Value<'a> {
    pub(crate) name: &'a str,
    /// Its number in C.
    pub(crate) number: u32,
    pub(crate) meaning: &'a str,
}

impl Enumeration<'_> {
    /// For Rust: values that know their names.
    pub(crate) fn rust(&self, doc: &str) -> String {
        let name = pascal(self.name);
        let mut variants = String::new();
        let mut arms = String::new();
        for value in &self.values {
            let variant = pascal(value.name);
            let _ = writeln!(variants, "/// {}\n{variant},", value.meaning);
            let _ = writeln!(arms, "{name}::{variant} => {},", literal(value.name));
        }
        format!(
            "/// {doc}\n#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\npub enum {name} {{\n{variants}}}\n\n\
             impl {name} {{\n/// The name in every language.\npub fn name(self) -> &'static str {{\nmatch self {{\n{arms}}}\n}}\n}}\n"
        )
    }

    /// For C, as Rust declares it; `none` is what 0 means, where that is no value of the list.
    pub(crate) fn c(&self, doc: &str, none: Option<&str>) -> String {
        let mut variants = none.map(|none| format!("/// {none}\nNone = 0,\n")).unwrap_or_default();
        for value in &self.values {
            let _ = writeln!(variants, "/// {}\n{} = {},", value.meaning, pascal(value.name), value.number);
        }
        format!(
            "\n/// {doc}\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n#[repr(u32)]\npub enum cloudauth_{} {{\n{variants}}}\n",
            self.name
        )
    }

    /// From core's enumeration of that name to [`c`](Self::c)'s. One that is open may have further values.
    pub(crate) fn c_from_core(&self, is_open: bool) -> String {
        let (name, core) = (self.name, pascal(self.name));
        // Elsewhere than in core, an enumeration that may grow needs an arm for what is not there yet.
        let (allow, rest) = if is_open {
            ("#[allow(clippy::match_same_arms, reason = \"core's values are those listed here\")]\n", "_ => Self::Internal,\n")
        } else {
            ("", "")
        };
        let arms = self.values.iter().map(|value| pascal(value.name));
        let arms: Vec<String> = arms.map(|variant| format!("{core}::{variant} => Self::{variant},\n")).collect();
        let arms = arms.concat();
        format!(
            "\nimpl From<{core}> for cloudauth_{name} {{\n{allow}fn from({name}: {core}) -> Self {{\nmatch {name} {{\n{arms}{rest}}}\n}}\n}}\n"
        )
    }

    /// For C++.
    pub(crate) fn cpp(&self, doc: &str, has_none: bool) -> String {
        let prefix = format!("CLOUDAUTH_{}_", self.name.to_uppercase());
        let none = if has_none { format!("    none = {prefix}NONE,\n") } else { String::new() };
        let mut text = format!("\n/* {doc} */\nenum class {} : std::uint32_t {{\n{none}", self.name);
        for value in &self.values {
            let _ = write!(text, "    /* {} */\n    {} = {prefix}{},\n", value.meaning, value.name, value.name.to_uppercase());
        }
        text + "};\n"
    }

    /// For Go: the constants.
    pub(crate) fn go(&self) -> String {
        let sort = go_name(self.name);
        let mut text = "\nconst (\n".to_owned();
        for value in &self.values {
            let constant = format!("{sort}{}", go_name(value.name));
            let _ = writeln!(text, "\t// {constant}: {}", uncapitalized(value.meaning));
            let c = format!("C.CLOUDAUTH_{}_{}", self.name.to_uppercase(), value.name.to_uppercase());
            let _ = writeln!(text, "\t{constant} {sort} = {c}");
        }
        text + ")\n"
    }

    /// For Go: their names, such as `example`.
    pub(crate) fn go_names(&self, example: &str) -> String {
        let (sort, name) = (go_name(self.name), self.name);
        let receiver = &name[..1];
        let mut text = format!(
            "\n// String gives the {name}'s name in every language, such as {example:?}; empty for none.\n\
             func ({receiver} {sort}) String() string {{\n\tswitch {receiver} {{\n"
        );
        for value in &self.values {
            let _ = write!(text, "\tcase {sort}{}:\n\t\treturn {:?}\n", go_name(value.name), value.name);
        }
        text + "\tdefault:\n\t\treturn \"\"\n\t}\n}\n"
    }

    /// For Java, from the file `source`.
    pub(crate) fn java(&self, source: &str, doc: &str, example: &str) -> Generated {
        let name = pascal(self.name);
        let values = self.values.iter().map(|value| format!("    /** {} */\n    {}", value.meaning, value.name.to_uppercase()));
        let text = format!(
            "// Generated from {source} by `cargo xtask generate`; do not edit.\n\
             package io.github.libcloudauth;\n\nimport java.util.Locale;\n\n/** {doc} */\npublic enum {name} {{\n{};\n\n    \
             static {name} of(String name) {{\n        return valueOf(name.toUpperCase(Locale.ROOT));\n    }}\n\n    \
             /** The name in every language, e.g. {{@code {example}}}. */\n    \
             @Override\n    public String toString() {{\n        return name().toLowerCase(Locale.ROOT);\n    }}\n}}\n",
            values.collect::<Vec<_>>().join(",\n")
        );
        Generated { name: format!("java/src/main/java/io/github/libcloudauth/{name}.java"), text }
    }

    /// For Python: an alias of the type of its names.
    pub(crate) fn python(&self) -> String {
        let names: Vec<String> = self.values.iter().map(|value| literal(value.name)).collect();
        format!("{}: TypeAlias = Literal[{}]\n", pascal(self.name), names.join(", "))
    }
}
