//! A file's transactions into the ledger, all or none; which lines were refused, and why.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::time::SystemTime;

use cloudauth_core::Kind;
use cloudauth_ledger::{Addition, Ledger};

use super::input;
use super::part::Part;
use super::row::from_started;
use crate::exit::Failure;
use crate::fetching::Clients;
use crate::plain::plain;
use crate::{input as files, output};

/// So many refused lines are named on stderr; the file has all.
const SHOWN: u64 = 10;
const REFUSED: &str = "refused.jsonl";

/// Reads the file `path`, or stdin where it is `-`; gives how many lines were refused. Each of them is in `refused.jsonl` below
/// `out`, by its number and without what it holds.
pub(crate) fn take_in(path: &Path, ledger: &mut Ledger, clients: &Clients, out: &Path) -> Result<u64, Failure> {
    let name = files::name(path);
    let source: Box<dyn BufRead> = if files::is_stdin(path) {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(path).map_err(|error| Failure::io(&name, &error))?))
    };
    let mut refused = Refused::begin(&name, out)?;
    let now = SystemTime::now();
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
        refused.put(number, &rule)
    })?;
    batch.commit()?;
    if !unread.is_empty() {
        output::note(&format!("cloudauth: {name}: these columns are not read: {}", unread.join(", ")));
    }
    refused.keep()
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
    file: Part,
    count: u64,
}

impl<'a> Refused<'a> {
    fn begin(source: &'a str, folder: &Path) -> Result<Self, Failure> {
        Ok(Self { source, file: Part::begin(folder, REFUSED)?, count: 0 })
    }

    fn put(&mut self, line: u64, rule: &str) -> Result<(), Failure> {
        self.count += 1;
        if self.count <= SHOWN {
            output::note(&plain(&format!("cloudauth: {}: line {line}: {rule}", self.source)));
        }
        self.file.put(&format!("{}\n", serde_json::json!({"line": line, "rule": rule})))
    }

    /// Gives the file its name, where there is something in it; gives how many lines that are.
    fn keep(self) -> Result<u64, Failure> {
        if self.count == 0 {
            // There may be one of an earlier run.
            self.file.discard()?;
            return Ok(0);
        }
        let (path, _) = self.file.keep()?;
        if let Some(more) = self.count.checked_sub(SHOWN).filter(|more| *more > 0) {
            output::note(&format!("cloudauth: {}: {more} more lines were refused; {} has all", self.source, path.display()));
        }
        Ok(self.count)
    }
}
