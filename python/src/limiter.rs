//! A limiter of the program's: a callable. It runs on the thread of a call that blocks, and for others on a thread kept for
//! callbacks; what it gives to be awaited is awaited on the event loop of the call.

use std::mem::ManuallyDrop;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cloudauth_core::{CallContext, Error, Limiter, LimiterTurns, PermitRequest, Result, WaitFuture, host};
use pyo3::exceptions::{PyBaseException, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyTuple};
use tokio::sync::oneshot;

use crate::bridge::{self, Inlet, Item};
use crate::code;
use crate::errors::type_name;
use crate::kept::{self, Kept};
use crate::made_in::MadeIn;
use crate::raised::Raised;
use crate::receiver::{check_plain, close_unawaited, is_any};

/// The callable of a client.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct LimiterFunction(Arc<Function>);

struct Function {
    /// Gives the callable, as long as its client lives.
    held: Kept,
    awaits: Awaits,
    turns: LimiterTurns,
}

/// What is awaited on an event loop.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaits {
    /// There is none.
    Nothing,
    /// What the callable gives, where that is to be awaited.
    Given,
    /// Whatever the callable gives: it is an `async` function.
    All,
}

impl LimiterFunction {
    pub(crate) fn core(&self) -> Arc<dyn Limiter> {
        self.0.clone()
    }
}

#[pymethods]
impl LimiterFunction {
    /// `held`, called, gives the callable, or `None` once its client is gone. `on_loop`: whether calls have an event loop.
    #[new]
    fn new(held: Bound<'_, PyAny>, on_loop: bool) -> PyResult<Self> {
        let function = held.call0()?;
        if !function.is_callable() {
            return Err(PyTypeError::new_err(format!("limiter: must be callable, not {}", type_name(&function))));
        }
        let awaits = if on_loop {
            let coroutine = ["iscoroutinefunction"];
            let is_async = is_any(&function, &coroutine)? || is_any(&function.get_type().getattr("__call__")?, &coroutine)?;
            if is_async { Awaits::All } else { Awaits::Given }
        } else {
            check_plain("limiter", &function)?;
            Awaits::Nothing
        };
        Ok(Self(Arc::new(Function { held: Kept::new(held), awaits, turns: LimiterTurns::default() })))
    }
}

/// What the callable gave.
enum Given {
    Wait(Duration),
    Awaitable(Kept),
}

impl Limiter for Function {
    fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> WaitFuture<'a> {
        Box::pin(async move {
            let mut awaitable = None;
            if self.awaits != Awaits::All {
                let turn = self.turns.turn(request.action).await;
                let (held, awaits, api) = (self.held.clone(), self.awaits, request.action.to_owned());
                let called = host::run(move || {
                    let _turn = turn;
                    called(&held, awaits, &api)
                });
                match called.await?? {
                    Given::Wait(wait) => return Ok(wait),
                    Given::Awaitable(given) => awaitable = Some(given),
                }
            }
            let made = request.context.and_then(CallContext::get::<MadeIn>);
            let inlet = made.and_then(MadeIn::inlet).ok_or_else(|| Error::quota("no event loop awaits the limiter"))?;
            awaited(inlet, self.held.clone(), awaitable, request.action.to_owned()).await
        })
    }

    fn acquire_here(&self, request: PermitRequest<'_>) -> Option<Result<Duration>> {
        if self.awaits != Awaits::Nothing {
            return None;
        }
        Some(called(&self.held, self.awaits, request.action).and_then(|given| match given {
            Given::Wait(wait) => Ok(wait),
            Given::Awaitable(_) => Err(unawaited()),
        }))
    }
}

fn unawaited() -> Error {
    Error::quota("the limiter gave something to be awaited; only an AsyncClient awaits it")
}

fn gone() -> Error {
    Error::quota("the client was let go of while its limiter was asked")
}

/// Calls the callable on this thread.
fn called(held: &Kept, awaits: Awaits, api: &str) -> Result<Given> {
    let called = Python::try_attach(|py| {
        let Some(function) = function(py, held) else { return Err(gone()) };
        let given = || {
            let given = code::call(&function, &PyTuple::new(py, [api])?, None)?;
            if given.is_none() || given.is_instance_of::<PyFloat>() || !is_any(&given, &["isawaitable"])? {
                return Ok(seconds(&given).map(Given::Wait));
            }
            if awaits == Awaits::Nothing {
                close_unawaited(&given)?;
                return Ok(Err(unawaited()));
            }
            Ok(Ok(Given::Awaitable(Kept::new(given))))
        };
        given().unwrap_or_else(|raised: PyErr| Err(failed(raised.into_value(py).into_bound(py))))
    });
    called.unwrap_or_else(|| Err(Error::quota("the interpreter has ended")))
}

