//! The deletion of a result.

use super::hook::Hook;
use crate::call::Call;
use crate::error::Error;
use crate::journey::lost_deletion;

pub(super) struct DeleteResult;

impl Hook for DeleteResult {
    fn failed(&self, error: Error, _: &Call) -> Error {
        lost_deletion(error)
    }
}
