//! What says by a descriptor that something waits.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::time::Duration;

/// An eventfd: readable from [`raise`](Self::raise) to [`lower`](Self::lower).
#[derive(Debug)]
pub(super) struct Signal(File);

impl Signal {
    pub(super) fn new() -> io::Result<Self> {
        // SAFETY: takes numbers alone.
        let descriptor = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        if descriptor < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: it was just opened, and belongs to nobody else.
        Ok(Self(unsafe { OwnedFd::from_raw_fd(descriptor) }.into()))
    }

    pub(super) fn descriptor(&self) -> i32 {
        self.0.as_raw_fd()
    }

    pub(super) fn raise(&self) {
        // It fails only where the count is at its end, and is readable then.
        let _ = (&self.0).write(&1_u64.to_ne_bytes());
    }

    pub(super) fn lower(&self) {
        // It fails only where there is nothing to lower.
        let _ = (&self.0).read(&mut [0; 8]);
    }

    /// Waits until it is raised, for so long at most; may return sooner.
    pub(super) fn wait(&self, limit: Duration) {
        let mut poll = libc::pollfd { fd: self.descriptor(), events: libc::POLLIN, revents: 0 };
        let limit = limit.as_nanos().div_ceil(1_000_000);
        // SAFETY: one entry, which lives for the time of the call.
        unsafe { libc::poll(&raw mut poll, 1, i32::try_from(limit).unwrap_or(i32::MAX)) };
    }
}
