//! What became of a reply: which message answered which event.

use jiff::Timestamp;
use sqlx::sqlite::SqlitePool;

use super::{micros, number};
use crate::courier::{OutgoingId, Route};
use crate::message::{Address, PersonId, PlaceId};
use crate::store::Answered;

/// Ends the leases of replies and of reminders that are due.
pub(super) async fn take_over(
    pool: &SqlitePool,
    route: Route,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    for free in [
        "UPDATE outbox SET next_try = $1
         WHERE (person = 0) = $2 AND next_try > $1 AND failure IS NULL",
        "UPDATE reminders SET next_try = $1
         WHERE (person = 0) = $2 AND next_try > $1 AND due <= $1 AND failure IS NULL",
    ] {
        let free = sqlx::query(free).bind(micros(now)).bind(route == Route::Terminal);
        free.execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

/// Drops a reply that arrived as a message, and notes that it answers its event.
pub(super) async fn settle_as(
    pool: &SqlitePool,
    done: OutgoingId,
    message: u64,
    unasked: bool,
) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let noted = sqlx::query(
        "UPDATE handled SET reply = $2, unasked = $3 FROM outbox
         WHERE outbox.id = $1 AND handled.person = outbox.person
           AND handled.place = outbox.place AND handled.event = outbox.event",
    );
    noted.bind(done.0).bind(message.cast_signed()).bind(unasked).execute(&mut *transaction).await?;
    let drop = sqlx::query("DELETE FROM outbox WHERE id = $1");
    drop.bind(done.0).execute(&mut *transaction).await?;
    transaction.commit().await
}

/// What became of an event in a place, whoever it was.
pub(super) async fn answer_to(
    pool: &SqlitePool,
    place: PlaceId,
    event: u64,
) -> Result<Option<Answered>, sqlx::Error> {
    let row: Option<(i64, i64, bool, i64)> = sqlx::query_as(
        "SELECT person, reply, unasked, at FROM handled
         WHERE event = $1 AND place = $2 AND reply IS NOT NULL",
    )
    .bind(event.cast_signed())
    .bind(place.0.cast_signed())
    .fetch_optional(pool)
    .await?;
    Ok(row.and_then(|(person, reply, unasked, at)| {
        let at = Timestamp::from_microsecond(at).ok()?;
        let person = PersonId(person.cast_unsigned());
        Some(Answered { person, reply: reply.cast_unsigned(), unasked, at })
    }))
}

/// Whether an event was answered.
pub(super) async fn is_handled(
    pool: &SqlitePool,
    of: Address,
    event: u64,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM handled WHERE person = $1 AND place = $2 AND event = $3)",
    )
    .bind(number(of.person))
    .bind(of.place.0.cast_signed())
    .bind(event.cast_signed())
    .fetch_one(pool)
    .await
}
