//! The one error type: what went wrong, what the service said, and whether trying again can help.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::catalogue::{self, Kind};
use crate::identifier;
use crate::spelling::{Language, Text, spell};

/// A `Result` whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call gave no result.
///
/// Its message is one line made for people, and names the service's code, the HTTP status and the request id where there are
/// some. It never holds a secret, a person's data or image text: what the service wrote reaches it only through an allow-list of
/// words.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: Kind,
    code: Option<String>,
    http_status: Option<u16>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    attempts: u32,
    send_state: SendState,
    permanent: bool,
    /// Retryable, though its kind is not.
    transient: bool,
    message: Text,
    /// The host's own error; no text of the library shows it.
    cause: Option<Arc<dyn std::error::Error + Send + Sync>>,
    advice: Option<&'static str>,
    missing_permission: Option<String>,
}

/// How far a request came that failed: what may be sent again depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SendState {
    /// The service never saw it.
    Unsent,
    /// Nor was there a name to send it to.
    Nameless,
    /// It went out, perhaps.
    #[default]
    Sent,
    /// It went out on a connection that had been used before, and that was closed without a word.
    Unanswered,
    /// The reply did not come as it was sent.
    Damaged,
}

impl Error {
    /// `message` may name options in backquotes, see [`spelling`](crate::spelling).
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self::of(kind, Text::new(one_line(message.into())))
    }

    fn of(kind: Kind, message: Text) -> Self {
        Self(Box::new(Inner {
            kind,
            code: None,
            http_status: None,
            request_id: None,
            retry_after: None,
            attempts: 0,
            send_state: SendState::default(),
            permanent: false,
            transient: false,
            message,
            advice: None,
            missing_permission: None,
            cause: None,
        }))
    }

    /// `argument` broke `rule`; nothing was sent. An option goes by its name in `docs/options.md`.
    pub fn invalid_argument(argument: &str, rule: impl fmt::Display) -> Self {
        let text = Text::of_argument(&one_line(argument.to_owned()), &one_line(rule.to_string()));
        Self::of(Kind::InvalidArgument, text)
    }

    /// A check of the host's refused an argument, which `message` names; nothing was sent.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Kind::InvalidArgument, message)
    }

    /// A quota of the host's could not give a permit; `reason` must hold no secret. Kind `throttled`.
    pub fn quota(reason: impl Into<String>) -> Self {
        Self::new(Kind::Throttled, reason)
    }

    /// A call belongs to the process that this one was forked from.
    pub fn forked(message: impl Into<String>) -> Self {
        Self::new(Kind::Forked, message)
    }

    /// A credentials source of the host could not give any; `reason` must hold no secret.
    pub fn credentials(reason: impl Into<String>) -> Self {
        Self::new(Kind::Credentials, reason)
    }

    /// A credentials source of the host gave up, since no call waited for it: one that does by now has it asked again.
    pub fn nobody_waits() -> Self {
        Self::new(Kind::Cancelled, "no call waits for the keys")
    }

    /// Keeps the host's own error, for [`source`](std::error::Error::source). No text of this error shows it.
    #[must_use]
    pub fn with_cause(mut self, cause: Arc<dyn std::error::Error + Send + Sync>) -> Self {
        self.0.cause = Some(cause);
        self
    }

    /// There is no memory for `what`, which is as large as a reply.
    pub fn no_memory(what: &str) -> Self {
        Self::new(Kind::TooLarge, format!("there is no memory for {what}"))
    }

    /// It is the error of one of many requests; names which, where the request itself is at fault.
    pub(crate) fn of_item(mut self, position: usize) -> Self {
        if self.kind() == Kind::InvalidArgument {
            self.0.message.push_front(&format!("item {position}: "));
        }
        self
    }

    pub(crate) fn with_code(mut self, code: &str) -> Self {
        self.0.code = Some(identifier::code(code).to_owned());
        self
    }

    /// The reply says that a RAM policy lacks this action.
    pub(crate) fn with_missing_permission(mut self, action: Option<&str>) -> Self {
        self.0.missing_permission = action.map(str::to_owned);
        self
    }

    pub(crate) fn missing_permission(&self) -> Option<&str> {
        self.0.missing_permission.as_deref()
    }

    /// The message names status and request id from here on.
    pub(crate) fn with_reply(mut self, status: Option<u16>, request_id: Option<&str>, retry_after: Option<Duration>) -> Self {
        let request_id = request_id.filter(|id| !id.is_empty()).map(identifier::request_id);
        let status_text = status.map(|status| format!("HTTP status {status}"));
        let named = [status_text.filter(|text| !self.message().contains(text)), request_id.map(|id| format!("request id {id}"))];
        let named: Vec<_> = named.into_iter().flatten().collect();
        if !named.is_empty() {
            self.0.message.push_str(&format!(" ({})", named.join(", ")));
        }
        self.0.http_status = status;
        self.0.request_id = request_id.map(str::to_owned);
        self.0.retry_after = retry_after;
        self
    }

    /// The message ends with `note`.
    pub(crate) fn with_note(mut self, note: &str) -> Self {
        self.0.message.push_str(note);
        self
    }

    pub(crate) fn with_send_state(mut self, state: SendState) -> Self {
        self.0.send_state = state;
        self
    }

    /// The same call would fail again, whatever its kind says.
    pub(crate) fn permanent(mut self) -> Self {
        self.0.permanent = true;
        self
    }

    /// What to do about it, in place of its kind's advice.
    pub(crate) fn with_advice(mut self, advice: &'static str) -> Self {
        self.0.advice = Some(advice);
        self
    }

    pub(crate) fn send_state(&self) -> SendState {
        self.0.send_state
    }

    /// Retryable, whatever the kind says.
    pub(crate) fn transient(mut self) -> Self {
        self.0.transient = true;
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Which sort of failure this is; the same in every language.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The service's own code, e.g. `Throttling.Api`; `None` where it sent none, `…` where it sent what has not the form of one
    /// and may be anything.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The HTTP status of the last reply; `None` where there was no reply.
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// The service's id of the request, for its support; `…` as for the code.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long the service asked to wait before the next call.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How many requests were sent for this call; 0 where nothing was.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the same call, sent again later, can succeed.
    pub fn retryable(&self) -> bool {
        let by_status = self.0.kind == Kind::Service && self.0.http_status.is_some_and(|status| status >= 500 || status == 429);
        !self.0.permanent && (self.0.transient || self.0.kind.retryable() || by_status)
    }

    /// One line for people, without the advice.
    pub fn message(&self) -> &str {
        self.0.message.as_str()
    }

    /// [`message`](Self::message), with the names of options and arguments as `language` spells them.
    pub fn message_in(&self, language: Language) -> Cow<'_, str> {
        self.0.message.spelled(language)
    }

    /// [`advice`](Self::advice), with the names of options as `language` spells them.
    pub fn advice_in(&self, language: Language) -> Cow<'static, str> {
        spell(self.advice(), language)
    }

    /// What to do about it, from the catalogue. Options are named in backquotes, as in `docs/options.md`.
    pub fn advice(&self) -> &'static str {
        let known = self.code().and_then(catalogue::response_code);
        known.map_or(self.0.advice.unwrap_or(self.0.kind.advice()), |code| code.advice)
    }
}

/// One line, whoever wrote it: a host's reason, a path.
fn one_line(text: String) -> String {
    let may_hold_one = !text.is_ascii() || text.bytes().any(|byte| byte.is_ascii_control());
    if may_hold_one && text.contains(char::is_control) { text.replace(char::is_control, " ") } else { text }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, code, http_status, request_id, retry_after, attempts, .. } = &*self.0;
        f.debug_struct("Error")
            .field("kind", kind)
            .field("code", code)
            .field("http_status", http_status)
            .field("request_id", request_id)
            .field("retry_after", retry_after)
            .field("attempts", attempts)
            .field("message", &self.message())
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}
