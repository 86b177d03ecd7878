//! Connections opened ahead of need, for whichever call comes next. The I/O thread drives them, so that they can be used by
//! `KeepaliveIntl` between calls, and a call that blocks may still send on one.

use std::sync::Arc;
use std::time::Duration;

use super::connect::Connection;
use super::latency::Latency;
use super::stack::Stack;

#[derive(Debug)]
pub(super) struct Warm {
    idle: Arc<Stack<Connection>>,
    /// Each connection holds a clone, in use or not.
    open: Arc<()>,
    /// `KeepaliveIntl` is quicker than calls, and says nothing of theirs.
    pub(super) latency: Latency,
}

impl Warm {
    pub(super) fn new(idle_timeout: Duration) -> Self {
        Self { idle: Stack::new(idle_timeout), open: Arc::default(), latency: Latency::default() }
    }

    /// One that has waited for less than `longest`, and that the server has left open.
    pub(super) fn take(&self, longest: Duration) -> Option<Connection> {
        loop {
            let kept = self.idle.pop(|connection| connection.rested() < longest)?;
            if kept.is_idle() {
                return Some(kept);
            }
        }
    }

    /// One that has waited for `shortest` at least.
    pub(super) fn take_old(&self, shortest: Duration) -> Option<Connection> {
        self.idle.pop(|connection| connection.rested() >= shortest)
    }

    /// Takes a connection that the I/O thread drives.
    pub(super) fn keep(&self, mut connection: Connection) {
        connection.mark_warm(&self.open);
        self.idle.push(connection);
    }

    /// How many are open, those in use included.
    pub(super) fn open(&self) -> usize {
        self.idle.close_unusable();
        Arc::strong_count(&self.open) - 1
    }

    /// How many wait, and have done so for less than `longest`.
    pub(super) fn younger(&self, longest: Duration) -> usize {
        self.idle.count(|connection| connection.rested() < longest && connection.is_connected())
    }

    pub(super) fn idle(&self) -> &Stack<Connection> {
        &self.idle
    }
}
