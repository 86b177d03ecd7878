//! The operations of the API version: one table, by which generic calls are checked and placed.
//!
//! The facts stand in `core/schema/operations.toml`; `table.rs`, `descriptions.rs` and `names.rs` are generated from there.

mod described;
mod descriptions;
mod names;
mod spec;
mod table;

pub use spec::{FieldSpec, OperationSpec, ParameterSpec, ValueKind};
pub use table::{API_VERSION, OPERATIONS, PERMISSION};

use table::RAM_CODE;
pub(crate) use table::SUCCESS;

use crate::nearest::nearest;
use crate::word_list;

/// The operation of this name, written as the API writes it.
pub fn operation(action: &str) -> Option<&'static OperationSpec> {
    OPERATIONS.binary_search_by(|spec| spec.action.cmp(action)).ok().map(|index| &OPERATIONS[index])
}

/// What permits an operation in a RAM policy, e.g. `antcloudauth:CheckResult`.
pub(crate) fn ram_action(action: &str) -> String {
    format!("{RAM_CODE}:{action}")
}

/// Whether an operation, a parameter or a field has this name.
pub(crate) fn is_name(name: &str) -> bool {
    word_list::holds(names::NAMES, name)
}

/// The operation whose name is most like `action`.
pub fn nearest_operation(action: &str) -> Option<&'static str> {
    nearest(action, OPERATIONS.iter().map(|spec| spec.action))
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
        assert_eq!(OPERATIONS.len(), descriptions::DESCRIPTIONS.len());
        let described = |action| operation(action).map(|spec| (spec.meaning(), spec.reply()[0].path));
        assert_eq!(described("AddFaceRecord"), Some(("Adds a face to a face group.", "Code")));
        assert_eq!(described("KeepaliveIntl").map(|(meaning, _)| meaning), Some("Answers, and does nothing else."));
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
