//! Operations without their types: a call's way through the client is compiled once, and not for each of them.

use std::any::Any;
use std::borrow::Cow;

use crate::buffer::Buffer;
use crate::call::Call;
use crate::caller::Caller;
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::reply::Received;
use crate::wait::WaitOptions;
use crate::worker::Job;

/// What an operation gave.
pub(super) struct AnyOutput(Box<dyn Any + Send>);

impl AnyOutput {
    /// Gives it the type of the operation that it comes from.
    pub(super) fn of<O: Operation>(self) -> Result<O::Output> {
        let output = self.0.downcast().map_err(|_| Error::new(Kind::Internal, "the output of another operation"))?;
        Ok(*output)
    }
}

/// See [`Operation`].
pub(super) trait AnyOperation: Send + Sync {
    fn action(&self) -> &'static str;
    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>>;
    fn returns_images(&self) -> bool;
    fn read(&self, reply: &Received<'_>) -> Result<AnyOutput>;
    fn failed(&self, error: Error, sent: &Call) -> Error;
    fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call>;
    fn keeps_raw(&self) -> bool;
    fn keep(&self, output: &mut AnyOutput, body: Buffer);
    fn is_pending(&self, output: &AnyOutput) -> bool;
    fn wait(&self) -> Option<&WaitOptions>;
    fn job(&self) -> Option<Job<AnyOutput>>;
}

impl<O: Operation> AnyOperation for O {
    fn action(&self) -> &'static str {
        Operation::action(self)
    }

    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>> {
        Operation::to_call(self, caller)
    }

    fn returns_images(&self) -> bool {
        Operation::returns_images(self)
    }

    fn read(&self, reply: &Received<'_>) -> Result<AnyOutput> {
        Ok(AnyOutput(Box::new(Operation::read(self, reply)?)))
    }

    fn failed(&self, error: Error, sent: &Call) -> Error {
        Operation::failed(self, error, sent)
    }

    fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call> {
        Operation::follow_up(self, error, sent)
    }

    fn keeps_raw(&self) -> bool {
        Operation::keeps_raw(self)
    }

    fn keep(&self, output: &mut AnyOutput, body: Buffer) {
        if let Some(output) = output.0.downcast_mut() {
            O::keep(output, body);
        }
    }

    fn is_pending(&self, output: &AnyOutput) -> bool {
        output.0.downcast_ref().is_some_and(O::is_pending)
    }

    fn wait(&self) -> Option<&WaitOptions> {
        Operation::wait(self)
    }

    fn job(&self) -> Option<Job<AnyOutput>> {
        let job = Operation::job(self)?;
        Some(Box::new(|worker| Ok(AnyOutput(Box::new(job(worker)?)))))
    }
}
