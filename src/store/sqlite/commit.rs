//! The whole effect of events, in one transaction.

use jiff::Timestamp;
use sqlx::query::QueryScalar;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteConnection, SqlitePool};

use super::claim::UNREADABLE;
use super::person::set_quiet;
use super::plan::{self, Kept};
use super::rows::{later, micros, number};
use super::{Spans, conversation, delivery, held};
use crate::courier::{Outgoing, OutgoingId, Reminding};
use crate::message::Address;
use crate::plan::{Due, Reminder, What};
use crate::store::Effect;
use crate::turn::{Event, Quiet, Reminders, Turn};
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

/// All of it, or nothing. No two of the events are one person's.
pub(super) async fn keep(
    pool: &SqlitePool,
    effects: &[Effect<'_>],
    now: Timestamp,
    spans: Spans,
) -> Result<Vec<Outgoing>, Stop> {
    // The write lock is taken at once: one that is taken later can fail in the middle.
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let people = effects.iter().map(|effect| effect.event.address().person);
    let mut plans = plan::kept(&mut transaction, people).await?;
    plan::add_reminders(&mut transaction, &mut plans).await?;
    let (mut outgoing, mut whole) = (Vec::with_capacity(effects.len()), Vec::new());
    for effect in effects {
        let kept = plans.remove(&effect.event.address().person).unwrap_or_default();
        match effect.event {
            Event::Due(due) if kept.is_unreadable() && due.reminder.is_of_plan() => {
                become_of(&mut transaction, &due.reminder, "failed", Some(UNREADABLE)).await?;
            }
            Event::Due(_) | Event::Said(_) | Event::Pressed(_) => {
                let commit = Commit { effect, now, spans };
                outgoing.extend(commit.write(&mut transaction, kept).await?);
                whole.push(*effect);
            }
        }
    }
    conversation::save(&mut transaction, &whole, now).await?;
    transaction.commit().await?;
    Ok(outgoing)
}

/// The effect of one event, the conversation aside.
struct Commit<'a> {
    effect: &'a Effect<'a>,
    now: Timestamp,
    spans: Spans,
}

impl Commit<'_> {
    async fn write(
        &self,
        database: &mut SqliteConnection,
        mut kept: Kept,
    ) -> Result<Vec<Outgoing>, Stop> {
        let Effect { seen, event, turn, way } = *self.effect;
        let of = event.address();
        let taken = match event {
            Event::Said(message) => self.mark(database, message.id).await?,
            Event::Pressed(press) => self.mark(database, press.id).await?,
            Event::Due(due) => self.take(database, &due.reminder, &mut kept).await?,
        };
        if kept.stored != seen.plan {
            return Err(Stop::Conflict);
        }
        plan::keep(database, of.person, &kept, turn.next.plan.as_ref(), way, self.now).await?;
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
        let (of, now) = (self.effect.event.address(), self.now);
        sqlx::query("DELETE FROM handled WHERE person = $1 AND at < $2")
            .bind(number(of.person))
            .bind(micros(now.checked_sub(self.spans.memory).unwrap_or(Timestamp::MIN)))
            .execute(&mut *database)
            .await?;
        let marked = sqlx::query(
            // The conversation that goes on by direct message may be another by now.
            "INSERT INTO handled (person, place, event, at) SELECT $1, $2, $3, $4
             WHERE NOT EXISTS (SELECT 1 FROM handled WHERE person = $1 AND event = $3)",
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
        kept: &mut Kept,
    ) -> Result<Option<i64>, Stop> {
        let turn = self.effect.turn;
        if !reminder.is_of_plan() {
            return drop_timer(database, reminder).await;
        }
        let why = turn.skipped.map(|why| why.to_string());
        let (state, reason) = match (turn.replies.is_empty(), &reminder.what, why) {
            (false, _, _) => ("said", None),
            (true, _, Some(why)) => ("skipped", Some(why)),
            // Nobody decided that it does not come: whoever mends that can have it come after all.
            (true, What::CheckIn(..), None) => ("failed", Some(UNKNOWN_STEP.to_owned())),
            (true, What::Forget | What::Timer(_), None) => ("skipped", None),
        };
        let row = become_of(database, reminder, state, reason.as_deref()).await?;
        let row = row.ok_or(Stop::AlreadyHandled)?;
        kept.note(row, state);
        Ok(Some(row))
    }

    async fn post_all(
        &self,
        database: &mut SqliteConnection,
        kept: &Kept,
        taken: Option<i64>,
    ) -> Result<Vec<Outgoing>, Stop> {
        let Effect { event, turn, way, .. } = *self.effect;
        let mut outgoing = Vec::with_capacity(turn.replies.len());
        for reply in &turn.replies {
            let unnumbered = Outgoing {
                id: OutgoingId(0),
                to: event.address(),
                reply: reply.clone(),
                answers: event.number(),
                way: way.map(str::to_owned),
                posted: self.now,
                reminder: taken.and_then(|_| self.reminding(kept)),
            };
            outgoing.push(delivery::post(database, unnumbered, taken, self.spans.lease).await?);
        }
        Ok(outgoing)
    }

    /// What is known of a reminder, also of the last one of a plan that is over with it.
    fn reminding(&self, kept: &Kept) -> Option<Reminding> {
        let Event::Due(Due { reminder, .. }) = self.effect.event else { return None };
        let plan = self.effect.turn.next.plan.as_ref().or(kept.plan.as_ref());
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
        let Effect { event, turn, way, .. } = *self.effect;
        match event {
            Event::Due(_) => Ok(None),
            Event::Said(_) | Event::Pressed(_) if pressing(turn) => Ok(None),
            Event::Said(_) | Event::Pressed(_) => {
                let person = event.address().person;
                let until = later(self.now, self.spans.lease);
                Ok(held::free(database, person, &turn.replies, way, until).await?)
            }
        }
    }
}

/// A timer of a cramp goes with its answer.
async fn drop_timer(
    database: &mut SqliteConnection,
    timer: &Reminder,
) -> Result<Option<i64>, Stop> {
    let dropped = still_to_come(
        "DELETE FROM reminders
         WHERE person = $1 AND place = $2 AND due = $3 AND step = $4 AND case_number = $5
           AND state = 'planned'
         RETURNING id",
        timer,
    );
    dropped.fetch_optional(database).await?.ok_or(Stop::AlreadyHandled)?;
    Ok(None)
}

/// What became of a reminder that was still to come, and its row; none if it is not.
async fn become_of(
    database: &mut SqliteConnection,
    reminder: &Reminder,
    state: &str,
    reason: Option<&str>,
) -> Result<Option<i64>, sqlx::Error> {
    let row = still_to_come(
        "UPDATE reminders SET state = $6, reason = $7
         WHERE person = $1 AND place = $2 AND due = $3 AND step = $4 AND case_number = $5
           AND state = 'planned'
         RETURNING id",
        reminder,
    );
    row.bind(state.to_owned()).bind(reason.map(str::to_owned)).fetch_optional(database).await
}

/// A statement about the row of a reminder, which gives its number.
fn still_to_come(
    sql: &'static str,
    reminder: &Reminder,
) -> QueryScalar<'static, Sqlite, i64, SqliteArguments> {
    sqlx::query_scalar(sql)
        .bind(number(reminder.to.person))
        .bind(reminder.to.place.0.cast_signed())
        .bind(micros(reminder.due))
        .bind(reminder.what.to_string())
        .bind(reminder.run)
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
