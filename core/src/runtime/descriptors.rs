//! What the operating system refuses a process that has too many open files.

use std::fs::File;
use std::io;
use std::mem::MaybeUninit;

use crate::catalogue::Kind;
use crate::error::Error;
use crate::io_reason::IoReason;

/// The operating system refused what I/O needs.
pub(crate) fn refused(error: &io::Error) -> Error {
    match exhausted(error) {
        Some(exhausted) => Error::new(Kind::Io, exhausted).transient(),
        None => Error::new(Kind::Io, format!("the operating system refused what I/O needs ({})", IoReason::from(error))),
    }
}

/// Whether `error` says that descriptors ran out; whose limit that is.
pub(crate) fn exhausted(error: &io::Error) -> Option<String> {
    match error.raw_os_error() {
        Some(libc::EMFILE) => Some(match descriptor_limit() {
            Some(limit) => format!("too many open files: this process may have {limit} (ulimit -n)"),
            None => "too many open files in this process (ulimit -n)".to_owned(),
        }),
        Some(libc::ENFILE) => Some("too many open files on this machine (fs.file-max)".to_owned()),
        _ => None,
    }
}

/// [`exhausted`], where the error at hand does not say: a look-up of a name then fails as if the name were wrong.
pub(crate) fn exhausted_now() -> Option<String> {
    exhausted(&File::open("/dev/null").err()?)
}

fn descriptor_limit() -> Option<u64> {
    let mut limit = MaybeUninit::<libc::rlimit>::uninit();
    // SAFETY: `limit` has room for what is written to it, and is read only where that was done.
    unsafe { (libc::getrlimit(libc::RLIMIT_NOFILE, limit.as_mut_ptr()) == 0).then(|| limit.assume_init().rlim_cur) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_limit_is_reached_is_named() {
        let said = |code| exhausted(&io::Error::from_raw_os_error(code));
        let limit = descriptor_limit().unwrap();
        assert_eq!(said(libc::EMFILE).unwrap(), format!("too many open files: this process may have {limit} (ulimit -n)"));
        assert!(said(libc::ENFILE).unwrap().contains("machine"));
        assert_eq!((said(libc::ENOENT), exhausted_now()), (None, None));
    }
}
