//! A file's transactions into the ledger, all or none; which lines were refused, and why.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::time::SystemTime;

use cloudauth_core::Kind;
use cloudauth_ledger::{Addition, Ledger};
use tempfile::NamedTempFile;

use super::input;
use super::row::from_started;
use crate::exit::Failure;
use crate::fetching::Clients;
use crate::{input as files, output};

/// So many refused lines are named on stderr; the file has all.
const SHOWN: u64 = 10;
const REFUSED: &str = "refused.jsonl";

/// Reads the file `path`, or stdin where it is `-`; gives how many lines were refused. Each of them is in `refused.jsonl` below `out`, by its number and without
/// what it holds.
pub(crate) fn take_in(path: &Path, ledger: &mut Ledger, clients: &Clients, out: &Path) -> Result<u64, Failure> {
    let name = files::name(path);
    let source: Box<dyn BufRead> = if files::is_stdin(path) {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(path).map_err(|error| Failure::io(&name, &error))?))
    };
    let mut refused = Refused::new(&name, out)?;
    let (mut count, now) = (0, SystemTime::now());
    let mut batch = ledger.batch()?;
    let unread = input::read(&name, source, |number, begun| {
        let valid = match begun {
            Ok(begun) => clients.validate(&begun)?.map(|()| begun),
            Err(rule) => Err(rule),
        };
        let rule = match valid.map(|begun| batch.add(begun, now)) {
            Ok(addition) => match addition? {
                Addition::New | Addition::Known => return Ok(()),
                Addition::Clash => "transaction_id: stands before, with another merchant_biz_id".to_owned(),
            },
            Err(rule) => rule,
        };
        count += 1;
        refused.put(number, &rule, count <= SHOWN)
    })?;
    batch.commit()?;
    if !unread.is_empty() {
        output::note(&format!("cloudauth: {name}: these columns are not read: {}", unread.join(", ")));
    }
    refused.keep(count)?;
    Ok(count)
}

/// Adds what a start gave, as JSON.
pub(crate) fn add_started(ledger: &mut Ledger, json: &str) -> Result<(), Failure> {
    let begun = from_started(json.trim_end()).map_err(|rule| Failure::new(Kind::Protocol, rule))?;
    let mut batch = ledger.batch()?;
    batch.add(begun, SystemTime::now())?;
    Ok(batch.commit()?)
}

/// The lines that were refused.
struct Refused<'a> {
    source: &'a str,
    folder: &'a Path,
    file: BufWriter<NamedTempFile>,
}

impl<'a> Refused<'a> {
    fn new(source: &'a str, folder: &'a Path) -> Result<Self, Failure> {
        let file = NamedTempFile::new_in(folder).map_err(|error| Failure::io(folder.display(), &error))?;
        Ok(Self { source, folder, file: BufWriter::new(file) })
    }

    fn put(&mut self, line: u64, rule: &str, shown: bool) -> Result<(), Failure> {
        if shown {
            output::note(&crate::plain::plain(&format!("cloudauth: {}: line {line}: {rule}", self.source)));
        }
        let written = writeln!(self.file, "{}", serde_json::json!({"line": line, "rule": rule}));
        written.map_err(|error| self.failed(&error))
    }

    /// Gives the file its name, where there is something in it.
    fn keep(self, refused: u64) -> Result<(), Failure> {
        let path = self.folder.join(REFUSED);
        let failed = |error: &io::Error| Failure::io(path.display(), error);
        if refused == 0 {
            // Of an earlier run.
            return match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&error)),
                _ => Ok(()),
            };
        }
        if refused > SHOWN {
            output::note(&format!(
                "cloudauth: {}: {} more lines were refused; {} has all",
                self.source,
                refused - SHOWN,
                path.display()
            ));
        }
        let file = self.file.into_inner().map_err(|error| failed(error.error()))?;
        file.as_file().sync_all().map_err(|error| failed(&error))?;
        file.persist(&path).map(drop).map_err(|error| failed(&error.error))
    }

    fn failed(&self, error: &io::Error) -> Failure {
        Failure::io(self.folder.join(REFUSED).display(), error)
    }
}
