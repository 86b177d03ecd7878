//! Keys from a Python callable.
//!
//! A request that needs keys leaves a number in a queue and waits. A Python thread takes it out, calls the callable and
//! answers. The library's own threads never run Python.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use cloudauth_core::host::PerProcess;
use cloudauth_core::{Error, Result};
use pyo3::prelude::*;
use tokio::sync::oneshot;

use crate::arguments::{self, Given};
use crate::bridge::{Inlet, Queue};

/// The requests of this process that wait for keys.
struct Waiting {
    inlet: Arc<Inlet>,
    senders: Mutex<HashMap<u64, oneshot::Sender<Result<Credentials>>>>,
    next: AtomicU64,
}

impl Waiting {
    fn new() -> Result<Self> {
        let inlet = Inlet::new().map_err(|_| Error::credentials("the operating system refused a descriptor to ask for keys"))?;
        Ok(Self { inlet: Arc::new(inlet), senders: Mutex::default(), next: AtomicU64::new(0) })
    }

    fn senders(&self) -> MutexGuard<'_, HashMap<u64, oneshot::Sender<Result<Credentials>>>> {
        self.senders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks for keys on behalf of clients, and hands the answers on.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct KeySource(Arc<PerProcess<Waiting>>);

impl KeySource {
    pub(crate) fn provider(&self) -> impl Provider + 'static {
        CallableProvider(self.0.clone())
    }

    fn answer(&self, number: u64, answer: Result<Credentials>) -> PyResult<()> {
        let waiting = self.waiting()?;
        let sender = waiting.senders().remove(&number);
        // A call that is over has no use for it.
        drop(sender.map(|sender| sender.send(answer)));
        Ok(())
    }

    fn waiting(&self) -> PyResult<&Waiting> {
        let waiting = self.0.get_or_try_init(Waiting::new);
        waiting.map_err(|error| Python::attach(|py| crate::errors::raised(py, &error)))
    }
}

#[pymethods]
impl KeySource {
    #[new]
    fn new() -> Self {
        Self(Arc::default())
    }

    /// This process's queue of numbers: one for each request that waits for keys.
    fn queue(&self) -> PyResult<Queue> {
        Ok(Queue::of(self.waiting()?.inlet.clone()))
    }

    /// Gives the request of that number its keys.
    fn give(
        &self,
        number: u64,
        access_key_id: Given<'_, '_>,
        access_key_secret: Given<'_, '_>,
        security_token: Option<Given<'_, '_>>,
    ) -> PyResult<()> {
        let id = arguments::text("access_key_id", access_key_id)?;
        let secret = arguments::text("access_key_secret", access_key_secret)?;
        let credentials = Credentials::new(id, secret, arguments::optional_text("security_token", security_token)?);
        self.answer(number, credentials.map_err(|error| Error::credentials(format!("from the credentials callable, {error}"))))
    }

    /// Ends the request of that number. `reason` holds no secret.
    fn fail(&self, number: u64, reason: String) -> PyResult<()> {
        self.answer(number, Err(Error::credentials(reason)))
    }
}

/// What core asks.
struct CallableProvider(Arc<PerProcess<Waiting>>);

impl Provider for CallableProvider {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            let waiting = self.0.get_or_try_init(Waiting::new)?;
            let number = waiting.next.fetch_add(1, Ordering::Relaxed);
            let (sender, receiver) = oneshot::channel();
            waiting.senders().insert(number, sender);
            let _asked = Asked { waiting, number };
            waiting.inlet.asked(number);
            receiver.await.unwrap_or_else(|_| Err(Error::credentials("the credentials callable gave no answer")))
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
        drop(self.waiting.senders().remove(&self.number));
    }
}
