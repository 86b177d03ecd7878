//! A machine whose clock somebody sets.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The time of commands that it runs, and of nothing else.
pub(crate) struct Clock(TempDir);

impl Clock {
    /// `None` where there is no C compiler to make it with.
    pub(crate) fn new() -> Option<Self> {
        let clock = Self(tempfile::tempdir().unwrap());
        clock.set(0);
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clock/clock.c");
        let compiled = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(clock.library()).arg(source).status();
        let Ok(compiled) = compiled else {
            eprintln!("skipped: there is no cc");
            return None;
        };
        assert!(compiled.success());
        Some(clock)
    }

    fn library(&self) -> PathBuf {
        self.0.path().join("clock.so")
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("seconds")
    }

    /// From now on, it is so many seconds ahead.
    pub(crate) fn set(&self, seconds: i64) {
        let new = self.0.path().join("new");
        fs::write(&new, seconds.to_string()).unwrap();
        fs::rename(new, self.file()).unwrap();
    }

    pub(crate) fn of(&self, command: &mut Command) {
        command.env("LD_PRELOAD", self.library()).env("CLOCK_FILE", self.file());
    }
}
