//! Opening the file: looked at first without changing a byte, then brought up to date.
#![expect(clippy::disallowed_methods, reason = "the store is a file")]

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::{Migrate, MigrateError, Migration, MigrationType};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, SqlSafeStr};
use tokio::time::Instant;

use super::fault::{in_one_line, migrate_error, store_error};
use super::{Opening, PowerCut};
use crate::store::{Fault, StoreError};

/// Says in the file's header that it is ours ("Chly").
const APPLICATION_ID: i64 = 0x4368_6c79;

/// Up to this size every page is checked before the file is touched; above, only what opening reads.
const CHECKED_WHOLE: u64 = 64 << 20;

/// Where sqlx writes down which migrations were applied.
const APPLIED: &str = "_sqlx_migrations";

/// The migrations in the order of their numbers; one that was released never changes.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "conversations", include_str!("../../../migrations/sqlite/0001_conversations.sql")),
    (2, "people", include_str!("../../../migrations/sqlite/0002_people.sql")),
    (3, "delivery", include_str!("../../../migrations/sqlite/0003_delivery.sql")),
    (4, "recovery", include_str!("../../../migrations/sqlite/0004_recovery.sql")),
    (
        5,
        "where_answers_stand",
        include_str!("../../../migrations/sqlite/0005_where_answers_stand.sql"),
    ),
];

/// A file that several open for the first time is tried again after so long: to change the kind of its
/// log, a lock is not waited for.
const AGAIN: Duration = Duration::from_millis(20);

/// The database in this file, created if missing and brought up to date.
pub(super) async fn open(path: &Path, opening: Opening) -> Result<SqlitePool, StoreError> {
    let end = Instant::now() + opening.patience;
    loop {
        match open_once(path, opening).await {
            Err(StoreError::Locked(_)) if Instant::now() < end => tokio::time::sleep(AGAIN).await,
            opened => return opened,
        }
    }
}

async fn open_once(path: &Path, opening: Opening) -> Result<SqlitePool, StoreError> {
    if let Some(size) = size(path)? {
        look(path, size, opening).await?;
    } else {
        create(path)?;
    }
    let pool = connect(path, opening).await.map_err(unwritable)?;
    if let Err(error) = migrate(&pool).await {
        pool.close().await;
        return Err(unwritable(migrate_error(&path.display().to_string(), &error)));
    }
    Ok(pool)
}

/// The file is there by now: what cannot be opened is the log that has to be written beside it.
fn unwritable(error: StoreError) -> StoreError {
    match error {
        StoreError::Unreachable(fault) => StoreError::ReadOnly(fault),
        other => other,
    }
}

/// The size of the file, if there is one that can be written.
fn size(path: &Path) -> Result<Option<u64>, StoreError> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(unreachable(path, &"it is a folder")),
        Ok(found) if found.permissions().readonly() => {
            Err(StoreError::ReadOnly(fault(path, &"the file is write-protected")))
        }
        Ok(found) => Ok(Some(found.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreachable(path, &error)),
    }
}

/// An empty file that only its owner may read: what people say of their health is in it.
fn create(path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let cause = format!("there is no folder `{}`", folder.display());
        return Err(unreachable(path, &cause));
    }
    match private().open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(unreachable(path, &error)),
        Ok(_) => Ok(()),
    }
}

pub(super) fn private() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Refuses a file that is damaged, newer or somebody else's, before anything is written to it.
async fn look(path: &Path, size: u64, opening: Opening) -> Result<(), StoreError> {
    if size == 0 {
        return Ok(());
    }
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    // Without a log beside it nobody is writing, and the file can be read without a trace.
    let untouched = fs::metadata(PathBuf::from(log)).map_or(true, |log| log.len() == 0);
    let options = options(path, opening).read_only(true).immutable(untouched);
    let wrong = |error: sqlx::Error| store_error(&path.display().to_string(), &error);

    let mut reader = SqliteConnection::connect_with(&options).await.map_err(wrong)?;
    let facts = examine(&mut reader, size).await;
    reader.close().await.map_err(wrong)?;
    facts.map_err(wrong)?.judge(path)
}

/// What a look at a file tells.
struct Facts {
    health: String,
    application: i64,
    tables: i64,
    version: Option<i64>,
}

