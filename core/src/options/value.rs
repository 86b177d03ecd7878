//! A value that is given for an option, whatever language it comes from.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use zeroize::Zeroizing;

use super::mismatch;
use crate::error::{Error, Result};

/// A value for an option; [`ClientBuilder::set`](crate::ClientBuilder::set) holds it against the option's kind.
#[derive(Clone)]
#[non_exhaustive]
pub enum Value {
    /// Leaves the choice to the library.
    Default,
    Flag(bool),
    /// A number, also one of bytes or of milliseconds. Zero leaves the choice to the library.
    Integer(i128),
    /// A time. Zero is no time at all.
    Duration(Duration),
    /// A text, also the path of a file. It may be a secret.
    Text(Zeroizing<String>),
    Path(PathBuf),
}

/// It may be a secret.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Value").finish_non_exhaustive()
    }
}

impl Value {
    pub(super) fn text(self, name: &str) -> Result<Option<Zeroizing<String>>> {
        match self {
            Self::Default => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            _ => Err(mismatch(name)),
        }
    }

    pub(super) fn path(self, name: &str) -> Result<Option<PathBuf>> {
        match self {
            Self::Path(path) => Ok(Some(path)),
            text => Ok(text.text(name)?.map(|text| PathBuf::from(&*text))),
        }
    }

    pub(super) fn flag(self, name: &str) -> Result<Option<bool>> {
        match self {
            Self::Default => Ok(None),
            Self::Flag(flag) => Ok(Some(flag)),
            _ => Err(mismatch(name)),
        }
    }

    pub(super) fn number(self, name: &str) -> Result<Option<usize>> {
        self.integer(name)?.map(usize::try_from).transpose().map_err(|_| too_large(name))
    }

    pub(super) fn duration(self, name: &str) -> Result<Option<Duration>> {
        if let Self::Duration(time) = self {
            return Ok(Some(time));
        }
        let milliseconds = self.integer(name)?.map(u64::try_from).transpose().map_err(|_| too_large(name))?;
        Ok(milliseconds.map(Duration::from_millis))
    }

    fn integer(self, name: &str) -> Result<Option<i128>> {
        match self {
            Self::Default | Self::Integer(0) => Ok(None),
            Self::Integer(negative) if negative < 0 => Err(Error::invalid_argument(name, "must not be negative")),
            Self::Integer(number) => Ok(Some(number)),
            _ => Err(mismatch(name)),
        }
    }
}

fn too_large(name: &str) -> Error {
    Error::invalid_argument(name, "is larger than this machine can hold")
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number.into())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Integer(number.into())
    }
}

impl From<i128> for Value {
    fn from(number: i128) -> Self {
        Self::Integer(number)
    }
}

impl From<Duration> for Value {
    fn from(time: Duration) -> Self {
        Self::Duration(time)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Zeroizing::new(text))
    }
}

impl From<&Path> for Value {
    fn from(path: &Path) -> Self {
        Self::Path(path.to_owned())
    }
}

/// `None` leaves the choice to the library.
impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(given: Option<T>) -> Self {
        given.map_or(Self::Default, Into::into)
    }
}
