//! What documentation says of an operation. It stands in a table of its own, which a library without documentation does not link.

use super::descriptions::DESCRIPTIONS;
use super::spec::{Description, FieldSpec, OperationSpec};
use super::table::OPERATIONS;

impl OperationSpec {
    /// What it does, for people.
    pub fn meaning(&self) -> &'static str {
        self.description().meaning
    }

    /// The reply's fields.
    pub fn reply(&self) -> &'static [FieldSpec] {
        self.description().reply
    }

    fn description(&self) -> &'static Description {
        &DESCRIPTIONS[OPERATIONS.partition_point(|spec| spec.action < self.action)]
    }
}
