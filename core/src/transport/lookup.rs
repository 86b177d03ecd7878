//! Why a name has no address, which the system tells in words alone.

use std::ffi::CStr;
use std::io;

/// Why the look-up of a name failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameFailure {
    /// There is no such name.
    Unknown,
    /// Whoever knows names did not say.
    Unanswered,
}

impl NameFailure {
    /// std passes on the words of `gai_strerror` alone, in the language of the process.
    pub(super) fn of(error: &io::Error) -> Option<Self> {
        let said = error.to_string();
        let is = |code: &i32| words(*code).is_some_and(|words| !words.is_empty() && said.ends_with(words));
        if [libc::EAI_NONAME, libc::EAI_NODATA].iter().any(is) {
            Some(Self::Unknown)
        } else if [libc::EAI_AGAIN, libc::EAI_FAIL].iter().any(is) {
            Some(Self::Unanswered)
        } else {
            None
        }
    }
}

fn words(code: i32) -> Option<&'static str> {
    // SAFETY: the text is a constant of the C library, or of its catalogue of translations, which stays.
    let words = unsafe { CStr::from_ptr(libc::gai_strerror(code)) };
    words.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(code: i32) -> io::Error {
        io::Error::other(format!("failed to lookup address information: {}", words(code).unwrap()))
    }

    // Finding G1: a name server that fails and a name that is not there were one error.
    #[test]
    fn a_wrong_name_and_a_name_server_that_fails_are_told_apart() {
        assert_eq!(NameFailure::of(&failed(libc::EAI_NONAME)), Some(NameFailure::Unknown));
        assert_eq!(NameFailure::of(&failed(libc::EAI_AGAIN)), Some(NameFailure::Unanswered));
        assert_eq!(NameFailure::of(&failed(libc::EAI_FAIL)), Some(NameFailure::Unanswered));
        for other in [failed(libc::EAI_FAMILY), io::Error::from_raw_os_error(libc::ECONNREFUSED), io::Error::other("")] {
            assert_eq!(NameFailure::of(&other), None, "{other}");
        }
    }
}
