//! Rows, and what they stand for.

use jiff::{SignedDuration, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};

use crate::courier::{Outgoing, OutgoingId, Reminding};
use crate::message::{Address, PersonId, PlaceId};
use crate::plan::Reminder;

/// So much later; far outside, the last moment there is.
pub(super) fn later(at: Timestamp, length: SignedDuration) -> Timestamp {
    at.checked_add(length).unwrap_or(Timestamp::MAX)
}

/// The columns of a reminder that was claimed.
pub(super) type ReminderRow = (i64, i64, i64, i64, String, i64);

pub(super) fn reminder((_, person, place, due, step, run): &ReminderRow) -> Option<Reminder> {
    Some(Reminder {
        to: address(*person, *place),
        due: Timestamp::from_microsecond(*due).ok()?,
        what: step.parse().ok()?,
        run: *run,
    })
}

/// A reply that waits.
pub(super) struct OutgoingRow {
    pub(super) id: i64,
    pub(super) reminder: Option<i64>,
    person: i64,
    place: i64,
    body: String,
    event: Option<i64>,
    way: Option<String>,
    posted: i64,
    step: Option<String>,
    due: Option<i64>,
    fallback: Option<String>,
    here: bool,
    held: Option<String>,
}

impl FromRow<'_, SqliteRow> for OutgoingRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            reminder: row.try_get("reminder")?,
            person: row.try_get("person")?,
            place: row.try_get("place")?,
            body: row.try_get("body")?,
            event: row.try_get("event")?,
            way: row.try_get("way")?,
            posted: row.try_get("posted")?,
            step: row.try_get("step")?,
            due: row.try_get("due")?,
            fallback: row.try_get("fallback")?,
            here: row.try_get("here")?,
            held: row.try_get("held")?,
        })
    }
}

impl OutgoingRow {
    /// What it stands for, if this version can read it.
    pub(super) fn read(&self) -> Option<Outgoing> {
        Some(Outgoing {
            id: OutgoingId(self.id),
            to: address(self.person, self.place),
            reply: serde_json::from_str(&self.body).ok()?,
            answers: self.event.map(i64::cast_unsigned),
            way: self.way.clone(),
            posted: Timestamp::from_microsecond(self.posted).ok()?,
            reminder: self.reminding(),
        })
    }

    fn reminding(&self) -> Option<Reminding> {
        let what = self.step.as_deref()?.parse().ok()?;
        let due = Timestamp::from_microsecond(self.due?).ok()?;
        let (fallback, held) = (self.fallback.clone(), self.held.clone());
        Some(Reminding { what, due, fallback, here: self.here, held })
    }
}

fn address(person: i64, place: i64) -> Address {
    Address { person: PersonId(person.cast_unsigned()), place: PlaceId(place.cast_unsigned()) }
}

pub(super) fn number(person: PersonId) -> i64 {
    person.0.cast_signed()
}

pub(super) fn micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}
