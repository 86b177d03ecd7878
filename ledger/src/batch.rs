//! What is written, at once or not at all.

use std::path::Path;
use std::time::SystemTime;

use rusqlite::{OptionalExtension as _, named_params, params};

use crate::columns;
use crate::deletion::Deletion;
use crate::error::{Cause, Error, Result};
use crate::outcome::Outcome;
use crate::time::to_millis;
use crate::transaction::{Begun, Place, Transaction};

/// Several changes of the ledger, of which all or none are there after [`commit`](Self::commit), or after a crash.
#[derive(Debug)]
pub struct Batch<'a> {
    pub(crate) path: &'a Path,
    pub(crate) sql: rusqlite::Transaction<'a>,
}

/// What came of adding a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addition {
    New,
    /// It was there, and nothing changed.
    Known,
    /// Another was there, with the same transaction id and another `merchant_biz_id`; it stays.
    Clash,
}

impl Batch<'_> {
    /// Adds what was begun.
    pub fn add(&mut self, begun: Begun, now: SystemTime) -> Result<Addition> {
        let transaction = Transaction { number: 0, begun, added_at: now, callback_at: None, failures: 0, folder: None };
        let deadlines = transaction.deadlines();
        let begun = &transaction.begun;
        let (region, endpoint) = match &begun.place {
            Some(Place::Region(region)) => (Some(region), None),
            Some(Place::Endpoint(endpoint)) => (None, Some(endpoint)),
            None => (None, None),
        };
        let added = self.execute(
            "INSERT INTO transactions (transaction_id, merchant_biz_id, region, endpoint, product_code, begun_at, has_video,
                 started, added_at, loss_at, due_at)
             VALUES (:transaction_id, :merchant_biz_id, :region, :endpoint, :product_code, :begun_at, :has_video,
                 :started, :added_at, :loss_at, :due_at)
             ON CONFLICT (transaction_id) DO NOTHING",
            named_params! {
                ":transaction_id": begun.transaction_id,
                ":merchant_biz_id": begun.merchant_biz_id,
                ":region": region,
                ":endpoint": endpoint,
                ":product_code": begun.product_code,
                ":begun_at": begun.begun_at.map(to_millis),
                ":has_video": begun.has_video,
                ":started": begun.started,
                ":added_at": to_millis(now),
                ":loss_at": to_millis(deadlines.next_loss(now)),
                ":due_at": to_millis(deadlines.silence),
            },
        )?;
        if added == 1 {
            return Ok(Addition::New);
        }
        let sql = "SELECT merchant_biz_id = ?2 FROM transactions WHERE transaction_id = ?1";
        let same = self.sql.prepare_cached(sql).and_then(|mut statement| {
            statement.query_row(params![begun.transaction_id, begun.merchant_biz_id], |row| row.get::<_, bool>(0))
        });
        Ok(if self.done(same)? { Addition::Known } else { Addition::Clash })
    }

    /// Notes that the service announced the end: the transaction is due at once. `false` where that was noted before.
    pub fn note_callback(&mut self, transaction: &Transaction, now: SystemTime) -> Result<bool> {
        let mut transaction = transaction.clone();
        transaction.callback_at = Some(now);
        let loss = transaction.deadlines().next_loss(now);
        // Due since ever: a clock that is set back makes nobody wait.
        let noted = self.execute(
            "UPDATE transactions SET callback_at = ?2, loss_at = ?3, due_at = 0 WHERE number = ?1 AND callback_at IS NULL",
            params![transaction.number, to_millis(now), to_millis(loss)],
        )?;
        Ok(noted == 1)
    }

    /// Notes where an open transaction stood when it was asked for.
    pub fn note_state(&mut self, number: i64, state: &str) -> Result<()> {
        self.execute("UPDATE transactions SET state = ?2 WHERE number = ?1 AND ending IS NULL", params![number, state]).map(drop)
    }

    /// Notes that it was asked for in vain; [`Ledger::due`](crate::Ledger::due) gives it again from `due_at` on.
    pub fn note_failure(&mut self, number: i64, kind: &str, code: Option<&str>, due_at: SystemTime) -> Result<()> {
        self.execute(
            "UPDATE transactions SET failures = failures + 1, kind = ?2, code = ?3, due_at = ?4
             WHERE number = ?1 AND ending IS NULL",
            params![number, kind, code, to_millis(due_at)],
        )
        .map(drop)
    }

    /// Notes what became of it, for good; gives its place among all outcomes. Where it has one already, that stays, but for its
    /// deletion, and this gives `None`.
    pub fn end(&mut self, number: i64, outcome: &Outcome, now: SystemTime) -> Result<Option<i64>> {
        let place = self.sql.prepare_cached(
            "UPDATE transactions SET place = (SELECT ifnull(max(place), 0) + 1 FROM transactions), ended_at = :ended_at,
                 ending = :ending, passed = :passed, sub_code = :sub_code, action = :action, face_score = :face_score, kind = :kind,
                 code = :code, request_id = :request_id, folder = :folder, manifest_sha256 = :manifest_sha256
             WHERE number = :number AND ending IS NULL RETURNING place",
        );
        let place = place.and_then(|mut statement| {
            let row = named_params! {
                ":number": number,
                ":ended_at": to_millis(now),
                ":ending": outcome.ending.name(),
                ":passed": outcome.passed,
                ":sub_code": outcome.sub_code,
                ":action": outcome.action,
                ":face_score": outcome.face_score,
                ":kind": outcome.kind,
                ":code": outcome.code,
                ":request_id": outcome.request_id,
                ":folder": outcome.folder,
                ":manifest_sha256": outcome.manifest_sha256,
            };
            statement.query_row(row, |row| row.get(0)).optional()
        });
        if let Some(deletion) = &outcome.deletion {
            self.note_deletion(number, deletion, now)?;
        }
        self.done(place)
    }

    fn note_deletion(&self, number: i64, deletion: &Deletion, now: SystemTime) -> Result<()> {
        let withheld_for = Some(deletion.withheld_for.join(",")).filter(|names| !names.is_empty());
        self.execute(
            "UPDATE transactions SET deletion = :deletion, withheld_for = :withheld_for, afterwards = :afterwards,
                 deleted_at = iif(:is_done, ifnull(deleted_at, :now), NULL)
             WHERE number = :number",
            named_params! {
                ":number": number,
                ":deletion": deletion.outcome,
                ":withheld_for": withheld_for,
                ":afterwards": deletion.afterwards,
                ":is_done": deletion.is_done,
                ":now": to_millis(now),
            },
        )
        .map(drop)
    }

    /// Brings up to date when something is lost next, of open ones that have lost something since.
    pub fn pass_losses(&mut self, now: SystemTime) -> Result<()> {
        self.set_losses("loss_at < ?1", now)
    }

    /// The same of all open ones that may lose something twice: the clock may have been set back, and by the one before, a video
    /// was lost that is not.
    pub fn review_losses(&mut self, now: SystemTime) -> Result<()> {
        self.set_losses("(loss_at < ?1 OR has_video)", now)
    }

    fn set_losses(&mut self, of: &str, now: SystemTime) -> Result<()> {
        let lost = {
            let sql = format!("SELECT {}, loss_at FROM transactions WHERE ending IS NULL AND {of}", columns::TRANSACTION);
            let read = || -> Result<Vec<_>, Cause> {
                let mut statement = self.sql.prepare_cached(&sql)?;
                let mut rows = statement.query([to_millis(now)])?;
                let mut lost = Vec::new();
                while let Some(row) = rows.next()? {
                    let transaction = columns::transaction(row)?;
                    let next = to_millis(transaction.deadlines().next_loss(now));
                    if next != row.get::<_, i64>("loss_at")? {
                        lost.push((transaction.number, next));
                    }
                }
                Ok(lost)
            };
            read().map_err(Error::at(self.path))?
        };
        for (number, next) in lost {
            self.execute("UPDATE transactions SET loss_at = ?2 WHERE number = ?1", params![number, next])?;
        }
        Ok(())
    }

    /// Keeps all of it, on the disk.
    pub fn commit(self) -> Result<()> {
        let Self { path, sql } = self;
        sql.commit().map_err(Cause::from).map_err(Error::at(path))
    }

    fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize> {
        self.done(self.sql.prepare_cached(sql).and_then(|mut statement| statement.execute(values)))
    }

    fn done<T>(&self, outcome: rusqlite::Result<T>) -> Result<T> {
        outcome.map_err(Cause::from).map_err(Error::at(self.path))
    }
}