fn function<'py>(py: Python<'py>, held: &Kept) -> Option<Bound<'py, PyAny>> {
    held.object(py)?.call0().ok().filter(|function| !function.is_none())
}

/// The wait that was given.
fn seconds(given: &Bound<'_, PyAny>) -> Result<Duration> {
    const RULE: &str = "the limiter must give the seconds to wait, of zero or more, or None";
    if given.is_none() {
        return Ok(Duration::ZERO);
    }
    let is_number = given.is_instance_of::<PyFloat>() || given.is_instance_of::<PyInt>();
    if !is_number || given.is_instance_of::<PyBool>() {
        return Err(Error::quota(format!("{RULE}; it gave an object of type {}", type_name(given))));
    }
    let seconds = given.extract::<f64>().unwrap_or(f64::INFINITY);
    if !seconds.is_finite() || seconds < 0.0 {
        return Err(Error::quota(format!("{RULE}; it gave {seconds}")));
    }
    Ok(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

fn failed(raised: Bound<'_, PyBaseException>) -> Error {
    // Its text may hold a secret.
    let reason = format!("the limiter raised {}", type_name(&raised));
    Error::quota(reason).with_cause(Arc::new(Raised::keep(raised)))
}

/// Has the loop behind `inlet` await `awaitable`, or else what the callable gives there.
async fn awaited(inlet: Arc<Inlet>, held: Kept, awaitable: Option<Kept>, api: String) -> Result<Duration> {
    let (sender, answer) = oneshot::channel();
    let number = inlet.number();
    let question: Item = Box::new(move |py| {
        let sender = ManuallyDrop::new(Mutex::new(Some(sender)));
        let question = PermitQuestion { held, awaitable, api, sender, generation: host::generation() };
        Ok((Bound::new(py, question)?.into_any(), py.None().into_bound(py)))
    });
    inlet.push(number, question);
    let asked = Asked { inlet, number, is_open: true };
    let answer = answer.await;
    asked.end();
    answer.unwrap_or_else(|_| Err(Error::quota("the event loop has not awaited the limiter to its end")))
}

/// A question on its way. One that nobody waits for any more is withdrawn by its number.
struct Asked {
    inlet: Arc<Inlet>,
    number: u64,
    is_open: bool,
}

impl Asked {
    fn end(mut self) {
        self.is_open = false;
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        if self.is_open {
            self.inlet.push(self.number, bridge::nothing());
        }
    }
}

/// What an event loop is asked.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct PermitQuestion {
    held: Kept,
    awaitable: Option<Kept>,
    api: String,
    sender: ManuallyDrop<Mutex<Option<oneshot::Sender<Result<Duration>>>>>,
    generation: u64,
}

impl PermitQuestion {
    fn answer(&self, answer: Result<Duration>) {
        // Who waits in a forked child waits for another one.
        if self.generation == host::generation() {
            let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner).take();
            drop(sender.map(|sender| sender.send(answer)));
        }
    }
}

#[pymethods]
impl PermitQuestion {
    /// What is to be awaited for the answer.
    fn begin<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let begun = match &self.awaitable {
            Some(awaitable) => awaitable.object(py),
            None => match function(py, &self.held) {
                Some(function) => Some(code::call(&function, &PyTuple::new(py, [&self.api])?, None)?),
                None => None,
            },
        };
        begun.ok_or_else(|| PyTypeError::new_err("the client is gone"))
    }

    /// Answers with what came of that.
    fn give(&self, given: &Bound<'_, PyAny>) {
        self.answer(seconds(given));
    }

    /// Answers that it raised.
    fn fail(&self, py: Python<'_>, raised: Bound<'_, PyBaseException>) {
        self.answer(Err(failed(raised)));
        kept::forget_unneeded(py);
    }
}

impl Drop for PermitQuestion {
    fn drop(&mut self) {
        // What a forked child inherits wakes its parent's loop.
        if self.generation == host::generation() {
            // SAFETY: dropped here alone, and never used again.
            unsafe { ManuallyDrop::drop(&mut self.sender) };
        }
    }
}
