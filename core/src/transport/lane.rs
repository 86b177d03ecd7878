//! Lanes: a runtime and a connection of its own for each call that blocks, driven by the thread that makes the call.
//!
//! Lanes are checked out and in, last in first out. Nothing drives a lane between two calls, so its connection is looked at
//! before it is used again.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::connect::Connection;
use super::stack::{Idle, Stack};
use crate::error::Result;
use crate::runtime;

#[derive(Debug)]
pub(crate) struct Lanes(Arc<Stack<Lane>>);

#[derive(Debug)]
pub(crate) struct Lane {
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
    connection: Mutex<Option<Connection>>,
}

impl Lanes {
    pub(super) fn new(idle_timeout: Duration) -> Self {
        Self(Stack::new(idle_timeout))
    }

    /// Runs `call` to its end on this thread, which must not be driving a runtime already.
    pub(crate) fn run<T>(&self, call: impl AsyncFnOnce(&Lane) -> T) -> Result<T> {
        let lane = self.0.pop(|_| true).map_or_else(Lane::new, Ok)?;
        // Pinned here, so that what drives it moves a pointer and not its state.
        let outcome = lane.runtime().block_on(pin!(call(&lane)));
        if lane.connection().is_some() {
            self.0.push(lane);
        }
        Ok(outcome)
    }

    pub(super) fn idle(&self) -> &Stack<Lane> {
        &self.0
    }
}

impl Lane {
    fn new() -> Result<Self> {
        let mut builder = Builder::new_current_thread();
        builder.enable_io().enable_time();
        let runtime = builder.build().map_err(|error| runtime::refused(&error))?;
        Ok(Self { runtime: Some(runtime), connection: Mutex::default() })
    }

    fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("a lane has its runtime until it is dropped")
    }

    /// The connection, if it has waited for less than `longest` and the server has left it open.
    pub(super) fn take(&self, longest: Duration) -> Option<Connection> {
        let young = self.connection().take_if(|connection| connection.rested() < longest);
        young.filter(Connection::is_idle)
    }

    /// Closes the connection, if there is one still.
    pub(super) fn clear(&self) {
        *self.connection() = None;
    }

    pub(super) fn keep(&self, connection: Connection) {
        *self.connection() = Some(connection);
    }

    fn connection(&self) -> MutexGuard<'_, Option<Connection>> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Idle for Lane {
    fn is_open(&self) -> bool {
        self.connection().as_ref().is_some_and(Connection::is_idle)
    }

    /// Its runtime ends its connection.
    fn close(self) {}
}

impl Drop for Lane {
    fn drop(&mut self) {
        // A client may be dropped where a runtime must not block.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Drives what does no I/O on the calling thread. Costs no descriptor.
pub(crate) struct Timer(Runtime);

impl Timer {
    pub(crate) fn new() -> Result<Self> {
        Builder::new_current_thread().enable_time().build().map(Self).map_err(|error| runtime::refused(&error))
    }

    pub(crate) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.0.block_on(future)
    }
}
