//! Running the command, with nothing of this process's environment.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use cloudauth_emulator::{Emulator, Options};

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the command writes UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Run {
    /// It failed as it should: the exit code, nothing on stdout, one line on stderr that holds `words`.
    #[track_caller]
    pub(crate) fn refused(&self, code: i32, words: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        assert!(self.stderr.starts_with("cloudauth: ") && self.stderr.contains(words), "{words}: {self:?}");
        assert_eq!(self.stderr.lines().count(), 1, "{self:?}");
    }

    /// It worked, and had nothing to say beside its output.
    #[track_caller]
    pub(crate) fn fine(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""), "{self:?}");
        self.stdout
    }
}

pub(crate) fn cloudauth(args: &[&str]) -> Command {
    // Whoever runs the tests may have had signals ignored, and programs inherit that.
    let mut command = Command::new("/usr/bin/env");
    command.args(["--default-signal=HUP,INT", env!("CARGO_BIN_EXE_cloudauth")]).args(args).env_clear().stdin(Stdio::null());
    // No test asks a network that it does not make itself.
    command.env("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    command
}

pub(crate) fn run(args: &[&str]) -> Run {
    finish(&mut cloudauth(args))
}

pub(crate) fn finish(command: &mut Command) -> Run {
    command.output().expect("the command runs").into()
}

pub(crate) fn run_with_stdin(command: &mut Command, stdin: &[u8]) -> Run {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command runs");
    // It may end before it has read all.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin);
    child.wait_with_output().expect("the command ends").into()
}

/// A command that finds the emulator and its keys in its environment.
pub(crate) fn served(emulator: &Emulator, args: &[&str]) -> Command {
    let mut command = cloudauth(args);
    command.env("CLOUDAUTH_ENDPOINT", emulator.endpoint());
    command.env("ALIBABA_CLOUD_ACCESS_KEY_ID", emulator.access_key_id());
    command.env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", emulator.access_key_secret());
    command
}

pub(crate) fn emulator() -> Emulator {
    Emulator::start(Options::default()).expect("the emulator starts")
}

/// An emulator that knows one more transaction, `case`, with this body.
pub(crate) fn replaying(body: &str) -> Emulator {
    let cases = tempfile::tempdir().unwrap();
    std::fs::create_dir(cases.path().join("case")).unwrap();
    std::fs::write(cases.path().join("case/reply.http"), format!("HTTP/1.1 200 OK\n\n{body}")).unwrap();
    let options = Options { cases: Some(cases.path().to_owned()), ..Options::default() };
    Emulator::start(options).expect("the emulator starts")
}

/// The permission bits of a path.
pub(crate) fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

pub(crate) fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

pub(crate) fn is_jpeg(path: &Path) -> bool {
    std::fs::read(path).unwrap().starts_with(b"\xFF\xD8\xFF")
}

pub(crate) fn is_png(path: &Path) -> bool {
    std::fs::read(path).unwrap().starts_with(b"\x89PNG\r\n\x1A\n")
}
