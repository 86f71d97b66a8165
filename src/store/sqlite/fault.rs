//! What the result codes of `SQLite` mean for whoever runs Charley.

use sqlx::migrate::MigrateError;

use crate::store::{Fault, StoreError};

// https://www.sqlite.org/rescode.html; the low byte of a code is its family.
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READ_ONLY: i32 = 8;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const CANNOT_OPEN: i32 = 14;
const NOT_A_DATABASE: i32 = 26;

/// There is no room for the index of the log: of all failures of a disk, the one that is no failure.
const NO_ROOM_FOR_INDEX: i32 = 4874;

/// The error for a database at `at`.
pub(super) fn store_error(at: &str, error: &sqlx::Error) -> StoreError {
    let fault = Fault { at: at.to_owned(), cause: cause(error) };
    if code(error) == Some(NO_ROOM_FOR_INDEX) {
        return StoreError::Full(fault);
    }
    match code(error).map(|code| code & 0xff) {
        Some(BUSY | LOCKED) => StoreError::Locked(fault),
        Some(READ_ONLY) => StoreError::ReadOnly(fault),
        Some(CORRUPT | NOT_A_DATABASE) => StoreError::Corrupt(fault),
        Some(FULL) => StoreError::Full(fault),
        Some(CANNOT_OPEN) => StoreError::Unreachable(fault),
        _ => StoreError::Other(fault),
    }
}

/// The error for a migration that did not run.
pub(super) fn migrate_error(at: &str, error: &MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            store_error(at, error)
        }
        _ => StoreError::Other(Fault { at: at.to_owned(), cause: error.to_string() }),
    }
}

fn code(error: &sqlx::Error) -> Option<i32> {
    error.as_database_error()?.code()?.parse().ok()
}

fn cause(error: &sqlx::Error) -> String {
    let database = error.as_database_error();
    in_one_line(&database.map_or_else(|| error.to_string(), |error| error.message().to_owned()))
}

/// What `SQLite` finds at a look at a file comes in several lines.
pub(super) fn in_one_line(cause: &str) -> String {
    cause.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use sqlx::Connection;
    use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

    use super::*;

    #[tokio::test]
    async fn a_full_disk_is_told_from_other_faults() {
        let options = SqliteConnectOptions::new().in_memory(true);
        let mut small = SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::query("PRAGMA max_page_count = 3").execute(&mut small).await.unwrap();
        sqlx::query("CREATE TABLE t (x)").execute(&mut small).await.unwrap();

        let full = sqlx::query("INSERT INTO t VALUES (zeroblob(100000))").execute(&mut small);
        let error = store_error("c.db", &full.await.unwrap_err());

        assert!(matches!(error, StoreError::Full(_)), "{error}");
        assert_eq!(
            error.to_string(),
            "the disk of the database `c.db` is full (database or disk is full); \
             free some space, then try again"
        );
    }
}
