//! The whole effect of one event, in one transaction.

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::claim::UNREADABLE;
use super::person::set_quiet;
use super::plan::{self, Kept};
use super::rows::{later, micros, number};
use super::{Spans, delivery, held};
use crate::courier::{Outgoing, OutgoingId, Reminding};
use crate::message::Address;
use crate::plan::{Due, Reminder, What};
use crate::store::{Stored, Version};
use crate::turn::{Conversation, Event, Quiet, Reminders, Turn};
use crate::vocabulary::Urgency;

/// Why a check-in is not said of which the plan knows nothing.
const UNKNOWN_STEP: &str = "the file of its plan is gone or has no such step";

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

/// The whole effect of one event.
pub(super) struct Commit<'a> {
    pub(super) seen: Version,
    pub(super) event: &'a Event,
    pub(super) turn: &'a Turn,
    pub(super) way: Option<&'a str>,
    pub(super) now: Timestamp,
    pub(super) spans: Spans,
}

impl Commit<'_> {
    /// All of it, or nothing.
    pub(super) async fn keep(&self, pool: &SqlitePool) -> Result<Vec<Outgoing>, Stop> {
        // The write lock is taken at once: one that is taken later can fail in the middle.
        let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
        let outgoing = self.write(&mut transaction).await?;
        transaction.commit().await?;
        Ok(outgoing)
    }

    async fn write(&self, database: &mut SqliteConnection) -> Result<Vec<Outgoing>, Stop> {
        let (of, turn) = (self.event.address(), self.turn);
        let kept = plan::kept(database, of.person).await?;
        let taken = match self.event {
            Event::Said(message) => self.mark(database, message.id).await?,
            Event::Pressed(press) => self.mark(database, press.id).await?,
            Event::Due(due) if kept.is_unreadable() && due.reminder.is_of_plan() => {
                return Ok(set_aside(database, &due.reminder).await?);
            }
            Event::Due(due) => self.take(database, &due.reminder).await?,
        };
        if kept.stored != self.seen.plan {
            return Err(Stop::Conflict);
        }
        save(database, of, self.seen.conversation, &turn.next, self.now).await?;
        plan::keep(database, of.person, &kept, turn.next.plan.as_ref(), self.way, self.now).await?;
        if let Reminders::Replace(reminders) = &turn.reminders {
            replace(database, of, reminders).await?;
        }
        if turn.quiet == Some(Quiet::Always) {
            set_quiet(database, of.person, true).await?;
        }
        let mut outgoing = self.post_all(database, &kept, taken).await?;
        outgoing.extend(self.free_held(database).await?);
        Ok(outgoing)
    }

    /// Remembers that this event was answered, and forgets those that cannot come again.
    async fn mark(&self, database: &mut SqliteConnection, event: u64) -> Result<Option<i64>, Stop> {
        let (of, now) = (self.event.address(), self.now);
        sqlx::query("DELETE FROM handled WHERE person = $1 AND place = $2 AND at < $3")
            .bind(number(of.person))
            .bind(of.place.0.cast_signed())
            .bind(micros(now.checked_sub(self.spans.memory).unwrap_or(Timestamp::MIN)))
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
        if marked.rows_affected() == 0 { Err(Stop::AlreadyHandled) } else { Ok(None) }
    }

    /// Takes a reminder out: whoever does so first has answered it. Of a plan's, the row stays.
    async fn take(
        &self,
        database: &mut SqliteConnection,
        reminder: &Reminder,
    ) -> Result<Option<i64>, Stop> {
        if !reminder.is_of_plan() {
            return drop_timer(database, reminder).await;
        }
        let row = planned(database, reminder).await?.ok_or(Stop::AlreadyHandled)?;
        let why = self.turn.skipped.map(|why| why.to_string());
        let (state, reason) = match (self.turn.replies.is_empty(), &reminder.what, why) {
            (false, _, _) => ("said", None),
            (true, _, Some(why)) => ("skipped", Some(why)),
            // Nobody decided that it does not come: whoever mends that can have it come after all.
            (true, What::CheckIn(..), None) => ("failed", Some(UNKNOWN_STEP.to_owned())),
            (true, What::Forget | What::Timer(_), None) => ("skipped", None),
        };
        plan::become_of(database, row, state, reason.as_deref()).await?;
        Ok(Some(row))
    }

    async fn post_all(
        &self,
        database: &mut SqliteConnection,
        kept: &Kept,
        taken: Option<i64>,
    ) -> Result<Vec<Outgoing>, Stop> {
        let mut outgoing = Vec::with_capacity(self.turn.replies.len());
        for reply in &self.turn.replies {
            let unnumbered = Outgoing {
                id: OutgoingId(0),
                to: self.event.address(),
                reply: reply.clone(),
                answers: self.event.number(),
                way: self.way.map(str::to_owned),
                posted: self.now,
                reminder: taken.and_then(|_| self.reminding(kept)),
            };
            outgoing.push(delivery::post(database, unnumbered, taken, self.spans.lease).await?);
        }
        Ok(outgoing)
    }

    /// What is known of a reminder, also of the last one of a plan that is over with it.
    fn reminding(&self, kept: &Kept) -> Option<Reminding> {
        let Event::Due(Due { reminder, .. }) = self.event else { return None };
        let plan = self.turn.next.plan.as_ref().or(kept.plan.as_ref());
        let here = plan.is_some_and(|plan| plan.habits.here);
        Some(Reminding {
            what: reminder.what.clone(),
            due: reminder.due,
            fallback: kept.way.clone(),
            here,
            held: None,
        })
    }

    /// Whoever says or presses something is there: what was held for them is brought, unless what is
    /// said now has to be acted on.
    async fn free_held(&self, database: &mut SqliteConnection) -> Result<Option<Outgoing>, Stop> {
        let pressing = |turn: &Turn| turn.replies.iter().any(|one| one.urgency >= Urgency::Urgent);
        match self.event {
            Event::Due(_) => Ok(None),
            Event::Said(_) | Event::Pressed(_) if pressing(self.turn) => Ok(None),
            Event::Said(_) | Event::Pressed(_) => {
                let person = self.event.address().person;
                let until = later(self.now, self.spans.lease);
                Ok(held::free(database, person, &self.turn.replies, self.way, until).await?)
            }
        }
    }
}

