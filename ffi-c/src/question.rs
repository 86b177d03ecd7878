//! A question that the host answers later.

use std::fmt;
use std::mem::{self, ManuallyDrop};
use std::sync::{Arc, Mutex, PoisonError};

use cloudauth_core::host;
use tokio::sync::oneshot::{self, Receiver, Sender};

use crate::answer::Answer;
use crate::host_pointer::HostPointer;

/// A question that is open until it is answered or dropped. It keeps the host's context alive.
pub(crate) struct Question<T> {
    answer: ManuallyDrop<Mutex<Option<Sender<Answer<T>>>>>,
    _context: Arc<HostPointer>,
    generation: u64,
}

impl<T> Question<T> {
    /// A question, and where its answer comes; nothing comes where it is dropped.
    pub(crate) fn new(context: Arc<HostPointer>) -> (Self, Receiver<Answer<T>>) {
        let (sender, receiver) = oneshot::channel();
        let answer = ManuallyDrop::new(Mutex::new(Some(sender)));
        (Self { answer, _context: context, generation: host::generation() }, receiver)
    }

    /// The first answer counts. It is dropped where nobody waits any more, and in a forked child, where nobody can.
    pub(crate) fn answer(&self, answer: Answer<T>) {
        if self.generation != host::generation() {
            return;
        }
        let sender = mem::take(&mut *self.answer.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(sender) = sender {
            drop(sender.send(answer));
        }
    }
}

impl<T> Drop for Question<T> {
    fn drop(&mut self) {
        // What a forked child inherits may be locked for ever.
        if self.generation == host::generation() {
            // SAFETY: dropped here alone, and never used again.
            unsafe { ManuallyDrop::drop(&mut self.answer) };
        }
    }
}

impl<T> fmt::Debug for Question<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Question").finish_non_exhaustive()
    }
}
