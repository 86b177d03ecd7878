use std::fmt;

use super::applied::Applied;
use super::argument::Argument;
use super::effect::Effect;

/// One kind of fault. Those of a family stand in its file.
pub(crate) struct Definition {
    pub(crate) name: &'static str,
    pub(crate) does: &'static str,
    pub(crate) on: On,
    pub(crate) arguments: &'static [Argument],
    pub(crate) effect: fn(&mut Applied<'_>) -> Effect,
}

/// What a fault is applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    /// A connection, before there is a request.
    Connection,
    Request,
    /// A request that is not the first one on its connection.
    Reuse,
}

impl Definition {
    /// A fault of requests.
    pub(crate) const fn new(name: &'static str, does: &'static str, effect: fn(&mut Applied<'_>) -> Effect) -> Definition {
        Definition { name, does, on: On::Request, arguments: &[], effect }
    }

    pub(crate) const fn on(self, on: On) -> Definition {
        Definition { on, ..self }
    }

    pub(crate) const fn takes(self, arguments: &'static [Argument]) -> Definition {
        Definition { arguments, ..self }
    }

    pub(crate) fn needs_tls(&self) -> bool {
        self.name.starts_with("tls-")
    }
}

// A definition is its name: two of the same name would be one fault.
impl PartialEq for Definition {
    fn eq(&self, other: &Definition) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl On {
    pub(crate) fn is_connection(self) -> bool {
        self == On::Connection
    }

    /// Whether it can be applied to a request, given whether its connection was used before.
    pub(crate) fn fits(self, on_reuse: bool) -> bool {
        self == On::Request || (self == On::Reuse && on_reuse)
    }
}
