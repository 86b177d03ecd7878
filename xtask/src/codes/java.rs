//! Kinds, actions and subjects as Java.

use super::model::Catalogue;
use super::model::SOURCE;
use crate::output::Generated;

/// An enumeration of each.
pub(super) fn enumerations(catalogue: &Catalogue) -> [Generated; 3] {
    [
        catalogue.kinds().java(
            SOURCE,
            "Which sort of failure an error is; the same in every language. {@code docs/codes.md} has them all.",
            "not_completed",
        ),
        catalogue.actions().java(SOURCE, "What a merchant's program should do first with a finished verification.", "accept"),
        catalogue.subjects().java(SOURCE, "What an {@link Explanation} explains.", "sub_code"),
    ]
}
