//! Signals that whoever started the process told it to ignore.

use std::mem::MaybeUninit;
use std::ptr;

/// Whether the process ignores a signal, as `nohup` makes it ignore SIGHUP.
pub(super) fn is_ignored(signal: i32) -> bool {
    let mut action = MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: with no new action, this only writes the present one to `action`, which is all zeros, a valid value, where it fails.
    let action = unsafe {
        libc::sigaction(signal, ptr::null(), action.as_mut_ptr());
        action.assume_init()
    };
    action.sa_sigaction == libc::SIG_IGN
}

#[cfg(test)]
mod tests {
    use signal_hook::consts::{SIGPIPE, SIGURG};

    use super::is_ignored;

    #[test]
    fn what_is_ignored_is_known() {
        // Rust's runtime ignores the first.
        assert_eq!([SIGPIPE, SIGURG].map(is_ignored), [true, false]);
    }
}
