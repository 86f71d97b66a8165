//! Replies that could not be brought: kept until the person's next word.

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::plan;
use super::rows::{OutgoingRow, micros, number};
use crate::courier::{Outgoing, OutgoingId};
use crate::message::PersonId;
use crate::plan::Why;
use crate::reply::{Reply, is_of_one_check_in};

/// Keeps a reply, and says why; its reminder has failed so far.
pub(super) async fn hold(
    pool: &SqlitePool,
    id: OutgoingId,
    reason: &str,
) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    for hold in [
        "UPDATE outbox SET failure = $2, held = $2 WHERE id = $1",
        "UPDATE reminders SET state = 'failed', reason = $2
         WHERE state = 'said' AND id = (SELECT reminder FROM outbox WHERE id = $1)",
    ] {
        sqlx::query(hold).bind(id.0).bind(reason).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

/// The newest that is held for somebody, leased to whoever brings it this way; the older ones are
/// dropped. What is said anyway at this moment is not brought as well.
pub(super) async fn free(
    database: &mut SqliteConnection,
    person: PersonId,
    said: &[Reply],
    way: Option<&str>,
    until: Timestamp,
) -> Result<Option<Outgoing>, sqlx::Error> {
    let rows: Vec<OutgoingRow> = sqlx::query_as(
        "SELECT * FROM outbox
         WHERE person = $1 AND held IS NOT NULL AND failure IS NOT NULL ORDER BY due, id",
    )
    .bind(number(person))
    .fetch_all(&mut *database)
    .await?;
    let mut rows = rows.into_iter().rev();
    let Some(newest) = rows.next() else { return Ok(None) };
    for older in rows {
        let why = Why::Overtaken.to_string();
        drop_row(database, &older, "skipped", Some(&why)).await?;
    }
    let Some(held) = newest.read() else { return Ok(None) };
    if asks_the_same(&held.reply, said) {
        drop_row(database, &newest, "sent", None).await?;
        return Ok(None);
    }
    lease(database, &newest, way, until).await?;
    Ok(Some(Outgoing { way: way.map(str::to_owned), ..held }))
}

/// Whether one of these can be answered by the same choice.
fn asks_the_same(held: &Reply, said: &[Reply]) -> bool {
    let said = || said.iter().flat_map(|reply| &reply.choices);
    held.choices
        .iter()
        .any(|choice| is_of_one_check_in(&choice.id) && said().any(|one| one.id == choice.id))
}

async fn lease(
    database: &mut SqliteConnection,
    row: &OutgoingRow,
    way: Option<&str>,
    until: Timestamp,
) -> Result<(), sqlx::Error> {
    let lease = sqlx::query(
        "UPDATE outbox SET failure = NULL, attempts = 0, way = $2, next_try = $3 WHERE id = $1",
    );
    lease.bind(row.id).bind(way).bind(micros(until)).execute(&mut *database).await?;
    match row.reminder {
        Some(reminder) => plan::become_of(database, reminder, "said", None).await,
        None => Ok(()),
    }
}

async fn drop_row(
    database: &mut SqliteConnection,
    row: &OutgoingRow,
    state: &str,
    why: Option<&str>,
) -> Result<(), sqlx::Error> {
    let drop = sqlx::query("DELETE FROM outbox WHERE id = $1");
    drop.bind(row.id).execute(&mut *database).await?;
    match row.reminder {
        Some(reminder) => plan::become_of(database, reminder, state, why).await,
        None => Ok(()),
    }
}
