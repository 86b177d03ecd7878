//! What was found, as data.

use std::time::Duration;

use crate::catalogue::Kind;
use crate::error::Error;

/// One thing that was looked at, and how it stands. Holds no secret, and no key's id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    pub check: Check,
    /// Which one, where a check looks at several: a source of keys, an operation, or a region and its network.
    pub subject: Option<String>,
    pub state: State,
    /// One line: how it stands.
    pub what: String,
    /// One line: what to do about it. There is some with each failure.
    pub advice: Option<String>,
    /// The kind of error that calls meet because of it; of failures only.
    pub kind: Option<Kind>,
    pub measured: Option<Measured>,
}

/// What is looked at, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Check {
    /// The keys that calls are signed with.
    Credentials,
    /// Which server is called, and who said so.
    Endpoint,
    /// The proxy on the way to it.
    Proxy,
    /// The name of the first host on the way.
    Dns,
    /// A connection to that host.
    Tcp,
    /// The server's certificate.
    Tls,
    /// A signed call, which the service must refuse.
    Call,
    /// Which operations the keys permit.
    Permission,
    /// This machine's clock, against the server's.
    Clock,
    /// The server of a shared quota, where there is one.
    Quota,
    /// How far the regions are.
    Latency,
}

impl Check {
    /// Those between a place to call and an answer.
    pub(super) const ON_THE_WAY: [Self; 7] =
        [Self::Proxy, Self::Dns, Self::Tcp, Self::Tls, Self::Call, Self::Permission, Self::Clock];

    /// `credentials`, `endpoint`, `proxy`, `dns`, `tcp`, `tls`, `call`, `permission`, `clock`, `quota` or `latency`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            Self::Endpoint => "endpoint",
            Self::Proxy => "proxy",
            Self::Dns => "dns",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Call => "call",
            Self::Permission => "permission",
            Self::Clock => "clock",
            Self::Quota => "quota",
            Self::Latency => "latency",
        }
    }
}

/// How a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum State {
    /// There is nothing to assess, or it was not come to.
    Skipped,
    /// As it should be.
    Ok,
    /// Calls work, and someone should look at it all the same.
    Warn,
    /// Calls fail because of it.
    Fail,
}

impl State {
    /// `skipped`, `ok`, `warn` or `fail`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// A figure that belongs to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measured {
    /// How long it took.
    Took(Duration),
    /// How far the server's clock is ahead of this machine's, in milliseconds; negative where it is behind.
    ServerAhead(i64),
}

impl Finding {
    fn new(check: Check, state: State, what: impl Into<String>) -> Self {
        Self { check, subject: None, state, what: what.into(), advice: None, kind: None, measured: None }
    }

    pub(super) fn ok(check: Check, what: impl Into<String>) -> Self {
        Self::new(check, State::Ok, what)
    }

    pub(super) fn skipped(check: Check, what: impl Into<String>) -> Self {
        Self::new(check, State::Skipped, what)
    }

    pub(super) fn warn(check: Check, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), ..Self::new(check, State::Warn, what) }
    }

    pub(super) fn fail(check: Check, kind: Kind, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), kind: Some(kind), ..Self::new(check, State::Fail, what) }
    }

    /// A failure, in the words of the error that a call would meet.
    pub(super) fn failed(check: Check, error: &Error) -> Self {
        Self::fail(check, error.kind(), error.message(), error.advice())
    }

    pub(super) fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    pub(super) fn took(mut self, took: Duration) -> Self {
        self.measured = Some(Measured::Took(took));
        self
    }
}
