//! What became of reminders, counted and listed, and those that failed tried again.

use jiff::Timestamp;
use sqlx::sqlite::SqlitePool;
use strum::VariantArray as _;

use super::rows::micros;
use crate::message::PersonId;
use crate::store::{Entry, Fate, Summary, Which};

/// The sum of all.
pub(super) async fn summary(pool: &SqlitePool) -> Result<Summary, sqlx::Error> {
    let counted = sqlx::query_as("SELECT state, count(*) FROM reminders GROUP BY state");
    let counted: Vec<(String, i64)> = counted.fetch_all(pool).await?;
    let count = |fate: &Fate| {
        let found = counted.iter().find(|(state, _)| *state == fate.to_string());
        (*fate, found.map_or(0, |(_, count)| count.unsigned_abs()))
    };
    let oldest = sqlx::query_scalar("SELECT min(due) FROM reminders WHERE state = 'planned'");
    let oldest: Option<i64> = oldest.fetch_one(pool).await?;
    let failures = sqlx::query_as(
        "SELECT coalesce(reason, 'not known'), count(*) FROM reminders
         WHERE state = 'failed' GROUP BY 1 ORDER BY 2 DESC, 1",
    );
    let failures: Vec<(String, i64)> = failures.fetch_all(pool).await?;
    let failures = failures.into_iter().map(|(why, count)| (why, count.unsigned_abs()));
    Ok(Summary {
        counts: Fate::VARIANTS.iter().map(count).collect(),
        oldest_due: oldest.and_then(|due| Timestamp::from_microsecond(due).ok()),
        failures: failures.collect(),
    })
}

/// The earliest, of one fate or of all.
pub(super) async fn entries(
    pool: &SqlitePool,
    fate: Option<Fate>,
    most: u32,
) -> Result<Vec<Entry>, sqlx::Error> {
    type Row = (i64, i64, i64, String, Option<String>, i64);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, person, due, state, reason, tried FROM reminders
         WHERE $1 IS NULL OR state = $1 ORDER BY due, id LIMIT $2",
    )
    .bind(fate.map(|fate| fate.to_string()))
    .bind(most)
    .fetch_all(pool)
    .await?;
    let entry = |(id, person, due, state, reason, tried): Row| {
        Some(Entry {
            id,
            person: PersonId(person.cast_unsigned()),
            due: Timestamp::from_microsecond(due).ok()?,
            fate: state.parse().ok()?,
            reason,
            tried: u32::try_from(tried).unwrap_or(u32::MAX),
        })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}

/// What failed is on its way again, at once; says how many. What was said already is not decided on
/// again.
pub(super) async fn retry(
    pool: &SqlitePool,
    which: Which,
    now: Timestamp,
) -> Result<u64, sqlx::Error> {
    let one = match which {
        Which::One(id) => Some(id),
        Which::All => None,
    };
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query(
        "UPDATE outbox SET failure = NULL, attempts = 0, next_try = $1
         WHERE failure IS NOT NULL AND reminder IN
             (SELECT id FROM reminders WHERE state = 'failed' AND ($2 IS NULL OR id = $2))",
    )
    .bind(micros(now))
    .bind(one)
    .execute(&mut *transaction)
    .await?;
    let retried = sqlx::query(
        "UPDATE reminders
         SET next_try = $1, reason = NULL,
             state = CASE WHEN id IN (SELECT reminder FROM outbox WHERE reminder IS NOT NULL)
                          THEN 'said' ELSE 'planned' END
         WHERE state = 'failed' AND ($2 IS NULL OR id = $2)",
    );
    let retried = retried.bind(micros(now)).bind(one).execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(retried.rows_affected())
}
