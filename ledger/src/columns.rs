//! A row of the table, and what it stands for.

use cloudauth_core::journey::Ending;
use rusqlite::Row;

use crate::deletion::Deletion;
use crate::error::Cause;
use crate::outcome::Outcome;
use crate::time::from_millis;
use crate::transaction::{Begun, Place, Transaction};

/// Of a [`Transaction`].
pub(crate) const TRANSACTION: &str = "number, transaction_id, merchant_biz_id, region, endpoint, product_code, begun_at, has_video, \
    started, added_at, callback_at, failures, folder";

/// Of an [`Outcome`].
pub(crate) const OUTCOME: &str = "ending, passed, sub_code, action, face_score, kind, code, request_id, folder, manifest_sha256, \
    deletion, withheld_for, afterwards, deleted_at";

pub(crate) fn transaction(row: &Row<'_>) -> Result<Transaction, Cause> {
    Ok(Transaction {
        number: row.get("number")?,
        begun: Begun {
            transaction_id: row.get("transaction_id")?,
            merchant_biz_id: row.get("merchant_biz_id")?,
            place: place(row)?,
            product_code: row.get("product_code")?,
            begun_at: row.get::<_, Option<i64>>("begun_at")?.map(from_millis),
            has_video: row.get("has_video")?,
            started: row.get("started")?,
        },
        added_at: from_millis(row.get("added_at")?),
        callback_at: row.get::<_, Option<i64>>("callback_at")?.map(from_millis),
        failures: row.get("failures")?,
        folder: row.get("folder")?,
    })
}

pub(crate) fn place(row: &Row<'_>) -> Result<Option<Place>, Cause> {
    let region = row.get::<_, Option<String>>("region")?.map(Place::Region);
    Ok(region.or(row.get::<_, Option<String>>("endpoint")?.map(Place::Endpoint)))
}

pub(crate) fn outcome(row: &Row<'_>) -> Result<Outcome, Cause> {
    let ending: String = row.get("ending")?;
    Ok(Outcome {
        ending: Ending::from_name(&ending).ok_or(Cause::Odd("an ending that is not known"))?,
        passed: row.get("passed")?,
        sub_code: row.get("sub_code")?,
        action: row.get("action")?,
        face_score: row.get("face_score")?,
        kind: row.get("kind")?,
        code: row.get("code")?,
        request_id: row.get("request_id")?,
        folder: row.get("folder")?,
        manifest_sha256: row.get("manifest_sha256")?,
        deletion: deletion(row)?,
    })
}

fn deletion(row: &Row<'_>) -> Result<Option<Deletion>, Cause> {
    let Some(outcome) = row.get("deletion")? else { return Ok(None) };
    let withheld_for: Option<String> = row.get("withheld_for")?;
    Ok(Some(Deletion {
        outcome,
        withheld_for: withheld_for.iter().flat_map(|names| names.split(',')).map(str::to_owned).collect(),
        afterwards: row.get("afterwards")?,
        is_done: row.get::<_, Option<i64>>("deleted_at")?.is_some(),
    }))
}
