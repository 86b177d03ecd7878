//! The client.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudauth_core::options::OPTIONS;
use cloudauth_core::spelling::Language;
use cloudauth_core::{CallContext, CallOptions, Delivery, ManyOptions, Operation, Stats, WaitForResult, blocking};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::arguments::{self, Given};
use crate::bridge::{InFlight, Queue};
use crate::convert::ToPython;
use crate::credentials::KeySource;
use crate::errors;
use crate::kept;
use crate::limiter::LimiterFunction;
use crate::made_in::{LoopOf, MadeIn};
use crate::many::Many;
use crate::signals::Signals;

/// The lock is only held while the interpreter is, so that no fork finds it taken.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct Client {
    state: Mutex<State>,
    #[pyo3(get)]
    endpoint: String,
    max_concurrency: usize,
    listens: bool,
    is_limited: bool,
}

enum State {
    Open(blocking::Client),
    Closed(Stats),
}

impl Client {
    /// Carries an operation out on this thread.
    fn run<'py, O: Operation<Output: ToPython>>(
        &self,
        py: Python<'py>,
        operation: &O,
        options: CallOptions,
    ) -> PyResult<Bound<'py, PyAny>> {
        let client = self.open(py)?;
        let signals = Signals::default();
        let options = signals.watch(self.made_here(py, options, LoopOf::default())?);
        let outcome = py.detach(|| client.run(operation, &options));
        signals.outcome(py, outcome)?.to_python(py)
    }

    /// Begins an operation; its outcome comes out of `queue` under the number that the call in flight has.
    fn start<O: Operation<Output: ToPython>>(
        &self,
        py: Python<'_>,
        queue: &Bound<'_, Queue>,
        operation: O,
        options: CallOptions,
        calls_back: bool,
    ) -> PyResult<InFlight> {
        let client = self.open(py)?;
        let (in_flight, options, done) =
            queue.get().begin(self.made_here(py, options, LoopOf::new(queue.get().inlet().into()))?, calls_back);
        let push = move |outcome| done.push(outcome);
        let begun = py.detach(|| client.start(operation, options, Delivery::OnIoThread, push));
        begun.map(|()| in_flight).map_err(|error| errors::raised(py, error))
    }

    /// `options`, with where the call is made, where a listener hears of it or a limiter is asked.
    fn made_here(&self, py: Python<'_>, options: CallOptions, inlet: LoopOf) -> PyResult<CallOptions> {
        if !self.listens && !self.is_limited {
            return Ok(options);
        }
        Ok(options.context(CallContext::new(MadeIn::new(py, self.listens, inlet)?)))
    }

    fn open(&self, py: Python<'_>) -> PyResult<blocking::Client> {
        match &*self.state() {
            State::Open(client) => Ok(client.clone()),
            State::Closed(_) => Err(errors::invalid(py, "client", "is closed; make a new one")),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn stats(&self) -> Stats {
        match self {
            Self::Open(client) => client.stats(),
            Self::Closed(stats) => *stats,
        }
    }
}

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (*, credentials, listener, limiter, **options))]
    fn new(
        py: Python<'_>,
        credentials: Option<&Bound<'_, KeySource>>,
        listener: Option<u64>,
        limiter: Option<&Bound<'_, LimiterFunction>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let mut builder = blocking::Client::builder();
        for option in OPTIONS {
            let given = options.map(|options| options.get_item(option.name_in(Language::Python))).transpose()?.flatten();
            if let Some(given) = given.filter(|given| !given.is_none()) {
                let value = arguments::option(option, &given)?;
                builder.set(option.name, value).map_err(|error| errors::raised(py, error))?;
            }
        }
        if let Some(source) = credentials {
            builder = builder.credentials(Arc::new(source.get().provider()));
        }
        if let Some(number) = listener {
            builder = builder.keep_events(number);
        }
        if let Some(limiter) = limiter {
            builder = builder.shared_limiter(limiter.get().core());
        }
        let client = py.detach(|| builder.build_blocking()).map_err(|error| errors::raised(py, error))?;
        Ok(Self {
            endpoint: client.endpoint().to_string(),
            max_concurrency: client.max_concurrency(),
            listens: listener.is_some(),
            is_limited: limiter.is_some(),
            state: Mutex::new(State::Open(client)),
        })
    }

    /// What it has done so far, by name; once it is closed, what it had done by then.
    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, number) in self.state().stats().named() {
            dict.set_item(name, number)?;
        }
        Ok(dict)
    }

    /// Opens a connection in the background, for a call that is near.
    fn connect_ahead(&self, py: Python<'_>) -> PyResult<()> {
        let client = self.open(py)?;
        py.detach(|| client.connect_ahead());
        Ok(())
    }

    /// Lets go of its connections. Calls under way go on.
    fn close(&self, py: Python<'_>) {
        let mut state = self.state();
        let closed = State::Closed(state.stats());
        let closed = mem::replace(&mut *state, closed);
        drop(state);
        py.detach(|| drop(closed));
    }

    #[allow(clippy::too_many_arguments, reason = "the arguments of `check_result`")]
    fn check_result<'py>(
        &self,
        py: Python<'py>,
        transaction_id: Given<'_, '_>,
        merchant_biz_id: Given<'_, '_>,
        return_image: Given<'_, '_>,
        parameters: Option<&Bound<'_, PyDict>>,
        unchecked: Given<'_, '_>,
        timeout: Option<Given<'_, '_>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let request = arguments::request(transaction_id, merchant_biz_id, return_image, parameters, unchecked)?;
        self.run(py, &request, arguments::call_options(timeout)?)
    }

    #[allow(clippy::too_many_arguments, reason = "the arguments of `wait_for_result`")]
    fn wait_for_result<'py>(
        &self,
        py: Python<'py>,
        transaction_id: Given<'_, '_>,
        merchant_biz_id: Given<'_, '_>,
        return_image: Given<'_, '_>,
        parameters: Option<&Bound<'_, PyDict>>,
        unchecked: Given<'_, '_>,
        wait: &Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let request = arguments::request(transaction_id, merchant_biz_id, return_image, parameters, unchecked)?;
        self.run(py, &WaitForResult::new(request, arguments::wait_options(wait)?), CallOptions::default())
    }

    fn call<'py>(
        &self,
        py: Python<'py>,
        action: Given<'_, '_>,
        parameters: Option<&Bound<'_, PyDict>>,
        unchecked: Given<'_, '_>,
        timeout: Option<Given<'_, '_>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.run(py, &arguments::call(action, parameters, unchecked)?, arguments::call_options(timeout)?)
    }

    /// Runs a typed operation.
    fn typed<'py>(
        &self,
        py: Python<'py>,
        operation: Given<'_, '_>,
        given: &Bound<'_, PyDict>,
        parameters: Option<&Bound<'_, PyDict>>,
        unchecked: Given<'_, '_>,
        timeout: Option<Given<'_, '_>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let request = arguments::typed(operation, given, parameters, unchecked)?;
        let outcome = self.run(py, &request, arguments::call_options(timeout)?);
        drop(request);
        kept::forget_unneeded(py);
        outcome
    }

    /// Begins a run of many calls.
    fn check_many(
        &self,
        py: Python<'_>,
        concurrency: Option<Given<'_, '_>>,
        ordered: Given<'_, '_>,
        timeout: Option<Given<'_, '_>>,
    ) -> PyResult<Many> {
        let inlet = LoopOf::default();
        let each = self.made_here(py, arguments::call_options(timeout)?, inlet.clone())?;
        let concurrency = arguments::count("concurrency", concurrency)?.unwrap_or(self.max_concurrency);
        let options = ManyOptions { concurrency, ordered: arguments::flag("ordered", ordered)?, each };
        Ok(Many::new(self.open(py)?.many(&options), inlet))
    }

    /// Begins `check_result`; its outcome comes out of `queue` under the number that the operation has.
    #[allow(clippy::too_many_arguments, reason = "the arguments of `check_result` and a queue")]
    fn start_check_result(
        &self,
        py: Python<'_>,
        queue: &Bound<'_, Queue>,
        transaction_id: Given<'_, '_>,
        merchant_biz_id: Given<'_, '_>,
        return_image: Given<'_, '_>,
        parameters: Option<&Bound<'_, PyDict>>,
        unchecked: Given<'_, '_>,
        timeout: Option<Given<'_, '_>>,
    ) -> PyResult<InFlight> {
        let request = arguments::request(transaction_id, merchant_biz_id, return_image, parameters, unchecked)?;
        self.start(py, queue, request, arguments::call_options(timeout)?, false)
    }

    /// Begins `wait_for_result`, as `start_check_result` does.
    #[allow(clippy::too_many_arguments, reason = "the arguments of `wait_for_result` and a queue")]
    fn start_wait_for_result(
        &self,
        py: Python<'_>,
        queue: &Bound<'_, Queue>,
        transaction_id: Given<'_, '_>,
        merchant_biz_id: Given<'_, '_>,
        return_image: Given<'_, '_>,
        parameters: Option<&Bound<'_, PyDict>>,
        unchecked: Given<'_, '_>,
        wait: &Bound<'_, PyTuple>,
    ) -> PyResult<InFlight> {
        let request = arguments::request(transaction_id, merchant_biz_id, return_image, parameters, unchecked)?;
        self.start(py, queue, WaitForResult::new(request, arguments::wait_options(wait)?), CallOptions::default(), false)
    }

    /// Begins `call`, as `start_check_result` does.
    fn start_call(
        &self,
        py: Python<'_>,
        queue: &Bound<'_, Queue>,
        action: Given<'_, '_>,
        parameters: Option<&Bound<'_, PyDict>>,
        unchecked: Given<'_, '_>,
        timeout: Option<Given<'_, '_>>,
    ) -> PyResult<InFlight> {
        self.start(py, queue, arguments::call(action, parameters, unchecked)?, arguments::call_options(timeout)?, false)
    }

    /// Begins `typed`, as `start_check_result` does.
    #[allow(clippy::too_many_arguments, reason = "the arguments of `typed` and a queue")]
    fn start_typed(
        &self,
        py: Python<'_>,
        queue: &Bound<'_, Queue>,
        operation: Given<'_, '_>,
        given: &Bound<'_, PyDict>,
        parameters: Option<&Bound<'_, PyDict>>,
        unchecked: Given<'_, '_>,
        timeout: Option<Given<'_, '_>>,
    ) -> PyResult<InFlight> {
        let request = arguments::typed(operation, given, parameters, unchecked)?;
        let calls_back = request.calls_back();
        self.start(py, queue, request, arguments::call_options(timeout)?, calls_back)
    }
}
