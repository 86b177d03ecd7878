//! Keys from a Python callable.
//!
//! A request that needs keys leaves a number in a queue and waits. A Python thread takes it out, calls the callable and
//! answers. The library's own threads never run Python.

use std::collections::HashMap;
use std::fmt;
use std::mem;
use std::os::fd::RawFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use cloudauth_core::host::PerProcess;
use cloudauth_core::{Error, Result};
use pyo3::exceptions::PyBaseException;
use pyo3::prelude::*;
use tokio::sync::oneshot;

use crate::arguments::{self, Given};
use crate::errors;
use crate::event::Event;
use crate::raised::Raised;

/// The requests of this process that wait for keys.
struct Waiting {
    state: Mutex<State>,
    event: Event,
}

#[derive(Default)]
struct State {
    /// Not yet taken by the thread that calls the callable.
    asked: Vec<u64>,
    senders: HashMap<u64, oneshot::Sender<Result<Credentials>>>,
    next: u64,
    stopped: bool,
}

impl Waiting {
    fn new() -> Result<Self> {
        let event = Event::new().map_err(|_| Error::credentials("the operating system refused a descriptor to ask for keys"))?;
        Ok(Self { state: Mutex::default(), event })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self) -> Result<(u64, oneshot::Receiver<Result<Credentials>>)> {
        let mut state = self.state();
        if state.stopped {
            return Err(closed());
        }
        let (sender, receiver) = oneshot::channel();
        let number = state.next;
        state.next += 1;
        state.senders.insert(number, sender);
        state.asked.push(number);
        drop(state);
        self.event.set();
        Ok((number, receiver))
    }

    /// The numbers that have come in; `None` once it is stopped.
    fn take(&self) -> Option<Vec<u64>> {
        // Cleared before the queue is emptied: what comes in between wakes the thread again.
        self.event.clear();
        let mut state = self.state();
        (!state.stopped).then(|| mem::take(&mut state.asked))
    }

    fn stop(&self) {
        let mut state = self.state();
        state.stopped = true;
        let senders = mem::take(&mut state.senders);
        drop(state);
        self.event.set();
        for sender in senders.into_values() {
            let _ = sender.send(Err(closed()));
        }
    }
}

fn closed() -> Error {
    Error::credentials("the client was closed while the credentials callable was asked")
}

/// Asks for keys on behalf of clients, and hands the answers on.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct KeySource(Arc<PerProcess<Waiting>>);

impl KeySource {
    pub(crate) fn provider(&self) -> impl Provider + 'static {
        CallableProvider(self.0.clone())
    }

    fn answer(&self, py: Python<'_>, number: u64, answer: Result<Credentials>) -> PyResult<()> {
        let sender = self.waiting(py)?.state().senders.remove(&number);
        // A call that is over has no use for it.
        drop(sender.map(|sender| sender.send(answer)));
        Ok(())
    }

    fn waiting(&self, py: Python<'_>) -> PyResult<&Waiting> {
        self.0.get_or_try_init(Waiting::new).map_err(|error| errors::raised(py, error))
    }
}

#[pymethods]
impl KeySource {
    #[new]
    fn new() -> Self {
        Self(Arc::default())
    }

    /// Waits for numbers, one for each request of this process that wants keys; `None` is the end.
    fn wait(&self, py: Python<'_>) -> PyResult<Option<Vec<u64>>> {
        let waiting = self.waiting(py)?;
        Ok(py.detach(|| waiting.event.wait()).ok().and_then(|()| waiting.take()))
    }

    /// Readable when [`wait`](Self::wait) would not wait.
    fn fileno(&self, py: Python<'_>) -> PyResult<RawFd> {
        Ok(self.waiting(py)?.event.fileno())
    }

    /// Ends the waiting, and the requests that wait; later ones are refused.
    fn stop(&self, py: Python<'_>) {
        // Where nobody has asked yet, there is nothing to end.
        if let Ok(waiting) = self.0.get_or_try_init(|| Err(())) {
            py.detach(|| waiting.stop());
        }
    }

    /// Gives the request of that number its keys.
    fn give(
        &self,
        py: Python<'_>,
        number: u64,
        access_key_id: Given<'_, '_>,
        access_key_secret: Given<'_, '_>,
        security_token: Option<Given<'_, '_>>,
    ) -> PyResult<()> {
        let id = arguments::text("access_key_id", access_key_id)?;
        let secret = arguments::text("access_key_secret", access_key_secret)?;
        let token = security_token.map(|token| arguments::text("security_token", token)).transpose()?;
        let credentials = Credentials::new(id, secret, token);
        let credentials = credentials.map_err(|error| Error::credentials(format!("from the credentials callable, {error}")));
        self.answer(py, number, credentials)
    }

    /// Ends the request of that number. `reason` holds no secret; `cause` is what the callable raised.
    fn fail(&self, py: Python<'_>, number: u64, reason: String, cause: Option<Py<PyBaseException>>) -> PyResult<()> {
        let error = Error::credentials(reason);
        self.answer(
            py,
            number,
            Err(match cause {
                Some(cause) => error.with_cause(Arc::new(Raised::keep(cause.into_bound(py)))),
                None => error,
            }),
        )
    }
}

/// What core asks.
struct CallableProvider(Arc<PerProcess<Waiting>>);

impl Provider for CallableProvider {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            let waiting = self.0.get_or_try_init(Waiting::new)?;
            let (number, receiver) = waiting.ask()?;
            let _asked = Asked { waiting, number };
            receiver.await.unwrap_or_else(|_| Err(closed()))
        })
    }

    fn name(&self) -> &'static str {
        "callable"
    }
}

impl fmt::Debug for CallableProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallableProvider")
    }
}

/// A request that asks; one that ends without an answer leaves nothing behind.
struct Asked<'a> {
    waiting: &'a Waiting,
    number: u64,
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        let mut state = self.waiting.state();
        state.asked.retain(|asked| *asked != self.number);
        drop(state.senders.remove(&self.number));
    }
}
