//! The tables, and how a file of an earlier release becomes one of this.

use rusqlite::Connection;

use crate::error::Cause;

/// In the file's head: `caLG`. Databases of other programs are left alone.
pub(crate) const APPLICATION: i32 = 0x6361_4C47;

/// Each step leads from the version that is its index to the next. Released ones never change.
const STEPS: [&str; 3] = [
    "
CREATE TABLE transactions (
    number          INTEGER PRIMARY KEY,
    transaction_id  TEXT NOT NULL UNIQUE,
    merchant_biz_id TEXT NOT NULL,
    region          TEXT,
    endpoint        TEXT,
    product_code    TEXT,
    begun_at        INTEGER,
    has_video       INTEGER NOT NULL,
    started         TEXT,
    added_at        INTEGER NOT NULL,
    callback_at     INTEGER,
    -- Follow from the times above, and are kept for the index: when something is lost next, and when to ask.
    loss_at         INTEGER NOT NULL,
    due_at          INTEGER NOT NULL,
    -- As it was last seen.
    state           TEXT,
    failures        INTEGER NOT NULL DEFAULT 0,
    kind            TEXT,
    code            TEXT,
    -- What became of it, for good; `place` is its place among the outcomes.
    place           INTEGER UNIQUE,
    ending          TEXT,
    ended_at        INTEGER,
    passed          INTEGER,
    sub_code        TEXT,
    action          TEXT,
    face_score      REAL,
    request_id      TEXT,
    folder          TEXT,
    manifest_sha256 TEXT,
    deleted_at      INTEGER
) STRICT;
CREATE INDEX open ON transactions (loss_at, number, due_at) WHERE ending IS NULL;
",
    "
ALTER TABLE transactions ADD COLUMN deletion TEXT;
ALTER TABLE transactions ADD COLUMN withheld_for TEXT;
ALTER TABLE transactions ADD COLUMN afterwards TEXT;
",
    // Its own, which output refers to. A copy of the file has it, too.
    "
CREATE TABLE ledger (id TEXT NOT NULL) STRICT;
INSERT INTO ledger VALUES (lower(hex(randomblob(16))));
",
];

/// Brings the file to this release's version, at once or not at all.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Cause> {
    let newest = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let head = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (head("application_id")?, head("user_version")?);
    if version == newest && application == i64::from(APPLICATION) {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have been here since.
    let head = |name: &str| transaction.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (head("application_id")?, head("user_version")?);
    let is_empty = transaction.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?;
    match (application == i64::from(APPLICATION), version) {
        (true, version) if version > newest => return Err(Cause::Newer),
        (true, _) => {}
        (false, 0) if is_empty => transaction.pragma_update(None, "application_id", APPLICATION)?,
        (false, _) => return Err(Cause::Foreign),
    }
    for step in STEPS.iter().skip(usize::try_from(version).unwrap_or_default()) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", newest)?;
    Ok(transaction.commit()?)
}
