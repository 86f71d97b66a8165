//! What is due: leased to whoever asks first.

use jiff::SignedDuration;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::rows::{OutgoingRow, ReminderRow, later, micros, reminder};
use crate::courier::{Outgoing, Route};
use crate::plan::Reminder;
use crate::store::Claim;

/// Set aside with this reason: whoever reads it later needs no health detail to act on it.
pub(super) const UNREADABLE: &str = "cannot be read by this version";

/// Set aside with this reason.
const UNSENDABLE: &str = "could not be sent for days";

/// It is given up after so many tries, if they took so long too: a few days, with leases of up to
/// about an hour.
const ATTEMPTS: i64 = 100;
const DAYS: SignedDuration = SignedDuration::from_hours(3 * 24);

/// The lease doubles so often at most.
const LONGEST_LEASE: i64 = 6;

/// Leases reminders that are due: first the timers, for which somebody waits who has a cramp. What
/// nobody can read must not come back every minute, nor be lost.
pub(super) async fn due(
    pool: &SqlitePool,
    claim: Claim,
    lease: SignedDuration,
) -> Result<Vec<Reminder>, sqlx::Error> {
    let mut rows = due_of(pool, claim, lease, false).await?;
    let left = claim.most.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    if left > 0 {
        rows.extend(due_of(pool, Claim { most: left, ..claim }, lease, true).await?);
    }
    rows.sort_by_key(|&(id, _, _, due, ..)| (due, id));

    let (read, unreadable) = sort_out(&rows, |row| (row.0, reminder(row)));
    for id in unreadable {
        sqlx::query("UPDATE reminders SET state = 'failed', reason = $1 WHERE id = $2")
            .bind(UNREADABLE)
            .bind(id)
            .execute(pool)
            .await?;
    }
    Ok(read)
}

async fn due_of(
    pool: &SqlitePool,
    claim: Claim,
    lease: SignedDuration,
    plans: bool,
) -> Result<Vec<ReminderRow>, sqlx::Error> {
    sqlx::query_as(
        "UPDATE reminders SET next_try = $1, tried = tried + 1 WHERE id IN
             (SELECT id FROM reminders
              WHERE (person = 0) = $2 AND of_plan = $3 AND next_try <= $4 AND state = 'planned'
              ORDER BY next_try LIMIT $5)
         RETURNING id, person, place, due, step, case_number",
    )
    .bind(micros(later(claim.now, lease)))
    .bind(claim.route == Route::Terminal)
    .bind(plans)
    .bind(micros(claim.due))
    .bind(claim.most)
    .fetch_all(pool)
    .await
}

/// Leases replies whose sender gave up or died, for longer and longer.
pub(super) async fn unsent(
    pool: &SqlitePool,
    claim: Claim,
    lease: SignedDuration,
) -> Result<Vec<Outgoing>, sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let mut rows: Vec<OutgoingRow> = sqlx::query_as(
        "UPDATE outbox
         SET attempts = attempts + 1,
             next_try = $1 + $5 * (1 << min(attempts, $6)),
             failure = CASE WHEN attempts >= $7 AND posted < $9 THEN $8 END,
             held = CASE WHEN attempts >= $7 AND posted < $9 AND reminder IS NOT NULL THEN $8
                         ELSE held END
         WHERE id IN
             (SELECT id FROM outbox
              WHERE (person = 0) = $2 AND next_try <= $3 AND failure IS NULL
              ORDER BY next_try LIMIT $4)
         RETURNING *",
    )
    .bind(micros(claim.now))
    .bind(claim.route == Route::Terminal)
    .bind(micros(claim.due))
    .bind(claim.most)
    .bind(i64::try_from(lease.as_micros()).unwrap_or(i64::MAX))
    .bind(LONGEST_LEASE)
    .bind(ATTEMPTS)
    .bind(UNSENDABLE)
    .bind(micros(later(claim.now, -DAYS)))
    .fetch_all(&mut *transaction)
    .await?;
    rows.sort_by_key(|row| row.id);

    let (read, unreadable) = sort_out(&rows, |row| (row.id, row.read()));
    for id in unreadable {
        let aside = sqlx::query("UPDATE outbox SET failure = $1 WHERE id = $2");
        aside.bind(UNREADABLE).bind(id).execute(&mut *transaction).await?;
    }
    note_tries(&mut transaction, &rows).await?;
    transaction.commit().await?;
    Ok(read)
}

/// The reminders of these replies were tried once more, or have failed with them.
async fn note_tries(
    database: &mut SqliteConnection,
    rows: &[OutgoingRow],
) -> Result<(), sqlx::Error> {
    for row in rows.iter().filter(|row| row.reminder.is_some()) {
        sqlx::query(
            "UPDATE reminders
             SET tried = tried + 1,
                 reason = coalesce(outbox.failure, reason),
                 state = CASE WHEN outbox.failure IS NULL THEN state ELSE 'failed' END
             FROM outbox
             WHERE outbox.id = $1 AND reminders.id = outbox.reminder AND state = 'said'",
        )
        .bind(row.id)
        .execute(&mut *database)
        .await?;
    }
    Ok(())
}

/// When there is something to claim next.
pub(super) async fn next(pool: &SqlitePool, route: Route) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT min(next_try) FROM (
             SELECT min(next_try) AS next_try FROM reminders
             WHERE (person = 0) = $1 AND of_plan = 0 AND state = 'planned'
             UNION ALL
             SELECT min(next_try) FROM reminders
             WHERE (person = 0) = $1 AND of_plan = 1 AND state = 'planned'
             UNION ALL
             SELECT min(next_try) FROM outbox WHERE (person = 0) = $1 AND failure IS NULL)",
    )
    .bind(route == Route::Terminal)
    .fetch_one(pool)
    .await
}

/// What could be read, and the numbers of the rows that could not.
fn sort_out<R, T>(rows: &[R], read: impl Fn(&R) -> (i64, Option<T>)) -> (Vec<T>, Vec<i64>) {
    let mut sorted = (Vec::new(), Vec::new());
    for row in rows {
        match read(row) {
            (_, Some(value)) => sorted.0.push(value),
            (id, None) => sorted.1.push(id),
        }
    }
    sorted
}
