//! The file itself: what is read from it, and where writing begins.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use cloudauth_core::journey::Ending;
use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, params};

use crate::batch::Batch;
use crate::columns;
use crate::deletion::{Deletions, Undeleted};
use crate::error::{Cause, Error, Result};
use crate::file;
use crate::outcome::Outcome;
use crate::time::{from_millis, to_millis};
use crate::transaction::{Place, Transaction};
use crate::turn::Pass;

/// Nothing waits longer than this to be asked for: what seems to was noted by a clock that has been set back since.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// Archived, and not known to be gone: the service may take its time, and a deletion of pictures leaves the rest.
const UNDELETED: &str = "ending = 'fetched' AND folder IS NOT NULL AND afterwards IS NOT 'absent'";

/// Transactions begun, and what became of them.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    connection: Connection,
}

/// How many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Without an outcome.
    pub open: u64,
    /// By outcome; each is there.
    pub ended: [(Ending, u64); 5],
}

impl Counts {
    pub fn of(&self, ending: Ending) -> u64 {
        self.ended.iter().find(|(of, _)| *of == ending).map_or(0, |(_, count)| *count)
    }

    pub fn all(&self) -> u64 {
        self.open + self.all_ended()
    }

    /// With an outcome.
    pub fn all_ended(&self) -> u64 {
        self.ended.iter().map(|(_, count)| count).sum()
    }
}

impl Ledger {
    /// Opens the file, and makes it where it is missing, of mode 0600.
    ///
    /// # Errors
    /// It cannot be written, is another program's, or of a later release.
    pub fn open(path: &Path) -> Result<Self> {
        let connection = file::open(path).map_err(Error::at(path))?;
        Ok(Self { path: path.to_owned(), connection })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What tells it from other ledgers: made once, with the file.
    pub fn id(&self) -> Result<String> {
        let found = self.connection.query_row("SELECT id FROM ledger", [], |row| row.get(0));
        found.map_err(Cause::from).map_err(Error::at(&self.path))
    }

    /// Begins to write. Waits for whoever is writing.
    pub fn batch(&mut self) -> Result<Batch<'_>> {
        let begun = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let sql = begun.map_err(Cause::from).map_err(Error::at(&self.path))?;
        Ok(Batch { path: &self.path, sql })
    }

    /// The next of a pass, `most` at most; none where the pass has ended.
    pub fn next(&self, pass: &mut Pass, most: usize) -> Result<Vec<Transaction>> {
        let mut taken = Vec::new();
        if !pass.is_among_lost() {
            let (loss, number) = pass.last.unwrap_or((pass.now, 0));
            taken = self.open_ones("(loss_at, number) > (?1, ?2) ORDER BY loss_at, number", (loss, number), most)?;
        }
        if taken.len() < most {
            // Those that were lost when the pass began, back from there.
            let last = pass.last.filter(|_| pass.is_among_lost());
            let (loss, number) = last.unwrap_or((pass.now, 0));
            let order = "(loss_at, number) < (?1, ?2) ORDER BY loss_at DESC, number DESC";
            taken.append(&mut self.open_ones(order, (loss, number), most - taken.len())?);
        }
        if let Some((_, last)) = taken.last() {
            pass.last = Some(*last);
        }
        Ok(taken.into_iter().map(|(transaction, _)| transaction).collect())
    }

    fn open_ones(&self, order: &str, after: (i64, i64), most: usize) -> Result<Vec<(Transaction, (i64, i64))>> {
        let columns = columns::TRANSACTION;
        let sql = format!("SELECT {columns}, loss_at FROM transactions WHERE ending IS NULL AND {order} LIMIT ?3");
        self.rows(&sql, params![after.0, after.1, limit(most)], |row| {
            let transaction = columns::transaction(row)?;
            let place = (row.get("loss_at")?, transaction.number);
            Ok((transaction, place))
        })
    }

    /// Those that are due, `most` at most, but for those under way; what will be lost soonest first.
    pub fn due(&self, under_way: &HashSet<i64>, now: SystemTime, most: usize) -> Result<Vec<Transaction>> {
        let columns = columns::TRANSACTION;
        let sql = format!(
            "SELECT {columns} FROM transactions WHERE ending IS NULL AND (due_at <= ?1 OR due_at > ?2)
             ORDER BY loss_at, number LIMIT ?3"
        );
        let latest = now.checked_add(LONGEST_WAIT).unwrap_or(now);
        let limits = params![to_millis(now), to_millis(latest), limit(most + under_way.len())];
        let mut due = self.rows(&sql, limits, columns::transaction)?;
        due.retain(|transaction| !under_way.contains(&transaction.number));
        due.truncate(most);
        Ok(due)
    }

    pub fn find(&self, transaction_id: &str) -> Result<Option<Transaction>> {
        let sql = format!("SELECT {} FROM transactions WHERE transaction_id = ?1", columns::TRANSACTION);
        Ok(self.rows(&sql, [transaction_id], columns::transaction)?.pop())
    }

