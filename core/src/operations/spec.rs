//! What is known of an operation.

use crate::nearest::nearest;

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationSpec {
    /// Its name in the API, e.g. `Initialize`.
    pub action: &'static str,
    /// The parameters that travel in the query.
    pub query: &'static [ParameterSpec],
    /// Those that travel in the form body.
    pub form: &'static [ParameterSpec],
    /// What the reply's `Code` is where the call succeeded.
    pub success: &'static [&'static str],
    /// Whether the same request may be sent again although the service may have taken it: it only reads.
    pub resend: bool,
}

/// What documentation says of an operation.
#[derive(Debug)]
pub(super) struct Description {
    pub(super) meaning: &'static str,
    pub(super) reply: &'static [FieldSpec],
}

/// A parameter of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParameterSpec {
    /// Its name in the API, e.g. `ProductCode`.
    pub name: &'static str,
    pub kind: ValueKind,
}

/// A field of an operation's reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldSpec {
    /// Where it stands, e.g. `Result.Passed`; `Items[]` is each element of a list.
    pub path: &'static str,
    pub kind: ValueKind,
}

/// The type of a parameter or field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueKind {
    Text,
    Integer,
    Number,
    Boolean,
    List,
    Object,
}

impl ValueKind {
    /// Lower-case, e.g. `text`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::List => "list",
            Self::Object => "object",
        }
    }
}

impl OperationSpec {
    /// All parameters, those of the query first.
    pub fn parameters(&self) -> impl Iterator<Item = &'static ParameterSpec> + use<> {
        self.query.iter().chain(self.form)
    }

    /// The parameter whose name is most like `name`.
    pub(crate) fn nearest_parameter(&self, name: &str) -> Option<&'static str> {
        nearest(name, self.parameters().map(|parameter| parameter.name))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.parameters().any(|parameter| parameter.name == name)
    }

    pub(crate) fn is_in_form(&self, name: &str) -> bool {
        self.form.iter().any(|parameter| parameter.name == name)
    }
}
