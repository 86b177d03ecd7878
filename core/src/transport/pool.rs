//! Connections for calls that are awaited, shared by all of them: each carries one call at a time.

use std::sync::Arc;
use std::time::Duration;

use super::connect::Connection;
use super::stack::Stack;

#[derive(Debug)]
pub(super) struct Pool(Arc<Stack<Connection>>);

impl Pool {
    pub(super) fn new(idle_timeout: Duration) -> Self {
        Self(Stack::new(idle_timeout))
    }

    /// A connection that the runtime of this call drives, that has waited for less than `longest`, and that the server has left
    /// open.
    pub(super) fn take(&self, longest: Duration) -> Option<Connection> {
        loop {
            let kept = self.0.pop(|connection| connection.is_driven_here() && connection.rested() < longest)?;
            if kept.is_idle() {
                return Some(kept);
            }
        }
    }

    pub(super) fn keep(&self, connection: Connection) {
        self.0.push(connection);
    }

    pub(super) fn idle(&self) -> &Stack<Connection> {
        &self.0
    }
}
