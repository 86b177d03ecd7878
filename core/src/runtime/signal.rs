//! Signals on threads of our own.

use std::mem::MaybeUninit;
use std::ptr;

/// Holds SIGPIPE back on this thread: a server that hangs up is then an error of the write, and not the end of a host that
/// has not ignored the signal. What the host does with signals elsewhere is not touched.
pub(super) fn hold_back_sigpipe() {
    let mut set = MaybeUninit::uninit();
    // SAFETY: the set is emptied, which makes it whole, before it is added to and read; only this thread's mask changes.
    unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        libc::sigaddset(set.as_mut_ptr(), libc::SIGPIPE);
        libc::pthread_sigmask(libc::SIG_BLOCK, set.as_ptr(), ptr::null_mut());
    }
}
