//! What an operation does beside its table.

use super::{Arguments, TypedReply};
use crate::call::Call;
use crate::caller::Caller;
use crate::error::{Error, Result};

/// The part of an operation that no table can say. Every step does nothing unless an operation says otherwise.
pub(super) trait Hook: Sync {
    /// The operation of the API that a request with `arguments` is sent as.
    fn action(&self, arguments: &Arguments) -> &'static str {
        arguments.spec().action
    }

    /// Checks the request, and adds to `call`, which holds the arguments as the table sends them. An unchecked request is not
    /// checked here either.
    fn prepare(&self, _arguments: &Arguments, call: Call, _caller: &Caller<'_>) -> Result<Call> {
        Ok(call)
    }

    /// Fills in the fields of a success that do not come from the service's reply. `sent` is what [`prepare`](Self::prepare)
    /// gave.
    fn finish(&self, _reply: &mut TypedReply, _sent: &Call, _caller: &Caller<'_>) {}

    /// Says more of a failure; of one that came after `prepare`.
    fn failed(&self, error: Error, _sent: &Call) -> Error {
        error
    }
}
