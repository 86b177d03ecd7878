//! What Python hands over, checked where Rust's types are narrower.

use std::path::PathBuf;
use std::time::Duration;

use cloudauth_core::options::{self, OptionKind, OptionSpec};
use cloudauth_core::result::{Fields, Value};
use cloudauth_core::spelling::Language;
use cloudauth_core::typed::{self, Argument, ArgumentKind, ArgumentSpec, TypedRequest};
use cloudauth_core::{Call, CallOptions, CheckResultRequest, Error, WaitOptions};
use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use serde_json::Number;

use crate::errors::{self, type_name};
use crate::receiver;

/// What Python hands over under a name.
pub(crate) type Given<'a, 'py> = &'a Bound<'py, PyAny>;

/// A `str` that is Unicode text.
pub(crate) fn text(name: &str, given: Given<'_, '_>) -> PyResult<String> {
    let text = given.cast::<PyString>();
    let text = text.map_err(|_| PyTypeError::new_err(format!("{name}: must be a str, not {}", type_name(given))))?;
    text.to_str().map(str::to_owned).map_err(|_| no_text(name, given))
}

fn no_text(name: &str, given: Given<'_, '_>) -> PyErr {
    errors::invalid(given.py(), name, "must be Unicode text, without lone surrogates")
}

/// A path, a `str` or an `os.PathLike`: lone surrogates that stand for a file name's bytes are fine in it.
pub(crate) fn path(name: &str, given: Given<'_, '_>) -> PyResult<PathBuf> {
    let is_encoding = |error: &PyErr| error.is_instance_of::<PyUnicodeEncodeError>(given.py());
    given.extract().map_err(|error| if is_encoding(&error) { no_text(name, given) } else { error })
}

/// A client's option, of the type that Python has for its kind.
pub(crate) fn option(of: &OptionSpec, given: Given<'_, '_>) -> PyResult<options::Value> {
    let name = of.name_in(Language::Python);
    Ok(match of.kind {
        OptionKind::Flag => flag(name, given)?.into(),
        OptionKind::DurationMs => seconds(name, Some(given))?.into(),
        OptionKind::Bytes | OptionKind::Count => whole(name, given)?.into(),
        _ => text(name, given)?.into(),
    })
}

/// A `bool`: what merely counts as true is more often a mistake.
pub(crate) fn flag(name: &str, given: Given<'_, '_>) -> PyResult<bool> {
    match given.cast::<PyBool>() {
        Ok(flag) => Ok(flag.is_true()),
        Err(_) => Err(PyTypeError::new_err(format!("{name}: must be a bool, not {}", type_name(given)))),
    }
}

/// Seconds as Python counts them. Absent and `None` leave the choice to core, zero and less are no time at all, and more
/// than Rust can count is no limit.
pub(crate) fn seconds(name: &str, given: Option<Given<'_, '_>>) -> PyResult<Option<Duration>> {
    let Some(object) = given else { return Ok(None) };
    let is_number = object.is_instance_of::<PyFloat>() || object.is_instance_of::<PyInt>();
    if !is_number || object.is_instance_of::<PyBool>() {
        return Err(PyTypeError::new_err(format!("{name}: must be a number of seconds, not {}", type_name(object))));
    }
    if !object.le(0)? && !object.gt(0)? {
        return Err(errors::invalid(object.py(), name, "must be a number of seconds, not NaN"));
    }
    if object.le(0)? {
        return Ok(Some(Duration::ZERO));
    }
    // An int may be too large even for a float.
    let seconds = object.extract().unwrap_or(f64::INFINITY);
    Ok(Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)))
}

/// A score; core says which there are.
pub(crate) fn score(name: &str, given: Option<Given<'_, '_>>) -> PyResult<Option<f64>> {
    let Some(object) = given else { return Ok(None) };
    let is_number = object.is_instance_of::<PyFloat>() || object.is_instance_of::<PyInt>();
    if !is_number || object.is_instance_of::<PyBool>() {
        return Err(PyTypeError::new_err(format!("{name}: must be a number, not {}", type_name(object))));
    }
    // An int may be larger than any float.
    Ok(Some(object.extract().unwrap_or(f64::INFINITY)))
}

/// An `int`; one beyond all that core counts is as large as can be.
fn whole(name: &str, given: Given<'_, '_>) -> PyResult<i128> {
    if !given.is_instance_of::<PyInt>() || given.is_instance_of::<PyBool>() {
        return Err(PyTypeError::new_err(format!("{name}: must be an int, not {}", type_name(given))));
    }
    let beyond = if given.lt(0)? { i128::MIN } else { i128::MAX };
    Ok(given.extract().unwrap_or(beyond))
}

