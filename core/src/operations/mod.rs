//! The operations of the API version: one table, by which generic calls are checked and placed.
//!
//! The facts stand in `core/schema/operations.toml`; `table.rs` is generated from there.

mod table;

pub use table::{API_VERSION, OPERATIONS, PERMISSION};

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationSpec {
    /// Its name in the API, e.g. `Initialize`.
    pub action: &'static str,
    /// What it does, for people.
    pub meaning: &'static str,
    /// The parameters that travel in the query.
    pub query: &'static [ParameterSpec],
    /// Those that travel in the form body.
    pub form: &'static [ParameterSpec],
    /// The reply's fields.
    pub reply: &'static [FieldSpec],
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

/// The operation of this name, written as the API writes it.
pub fn operation(action: &str) -> Option<&'static OperationSpec> {
    OPERATIONS.binary_search_by(|spec| spec.action.cmp(action)).ok().map(|index| &OPERATIONS[index])
}

/// The operation whose name is most like `action`.
pub fn nearest_operation(action: &str) -> Option<&'static str> {
    nearest(action, OPERATIONS.iter().map(|spec| spec.action))
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

/// Less alike than this, a name helps nobody.
const LIKE: f64 = 0.7;

fn nearest(name: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let likeness = |other: &str| strsim::jaro_winkler(&name, &other.to_ascii_lowercase());
    names
        .map(|other| (likeness(other), other))
        .filter(|(like, _)| *like >= LIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|best| best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_operations_are_there_each_once() {
        assert_eq!(OPERATIONS.len(), 50);
        assert!(OPERATIONS.is_sorted_by(|a, b| a.action < b.action));
        assert!(OPERATIONS.iter().all(|spec| operation(spec.action) == Some(spec)));
        assert_eq!(operation("checkresult"), None);
    }

    #[test]
    fn the_nearest_name_is_found_and_nonsense_has_none() {
        assert_eq!(nearest_operation("Initalize"), Some("Initialize"));
        assert_eq!(nearest_operation("checkresult"), Some("CheckResult"));
        assert_eq!(nearest_operation("DeleteResult"), Some("DeleteVerifyResult"));
        assert_eq!(nearest_operation("zzz"), None);
        let initialize = operation("Initialize").expect("it is in the table");
        assert_eq!(initialize.nearest_parameter("MetaInfos"), Some("MetaInfo"));
        assert_eq!(initialize.nearest_parameter("product_code"), Some("ProductCode"));
    }
}
