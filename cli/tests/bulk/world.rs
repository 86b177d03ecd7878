//! A folder with a list of transactions, and what a run makes of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use cloudauth_emulator::Emulator;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Run, finish, served};

pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) emulator: Emulator,
}

impl World {
    /// With a list of these transactions.
    pub(crate) fn new<T: AsRef<str>>(emulator: Emulator, transactions: impl IntoIterator<Item = T>) -> Self {
        let mut list = "transaction_id,merchant_biz_id\n".to_owned();
        for (index, transaction) in transactions.into_iter().enumerate() {
            writeln!(list, "{},order{index}", transaction.as_ref()).unwrap();
        }
        let world = Self { folder: tempfile::tempdir().unwrap(), emulator };
        fs::write(world.list(), list).unwrap();
        world
    }

    pub(crate) fn list(&self) -> PathBuf {
        self.folder.path().join("ids.csv")
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// `cloudauth bulk --out OUT --no-pictures` and more.
    pub(crate) fn bulk(&self, more: &[&str]) -> Command {
        self.archive(&[&["--no-pictures"], more].concat())
    }

    /// `cloudauth bulk --out OUT` and more.
    pub(crate) fn archive(&self, more: &[&str]) -> Command {
        let out = self.out();
        let mut command = served(&self.emulator, &[&["bulk", "--format", "json", "--out", out.to_str().unwrap()], more].concat());
        command.current_dir(self.folder.path());
        command
    }

    pub(crate) fn run(&self, more: &[&str]) -> Run {
        finish(&mut self.bulk(more))
    }

    /// How often each transaction is in the output, which has whole lines alone.
    pub(crate) fn outcomes(&self) -> BTreeMap<String, Vec<Value>> {
        let text = fs::read_to_string(self.out().join("results.jsonl")).unwrap();
        assert!(text.is_empty() || text.ends_with('\n'), "the last line is torn");
        let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for line in text.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            found.entry(line["transaction_id"].as_str().unwrap().to_owned()).or_default().push(line);
        }
        found
    }

    /// The transactions that were asked for, in the order in which they were.
    pub(crate) fn asked(&self) -> Vec<String> {
        let mut attempts = self.emulator.attempts();
        attempts.sort_by_key(|attempt| attempt.at);
        attempts.into_iter().map(|attempt| attempt.transaction_id.to_string()).collect()
    }
}

pub(crate) fn passing(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|number| format!("ekycpro200-no{number}"))
}
