//! The client.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudauth_core::{
    CallOptions, ClientBuilder, Delivery, ManyOptions, Operation, Proxy, Signature, Stats, WaitForResult, blocking, options,
};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyTuple};

use crate::arguments::{self, Given};
use crate::bridge::{InFlight, Queue};
use crate::convert::ToPython;
use crate::credentials::KeySource;
use crate::errors;
use crate::many::Many;
use crate::signals::Signals;

/// The lock is only held while the interpreter is, so that no fork finds it taken.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct Client {
    state: Mutex<State>,
    #[pyo3(get)]
    endpoint: String,
    max_concurrency: usize,
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
        let options = signals.watch(options);
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
    ) -> PyResult<InFlight> {
        let client = self.open(py)?;
        let (in_flight, options, done) = queue.get().begin(options);
        let push = move |outcome| done.push(outcome);
        let begun = py.detach(|| client.start(operation, options, Delivery::OnIoThread, push));
        begun.map(|()| in_flight).map_err(|error| errors::raised(py, error))
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
    #[pyo3(signature = (*, region, network, endpoint, signature, access_key_id, access_key_secret, security_token, profile, credentials,
        timeout, attempt_timeout, connect_timeout, idle_timeout, max_connections, max_attempts, retry_base, throttle_base, retry_cap, qps, max_body_bytes, max_body_bytes_without_images, max_concurrency,
        ca_file, proxy, allow_insecure, user_agent))]
    #[allow(clippy::too_many_arguments, reason = "the options of a client, by keyword alone")]
    fn new(
        py: Python<'_>,
        region: Option<Given<'_, '_>>,
        network: Option<Given<'_, '_>>,
        endpoint: Option<Given<'_, '_>>,
        signature: Option<Given<'_, '_>>,
        access_key_id: Option<Given<'_, '_>>,
        access_key_secret: Option<Given<'_, '_>>,
        security_token: Option<Given<'_, '_>>,
        profile: Option<Given<'_, '_>>,
        credentials: Option<&Bound<'_, KeySource>>,
        timeout: Option<Given<'_, '_>>,
        attempt_timeout: Option<Given<'_, '_>>,
        connect_timeout: Option<Given<'_, '_>>,
        idle_timeout: Option<Given<'_, '_>>,
        max_connections: Option<Given<'_, '_>>,
        max_attempts: Option<Given<'_, '_>>,
        retry_base: Option<Given<'_, '_>>,
        throttle_base: Option<Given<'_, '_>>,
        retry_cap: Option<Given<'_, '_>>,
        qps: Option<Given<'_, '_>>,
        max_body_bytes: Option<Given<'_, '_>>,
        max_body_bytes_without_images: Option<Given<'_, '_>>,
        max_concurrency: Option<Given<'_, '_>>,
        ca_file: Option<Given<'_, '_>>,
        proxy: Option<Given<'_, '_>>,
        allow_insecure: Given<'_, '_>,
        user_agent: Option<Given<'_, '_>>,
    ) -> PyResult<Self> {
        let mut builder = blocking::Client::builder().allow_insecure(arguments::flag("allow_insecure", allow_insecure)?);
        for (name, given, set) in [
            ("region", region, ClientBuilder::region as fn(ClientBuilder, String) -> _),
            ("network", network, ClientBuilder::network),
            ("endpoint", endpoint, ClientBuilder::endpoint),
            ("ca_file", ca_file, ClientBuilder::ca_file),
            ("user_agent", user_agent, ClientBuilder::user_agent),
            ("profile", profile, ClientBuilder::profile),
            ("proxy", proxy, |builder, proxy| builder.proxy(if proxy == "none" { Proxy::Direct } else { Proxy::Url(proxy) })),
        ] {
            if let Some(text) = arguments::optional_text(name, given)? {
                builder = set(builder, text);
            }
        }
        for (name, given, set) in [
            ("timeout", timeout, ClientBuilder::timeout as fn(ClientBuilder, _) -> _),
            ("attempt_timeout", attempt_timeout, ClientBuilder::attempt_timeout),
            ("connect_timeout", connect_timeout, ClientBuilder::connect_timeout),
            ("idle_timeout", idle_timeout, ClientBuilder::idle_timeout),
            ("retry_base", retry_base, ClientBuilder::retry_base),
            ("throttle_base", throttle_base, ClientBuilder::throttle_base),
            ("retry_cap", retry_cap, ClientBuilder::retry_cap),
        ] {
            if let Some(duration) = arguments::seconds(name, given)? {
                builder = set(builder, duration);
            }
        }
        for (name, given, set) in [
            ("max_connections", max_connections, ClientBuilder::max_connections as fn(ClientBuilder, _) -> _),
            ("max_attempts", max_attempts, ClientBuilder::max_attempts),
            ("qps", qps, ClientBuilder::qps),
            ("max_body_bytes", max_body_bytes, ClientBuilder::max_body_bytes),
            ("max_body_bytes_without_images", max_body_bytes_without_images, ClientBuilder::max_body_bytes_without_images),
        ] {
            if let Some(number) = arguments::count(name, given)? {
                builder = set(builder, number);
            }
        }
        if let Some(signature) = arguments::optional_text("signature", signature)? {
            builder = builder.signature(match signature.as_str() {
                "acs3" => Signature::Acs3,
                "rpc1" => Signature::Rpc1,
                _ => return Err(errors::invalid(py, "signature", "must be acs3 or rpc1")),
            });
        }
        let id = arguments::optional_text("access_key_id", access_key_id)?;
        let secret = arguments::optional_text("access_key_secret", access_key_secret)?;
        let token = arguments::optional_text("security_token", security_token)?;
        if id.is_some() || secret.is_some() || token.is_some() {
            if credentials.is_some() {
                return Err(errors::invalid(py, "credentials", "cannot be given together with an access key"));
            }
            // A part that is missing is told by core, as one that is empty.
            builder = builder.access_key(id.unwrap_or_default(), secret.unwrap_or_default(), token);
        }
        if let Some(source) = credentials {
            builder = builder.credentials(Arc::new(source.get().provider()));
        }
        let max_concurrency = arguments::count("max_concurrency", max_concurrency)?.unwrap_or(options::MAX_CONCURRENCY);
        let client = py.detach(|| builder.build_blocking()).map_err(|error| errors::raised(py, error))?;
        Ok(Self { endpoint: client.endpoint().to_string(), state: Mutex::new(State::Open(client)), max_concurrency })
    }

    /// What it has done so far, by name; once it is closed, what it had done by then.
    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, number) in self.state().stats().named() {
            dict.set_item(name, number)?;
        }
        Ok(dict)
    }

    /// How `check_many` is to go about it: how many calls at a time, and whether in order. Refuses a `timeout` that is none.
    fn window(
        &self,
        concurrency: Option<Given<'_, '_>>,
        ordered: Given<'_, '_>,
        timeout: Option<Given<'_, '_>>,
    ) -> PyResult<(usize, bool)> {
        arguments::seconds("timeout", timeout)?;
        let concurrency = arguments::count("concurrency", concurrency)?.unwrap_or(self.max_concurrency);
        Ok((concurrency, arguments::flag("ordered", ordered)?))
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

    /// An iterator over the outcomes of `requests`, an iterator of `check_result`'s arguments or of an exception.
    fn check_many(
        &self,
        py: Python<'_>,
        requests: &Bound<'_, PyIterator>,
        concurrency: Option<Given<'_, '_>>,
        ordered: Given<'_, '_>,
        timeout: Option<Given<'_, '_>>,
    ) -> PyResult<Many> {
        let (concurrency, ordered) = self.window(concurrency, ordered, timeout)?;
        let each = arguments::call_options(timeout)?;
        Ok(Many::new(&self.open(py)?, requests.clone().unbind(), &ManyOptions { concurrency, ordered, each }))
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
        self.start(py, queue, request, arguments::call_options(timeout)?)
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
        self.start(py, queue, WaitForResult::new(request, arguments::wait_options(wait)?), CallOptions::default())
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
        self.start(py, queue, arguments::call(action, parameters, unchecked)?, arguments::call_options(timeout)?)
    }
}
