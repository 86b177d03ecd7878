//! The library as a whole.

use std::ffi::c_char;
use std::time::{Duration, Instant};

use cloudauth_core::host;

use crate::{boundary, handle, log};

/// The number of this ABI. It grows when something that a program relies on is taken away or changed.
#[unsafe(no_mangle)]
pub extern "C" fn cloudauth_abi_version() -> u32 {
    1
}

/// The library's version, such as "0.1.0". The text lives as long as the library.
#[unsafe(no_mangle)]
pub extern "C" fn cloudauth_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// How many handles were given and not freed yet, of every type, errors and results among them.
#[unsafe(no_mangle)]
pub extern "C" fn cloudauth_live_handles() -> usize {
    boundary::value(0, handle::live)
}

/// Ends the calls in flight, as kind cancelled, waits for the callbacks under way, delivers the log and ends the library's
/// threads, in `timeout_ms` milliseconds at most. Says whether all of it is done; if not, what is left ends by itself, and
/// another call waits for it again. Handles stay alive, and calls that come later start the threads anew.
///
/// From a callback it does not wait, as it would for itself, and says false.
#[unsafe(no_mangle)]
pub extern "C" fn cloudauth_shutdown(timeout_ms: u64) -> bool {
    boundary::value(false, || {
        let begun = Instant::now();
        let timeout = Duration::from_millis(timeout_ms);
        let ended = host::shutdown(timeout);
        log::stop(timeout.saturating_sub(begun.elapsed())) && ended
    })
}
