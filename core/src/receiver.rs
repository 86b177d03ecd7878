//! Functions of the caller's that a download calls while it is under way.

use std::error::Error as StdError;
use std::fmt;
use std::result::Result as StdResult;
use std::sync::{Arc, Mutex, TryLockError};

use crate::catalogue::Kind;
use crate::error::{Error, Result};

/// What such a function ends in. Its error ends the download, and is the [`source`](StdError::source) of the download's.
pub type Received = StdResult<(), Box<dyn StdError + Send + Sync>>;

type Take = dyn FnMut(&[u8]) -> Received + Send;
type Report = dyn FnMut(u64, u64) -> Received + Send;

/// Gets a file's bytes in place of a path: in order, as they come, on the thread of the download. It is called again once it has
/// returned, so that a slow one holds the download up. One download at a time has it.
#[derive(Clone)]
pub struct Receiver(Shared<Take>);

impl Receiver {
    pub fn new(take: impl FnMut(&[u8]) -> Received + Send + 'static) -> Self {
        Self(Shared(Arc::new(Mutex::new(take))))
    }

    pub(crate) fn take(&self, bytes: &[u8]) -> Result<()> {
        let outcome = self.0.call("receiver", |take| take(bytes))?;
        outcome.map_err(|cause| {
            ended(Kind::Io, "the receiver failed, and the download has ended; its own error is the cause", cause)
        })
    }
}

/// Is told how many bytes have come, and of how many: on the thread of the download, ten times a second at most, and once all have
/// come. The number falls where the file begins anew.
#[derive(Clone)]
pub struct Progress(Shared<Report>);

impl Progress {
    pub fn new(report: impl FnMut(u64, u64) -> Received + Send + 'static) -> Self {
        Self(Shared(Arc::new(Mutex::new(report))))
    }

    pub(crate) fn report(&self, received: u64, total: u64) -> Result<()> {
        let outcome = self.0.call("progress", |report| report(received, total))?;
        outcome.map_err(|cause| {
            ended(Kind::Cancelled, "the progress function ended the download; its own error is the cause", cause)
        })
    }
}

fn ended(kind: Kind, message: &str, cause: Box<dyn StdError + Send + Sync>) -> Error {
    // Part of the bytes may be with the caller: another call must not add to them.
    Error::new(kind, message).with_cause(cause.into()).permanent()
}

struct Shared<F: ?Sized>(Arc<Mutex<F>>);

impl<F: ?Sized> Shared<F> {
    /// Never waits: a lock that is taken may be a thread's that a forked child does not have.
    fn call<T>(&self, name: &str, call: impl FnOnce(&mut F) -> T) -> Result<T> {
        match self.0.try_lock() {
            Ok(mut function) => Ok(call(&mut function)),
            Err(TryLockError::Poisoned(poisoned)) => Ok(call(&mut poisoned.into_inner())),
            Err(TryLockError::WouldBlock) => {
                Err(Error::invalid_argument(name, "is in use by another call; give each call its own"))
            }
        }
    }
}

impl<F: ?Sized> Clone for Shared<F> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Each equals its clones alone.
impl<F: ?Sized> PartialEq for Shared<F> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

macro_rules! opaque {
    ($($name:ident)*) => {$(
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        impl Eq for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )*};
}

opaque! { Receiver Progress }
