//! Where the host puts its answer to a question.

use std::mem;
use std::sync::Arc;

use cloudauth_core::CallContext;
use tokio::sync::oneshot::Receiver;

use crate::answer::Answer;
use crate::handle::{self, Handle};
use crate::host_pointer::HostPointer;
use crate::question::Question;

#[derive(Clone)]
pub(crate) struct Slot<T> {
    target: Target<T>,
    /// Of the call that asks, where it is one's.
    pub(crate) context: Option<CallContext>,
}

#[derive(Clone)]
enum Target<T> {
    /// The callback that gives it before it returns; its last answer counts.
    Callback(Answer<T>),
    /// Whoever waits for it; the first answer counts.
    Question(Arc<Question<T>>),
}

/// Has a callback of the host's answer before it returns.
pub(crate) fn ask<H, T>(context: Option<CallContext>, callback: impl FnOnce(*mut H)) -> Answer<T>
where
    H: Handle<Object = Slot<T>>,
    T: Clone,
{
    let out = handle::give::<H>(Slot { target: Target::Callback(Answer::Nothing), context });
    callback(out);
    match handle::take(out).as_deref() {
        Some(Slot { target: Target::Callback(answer), .. }) => answer.clone(),
        _ => Answer::Nothing,
    }
}

/// Has `start` ask the host, which answers later; `host` lives until then. Nothing comes where it gives no answer.
pub(crate) fn begin<H, T>(host: Arc<HostPointer>, context: Option<CallContext>, start: impl FnOnce(*mut H)) -> Receiver<Answer<T>>
where
    H: Handle<Object = Slot<T>>,
{
    let (question, answer) = Question::new(host);
    start(handle::give::<H>(Slot { target: Target::Question(Arc::new(question)), context }));
    answer
}

/// Answers; frees a question.
pub(crate) fn answer<H, T>(out: *mut H, answer: Answer<T>)
where
    H: Handle<Object = Slot<T>>,
    T: Clone,
{
    match take_question(out) {
        Some(question) => question.answer(answer),
        None => drop(handle::change(out, |slot| mem::replace(&mut slot.target, Target::Callback(answer)))),
    }
}

/// The question behind a handle, which is no handle from then on; `None` for a callback's.
pub(crate) fn take_question<H, T>(out: *mut H) -> Option<Arc<Question<T>>>
where
    H: Handle<Object = Slot<T>>,
{
    match &handle::find(out)?.target {
        Target::Callback(_) => None,
        Target::Question(question) => {
            let question = question.clone();
            handle::take(out);
            Some(question)
        }
    }
}
