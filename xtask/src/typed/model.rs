//! What a file of `core/schema/typed` holds, read and held against its own rules.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::names;
use crate::operations::model as operations;
use crate::prose::capitalized;
use crate::rust::pascal;

pub(super) const FOLDER: &str = "core/schema/typed";
/// What generated files begin with, behind the sign of a comment.
pub(super) const GENERATED: &str = "Generated from core/schema/typed by `cargo xtask generate`; do not edit.";

/// A typed operation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    /// The noun, in the case of C and Python.
    pub(crate) name: String,
    pub(crate) action: String,
    /// The reply's type, in the case of Go and Java.
    pub(crate) reply: String,
    pub(crate) meaning: String,
    #[serde(default, rename = "argument")]
    pub(crate) arguments: Vec<Argument>,
    #[serde(default, rename = "field")]
    pub(crate) fields: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) parameter: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: ArgumentKind,
    #[serde(default)]
    pub(crate) required: bool,
    /// The required argument in whose place it may be given.
    pub(crate) in_place_of: Option<String>,
    #[serde(default)]
    pub(crate) values: Vec<String>,
    /// How a flag's yes and no are sent.
    pub(crate) written: Option<[String; 2]>,
    pub(crate) default: Option<String>,
    #[serde(default)]
    pub(crate) sensitive: bool,
    /// Whether a text is a path, for which some languages have types.
    #[serde(default)]
    pub(crate) path: bool,
    pub(crate) meaning: String,
    go: Option<String>,
    java: Option<String>,
    command: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ArgumentKind {
    Text,
    Flag,
    Integer,
    List,
    Picture,
    Json,
    Receiver,
    Progress,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// `Result.` and the service's name.
    pub(crate) from: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: FieldKind,
    #[serde(default)]
    pub(crate) shown: bool,
    pub(crate) meaning: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FieldKind {
    Text,
    Flag,
    Integer,
    Number,
    Value,
    Lines,
}

impl Operation {
    /// The request's type, such as `VerifyLogRequest`.
    pub(crate) fn request(&self) -> String {
        format!("{}Request", pascal(&self.name))
    }

    /// The reply's type in the case of C: `Deletion` as `deletion`.
    pub(crate) fn reply_snake(&self) -> String {
        snake(&self.reply)
    }

    pub(crate) fn required(&self) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(|argument| argument.required)
    }

    pub(crate) fn optional(&self) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(|argument| !argument.required && argument.in_place_of.is_none())
    }

    /// Those that a test can give as JSON.
    pub(crate) fn optional_values(&self) -> impl Iterator<Item = &Argument> {
        self.optional().filter(|argument| !argument.kind.is_function())
    }

    /// What must be given, in each way that there is; the required arguments come first.
    pub(crate) fn constructors(&self) -> Vec<Vec<&Argument>> {
        let in_place = |other: &'_ Argument, argument: &'_ Argument| other.in_place_of.as_ref() == Some(&argument.name);
        let alternatives = self.arguments.iter().filter(|argument| argument.in_place_of.is_some());
        let replaced = alternatives
            .map(|other| self.required().map(|argument| if in_place(other, argument) { other } else { argument }).collect());
        [self.required().collect()].into_iter().chain(replaced).collect()
    }

    /// The argument that may be given in place of another.
    pub(crate) fn alternative(&self, argument: &Argument) -> Option<&Argument> {
        self.arguments.iter().find(|other| other.in_place_of.as_ref() == Some(&argument.name))
    }
}

impl ArgumentKind {
    /// Whether it is code of the caller's.
    pub(crate) fn is_function(self) -> bool {
        matches!(self, Self::Receiver | Self::Progress)
    }
}

impl Argument {
    pub(crate) fn go(&self) -> String {
        self.go.clone().unwrap_or_else(|| names::go(&self.name))
    }

    pub(crate) fn java(&self) -> String {
        self.java.clone().unwrap_or_else(|| names::camel(&self.name))
    }

    pub(crate) fn command(&self) -> String {
        self.command.clone().unwrap_or_else(|| format!("--{}", self.name.replace('_', "-")))
    }

    /// Its name in Python, where one argument may take values of several types.
    pub(crate) fn python(&self) -> &str {
        self.in_place_of.as_ref().unwrap_or(&self.name)
    }

    /// The meaning, and the service's name and values, as a sentence for the documentation of every language.
    pub(crate) fn doc(&self) -> String {
        sentence(self.parameter.as_deref(), &self.meaning)
    }
}

impl Field {
    /// The service's name, without the `Result` before it.
    pub(crate) fn wire(&self) -> Option<&str> {
        self.from.as_deref().and_then(|path| path.strip_prefix("Result."))
    }

    /// Its origin and meaning, as a sentence for the documentation of every language.
    pub(crate) fn doc(&self) -> String {
        sentence(self.from.as_deref(), &self.meaning)
    }
}

/// A meaning as a sentence, with the service's name before it.
fn sentence(from: Option<&str>, meaning: &str) -> String {
    let meaning = meaning.trim_end_matches('.');
    match from {
        Some(from) => format!("`{from}`: {meaning}."),
        None => capitalized(meaning) + ".",
    }
}