/// Whole numbers; absent, `None` and 0 leave the choice to core.
pub(crate) fn count(name: &str, given: Option<Given<'_, '_>>) -> PyResult<Option<usize>> {
    let Some(object) = given else { return Ok(None) };
    match usize::try_from(whole(name, object)?) {
        Ok(number) => Ok((number > 0).then_some(number)),
        Err(_) => Err(errors::invalid(object.py(), name, "must be a whole number that this machine can hold, 0 for the default")),
    }
}

/// Options of one call.
pub(crate) fn call_options(timeout: Option<Given<'_, '_>>) -> PyResult<CallOptions> {
    let timeout = seconds("timeout", timeout)?;
    Ok(timeout.into_iter().fold(CallOptions::default(), CallOptions::timeout))
}

/// How to wait for a result: `timeout`, `first_pause`, `longest_pause`.
pub(crate) fn wait_options(wait: &Bound<'_, PyTuple>) -> PyResult<WaitOptions> {
    type Three<'py> = (Option<Bound<'py, PyAny>>, Option<Bound<'py, PyAny>>, Option<Bound<'py, PyAny>>);
    let (timeout, first_pause, longest_pause): Three<'_> = wait.extract()?;
    let default = WaitOptions::default();
    Ok(WaitOptions {
        timeout: seconds("timeout", timeout.as_ref())?.unwrap_or(default.timeout),
        first_pause: seconds("first_pause", first_pause.as_ref())?.unwrap_or(default.first_pause),
        longest_pause: seconds("longest_pause", longest_pause.as_ref())?.unwrap_or(default.longest_pause),
    })
}

/// Lists and objects inside each other are this many at most: none of the API's is near it, and one that holds itself ends.
const MAX_DEPTH: usize = 64;

/// A parameter's value as JSON has it.
fn value(name: &str, given: Given<'_, '_>, depth: usize) -> PyResult<Value> {
    let invalid = |rule: &str| errors::invalid(given.py(), name, rule);
    let deeper = || depth.checked_sub(1).ok_or_else(|| invalid(&format!("must not be nested deeper than {MAX_DEPTH}")));
    if given.is_none() {
        Ok(Value::Null)
    } else if let Ok(flag) = given.cast::<PyBool>() {
        Ok(Value::Bool(flag.is_true()))
    } else if given.is_instance_of::<PyInt>() {
        // As int prints itself, whatever a subclass does; Python prints none of more than thousands of digits.
        let digits = given.py().get_type::<PyInt>().call_method1("__repr__", (given,));
        let digits = digits.map_err(|_| invalid("must be a number of fewer digits"))?;
        digits.extract::<String>()?.parse().map(Value::Number).map_err(|_| invalid("must be a number"))
    } else if given.is_instance_of::<PyFloat>() {
        Number::from_f64(given.extract()?).map(Value::Number).ok_or_else(|| invalid("must be a finite number"))
    } else if given.is_instance_of::<PyString>() {
        text(name, given).map(Value::String)
    } else if let Ok(list) = given.cast::<PyList>() {
        let depth = deeper()?;
        list.iter().map(|item| value(name, &item, depth)).collect::<PyResult<_>>().map(Value::Array)
    } else if let Ok(dict) = given.cast::<PyDict>() {
        let depth = deeper()?;
        let field = |(key, item)| Ok((text(&format!("{name}: a key"), &key)?, value(name, &item, depth)?));
        dict.iter().map(field).collect::<PyResult<_>>().map(Value::Object)
    } else {
        let rule = format!("{name}: must be a str, int, float, bool, list, dict or None, not {}", type_name(given));
        Err(PyTypeError::new_err(rule))
    }
}

/// Adds parameters by name, of any shape.
fn with_parameters<T>(
    py: Python<'_>,
    to: T,
    given: Option<&Bound<'_, PyDict>>,
    add: impl Fn(T, &str, &Value) -> cloudauth_core::Result<T>,
) -> PyResult<T> {
    given.into_iter().flatten().try_fold(to, |to, (name, given)| {
        let name = text("parameters: a name", &name)?;
        let value = value(&format!("parameters: {name}"), &given, MAX_DEPTH)?;
        add(to, &name, &value).map_err(|error| errors::raised(py, error))
    })
}

pub(crate) fn request(
    transaction_id: Given<'_, '_>,
    merchant_biz_id: Given<'_, '_>,
    return_image: Given<'_, '_>,
    parameters: Option<&Bound<'_, PyDict>>,
    unchecked: Given<'_, '_>,
) -> PyResult<CheckResultRequest> {
    let (biz, transaction) = (text("merchant_biz_id", merchant_biz_id)?, text("transaction_id", transaction_id)?);
    let request = CheckResultRequest::new(biz, transaction).return_image(flag("return_image", return_image)?);
    let request = with_parameters(transaction_id.py(), request, parameters, |to, name, value| to.value(name, value))?;
    Ok(if flag("unchecked", unchecked)? { request.unchecked() } else { request })
}

