//! The database of a club, looked at and meddled with from outside.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection};
use tokio::runtime::Runtime;

/// A connection of its own.
pub(super) struct Database {
    runtime: Runtime,
    connection: SqliteConnection,
}

impl Database {
    pub(super) fn open(path: &Path) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let options =
            SqliteConnectOptions::new().filename(path).busy_timeout(Duration::from_secs(20));
        let connection = runtime.block_on(SqliteConnection::connect_with(&options)).unwrap();
        Self { runtime, connection }
    }

    /// Does something; how many rows it changed.
    pub(super) fn does(&mut self, sql: &str) -> u64 {
        let statement = sqlx::query(AssertSqlSafe(sql.to_owned()));
        let done = self.runtime.block_on(statement.execute(&mut self.connection));
        done.unwrap().rows_affected()
    }

    /// A single number.
    pub(super) fn counts(&mut self, sql: &str) -> i64 {
        let question = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
        self.runtime.block_on(question.fetch_one(&mut self.connection)).unwrap()
    }
}

impl Database {
    /// A single text.
    pub(super) fn reads(&mut self, sql: &str) -> String {
        let question = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
        self.runtime.block_on(question.fetch_one(&mut self.connection)).unwrap()
    }
}
