//! Replies on their way, and what became of them: which message answered which event, and brought
//! which reminder.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::commit::Stop;
use super::rows::{later, micros, number};
use crate::courier::{Outgoing, OutgoingId, Route};
use crate::message::{Address, PersonId, PlaceId};
use crate::store::{Answered, Sent};

/// Puts a reply into the outbox, leased to whoever is about to send it, and gives it its number.
pub(super) async fn post(
    database: &mut SqliteConnection,
    outgoing: Outgoing,
    reminder: Option<i64>,
    lease: SignedDuration,
) -> Result<Outgoing, Stop> {
    let reminding = outgoing.reminder.as_ref();
    let posted = sqlx::query(
        "INSERT INTO outbox
             (person, place, body, next_try, event, way, posted,
              reminder, step, due, fallback, here)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(number(outgoing.to.person))
    .bind(outgoing.to.place.0.cast_signed())
    .bind(serde_json::to_string(&outgoing.reply)?)
    .bind(micros(later(outgoing.posted, lease)))
    .bind(outgoing.answers.map(u64::cast_signed))
    .bind(outgoing.way.as_deref())
    .bind(micros(outgoing.posted))
    .bind(reminder)
    .bind(reminding.map(|reminding| reminding.what.to_string()))
    .bind(reminding.map(|reminding| micros(reminding.due)))
    .bind(reminding.and_then(|reminding| reminding.fallback.as_deref()))
    .bind(reminding.is_some_and(|reminding| reminding.here))
    .execute(database)
    .await?;
    Ok(Outgoing { id: OutgoingId(posted.last_insert_rowid()), ..outgoing })
}

/// Ends the leases of replies and of reminders that are due. That a program died, or that the clock
/// was wrong, is no failed try.
pub(super) async fn end_leases(
    pool: &SqlitePool,
    route: Route,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    for free in [
        "UPDATE outbox SET next_try = $1, attempts = max(attempts - 1, 0)
         WHERE (person = 0) = $2 AND next_try > $1 AND failure IS NULL",
        "UPDATE reminders SET next_try = $1
         WHERE (person = 0) = $2 AND next_try > $1 AND due <= $1 AND state = 'planned'",
    ] {
        let free = sqlx::query(free).bind(micros(now)).bind(route == Route::Terminal);
        free.execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

/// Drops replies that arrived; their reminders are sent.
pub(super) async fn settle(pool: &SqlitePool, done: &[OutgoingId]) -> Result<(), sqlx::Error> {
    let done: Vec<i64> = done.iter().map(|id| id.0).collect();
    let done = Value::from(done).to_string();
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    for settle in [
        "UPDATE reminders
         SET state = 'sent', reason = NULL
         WHERE state = 'said' AND id IN
             (SELECT reminder FROM outbox WHERE id IN (SELECT value FROM json_each($1)))",
        "DELETE FROM outbox WHERE id IN (SELECT value FROM json_each($1))",
    ] {
        sqlx::query(settle).bind(&done).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

/// Drops a reply that arrived as a message, and notes that it answers its event or brought its
/// reminder.
pub(super) async fn settle_as(
    pool: &SqlitePool,
    done: OutgoingId,
    sent: Sent,
) -> Result<(), sqlx::Error> {
    let message = sent.message.cast_signed();
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let noted = sqlx::query(
        "UPDATE handled SET reply = $2, unasked = $3, channel = $4 FROM outbox
         WHERE outbox.id = $1 AND handled.person = outbox.person
           AND handled.place = outbox.place AND handled.event = outbox.event",
    );
    let channel = sent.channel.map(|channel| channel.0.cast_signed());
    let noted = noted.bind(done.0).bind(message).bind(sent.unasked).bind(channel);
    noted.execute(&mut *transaction).await?;
    let brought = sqlx::query(
        "UPDATE reminders
         SET message = $2,
             reason = CASE state WHEN 'said' THEN NULL ELSE reason END,
             state = CASE state WHEN 'said' THEN 'sent' ELSE state END
         WHERE id = (SELECT reminder FROM outbox WHERE id = $1)",
    );
    brought.bind(done.0).bind(message).execute(&mut *transaction).await?;
    let drop = sqlx::query("DELETE FROM outbox WHERE id = $1");
    drop.bind(done.0).execute(&mut *transaction).await?;
    transaction.commit().await
}

/// Whether a reply is still there to be sent.
pub(super) async fn is_waiting(pool: &SqlitePool, id: OutgoingId) -> Result<bool, sqlx::Error> {
    let waits = "SELECT EXISTS (SELECT 1 FROM outbox WHERE id = $1)";
    sqlx::query_scalar(waits).bind(id.0).fetch_one(pool).await
}

/// What became of an event, whoever it was.
pub(super) async fn answer_to(
    pool: &SqlitePool,
    event: u64,
) -> Result<Option<Answered>, sqlx::Error> {
    let row: Option<(i64, i64, i64, i64, bool, i64)> = sqlx::query_as(
        "SELECT person, place, coalesce(channel, place), reply, unasked, at FROM handled
         WHERE event = $1 AND reply IS NOT NULL ORDER BY at DESC LIMIT 1",
    )
    .bind(event.cast_signed())
    .fetch_optional(pool)
    .await?;
    Ok(row.and_then(|(person, place, channel, reply, unasked, at)| {
        let at = Timestamp::from_microsecond(at).ok()?;
        let place_of = |place: i64| PlaceId(place.cast_unsigned());
        let of = Address { person: PersonId(person.cast_unsigned()), place: place_of(place) };
        let (channel, reply) = (place_of(channel), reply.cast_unsigned());
        Some(Answered { of, channel, reply, unasked, at })
    }))
}

/// Whether an event was answered.
pub(super) async fn is_handled(
    pool: &SqlitePool,
    person: PersonId,
    event: u64,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM handled WHERE person = $1 AND event = $2)")
        .bind(number(person))
        .bind(event.cast_signed())
        .fetch_one(pool)
        .await
}
