//! Values that belong to one process.

use super::fork::PerGeneration;
use super::sentinel;

/// A value of the process that made it; another process makes its own. What a child inherits is neither used nor dropped.
#[derive(Debug)]
pub struct PerProcess<T>(PerGeneration<T>);

impl<T: Send + Sync> PerProcess<T> {
    /// No value yet.
    pub const fn new() -> Self {
        Self(PerGeneration::new())
    }

    /// This process's value, made by `init` where there is none yet. Of values made at the same time one stays.
    pub fn get_or_try_init<E>(&self, init: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        self.0.get_or_try_init(init)
    }
}

impl<T: Send + Sync> Default for PerProcess<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Drop for PerProcess<T> {
    fn drop(&mut self) {
        drop(self.0.take(sentinel::generation));
    }
}
