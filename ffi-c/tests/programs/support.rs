//! Compiling and running C programs.
//!
//! `CLOUDAUTH_TEST_LIBRARY`, `CLOUDAUTH_TEST_FLAGS` and `CLOUDAUTH_TEST_RUNNER` take another shared library, further compiler
//! flags, and a tool to run under. The programs themselves read `CLOUDAUTH_TEST_DIVISOR` (run so much less),
//! `CLOUDAUTH_TEST_RUNNER_KEEPS_MEMORY` and `CLOUDAUTH_TEST_QUIET_FORK` (what a tool cannot do).

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cloudauth_emulator::{Emulator, Options};
use tempfile::TempDir;

/// What every program is compiled with.
pub(crate) const STRICT: [&str; 5] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g"];

/// A folder of the repository.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the repository").join(name)
}

pub(crate) fn emulator(cases: Option<PathBuf>) -> Emulator {
    Emulator::start(Options { cases, ..Options::default() }).expect("the emulator starts")
}

/// All cases of a list; under a tool that is slow, a few that show every path of a program.
pub(crate) fn sample<T>(cases: Vec<T>) -> impl Iterator<Item = T> {
    let divisor = std::env::var("CLOUDAUTH_TEST_DIVISOR").map_or(1, |divisor| divisor.parse::<usize>().expect("a number"));
    cases.into_iter().step_by(divisor.div_ceil(5))
}

/// A compiled program, in a folder of its own.
pub(crate) struct Program {
    folder: TempDir,
    path: PathBuf,
}

impl Program {
    /// Linked with the shared library, or with the one that `CLOUDAUTH_TEST_LIBRARY` names.
    pub(crate) fn new(name: &str, sources: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let library = std::env::var_os("CLOUDAUTH_TEST_LIBRARY").map_or_else(|| built("libcloudauth.so"), PathBuf::from);
        // Under the name that the dynamic linker looks for.
        std::os::unix::fs::symlink(library, folder.path().join("libcloudauth.so.1")).expect("a symbolic link");
        let library = folder.path().join("libcloudauth.so.1").into_os_string();
        Self::compile(folder, name, sources, &[library.to_str().expect("a temporary path is Unicode")])
    }

    /// Linked with the static library and what the compiler says that it needs.
    pub(crate) fn new_static(name: &str, sources: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let needed = native_libraries(&folder);
        let library = built("libcloudauth.a");
        let libraries: Vec<&str> = library.to_str().into_iter().chain(needed.split_whitespace()).collect();
        Self::compile(folder, name, sources, &libraries)
    }

    fn compile(folder: TempDir, name: &str, sources: &[&str], libraries: &[&str]) -> Self {
        let path = folder.path().join(name);
        let (program, standard) = if Path::new(sources[0]).extension().is_some_and(|extension| extension == "cpp") {
            ("c++", "-std=c++17")
        } else {
            ("cc", "-std=c11")
        };
        let mut compiler = compiler(program);
        compiler.args([standard, "-O1", "-pthread"]).arg("-o").arg(&path);
        compiler.args(sources.iter().map(|source| self::folder("tests/c").join(source))).args(libraries);
        succeed(&mut compiler);
        Self { folder, path }
    }

    /// Runs it, under the tool that `CLOUDAUTH_TEST_RUNNER` names, and shows what it printed.
    pub(crate) fn run(&self, arguments: &[&str]) {
        println!("{}", succeed(&mut self.command(arguments)));
    }

    /// The same, and gives what it printed.
    pub(crate) fn output(&self, arguments: &[&str]) -> String {
        succeed(&mut self.command(arguments))
    }

    /// The same, of a program on whose stderr nothing may appear.
    pub(crate) fn run_silently(&self, arguments: &[&str]) {
        let mut command = self.command(arguments);
        let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && errors.is_empty(), "{command:?}: {}\n{errors}", output.status);
        println!("{}", String::from_utf8_lossy(&output.stdout));
    }

    /// Has a script run it, and shows what that printed.
    pub(crate) fn run_by(&self, interpreter: &str, script: &Path) {
        let mut command = Command::new(interpreter);
        println!("{}", succeed(command.arg(script).arg(&self.path).env("LD_LIBRARY_PATH", self.folder.path())));
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let runner = std::env::var("CLOUDAUTH_TEST_RUNNER").unwrap_or_default();
        let mut words = runner.split_whitespace().map(PathBuf::from).chain([self.path.clone()]);
        let mut command = Command::new(words.next().expect("the program itself is a word"));
        command.args(words).args(arguments).env("LD_LIBRARY_PATH", self.folder.path()).stdin(Stdio::null());
        // A host's own settings must not reach the clients of a test.
        for name in ["CLOUDAUTH_ENDPOINT", "CLOUDAUTH_REGION", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"] {
            command.env_remove(name);
        }
        command.env("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        command
    }
}

/// A compiler with the header's folder and strict warnings, and the flags of `CLOUDAUTH_TEST_FLAGS`.
pub(crate) fn compiler(program: &str) -> Command {
    let mut compiler = Command::new(program);
    compiler.args(STRICT).arg("-I").arg(folder("include"));
    compiler.args(std::env::var("CLOUDAUTH_TEST_FLAGS").unwrap_or_default().split_whitespace());
    compiler
}

/// What the command printed; panics with its errors where it failed.
pub(crate) fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{errors}", output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A library that cargo built for this test: it lies beside the test's own program.
fn built(name: &str) -> PathBuf {
    let program = std::env::current_exe().expect("a test knows its own path");
    program.with_file_name(name)
}

/// The system's libraries that a static library of Rust needs.
fn native_libraries(folder: &TempDir) -> String {
    let mut compiler = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    compiler.args(["--crate-type", "staticlib", "--crate-name", "nothing", "--print", "native-static-libs", "-"]);
    compiler.current_dir(folder.path()).stdin(Stdio::null());
    let output = compiler.output().expect("rustc runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let libraries = said.lines().find_map(|line| line.split_once("native-static-libs: "));
    libraries.map_or_else(|| panic!("rustc names no libraries: {said}"), |(_, libraries)| libraries.to_owned())
}
