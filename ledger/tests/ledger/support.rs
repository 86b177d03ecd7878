use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloudauth_ledger::{Addition, Begun, Ledger, Transaction};
use tempfile::TempDir;

/// A ledger in a folder of its own.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.0.path().join("ledger.db")
    }

    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::open(&self.path()).unwrap()
    }
}

/// So many minutes after some day.
pub(crate) fn at(minutes: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_hours(500_000) + Duration::from_mins(minutes)
}

pub(crate) fn begun(id: &str) -> Begun {
    Begun { transaction_id: id.to_owned(), merchant_biz_id: format!("biz{id}"), ..Begun::default() }
}

pub(crate) fn add(ledger: &mut Ledger, begun: Begun, now: SystemTime) -> bool {
    let mut batch = ledger.batch().unwrap();
    let added = batch.add(begun, now).unwrap();
    batch.commit().unwrap();
    added == Addition::New
}

pub(crate) fn ids(transactions: &[Transaction]) -> Vec<&str> {
    transactions.iter().map(|transaction| &*transaction.begun.transaction_id).collect()
}