/// `VerifyLog` as `verify_log`.
fn snake(pascal: &str) -> String {
    let mut text = String::new();
    for letter in pascal.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// Fields that every reply has.
const OWN_FIELDS: [&str; 3] = ["request_id", "extra", "problems"];
/// Arguments that every request has.
const OWN_ARGUMENTS: [&str; 2] = ["unchecked", "parameter"];

/// Reads one file's text; the error names what breaks which rule.
pub(super) fn parse(text: &str, known: &operations::File) -> Result<Operation, String> {
    let typed: Operation = toml::from_str(text).map_err(|error| error.to_string())?;
    let action = known.operations.iter().find(|operation| operation.action == typed.action);
    let action = action.ok_or_else(|| format!("operations.toml has no {}", typed.action))?;
    let mut names = BTreeSet::from(OWN_ARGUMENTS);
    for argument in &typed.arguments {
        let Argument { name, parameter, kind, required, in_place_of, values, written, default, .. } = argument;
        if !names.insert(name) {
            return Err(format!("argument {name}: the name is taken"));
        }
        if let Some(unknown) = parameter.as_ref().filter(|parameter| !action.has_parameter(parameter)) {
            return Err(format!("argument {name}: {} has no parameter {unknown}", action.action));
        }
        if (*kind == ArgumentKind::Flag) != written.is_some() {
            return Err(format!("argument {name}: a flag, and only a flag, says how it is written"));
        }
        if *kind != ArgumentKind::Text && !values.is_empty() {
            return Err(format!("argument {name}: only a text has values"));
        }
        if *required && default.is_some() {
            return Err(format!("argument {name}: what must be given has no default"));
        }
        let replaced = |other: &String| typed.arguments.iter().any(|argument| argument.required && argument.name == *other);
        if in_place_of.as_ref().is_some_and(|other| !replaced(other)) {
            return Err(format!("argument {name}: no required argument has the name in whose place it stands"));
        }
        let allowed = written.as_ref().map_or(&values[..], |written| &written[..]);
        if default.as_ref().is_some_and(|default| !allowed.is_empty() && !allowed.contains(default)) {
            return Err(format!("argument {name}: the default is none of its values"));
        }
    }
    let mut names = BTreeSet::from(OWN_FIELDS);
    for field in &typed.fields {
        if !names.insert(&field.name) {
            return Err(format!("field {}: the name is taken", field.name));
        }
        if field.from.is_some() && field.wire().is_none() {
            return Err(format!("field {}: it does not stand in Result", field.name));
        }
    }
    Ok(typed)
}

#[cfg(test)]
mod tests {
    use super::{ArgumentKind, parse};
    use crate::operations::model as operations;

    const OPERATIONS: &str = r#"
version = "v"
permission = "p"
ram_code = "r"
[[operation]]
action = "Ask"
meaning = "m"
query = ["A", "B"]
reply = ["Code"]
"#;

    const SMALL: &str = r#"
name = "ask"
action = "Ask"
reply = "LongAnswer"
meaning = "m"
[[argument]]
name = "user_id"
parameter = "A"
type = "text"
required = true
values = ["x", "y"]
meaning = "m."
[[argument]]
name = "really"
parameter = "B"
type = "flag"
written = ["Y", "N"]
default = "N"
go = "Really"
meaning = "m"
[[field]]
name = "one"
from = "Result.One"
type = "lines"
meaning = "m"
[[field]]
name = "two"
type = "text"
meaning = "m"
"#;

    fn read(text: &str) -> Result<super::Operation, String> {
        parse(text, &operations::parse(OPERATIONS).unwrap())
    }

    fn refused(from: &str, to: &str) -> String {
        assert!(SMALL.contains(from), "{from}");
        read(&SMALL.replacen(from, to, 1)).err().expect("this must be refused")
    }

    #[test]
    fn names_are_made_for_each_language() {
        let ask = read(SMALL).unwrap();
        assert_eq!((ask.request().as_str(), ask.reply_snake().as_str()), ("AskRequest", "long_answer"));
        let [id, really] = &ask.arguments[..] else { panic!("two arguments") };
        assert_eq!([id.go(), id.java(), id.command(), id.doc()], ["UserID", "userId", "--user-id", "`A`: m."]);
        assert_eq!((really.kind, really.go().as_str()), (ArgumentKind::Flag, "Really"));
        assert_eq!((ask.fields[0].wire(), ask.fields[1].wire()), (Some("One"), None));
    }

    #[test]
    fn each_rule_is_held() {
        assert!(refused("\"Ask\"", "\"Tell\"").contains("no Tell"));
        assert!(refused("\"A\"", "\"C\"").contains("no parameter C"));
        assert!(refused("\"really\"", "\"user_id\"").contains("taken"));
        assert!(refused("\"really\"", "\"unchecked\"").contains("taken"));
        assert!(refused("written = [\"Y\", \"N\"]", "").contains("only a flag"));
        assert!(refused("values = [\"x\", \"y\"]", "written = [\"x\", \"y\"]").contains("only a flag"));
        assert!(refused("type = \"text\"", "type = \"integer\"").contains("only a text"));
        assert!(refused("required = true", "required = true\ndefault = \"x\"").contains("no default"));
        assert!(refused("default = \"N\"", "default = \"no\"").contains("none of its values"));
        assert!(refused("default = \"N\"", "in_place_of = \"user\"").contains("no required argument"));
        assert!(refused("\"one\"", "\"extra\"").contains("taken"));
        assert!(refused("Result.One", "Other.One").contains("not stand in Result"));
    }
}
