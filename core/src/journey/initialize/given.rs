//! What a call was given.

use crate::call::Call;

/// The parameters of a call, by the service's names.
#[derive(Clone, Copy)]
pub(super) struct Given<'a>(pub(super) &'a Call);

impl<'a> Given<'a> {
    /// What was given for `parameter`; an empty text is nothing.
    pub(super) fn text(self, parameter: &str) -> Option<&'a str> {
        self.0.get(parameter).filter(|text| !text.is_empty())
    }

    pub(super) fn has(self, parameter: &str) -> bool {
        self.text(parameter).is_some()
    }

    pub(super) fn is(self, parameter: &str, value: &str) -> bool {
        self.text(parameter) == Some(value)
    }
}
