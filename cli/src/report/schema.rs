//! What a report knows of a field before it sees a value.

/// A type of the result's tree.
pub(super) struct Object {
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
}

pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) sort: Sort,
    /// The service's names of it.
    pub(super) from: &'static [&'static str],
    pub(super) shown: Shown,
    /// Of a score: from where on the service lets it pass.
    pub(super) threshold: Option<f64>,
    pub(super) meaning: &'static str,
}

#[derive(PartialEq, Eq)]
pub(super) enum Sort {
    Flag,
    Text,
    Whole,
    Number,
    Any,
    Map,
    Image,
    Object(&'static str),
    List(&'static Sort),
    MapOf(&'static Sort),
}

pub(super) enum Shown {
    /// It says nothing of whom.
    Always,
    /// These texts, and no others.
    Known(&'static [&'static str]),
    /// Only where it was asked for.
    Asked,
}

impl Field {
    pub(super) fn label(&self) -> String {
        self.name.replace('_', " ")
    }

    /// Its meaning, without the marks of code.
    pub(super) fn note(&self) -> String {
        self.meaning.replace('`', "")
    }
}