impl Facts {
    fn judge(self, path: &Path) -> Result<(), StoreError> {
        let known = MIGRATIONS.last().map_or(0, |(version, ..)| *version);
        if self.health != "ok" {
            return Err(StoreError::Corrupt(fault(path, &self.health)));
        }
        if self.tables > 0 && self.application != APPLICATION_ID {
            return Err(StoreError::Foreign(fault(path, &"it has tables of its own")));
        }
        match self.version.filter(|version| *version > known) {
            None => Ok(()),
            Some(version) => {
                let cause = format!("its tables are version {version}, this one knows {known}");
                Err(StoreError::Newer(fault(path, &cause)))
            }
        }
    }
}

async fn examine(reader: &mut SqliteConnection, size: u64) -> Result<Facts, sqlx::Error> {
    let health = if size <= CHECKED_WHOLE { "PRAGMA quick_check(1)" } else { "SELECT 'ok'" };
    let health: String = sqlx::query_scalar(health).fetch_one(&mut *reader).await?;
    let application = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *reader).await?;
    let tables = "SELECT count(*) FROM sqlite_schema";
    let tables = sqlx::query_scalar(tables).fetch_one(&mut *reader).await?;
    let ours = tables > 0 && application == APPLICATION_ID;
    let version = "SELECT max(version) FROM _sqlx_migrations";
    let version =
        if ours { sqlx::query_scalar(version).fetch_one(&mut *reader).await? } else { None };
    Ok(Facts { health, application, tables, version })
}

/// One connection: there is one writer anyway, and turns queue here instead of at the file's lock.
///
/// A full disk makes `SQLite` end a transaction by itself, of which sqlx knows nothing: it goes on
/// counting it, and would begin no other one. Such a connection makes room for a new one.
async fn connect(path: &Path, opening: Opening) -> Result<SqlitePool, StoreError> {
    let options = options(path, opening)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(match opening.power_cut {
            PowerCut::TakesNothing => SqliteSynchronous::Full,
            PowerCut::TakesSeconds => SqliteSynchronous::Normal,
        })
        .pragma("secure_delete", "ON");
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .before_acquire(|connection, _| {
            let is_sound = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_sound) })
        });
    let opened = pool.connect_with(options).await;
    opened.map_err(|error| store_error(&path.display().to_string(), &error))
}

fn options(path: &Path, opening: Opening) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(opening.patience)
        .disable_statement_logging()
}

/// All or nothing, and one process after the other when several start at once.
async fn migrate(pool: &SqlitePool) -> Result<(), MigrateError> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    transaction.ensure_migrations_table(APPLIED).await?;
    let applied = transaction.list_applied_migrations(APPLIED).await?;
    for &(version, name, sql) in MIGRATIONS {
        if applied.iter().all(|applied| applied.version != version) {
            let migration = migration(version, name, sql);
            transaction.apply(APPLIED, &migration).await?;
        }
    }
    Ok(transaction.commit().await?)
}

fn migration(version: i64, name: &'static str, sql: &'static str) -> Migration {
    let kind = MigrationType::Simple;
    Migration::new(version, Cow::Borrowed(name), kind, sql.into_sql_str(), false)
}

fn fault(path: &Path, cause: &dyn ToString) -> Fault {
    Fault { at: path.display().to_string(), cause: in_one_line(&cause.to_string()) }
}

fn unreachable(path: &Path, cause: &dyn ToString) -> StoreError {
    StoreError::Unreachable(fault(path, cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn after_a_full_disk_the_next_transaction_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let pool = open(&folder.path().join("charley.db"), Opening::default()).await.unwrap();
        sqlx::query("PRAGMA max_page_count = 1").execute(&pool).await.unwrap();
        let large = "INSERT INTO notes VALUES ('a', hex(zeroblob(1000000)))";

        let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let full = sqlx::query(large).execute(&mut *transaction).await.unwrap_err();
        assert!(matches!(store_error("c.db", &full), StoreError::Full(_)), "{full}");
        drop(transaction);

        let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
        sqlx::query(large).execute(&mut *transaction).await.unwrap();
        transaction.commit().await.unwrap();
        let kept = sqlx::query_scalar("SELECT count(*) FROM notes").fetch_one(&pool).await;
        assert_eq!(kept.ok(), Some(1));
    }

    #[test]
    fn every_migration_file_is_compiled_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
        let mut files: Vec<_> = files.map(|name| name.into_string().unwrap()).collect();
        files.sort();

        let listed = MIGRATIONS.iter().map(|(number, name, _)| format!("{number:04}_{name}.sql"));

        assert_eq!(listed.collect::<Vec<_>>(), files);
    }
}
