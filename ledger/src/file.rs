//! The file, for its owner's eyes alone, opened so that what was committed outlives a crash of the machine.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::Cause;
use crate::schema;

/// How long to wait for whoever is writing.
const PATIENCE: Duration = Duration::from_secs(10);
/// The log beside the file is cut to this when its content has moved into the file.
const LOG_BYTES: i64 = 16 << 20;

/// Opens the file, and makes it where it is missing.
pub(crate) fn open(path: &Path) -> Result<Connection, Cause> {
    // SQLite gives the files beside it the same mode.
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(Cause::Other("its file system allows no write-ahead log"));
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "journal_size_limit", LOG_BYTES)?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    schema::migrate(&mut connection)?;
    Ok(connection)
}
