//! What the table says of a typed operation.

use super::FieldKind;

/// One typed operation.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TypedSpec {
    /// The noun, such as `verify_log`; each language spells it in its own case.
    pub name: &'static str,
    /// The operation's name in the API, such as `CheckVerifyLog`.
    pub action: &'static str,
    /// The reply's type, such as `VerifyLog`.
    pub reply: &'static str,
    pub arguments: &'static [ArgumentSpec],
    /// The reply's fields.
    pub fields: &'static [FieldSpec],
}

/// An argument of a typed operation.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArgumentSpec {
    pub name: &'static str,
    /// Its name in the API; `None` for one that is not sent as it is.
    pub parameter: Option<&'static str>,
    pub kind: ArgumentKind,
    pub required: bool,
    /// The required argument that this one can be given in place of.
    pub in_place_of: Option<&'static str>,
    /// The only values of a text; empty where there are others.
    pub values: &'static [&'static str],
    /// What is sent where it is not given.
    pub default: Option<&'static str>,
    /// Whether it must not be printed.
    pub sensitive: bool,
}

/// What values an argument takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArgumentKind {
    Text,
    Flag {
        /// How a yes is sent.
        yes: &'static str,
        no: &'static str,
    },
    Integer,
    /// A list of texts, sent as JSON.
    List,
    /// A picture's bytes, sent as Base64.
    Picture,
    /// An object or a list, or text that is JSON already.
    Json,
    /// A function or an object that gets a file's bytes.
    Receiver,
    /// A function that hears how far a download has come.
    Progress,
}

/// A field of a typed operation's reply.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldSpec {
    pub name: &'static str,
    /// Its name in the reply's `Result`; `None` for one that comes from elsewhere.
    pub from: Option<&'static str>,
    pub kind: FieldKind,
    /// Whether printing the reply shows it.
    pub shown: bool,
}

/// What documentation says of a typed operation.
#[derive(Debug)]
pub(super) struct Meanings {
    pub(super) operation: &'static str,
    /// In the order of the arguments, and of the fields.
    pub(super) arguments: &'static [&'static str],
    pub(super) fields: &'static [&'static str],
}

impl TypedSpec {
    /// The argument that can be given in place of `name`.
    pub fn alternative(&self, name: &str) -> Option<&'static ArgumentSpec> {
        self.arguments.iter().find(|argument| argument.in_place_of == Some(name))
    }

    /// The argument of this name.
    pub fn argument(&self, name: &str) -> Option<&'static ArgumentSpec> {
        self.arguments.iter().find(|argument| argument.name == name)
    }
}
