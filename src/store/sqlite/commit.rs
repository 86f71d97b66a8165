//! The whole effect of one event, in one transaction.

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::person::set_quiet;
use super::{micros, number};
use crate::courier::{Outgoing, OutgoingId};
use crate::message::Address;
use crate::plan::Reminder;
use crate::store::{LEASE, MEMORY, Version};
use crate::turn::{Conversation, Event, Quiet, Reminders, Turn};

/// Why nothing was kept.
pub(super) enum Stop {
    Conflict,
    AlreadyHandled,
    Sql(sqlx::Error),
}

impl From<sqlx::Error> for Stop {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Self::Sql(sqlx::Error::Encode(error.into()))
    }
}

/// All of it, or nothing.
pub(super) async fn commit(
    pool: &SqlitePool,
    seen: Version,
    event: &Event,
    turn: &Turn,
    way: Option<&str>,
    now: Timestamp,
) -> Result<Vec<Outgoing>, Stop> {
    let of = event.address();
    // The write lock is taken at once: one that is taken later can fail in the middle.
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    match event {
        Event::Said(message) => mark(&mut transaction, of, message.id, now).await?,
        Event::Pressed(press) => mark(&mut transaction, of, press.id, now).await?,
        Event::Due(due) => take(&mut transaction, &due.reminder).await?,
    }
    save(&mut transaction, of, seen, &turn.next, now).await?;
    if let Reminders::Replace(reminders) = &turn.reminders {
        replace(&mut transaction, of, reminders).await?;
    }
    if turn.quiet == Some(Quiet::Always) {
        set_quiet(&mut transaction, of.person, true).await?;
    }
    let mut outgoing = Vec::with_capacity(turn.replies.len());
    for reply in &turn.replies {
        let unnumbered = Outgoing {
            id: OutgoingId(0),
            to: of,
            reply: reply.clone(),
            answers: event.number(),
            way: way.map(str::to_owned),
            posted: now,
        };
        outgoing.push(post(&mut transaction, unnumbered).await?);
    }
    transaction.commit().await?;
    Ok(outgoing)
}

/// Remembers that this event was answered, and forgets those that cannot come again.
async fn mark(
    database: &mut SqliteConnection,
    of: Address,
    event: u64,
    now: Timestamp,
) -> Result<(), Stop> {
    sqlx::query("DELETE FROM handled WHERE person = $1 AND place = $2 AND at < $3")
        .bind(number(of.person))
        .bind(of.place.0.cast_signed())
        .bind(micros(now - MEMORY))
        .execute(&mut *database)
        .await?;
    let marked = sqlx::query(
        "INSERT INTO handled (person, place, event, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
    )
    .bind(number(of.person))
    .bind(of.place.0.cast_signed())
    .bind(event.cast_signed())
    .bind(micros(now))
    .execute(database)
    .await?;
    if marked.rows_affected() == 0 { Err(Stop::AlreadyHandled) } else { Ok(()) }
}

/// Takes a reminder out: whoever does so first has answered it.
async fn take(database: &mut SqliteConnection, reminder: &Reminder) -> Result<(), Stop> {
    let taken = sqlx::query(
        "DELETE FROM reminders
         WHERE person = $1 AND place = $2 AND due = $3 AND step = $4 AND case_number = $5",
    )
    .bind(number(reminder.to.person))
    .bind(reminder.to.place.0.cast_signed())
    .bind(micros(reminder.due))
    .bind(reminder.what.to_string())
    .bind(reminder.run)
    .execute(database)
    .await?;
    if taken.rows_affected() == 0 { Err(Stop::AlreadyHandled) } else { Ok(()) }
}

/// Keeps the conversation if it is still the one that was seen.
async fn save(
    database: &mut SqliteConnection,
    of: Address,
    seen: Version,
    next: &Conversation,
    now: Timestamp,
) -> Result<(), Stop> {
    let body = serde_json::to_string(next)?;
    let save = if seen == Version::default() {
        sqlx::query(
            "INSERT INTO conversations (person, place, version, body, changed)
             VALUES ($1, $2, 1, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(number(of.person))
        .bind(of.place.0.cast_signed())
    } else {
        sqlx::query(
            "UPDATE conversations SET version = version + 1, body = $3, changed = $4
             WHERE id = $1 AND version = $2",
        )
        .bind(seen.row)
        .bind(seen.number)
    };
    let saved = save.bind(body).bind(micros(now)).execute(database).await?;
    if saved.rows_affected() == 0 { Err(Stop::Conflict) } else { Ok(()) }
}

/// What was planned before is called off, also what somebody has claimed and not answered yet.
async fn replace(
    database: &mut SqliteConnection,
    of: Address,
    reminders: &[Reminder],
) -> Result<(), Stop> {
    sqlx::query("DELETE FROM reminders WHERE person = $1 AND place = $2")
        .bind(number(of.person))
        .bind(of.place.0.cast_signed())
        .execute(&mut *database)
        .await?;
    for reminder in reminders {
        sqlx::query(
            "INSERT INTO reminders (person, place, due, step, case_number, next_try)
             VALUES ($1, $2, $3, $4, $5, $3) ON CONFLICT DO NOTHING",
        )
        .bind(number(reminder.to.person))
        .bind(reminder.to.place.0.cast_signed())
        .bind(micros(reminder.due))
        .bind(reminder.what.to_string())
        .bind(reminder.run)
        .execute(&mut *database)
        .await?;
    }
    Ok(())
}

/// Puts a reply into the outbox, leased to whoever is about to send it, and gives it its number.
async fn post(database: &mut SqliteConnection, outgoing: Outgoing) -> Result<Outgoing, Stop> {
    let posted = sqlx::query(
        "INSERT INTO outbox (person, place, body, next_try, event, way, posted)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(number(outgoing.to.person))
    .bind(outgoing.to.place.0.cast_signed())
    .bind(serde_json::to_string(&outgoing.reply)?)
    .bind(micros(outgoing.posted + LEASE))
    .bind(outgoing.answers.map(u64::cast_signed))
    .bind(outgoing.way.as_deref())
    .bind(micros(outgoing.posted))
    .execute(database)
    .await?;
    Ok(Outgoing { id: OutgoingId(posted.last_insert_rowid()), ..outgoing })
}
