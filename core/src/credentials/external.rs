//! Keys that a program prints, as a profile of the command line tool's configuration may name one.

use std::fmt;
use std::time::Duration;

use zeroize::Zeroizing;

use super::{Credentials, CredentialsFuture, Provider, process, reply};
use crate::error::{Error, Result};

/// People may have to touch a token meanwhile.
const TIMEOUT: Duration = Duration::from_secs(30);
const WHO: &str = "the program of process_command";

pub(super) struct External {
    argv: Zeroizing<Vec<String>>,
    timeout: Duration,
}

impl External {
    /// `command`: a program and its arguments, apart by blanks; quotes and backslashes hold one together as in a shell, which
    /// there is none of: nothing is expanded.
    pub(super) fn new(command: &str) -> Result<Self> {
        let argv = shlex::split(command).filter(|argv| argv.first().is_some_and(|program| !program.is_empty()));
        let argv = argv.filter(|argv| argv.iter().all(|argument| !argument.contains('\0')));
        let argv =
            argv.ok_or_else(|| Error::credentials("process_command must be a program and its arguments, with quotes in pairs"))?;
        Ok(Self { argv: Zeroizing::new(argv), timeout: TIMEOUT })
    }

    async fn ask(&self) -> Result<Credentials> {
        let printed = process::output(self.argv.clone(), reply::CAP, self.timeout).await;
        let printed = printed.map_err(|fault| Error::credentials(format!("{WHO} {fault}")))?;
        let mut json = reply::object(&printed, 200, WHO)?;
        match json.get("mode").and_then(|mode| mode.as_str()) {
            None | Some("" | "AK") => {}
            Some("StsToken") if json.get("sts_token").is_some() => {}
            Some("StsToken") => return Err(Error::credentials(format!("{WHO} answered without sts_token"))),
            Some(_) => return Err(Error::credentials(format!("{WHO} answered with a mode other than AK and StsToken"))),
        }
        reply::keys(&mut json, &reply::SNAKE, WHO)
    }
}

impl Provider for External {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.ask())
    }

    fn name(&self) -> &'static str {
        "external"
    }
}

/// The arguments may hold a secret.
impl fmt::Debug for External {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("External").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::runtime;

    fn run(command: &str, timeout: Duration) -> Result<Credentials> {
        let source = External { timeout, ..External::new(command)? };
        runtime::block_on(source.credentials())?
    }

    fn says(command: &str) -> String {
        run(command, Duration::from_secs(20)).expect_err(command).message().replacen(WHO, "it", 1)
    }

    #[test]
    fn what_a_program_prints_is_taken_as_keys() {
        let printed = r#"{"mode":"StsToken","access_key_id":"i","access_key_secret":"s","sts_token":"t","expiration":"2100-01-01T00:00:00Z"}"#;
        let keys = run(&format!("printf '%s' '{printed}'"), Duration::from_secs(20)).unwrap();
        assert_eq!((keys.access_key_id(), keys.access_key_secret(), keys.security_token()), ("i", "s", Some("t")));
        assert!(keys.expires_at().is_some());
    }

    #[test]
    fn nothing_is_expanded_and_quotes_hold_together() {
        let printed = |command: &str| {
            let argv = External::new(command).unwrap().argv;
            let printed = runtime::block_on(process::output(argv, 1 << 10, Duration::from_secs(20))).unwrap().unwrap();
            String::from_utf8(printed.to_vec()).unwrap()
        };
        assert_eq!(printed(r#"printf '<%s>' $HOME "a b" * ';' `id` c\ d | cat"#), "<$HOME><a b><*><;><`id`><c d><|><cat>");
    }

    #[test]
    fn whatever_goes_wrong_is_told_without_a_word_of_the_programs() {
        assert_eq!(says("printf canary"), "it answered with something that is not a JSON object");
        assert_eq!(says("sh -c 'echo canary >&2; exit 3'"), "it failed with exit code 3");
        assert_eq!(says("sh -c 'kill -9 $$'"), "it was ended by a signal");
        assert_eq!(says("/does/not/exist canary"), "it could not be started (No such file or directory)");
        assert_eq!(says("head -c 70000 /dev/zero"), "it printed more than 64 KiB");
        assert_eq!(says(r#"printf '{"mode":"canary"}'"#), "it answered with a mode other than AK and StsToken");
        assert_eq!(says(r#"printf '{"mode":"StsToken","access_key_id":"i"}'"#), "it answered without sts_token");
        for command in ["", "  ", "printf 'canary", "''"] {
            assert!(External::new(command).unwrap_err().message().starts_with("process_command must be"), "{command}");
        }
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended_with_its_children() {
        let folder = tempfile::tempdir().unwrap();
        let alive = folder.path().join("alive");
        let begun = Instant::now();
        let command = format!("sh -c 'trap \"\" TERM; (sleep 1; touch {}) & sleep 30'", alive.display());
        let error = run(&command, Duration::from_millis(200)).unwrap_err();
        assert!(error.message().contains("did not end within 0.2 s"), "{error}");
        assert!(begun.elapsed() < Duration::from_secs(10));
        std::thread::sleep(Duration::from_millis(1500));
        assert!(!alive.exists(), "what it started was ended as well");
    }
}
