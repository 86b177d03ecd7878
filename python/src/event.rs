//! A descriptor that wakes who waits for it.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};

/// Readable from when it is set until it is cleared.
pub(crate) struct Event(File);

impl Event {
    pub(crate) fn new() -> io::Result<Self> {
        // SAFETY: asks the system for a new descriptor.
        let event = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        if event < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the descriptor was just made, and this is its only owner.
        Ok(Self(File::from(unsafe { OwnedFd::from_raw_fd(event) })))
    }

    pub(crate) fn set(&self) {
        // Full is readable, too, and nothing else can go wrong with it.
        let _ = (&self.0).write(&1_u64.to_ne_bytes());
    }

    pub(crate) fn clear(&self) {
        // Empty already is fine.
        let _ = (&self.0).read(&mut [0; 8]);
    }

    /// Waits until it is set. Fails where the program has closed the descriptor.
    pub(crate) fn wait(&self) -> io::Result<()> {
        let mut poll = libc::pollfd { fd: self.fileno(), events: libc::POLLIN, revents: 0 };
        loop {
            // SAFETY: the pointer leads to one `pollfd`, for as long as the call lasts.
            let ready = unsafe { libc::poll(&raw mut poll, 1, -1) };
            if ready < 0 {
                let error = io::Error::last_os_error();
                if error.kind() == io::ErrorKind::Interrupted {
                    continue;
                }
                return Err(error);
            }
            let is_set = poll.revents & libc::POLLIN != 0;
            return if is_set { Ok(()) } else { Err(io::ErrorKind::NotConnected.into()) };
        }
    }

    pub(crate) fn fileno(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}
