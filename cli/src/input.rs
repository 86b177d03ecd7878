//! What is read from files and stdin, never without a limit.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::exit::Failure;

const LONGEST_SECRET: u64 = 16 << 10;
const LONGEST_WAIT: f64 = 86_400.0;

/// The bytes of a file, or of stdin where the path is `-`.
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let outcome = if is_stdin(path) {
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
    };
    let name = name(path);
    match outcome {
        Err(error) => Err(Failure::io(name, &error)),
        Ok(length) if length as u64 > most => Err(Failure::usage(&name, format!("must hold at most {most} bytes"))),
        Ok(_) => Ok(bytes),
    }
}

/// The text of a file, without the line break at its end that editors put there.
pub(crate) fn read_text(path: &Path, most: u64) -> Result<String, Failure> {
    let text = String::from_utf8(read(path, most)?);
    let mut text = text.map_err(|_| Failure::usage(&name(path), "must hold UTF-8 text"))?;
    text.truncate(text.trim_end_matches(['\r', '\n']).len());
    Ok(text)
}

/// A value as it is given for `name`: itself, the text of a file behind a `@`, or behind two the rest with one.
pub(crate) fn value(name: &str, given: &str, most: u64) -> Result<String, Failure> {
    match given.strip_prefix('@') {
        Some(literal) if literal.starts_with('@') => Ok(literal.to_owned()),
        Some("") => Err(Failure::usage(name, "@ must be followed by a file's path")),
        Some(path) => read_text(Path::new(path), most),
        None => Ok(given.to_owned()),
    }
}

/// A secret from the file that `option` names. `None` where the option is not given.
pub(crate) fn read_secret(option: &str, path: Option<&PathBuf>) -> Result<Option<String>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let secret = read_text(path, LONGEST_SECRET)?;
    if secret.is_empty() {
        return Err(Failure::usage(option, "the file is empty"));
    }
    Ok(Some(secret))
}

pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What messages call it.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { "stdin".to_owned() } else { path.display().to_string() }
}

/// Seconds, fractions allowed, for the argument parser.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.0..=LONGEST_WAIT).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| format!("must be seconds, from 0 to {LONGEST_WAIT}"))
}

/// [`seconds`], but more than none.
pub(crate) fn some_seconds(text: &str) -> Result<Duration, String> {
    let given = seconds(text).ok().filter(|given| !given.is_zero());
    given.ok_or_else(|| format!("must be seconds, more than 0 and at most {LONGEST_WAIT}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_fractions_and_limits() {
        assert_eq!(some_seconds("0.25"), Ok(Duration::from_millis(250)));
        assert_eq!(seconds("0"), Ok(Duration::ZERO));
        for text in ["0", "-1", "nan", "inf", "1e300", "86401", "", "1s"] {
            assert!(some_seconds(text).is_err(), "{text}");
        }
    }
}
