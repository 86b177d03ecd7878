//! Many calls, a bounded number at a time.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloudauth_core::blocking::{self, CheckMany};
use cloudauth_core::{CheckResultRequest, ManyOptions};
use pyo3::exceptions::{PyException, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use crate::arguments;
use crate::code;
use crate::convert::ToPython;
use crate::errors;

/// How often signals are looked for while no outcome comes.
const LOOK_UP: Duration = Duration::from_millis(50);

/// Requests that were read from Python and that core has not taken yet.
#[derive(Clone, Default)]
struct Feed(Arc<Mutex<VecDeque<CheckResultRequest>>>);

impl Feed {
    fn requests(&self) -> MutexGuard<'_, VecDeque<CheckResultRequest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Iterator for Feed {
    type Item = CheckResultRequest;

    fn next(&mut self) -> Option<CheckResultRequest> {
        self.requests().pop_front()
    }
}

/// An iterator over `(position, value, exception)`, one of the latter two `None`.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct Many(Mutex<Option<State>>);

type Step<'py> = (usize, Bound<'py, PyAny>, Bound<'py, PyAny>);

struct State {
    outcomes: CheckMany,
    feed: Feed,
    requests: Option<Py<PyIterator>>,
    /// What `requests` raised: it is raised once the calls under way have their outcomes.
    raised: Option<PyErr>,
    /// Why rows were refused, by position. Core gets an empty request in the place of each, which it refuses in turn.
    refused: HashMap<usize, PyErr>,
    concurrency: usize,
    read: usize,
    under_way: usize,
}

impl Many {
    pub(crate) fn new(client: &blocking::Client, requests: Py<PyIterator>, options: &ManyOptions) -> Self {
        let feed = Feed::default();
        let outcomes = client.check_many(feed.clone(), options);
        Self(Mutex::new(Some(State {
            outcomes,
            feed,
            requests: Some(requests),
            raised: None,
            refused: HashMap::new(),
            concurrency: options.concurrency,
            read: 0,
            under_way: 0,
        })))
    }
}

impl State {
    /// Reads as many requests as core will take in its next step, and no more: to it, an empty feed is the end.
    fn fill(&mut self, py: Python<'_>) -> PyResult<()> {
        while self.under_way < self.concurrency
            && let Some(requests) = &self.requests
        {
            let given = match code::next(requests.bind(py)) {
                Some(Ok(given)) => given,
                Some(Err(interrupt)) if !interrupt.is_instance_of::<PyException>(py) => return Err(interrupt),
                end => {
                    self.raised = end.and_then(Result::err);
                    self.requests = None;
                    break;
                }
            };
            let request = match arguments::row(&given) {
                Ok(request) => request,
                Err(wrong) if wrong.is_instance_of::<PyTypeError>(py) || wrong.is_instance_of::<PyValueError>(py) => {
                    self.refused.insert(self.read, wrong);
                    CheckResultRequest::new("", "")
                }
                Err(raised) => return Err(raised),
            };
            self.feed.requests().push_back(request);
            self.read += 1;
            self.under_way += 1;
        }
        Ok(())
    }
}

#[pymethods]
impl Many {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Step<'py>>> {
        // Taken out for the time of the step, so that no lock is held while Python runs.
        let taken = self.lock().take();
        let Some(mut state) = taken else {
            return Err(PyRuntimeError::new_err("check_many: another thread is waiting for the next outcome, or it was closed"));
        };
        let step = state.fill(py).and_then(|()| {
            loop {
                match py.detach(|| state.outcomes.next_within(LOOK_UP)) {
                    Ok(outcome) => break Ok(outcome),
                    Err(blocking::Waiting) => py.check_signals()?,
                }
            }
        });
        state.under_way = state.under_way.saturating_sub(1);
        let step = step.and_then(|outcome| match state.raised.take_if(|_| outcome.is_none()) {
            Some(raised) => Err(raised),
            None => Ok(outcome),
        });
        let outcome = match step {
            Ok(outcome) => outcome,
            Err(raised) => {
                py.detach(|| drop(state));
                return Err(raised);
            }
        };
        let refused = outcome.as_ref().and_then(|(position, _)| state.refused.remove(position));
        *self.lock() = Some(state);
        let none = || py.None().into_bound(py);
        Ok(match outcome {
            None => None,
            Some((position, Err(error))) => {
                let error = match refused {
                    Some(refused) => refused.into_value(py).into_bound(py).into_any(),
                    None => errors::exception(py, error)?,
                };
                Some((position, none(), error))
            }
            Some((position, Ok(result))) => Some((position, result.to_python(py)?, none())),
        })
    }

    /// Cancels what is under way.
    fn close(&self, py: Python<'_>) {
        let state = self.lock().take();
        py.detach(|| drop(state));
    }
}

impl Many {
    fn lock(&self) -> MutexGuard<'_, Option<State>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
