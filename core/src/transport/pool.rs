//! Connections for calls that are awaited, shared by all of them: each carries one call at a time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use super::connect::Connection;
use super::stack::Stack;

#[derive(Debug)]
pub(super) struct Pool {
    idle: Stack<Connection>,
    idle_timeout: Duration,
    swept: AtomicBool,
}

impl Pool {
    pub(super) fn new(idle_timeout: Duration) -> Self {
        Self { idle: Stack::new(idle_timeout), idle_timeout, swept: AtomicBool::new(false) }
    }

    /// A connection that the runtime of this call drives, and that the server has left open.
    pub(super) fn take(&self) -> Option<Connection> {
        loop {
            let kept = self.idle.pop(Connection::is_driven_here)?;
            if kept.is_idle() {
                return Some(kept);
            }
        }
    }

    pub(super) fn keep(self: &Arc<Self>, connection: Connection) {
        self.idle.push(connection);
        if !self.swept.swap(true, Ordering::Relaxed) {
            let sweeper = Sweeper(Arc::downgrade(self));
            drop(tokio::spawn(sweeper.run(self.idle_timeout)));
        }
    }
}

/// Lets go of connections that nobody uses, while there are any and their pool lives.
struct Sweeper(Weak<Pool>);

impl Sweeper {
    async fn run(self, period: Duration) {
        loop {
            tokio::time::sleep(period).await;
            if !self.0.upgrade().is_some_and(|pool| pool.idle.sweep()) {
                return;
            }
        }
    }
}

impl Drop for Sweeper {
    fn drop(&mut self) {
        // Its runtime may have ended: then another one's calls bring another sweeper.
        if let Some(pool) = self.0.upgrade() {
            pool.swept.store(false, Ordering::Relaxed);
        }
    }
}