/// A timer of a cramp goes with its answer.
async fn drop_timer(
    database: &mut SqliteConnection,
    timer: &Reminder,
) -> Result<Option<i64>, Stop> {
    let row = planned(database, timer).await?.ok_or(Stop::AlreadyHandled)?;
    sqlx::query("DELETE FROM reminders WHERE id = $1").bind(row).execute(database).await?;
    Ok(None)
}

/// The row of a reminder that is still to come.
async fn planned(
    database: &mut SqliteConnection,
    reminder: &Reminder,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT id FROM reminders
         WHERE person = $1 AND place = $2 AND due = $3 AND step = $4 AND case_number = $5
           AND state = 'planned'",
    )
    .bind(number(reminder.to.person))
    .bind(reminder.to.place.0.cast_signed())
    .bind(micros(reminder.due))
    .bind(reminder.what.to_string())
    .bind(reminder.run)
    .fetch_optional(database)
    .await
}

/// A reminder whose plan only another version can read must not be lost with it.
async fn set_aside(
    database: &mut SqliteConnection,
    reminder: &Reminder,
) -> Result<Vec<Outgoing>, sqlx::Error> {
    if let Some(row) = planned(database, reminder).await? {
        let aside = sqlx::query("UPDATE reminders SET state = 'failed', reason = $1 WHERE id = $2");
        aside.bind(UNREADABLE).bind(row).execute(database).await?;
    }
    Ok(Vec::new())
}

/// Keeps the conversation if it is still the one that was seen.
async fn save(
    database: &mut SqliteConnection,
    of: Address,
    seen: Stored,
    next: &Conversation,
    now: Timestamp,
) -> Result<(), Stop> {
    let body = serde_json::to_string(next)?;
    let save = if seen == Stored::default() {
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

/// The timers that were set before are called off, also what somebody has claimed and not answered
/// yet.
async fn replace(
    database: &mut SqliteConnection,
    of: Address,
    reminders: &[Reminder],
) -> Result<(), Stop> {
    sqlx::query("DELETE FROM reminders WHERE person = $1 AND place = $2 AND NOT of_plan")
        .bind(number(of.person))
        .bind(of.place.0.cast_signed())
        .execute(&mut *database)
        .await?;
    for reminder in reminders {
        plan::add(database, reminder).await?;
    }
    Ok(())
}
