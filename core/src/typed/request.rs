//! A typed operation's request, by names.

use std::borrow::Cow;
use std::fmt;

use super::encode::encode;
use super::hook::Hook;
use super::hooks::hook;
use super::spec::TypedSpec;
use super::{Argument, Arguments, TypedReply, typed};
use crate::call::{Call, written};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::nearest::nearest;
use crate::operation::Operation;
use crate::reply::Received;
use crate::result::Value;
use crate::worker::Job;

/// A request of a typed operation. What it was given is checked when the call is made.
#[derive(Clone, PartialEq)]
pub struct TypedRequest(Arguments);

impl TypedRequest {
    /// `name`: a typed operation's, such as `verify_log`.
    ///
    /// # Errors
    /// Kind `invalid_argument` where there is no such operation.
    pub fn new(name: &str) -> Result<Self> {
        let spec = typed(name).ok_or_else(|| Error::invalid_argument("operation", "there is no typed operation of this name"))?;
        Ok(Self(Arguments::new(spec)))
    }

    /// Of an operation that the table is known to have.
    pub(super) fn of(name: &str) -> Self {
        Self::new(name).expect("requests are generated from the table")
    }

    /// Gives the argument `name`; the last value counts.
    pub fn set(&mut self, name: &str, value: impl Into<Argument>) {
        self.replace(name, value);
    }

    /// [`set`](Self::set), which returns the value that was there.
    pub fn replace(&mut self, name: &str, value: impl Into<Argument>) -> Option<Argument> {
        self.0.set(name, value.into())
    }

    /// Adds a parameter by its name in the API. What is not in the table of operations is an error, unless the request is
    /// unchecked.
    pub fn add_parameter(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.further.push((name.into(), value.into()));
    }

    /// The same from a value of any shape, written as [`Call::value`] writes it.
    ///
    /// # Errors
    /// Kind `too_large` where there is no memory for the text.
    pub fn add_value(&mut self, name: impl Into<String>, value: &Value) -> Result<()> {
        if let Some(text) = written(value)? {
            self.add_parameter(name, text);
        }
        Ok(())
    }

    /// Lets through what the rules of this version refuse: values, combinations and parameters.
    pub fn set_unchecked(&mut self, unchecked: bool) {
        self.0.unchecked = unchecked;
    }

    /// Whether it was given functions, which are called while it is under way.
    pub fn calls_back(&self) -> bool {
        self.0.has_functions()
    }

    /// What it was given.
    pub fn arguments(&self) -> &Arguments {
        &self.0
    }

    /// What the table says of the operation.
    pub fn spec(&self) -> &'static TypedSpec {
        self.0.spec()
    }

    /// Checks the arguments that were given, whatever is still to come.
    ///
    /// # Errors
    /// Kind `invalid_argument`.
    pub fn validate_given(&self) -> Result<()> {
        let Self(arguments) = self;
        for argument in self.spec().arguments {
            if let Some(value) = arguments.get(argument.name) {
                encode(argument, value, arguments.is_unchecked())?;
            }
        }
        self.hook().validate(arguments)
    }

    fn hook(&self) -> &'static dyn Hook {
        hook(self.spec().name)
    }

    /// The call that the table makes of it.
    fn encoded(&self) -> Result<Call> {
        let Self(arguments) = self;
        if let Some(name) = arguments.unknown() {
            return Err(self.unknown(name));
        }
        let unchecked = arguments.is_unchecked();
        let call = Call::new(self.hook().action(arguments));
        let call = if unchecked { call.unchecked() } else { call };
        // The caller's own come first, so that an error counts them as the caller does.
        let mut call = arguments.further.iter().fold(call, |call, (name, value)| call.parameter(name, value));
        for argument in self.spec().arguments {
            let text = match (arguments.get(argument.name), arguments.in_place_of(argument.name)) {
                (Some(_), Some(other)) => {
                    let rule = format!("stands in place of `{}`; give one of the two", argument.name);
                    return Err(Error::invalid_argument(other.name, rule));
                }
                (Some(value), None) => Some(encode(argument, value, unchecked)?),
                (None, None) if argument.required && !unchecked => {
                    let other = self.spec().alternative(argument.name);
                    let or = other.map(|other| format!(", or a {} in its place", other.name)).unwrap_or_default();
                    return Err(Error::invalid_argument(argument.name, format!("must be given{or}")));
                }
                (None, _) => argument.default.map(str::to_owned),
            };
            if let (Some(parameter), Some(text)) = (argument.parameter, text) {
                call = call.parameter(parameter, text);
            }
        }
        Ok(call)
    }

    /// An error that shows the name only where it is like one of the table: it may be a value in the wrong place.
    fn unknown(&self, name: &str) -> Error {
        let TypedSpec { name: operation, arguments, .. } = self.spec();
        match nearest(name, arguments.iter().map(|argument| argument.name)) {
            Some(nearest) => {
                Error::invalid_argument(name, format!("{operation} has no such argument; did you mean `{nearest}`?"))
            }
            None => Error::invalid_argument("argument", format!("{operation} has none of this name")),
        }
    }
}

#[allow(private_interfaces, reason = "as in the trait")]
impl Operation for TypedRequest {
    type Output = TypedReply;

    fn action(&self) -> &'static str {
        self.hook().action(&self.0)
    }

    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>> {
        self.hook().prepare(&self.0, self.encoded()?, caller).map(Cow::Owned)
    }

    fn read(&self, reply: &Received<'_>) -> Result<TypedReply> {
        let mut read = self.hook().read(&self.0, reply)?;
        self.hook().finish(&mut read, reply.call, &reply.caller);
        Ok(read)
    }

    fn failed(&self, error: Error, sent: &Call) -> Error {
        self.hook().failed(error, sent)
    }

    fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call> {
        self.hook().follow_up(error, sent)
    }

    fn job(&self) -> Option<Job<TypedReply>> {
        let (work, request) = (self.hook().work()?, self.clone());
        Some(Box::new(move |worker| {
            request.encoded()?;
            if !request.0.further.is_empty() {
                let rule = format!("{} takes none by the API's names", request.spec().name);
                return Err(Error::invalid_argument("parameter", rule));
            }
            work(&request.0, worker)
        }))
    }
}

impl fmt::Debug for TypedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