    /// Gives `take` when each open one loses something next, of those that do so from `now` until then, in the order of their
    /// turns.
    pub fn losses(&self, now: SystemTime, until: SystemTime, mut take: impl FnMut(SystemTime)) -> Result<()> {
        let sql = "SELECT loss_at FROM transactions WHERE ending IS NULL AND loss_at BETWEEN ?1 AND ?2 ORDER BY loss_at, number";
        let mut all = || -> Result<(), Cause> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([to_millis(now), to_millis(until)])?;
            while let Some(row) = rows.next()? {
                take(from_millis(row.get(0)?));
            }
            Ok(())
        };
        all().map_err(Error::at(&self.path))
    }

    /// Gives each outcome to `take` with its transaction and time, in the order in which they came, from the place after `after`.
    ///
    /// # Errors
    /// The ledger's, or what `take` refused.
    pub fn outcomes<E: From<Error>>(
        &self,
        after: i64,
        mut take: impl FnMut(Transaction, Outcome, SystemTime) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = format!(
            "SELECT {}, {}, ended_at FROM transactions WHERE place > ?1 ORDER BY place",
            columns::TRANSACTION,
            columns::OUTCOME
        );
        let failed = |cause: Cause| Error::at(&self.path)(cause);
        let mut statement = self.connection.prepare_cached(&sql).map_err(Cause::from).map_err(failed)?;
        let mut rows = statement.query([after]).map_err(Cause::from).map_err(failed)?;
        while let Some(row) = rows.next().map_err(Cause::from).map_err(failed)? {
            let read = || Ok((columns::transaction(row)?, columns::outcome(row)?, from_millis(row.get("ended_at")?)));
            let (transaction, outcome, ended_at) = read().map_err(failed)?;
            take(transaction, outcome, ended_at)?;
        }
        Ok(())
    }

    /// Reads all of the ledger.
    pub fn counts(&self) -> Result<Counts> {
        let sql = "SELECT ending, count(*) FROM transactions GROUP BY ending";
        let found: Vec<(Option<String>, u64)> = self.rows(sql, [], |row| Ok((row.get(0)?, count(row)?)))?;
        let of = |name| found.iter().find(|(ending, _)| ending.as_deref() == name).map_or(0, |(_, count)| *count);
        Ok(Counts { open: of(None), ended: Ending::ALL.map(|ending| (ending, of(Some(ending.name())))) })
    }

    /// Where the open ones are.
    pub fn places(&self) -> Result<Vec<Option<Place>>> {
        self.rows("SELECT DISTINCT region, endpoint FROM transactions WHERE ending IS NULL", [], columns::place)
    }

    /// How many are without an outcome; reads these alone.
    pub fn open_count(&self) -> Result<u64> {
        let sql = "SELECT NULL, count(*) FROM transactions WHERE ending IS NULL";
        Ok(self.rows(sql, [], count)?.pop().unwrap_or_default())
    }

    /// Of open ones: how many were last asked for in vain, by kind.
    pub fn failures(&self) -> Result<Vec<(String, u64)>> {
        let sql = "SELECT kind, count(*) FROM transactions WHERE ending IS NULL AND kind IS NOT NULL GROUP BY kind ORDER BY kind";
        self.rows(sql, [], |row| Ok((row.get(0)?, count(row)?)))
    }

    /// Begins a pass over what is archived and may still be at the service.
    pub fn undeleted(&self) -> Result<Undeleted> {
        let last = self.rows("SELECT ifnull(max(place), 0) FROM transactions", [], |row| Ok(row.get(0)?))?;
        Ok(Undeleted { after: 0, until: last.into_iter().next().unwrap_or_default() })
    }

    /// The next of that pass, `most` at most; none where it has ended.
    pub fn next_undeleted(&self, pass: &mut Undeleted, most: usize) -> Result<Vec<Transaction>> {
        let columns = columns::TRANSACTION;
        let sql = format!(
            "SELECT {columns}, place FROM transactions WHERE place > ?1 AND place <= ?2 AND {UNDELETED} ORDER BY place LIMIT ?3"
        );
        let found = self.rows(&sql, params![pass.after, pass.until, limit(most)], |row| {
            Ok((columns::transaction(row)?, row.get::<_, i64>("place")?))
        })?;
        match found.last() {
            Some((_, place)) => pass.after = *place,
            None if most > 0 => pass.after = pass.until,
            None => {}
        }
        Ok(found.into_iter().map(|(transaction, _)| transaction).collect())
    }

    /// How many such a pass comes to.
    pub fn undeleted_count(&self) -> Result<u64> {
        let sql = format!("SELECT NULL, count(*) FROM transactions WHERE {UNDELETED}");
        Ok(self.rows(&sql, [], count)?.pop().unwrap_or_default())
    }

    /// What is known of deletions.
    pub fn deletions(&self) -> Result<Deletions> {
        let sql = "SELECT deletion, count(*) FROM transactions WHERE deletion IS NOT NULL GROUP BY deletion ORDER BY deletion";
        let by_outcome = self.rows(sql, [], |row| Ok((row.get(0)?, count(row)?)))?;
        let fetched = |which: &str| -> Result<u64> {
            let sql = format!("SELECT NULL, count(*) FROM transactions WHERE ending = 'fetched' AND {which} IS NULL");
            Ok(self.rows(&sql, [], count)?.pop().unwrap_or_default())
        };
        Ok(Deletions { by_outcome, not_asked: fetched("deletion")?, kept: fetched("deleted_at")? })
    }

    /// When the service deleted what it keeps, where it was asked to.
    pub fn deleted_at(&self, number: i64) -> Result<Option<SystemTime>> {
        let sql = "SELECT deleted_at FROM transactions WHERE number = ?1";
        let found = self.connection.query_row(sql, [number], |row| row.get::<_, Option<i64>>(0)).optional();
        let found = found.map_err(Cause::from).map_err(Error::at(&self.path))?;
        Ok(found.flatten().map(from_millis))
    }

    fn rows<T>(&self, sql: &str, values: impl rusqlite::Params, read: impl Fn(&Row<'_>) -> Result<T, Cause>) -> Result<Vec<T>> {
        let all = || -> Result<Vec<T>, Cause> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query(values)?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(read(row)?);
            }
            Ok(found)
        };
        all().map_err(Error::at(&self.path))
    }
}

/// The second column.
fn count(row: &Row<'_>) -> Result<u64, Cause> {
    Ok(row.get::<_, i64>(1)?.unsigned_abs())
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