/// A request from a tuple of `check_result`'s arguments, or why that is none; so is an exception in its place.
pub(crate) fn row(given: Given<'_, '_>) -> PyResult<Result<CheckResultRequest, Error>> {
    type Row<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>, Bound<'py, PyAny>, Option<Bound<'py, PyDict>>, Bound<'py, PyAny>);
    let py = given.py();
    let read = if given.is_instance_of::<PyTypeError>() {
        Err(PyErr::from_value(given.clone()))
    } else {
        let (transaction_id, merchant_biz_id, return_image, parameters, unchecked) = given.extract::<Row<'_>>()?;
        request(&transaction_id, &merchant_biz_id, &return_image, parameters.as_ref(), &unchecked)
    };
    match read {
        Ok(request) => Ok(Ok(request)),
        Err(wrong) if wrong.is_instance_of::<PyTypeError>(py) || wrong.is_instance_of::<PyValueError>(py) => {
            Ok(Err(Error::refused(wrong.value(py).to_string())))
        }
        Err(raised) => Err(raised),
    }
}

pub(crate) fn call(action: Given<'_, '_>, parameters: Option<&Bound<'_, PyDict>>, unchecked: Given<'_, '_>) -> PyResult<Call> {
    let call =
        with_parameters(action.py(), Call::new(text("action", action)?), parameters, |to, name, value| to.value(name, value))?;
    Ok(if flag("unchecked", unchecked)? { call.unchecked() } else { call })
}

/// A typed operation's request, of arguments by name.
pub(crate) fn typed(
    operation: Given<'_, '_>,
    given: &Bound<'_, PyDict>,
    parameters: Option<&Bound<'_, PyDict>>,
    unchecked: Given<'_, '_>,
) -> PyResult<TypedRequest> {
    let py = operation.py();
    let mut request = TypedRequest::new(&text("operation", operation)?).map_err(|error| errors::raised(py, error))?;
    for argument in request.spec().arguments {
        let Some(given) = given.get_item(argument.name)?.filter(|given| !given.is_none()) else { continue };
        // In Python, one argument takes either.
        match request.spec().alternative(argument.name) {
            Some(other) if !is_path(&given)? => request.set(other.name, receiver::receiver(argument.name, &given)?),
            _ => request.set(argument.name, typed_argument(argument, &given)?),
        }
    }
    let add = |mut request: TypedRequest, name: &str, value: &Value| request.add_value(name, value).map(|()| request);
    let mut request = with_parameters(py, request, parameters, add)?;
    request.set_unchecked(flag("unchecked", unchecked)?);
    Ok(request)
}

/// A start as a dict, of which only the fields that are stored count.
pub(crate) fn started(given: Given<'_, '_>) -> PyResult<Fields> {
    let refuse = |_| errors::invalid(given.py(), "started", &format!("must be a dict, not {}", type_name(given)));
    let given = given.cast::<PyDict>().map_err(refuse)?;
    let fields = typed::typed("initialize").into_iter().flat_map(|spec| spec.fields);
    let given = fields.filter_map(|field| given.get_item(field.name).transpose().map(|found| (field.name, found)));
    given.map(|(name, found)| Ok((name.to_owned(), value(&format!("started: {name}"), &found?, MAX_DEPTH)?))).collect()
}

fn is_path(given: Given<'_, '_>) -> PyResult<bool> {
    Ok(given.is_instance_of::<PyString>() || given.hasattr("__fspath__")?)
}

/// An argument, of the type that Python has for its kind.
fn typed_argument(of: &ArgumentSpec, given: Given<'_, '_>) -> PyResult<Argument> {
    let name = of.name;
    let refuse = |rule: &str| PyTypeError::new_err(format!("{name}: must be {rule}, not {}", type_name(given)));
    Ok(match of.kind {
        ArgumentKind::Flag { .. } => flag(name, given)?.into(),
        ArgumentKind::Integer => {
            whole(name, given)?;
            value(name, given, MAX_DEPTH)?.into()
        }
        ArgumentKind::List => {
            let items = given.cast::<PyList>().map(|list| list.iter().collect::<Vec<_>>());
            let items = items.or_else(|_| given.cast::<PyTuple>().map(|tuple| tuple.iter().collect()));
            let items = items.map_err(|_| refuse("a list or tuple of str"))?;
            items.iter().map(|item| text(name, item)).collect::<PyResult<Vec<_>>>()?.into()
        }
        ArgumentKind::Picture => given.cast::<PyBytes>().map_err(|_| refuse("bytes"))?.as_bytes().to_vec().into(),
        ArgumentKind::Json => value(name, given, MAX_DEPTH)?.into(),
        ArgumentKind::Progress => receiver::progress(name, given)?.into(),
        _ if given.hasattr("__fspath__")? => text(name, &given.call_method0("__fspath__")?)?.into(),
        _ => text(name, given)?.into(),
    })
}
