//! How the command ends: an exit code, and one line where it failed.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::io::{self, IsTerminal, Write as _};

use clap::error::ErrorKind;
use cloudauth_core::spelling::{Language, spell};
use cloudauth_core::{Error, IoReason, Kind};

use crate::plain::plain;

/// Done; with `check` and `wait`: passed.
pub(crate) const DONE: u8 = 0;
/// The verification is finished and was not passed, or does not say so; or it was not deleted.
pub(crate) const NOT_PASSED: u8 = 1;
/// Transactions have no outcome yet, and another run may get them theirs.
#[cfg(feature = "ledger")]
pub(crate) const LEFT: u8 = 3;
/// A signal ended the run in good order.
pub(crate) const INTERRUPTED: u8 = 8;

/// The exit codes for `--help`. A macro, because `concat!` takes only literals.
macro_rules! codes {
    () => {
        "Exit codes:
  0  done; check, wait: passed; status: finished; bulk: every transaction has its result
  1  check, wait: not passed, or no verdict; status: no result will come, or the state is unknown; delete: not deleted;
     archive --then-delete: not known to be deleted; archive verify: not whole, or changed; archive purge --yes: some stay that are not whole, or changed;
     bulk: some have failed for good or are not known to be deleted, or a line was refused
  2  an argument, an option or the keys are not usable; nothing was sent
  3  the verification is not completed yet; bulk: some are left, and --resume goes on
  4  the service refused; callback parse: the token is not the expected one
  5  the service could not be reached, or time ran out
  6  a local file could not be read or written
  7  the reply could not be understood
  8  archive, bulk, report, sweep: stopped by a signal, in good order; another run goes on"
    };
}
pub(crate) use codes;

/// Why a command did not do what it should.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: Kind,
    message: String,
    advice: Cow<'static, str>,
}

impl Failure {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), advice: spell(kind.advice(), Language::Command) }
    }

    /// `argument` broke `rule`.
    pub(crate) fn usage(argument: &str, rule: impl Display) -> Self {
        Self::new(Kind::InvalidArgument, format!("{argument}: {rule}"))
    }

    /// `what`, a path most often, could not be read or written.
    pub(crate) fn io(what: impl Display, error: &io::Error) -> Self {
        Self::new(Kind::Io, format!("{what}: {}", io_words(error)))
    }

    /// The same, of a thing that goes by another name.
    pub(crate) fn renamed(self, from: &str, to: &str) -> Self {
        Self { message: self.message.replace(from, to), ..self }
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    #[cfg(any(feature = "ledger", feature = "objects"))]
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Says it on stderr, in one line; the advice is for people only.
    pub(crate) fn report(&self) -> u8 {
        let mut stderr = io::stderr().lock();
        // There is nowhere left to say that stderr is gone.
        let _ = writeln!(stderr, "{self}");
        if stderr.is_terminal() {
            let _ = writeln!(stderr, "  advice: {}", self.advice);
        }
        // Only a signal cancels what the command does.
        if self.kind == Kind::Cancelled { INTERRUPTED } else { self.kind.exit_code() }
    }
}

/// One line, as [`Failure::report`] has it.
impl Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cloudauth: {}", plain(&self.message))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let mut message = error.message_in(Language::Command).into_owned();
        if let Some(pause) = error.retry_after() {
            // Writing to a String cannot fail.
            let _ = write!(message, " (come again after {} ms)", pause.as_millis());
        }
        Self { kind: error.kind(), message, advice: error.advice_in(Language::Command) }
    }
}

#[cfg(feature = "ledger")]
impl From<cloudauth_ledger::Error> for Failure {
    fn from(error: cloudauth_ledger::Error) -> Self {
        Self::new(Kind::Io, error.to_string())
    }
}

/// The system's words, without their number; of another error its own.
pub(crate) fn io_words(error: &io::Error) -> String {
    if error.raw_os_error().is_some() { IoReason::from(error).to_string() } else { error.to_string() }
}

/// Ends where the command line named no command to run: help was asked for, or a rule was broken.
pub(crate) fn without_command(end: &clap::Error) -> u8 {
    let asked = !end.use_stderr();
    if asked || end.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // A reader that went away has seen enough.
        let _ = end.print();
        return if asked { DONE } else { Kind::InvalidArgument.exit_code() };
    }
    Failure::new(Kind::InvalidArgument, one_line(&end.to_string())).report()
}

/// The parser's several paragraphs as one line, without its usage.
fn one_line(text: &str) -> String {
    let text = text.strip_prefix("error: ").unwrap_or(text);
    let said = text.split("\n\nUsage:").next().unwrap_or_default();
    let said = said.split("\n\nFor more information").next().unwrap_or_default();
    let words = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut paragraphs: Vec<String> = said.split("\n\n").map(words).collect();
    paragraphs.push("see --help".to_owned());
    paragraphs.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parsers_paragraphs_become_one_line() {
        let text = "error: unexpected argument '--forma' found\n\n  tip: a similar argument exists: '--format'\n\nUsage: x\n\nFor more information, try '--help'.\n";
        assert_eq!(one_line(text), "unexpected argument '--forma' found; tip: a similar argument exists: '--format'; see --help");
    }
}
