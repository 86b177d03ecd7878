//! What an operation does beside its table.

use super::{Arguments, TypedReply};
use crate::call::Call;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::reply::Received;
use crate::worker::Worker;

/// What an operation does with its arguments, which fit the table, where it is more than a call.
pub(super) type Work = fn(&Arguments, &dyn Worker) -> Result<TypedReply>;

/// The part of an operation that no table can say. Every step does nothing unless an operation says otherwise.
pub(super) trait Hook: Sync {
    /// Checks what no table can, as far as it was given and the arguments alone say it.
    fn validate(&self, _arguments: &Arguments) -> Result<()> {
        Ok(())
    }

    /// What it does in place of a call. The steps below are those of a call.
    fn work(&self) -> Option<Work> {
        None
    }

    /// The operation of the API that a request with `arguments` is sent as.
    fn action(&self, arguments: &Arguments) -> &'static str {
        arguments.spec().action
    }

    /// Checks the request, and adds to `call`, which holds the arguments as the table sends them. An unchecked request is not
    /// checked here either.
    fn prepare(&self, _arguments: &Arguments, call: Call, _caller: &Caller<'_>) -> Result<Call> {
        Ok(call)
    }

    /// What the reply gives, or the error that it is.
    fn read(&self, arguments: &Arguments, reply: &Received<'_>) -> Result<TypedReply> {
        TypedReply::read(arguments.spec(), reply)
    }

    /// Fills in the fields of a success that do not come from the service's reply. `sent` is what [`prepare`](Self::prepare)
    /// gave.
    fn finish(&self, _reply: &mut TypedReply, _sent: &Call, _caller: &Caller<'_>) {}

    /// The call that can answer what this error to `sent` leaves open.
    fn follow_up(&self, _error: &Error, _sent: &Call) -> Option<Call> {
        None
    }

    /// Says more of a failure; of one that came after `prepare`.
    fn failed(&self, error: Error, _sent: &Call) -> Error {
        error
    }
}
