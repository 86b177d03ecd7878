//! `results.jsonl`: a line for each transaction that has its outcome. It follows from the ledger.

use std::fs::File;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use cloudauth_core::canonical_value;
use cloudauth_ledger::{Ledger, Outcome, Place, Transaction};
use serde_json::json;

use super::part::Part;
use crate::exit::Failure;

const NAME: &str = "results.jsonl";

/// The file, open at its end. Only what the ledger has committed is in it; what a killed run did not write, or half, the next run
/// writes.
#[derive(Debug)]
pub(crate) struct Results {
    path: PathBuf,
    file: File,
    /// Of the last outcome in it, among all in the ledger.
    place: i64,
    /// Whether a line is no longer what the ledger says.
    is_stale: bool,
}

impl Results {
    pub(crate) fn path_in(folder: &Path) -> PathBuf {
        folder.join(NAME)
    }

    /// Writes the file anew, with each outcome of the ledger, in the place of any other.
    pub(crate) fn rewrite(folder: &Path, ledger: &Ledger) -> Result<Self, Failure> {
        let mut part = Part::begin(folder, NAME)?;
        let place = write(ledger, 0, |line| part.put(line))?;
        let (path, file) = part.keep()?;
        Ok(Self { path, file, place, is_stale: false })
    }

    /// Adds what the ledger has by now. Where that fails, no half line is left.
    pub(crate) fn append(&mut self, ledger: &Ledger) -> Result<(), Failure> {
        let mut lines = String::new();
        let place = write(ledger, self.place, |line| {
            lines.push_str(line);
            Ok(())
        })?;
        let end = self.file.stream_position();
        let written = end.and_then(|end| {
            self.file.write_all(lines.as_bytes()).inspect_err(|_| {
                let _ = self.file.set_len(end);
            })
        });
        written.map_err(|error| Failure::io(self.path.display(), &error))?;
        self.place = place;
        Ok(())
    }

    /// An outcome that has its line has changed.
    pub(crate) fn note_change(&mut self) {
        self.is_stale = true;
    }

    /// Brings every line up to date, and sees to it that the file outlives a crash of the machine.
    pub(crate) fn finish(self, ledger: &Ledger) -> Result<(), Failure> {
        if self.is_stale {
            let folder = self.path.parent().unwrap_or(Path::new(""));
            return Self::rewrite(folder, ledger).map(drop);
        }
        self.file.sync_all().map_err(|error| Failure::io(self.path.display(), &error))
    }
}

/// Gives `take` the line of each outcome after a place; returns the last one's.
fn write(ledger: &Ledger, after: i64, mut take: impl FnMut(&str) -> Result<(), Failure>) -> Result<i64, Failure> {
    let mut place = after;
    ledger.outcomes(after, |transaction, outcome, ended_at| {
        place += 1;
        take(&line(&transaction, &outcome, ended_at)?)
    })?;
    Ok(place)
}

/// One line of canonical JSON; each key is always there.
fn line(transaction: &Transaction, outcome: &Outcome, ended_at: SystemTime) -> Result<String, Failure> {
    let begun = &transaction.begun;
    let (region, endpoint) = match &begun.place {
        Some(Place::Region(region)) => (Some(region), None),
        Some(Place::Endpoint(endpoint)) => (None, Some(endpoint)),
        None => (None, None),
    };
    let deletion = outcome.deletion.as_ref();
    let line = json!({
        "transaction_id": begun.transaction_id,
        "merchant_biz_id": begun.merchant_biz_id,
        "region": region,
        "endpoint": endpoint,
        "outcome": outcome.ending.name(),
        "ended_at": humantime::format_rfc3339_millis(ended_at).to_string(),
        "passed": outcome.passed,
        "sub_code": outcome.sub_code,
        "action": outcome.action,
        "face_score": outcome.face_score,
        "kind": outcome.kind,
        "code": outcome.code,
        "request_id": outcome.request_id,
        "folder": outcome.folder,
        "manifest_sha256": outcome.manifest_sha256,
        "deletion": deletion.map(|deletion| &deletion.outcome),
        "withheld_for": deletion.map(|deletion| &deletion.withheld_for).filter(|names| !names.is_empty()),
        "afterwards": deletion.and_then(|deletion| deletion.afterwards.as_ref()),
    });
    Ok(canonical_value(&line)? + "\n")
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use cloudauth_ledger::{Begun, Ending};

    use super::*;

    fn ended(ledger: &mut Ledger, id: &str) {
        let now = UNIX_EPOCH + Duration::from_hours(492_322);
        let mut batch = ledger.batch().unwrap();
        let begun = Begun { transaction_id: id.to_owned(), merchant_biz_id: "order1".to_owned(), ..Begun::default() };
        batch.add(begun, now).unwrap();
        batch.commit().unwrap();
        let number = ledger.find(id).unwrap().unwrap().number;
        let outcome =
            Outcome { passed: Some(true), face_score: Some(98.5), sub_code: Some("200".into()), ..Outcome::new(Ending::Fetched) };
        let mut batch = ledger.batch().unwrap();
        batch.end(number, &outcome, now).unwrap();
        batch.commit().unwrap();
    }

    #[test]
    fn what_a_killed_run_left_is_made_good() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(&folder.path().join("ledger.db")).unwrap();
        let mut results = Results::rewrite(folder.path(), &ledger).unwrap();
        ended(&mut ledger, "a");
        ended(&mut ledger, "b");
        results.append(&ledger).unwrap();
        results.append(&ledger).unwrap();
        let path = Results::path_in(folder.path());
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            text.lines().next(),
            Some(
                "{\"action\":null,\"afterwards\":null,\"code\":null,\"deletion\":null,\"ended_at\":\"2026-03-01T10:00:00.000Z\",\"endpoint\":null,\"face_score\":98.5,\
                 \"folder\":null,\"kind\":null,\"manifest_sha256\":null,\"merchant_biz_id\":\"order1\",\"outcome\":\"fetched\",\
                 \"passed\":true,\"region\":null,\"request_id\":null,\"sub_code\":\"200\",\"transaction_id\":\"a\",\"withheld_for\":null}"
            )
        );
        assert_eq!(text.lines().count(), 2);
        for damaged in [&text[..text.len() - 9], &text[..10], ""] {
            std::fs::write(&path, damaged).unwrap();
            let mut results = Results::rewrite(folder.path(), &ledger).unwrap();
            results.append(&ledger).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }
}
