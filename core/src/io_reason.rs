//! Why the system refused to read or write, in its own words.

use std::fmt;
use std::io;

/// Why the system refused to read or write: its own words, such as `No such file or directory`. Nothing else that an error may
/// hold, such as a path, is among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IoReason {
    code: Option<i32>,
    kind: io::ErrorKind,
}

impl IoReason {
    pub fn kind(self) -> io::ErrorKind {
        self.kind
    }
}

impl From<&io::Error> for IoReason {
    fn from(error: &io::Error) -> Self {
        Self { code: error.raw_os_error(), kind: error.kind() }
    }
}

impl fmt::Display for IoReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(code) = self.code else { return self.kind.fmt(f) };
        let words = io::Error::from_raw_os_error(code).to_string();
        f.write_str(words.split(" (os error ").next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_in_the_words_of_the_system() {
        let says = |error: io::Error| IoReason::from(&error).to_string();
        let of = |code| says(io::Error::from_raw_os_error(code));
        assert_eq!(
            [libc::ENOENT, libc::EIO, libc::ELOOP].map(of),
            ["No such file or directory", "Input/output error", "Too many levels of symbolic links"]
        );
        // What others wrote is left out.
        assert_eq!(says(io::Error::new(io::ErrorKind::TimedOut, "canary")), "timed out");
    }
}
