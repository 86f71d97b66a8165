//! The store in one file, by `SQLite`.

mod commit;
mod delivery;
mod fault;
mod open;
mod person;

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::sqlite::SqlitePool;

use super::{Answered, Claim, LEASE, PrivatePlaces, Store, StoreError, Version};
use crate::courier::{Outgoing, OutgoingId, Route};
use crate::message::{Address, PersonId, PlaceId};
use crate::plan::Reminder;
use crate::turn::{Conversation, Event, Turn};
use commit::Stop;

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// How long another process may hold the file before we say that it is locked.
    pub patience: Duration,
    /// What a power cut may take.
    pub power_cut: PowerCut,
}

/// What a power cut may take; a crash of the program never takes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PowerCut {
    /// Nothing: each commit waits for the disk.
    TakesNothing,
    /// The last seconds: no commit waits for the disk, and a turn is several times faster.
    TakesSeconds,
}

impl Default for Opening {
    fn default() -> Self {
        Self { patience: Duration::from_secs(5), power_cut: PowerCut::TakesNothing }
    }
}

/// Set aside with this reason: whoever reads it later needs no health detail to act on it.
const UNREADABLE: &str = "cannot be read by this version";

type ReminderRow = (i64, i64, i64, i64, String, i64);
/// Taken up again and again for about four days, with leases of up to about an hour.
const ATTEMPTS: i64 = 100;

/// The lease doubles so often at most.
const LONGEST_LEASE: i64 = 6;

/// Set aside with this reason.
const UNSENDABLE: &str = "could not be sent for days";

type OutgoingRow = (i64, i64, i64, String, Option<i64>, Option<String>, i64);

/// One file, open.
#[derive(Clone, Debug)]
pub struct Sqlite {
    pool: SqlitePool,
    at: String,
}

impl Sqlite {
    /// Opens the file, or makes it. One that is damaged, newer, read-only or another program's is
    /// refused and stays as it is, byte for byte.
    ///
    /// # Errors
    /// Which of these it is, with the remedy.
    pub async fn open(path: &Path, opening: Opening) -> Result<Self, StoreError> {
        let pool = open::open(path, opening).await?;
        Ok(Self { pool, at: path.display().to_string() })
    }

    fn error(&self, error: &sqlx::Error) -> StoreError {
        fault::store_error(&self.at, error)
    }

    fn stop(&self, stop: Stop) -> StoreError {
        match stop {
            Stop::Conflict => StoreError::Conflict,
            Stop::AlreadyHandled => StoreError::AlreadyHandled,
            Stop::Sql(error) => self.error(&error),
        }
    }
}

#[async_trait]
impl Store for Sqlite {
    async fn load(&self, of: Address) -> Result<(Conversation, Version), StoreError> {
        let row: Option<(i64, i64, String)> = sqlx::query_as(
            "SELECT id, version, body FROM conversations WHERE person = $1 AND place = $2",
        )
        .bind(number(of.person))
        .bind(of.place.0.cast_signed())
        .fetch_optional(&self.pool)
        .await
        .map_err(|error| self.error(&error))?;
        let Some((row, number, body)) = row else { return Ok(Default::default()) };
        // What another version wrote and this one cannot read starts afresh.
        Ok((serde_json::from_str(&body).unwrap_or_default(), Version { row, number }))
    }

    async fn commit(
        &self,
        seen: Version,
        event: &Event,
        turn: &Turn,
        way: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<Outgoing>, StoreError> {
        let kept = commit::commit(&self.pool, seen, event, turn, way, now).await;
        kept.map_err(|stop| self.stop(stop))
    }

    async fn claim_due(&self, claim: Claim) -> Result<Vec<Reminder>, StoreError> {
        let mut rows: Vec<ReminderRow> = sqlx::query_as(
            "UPDATE reminders SET next_try = $1 WHERE id IN
                 (SELECT id FROM reminders
                  WHERE (person = 0) = $2 AND next_try <= $3 AND failure IS NULL
                  ORDER BY next_try LIMIT $4)
             RETURNING id, person, place, due, step, case_number",
        )
        .bind(micros(claim.now + LEASE))
        .bind(claim.route == Route::Terminal)
        .bind(micros(claim.due))
        .bind(claim.most)
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.error(&error))?;
        rows.sort_by_key(|&(id, _, _, due, ..)| (due, id));

        let (read, unreadable) = sort_out(&rows, |row| (row.0, reminder(row)));
        self.set_aside("UPDATE reminders SET failure = $1 WHERE id = $2", &unreadable).await?;
        Ok(read)
    }

    async fn claim_unsent(&self, claim: Claim) -> Result<Vec<Outgoing>, StoreError> {
        let mut rows: Vec<OutgoingRow> = sqlx::query_as(
            "UPDATE outbox
             SET attempts = attempts + 1,
                 next_try = $1 + $5 * (1 << min(attempts, $6)),
                 failure = CASE WHEN attempts >= $7 THEN $8 END
             WHERE id IN
                 (SELECT id FROM outbox
                  WHERE (person = 0) = $2 AND next_try <= $3 AND failure IS NULL
                  ORDER BY next_try LIMIT $4)
             RETURNING id, person, place, body, event, way, posted",
        )
        .bind(micros(claim.now))
        .bind(claim.route == Route::Terminal)
        .bind(micros(claim.due))
        .bind(claim.most)
        .bind(LEASE.as_micros() as i64)
        .bind(LONGEST_LEASE)
        .bind(ATTEMPTS)
        .bind(UNSENDABLE)
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.error(&error))?;
        rows.sort_by_key(|row| row.0);

        let (read, unreadable) = sort_out(&rows, |row| (row.0, outgoing(row)));
        self.set_aside("UPDATE outbox SET failure = $1 WHERE id = $2", &unreadable).await?;
        Ok(read)
    }

    async fn take_over(&self, route: Route, now: Timestamp) -> Result<(), StoreError> {
        let taken = delivery::take_over(&self.pool, route, now).await;
        taken.map_err(|error| self.error(&error))
    }

    async fn settle(&self, done: &[OutgoingId]) -> Result<(), StoreError> {
        let done: Vec<i64> = done.iter().map(|id| id.0).collect();
        let done = serde_json::Value::from(done).to_string();
        let settle =
            sqlx::query("DELETE FROM outbox WHERE id IN (SELECT value FROM json_each($1))");
        let settled = settle.bind(done).execute(&self.pool).await;
        settled.map(drop).map_err(|error| self.error(&error))
    }

    async fn settle_as(
        &self,
        done: OutgoingId,
        message: u64,
        unasked: bool,
    ) -> Result<(), StoreError> {
        let settled = delivery::settle_as(&self.pool, done, message, unasked).await;
        settled.map_err(|error| self.error(&error))
    }

    async fn answer_to(&self, place: PlaceId, event: u64) -> Result<Option<Answered>, StoreError> {
        delivery::answer_to(&self.pool, place, event).await.map_err(|error| self.error(&error))
    }

    async fn is_handled(&self, of: Address, event: u64) -> Result<bool, StoreError> {
        delivery::is_handled(&self.pool, of, event).await.map_err(|error| self.error(&error))
    }

    async fn next_due(&self, route: Route) -> Result<Option<Timestamp>, StoreError> {
        let next: Option<i64> = sqlx::query_scalar(
            "SELECT min(next_try) FROM (
                 SELECT min(next_try) AS next_try FROM reminders
                 WHERE (person = 0) = $1 AND failure IS NULL
                 UNION ALL
                 SELECT min(next_try) FROM outbox WHERE (person = 0) = $1 AND failure IS NULL)",
        )
        .bind(route == Route::Terminal)
        .fetch_one(&self.pool)
        .await
        .map_err(|error| self.error(&error))?;
        Ok(next.and_then(|next| Timestamp::from_microsecond(next).ok()))
    }

    async fn recall(&self, name: &str) -> Result<Option<String>, StoreError> {
        let note = sqlx::query_scalar("SELECT value FROM notes WHERE name = $1").bind(name);
        note.fetch_optional(&self.pool).await.map_err(|error| self.error(&error))
    }

    async fn remember(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let note = sqlx::query("INSERT OR REPLACE INTO notes (name, value) VALUES ($1, $2)");
        let kept = note.bind(name).bind(value).execute(&self.pool).await;
        kept.map(drop).map_err(|error| self.error(&error))
    }

    async fn is_quiet(&self, person: PersonId) -> Result<bool, StoreError> {
        person::is_quiet(&self.pool, person).await.map_err(|error| self.error(&error))
    }

    async fn set_quiet(&self, person: PersonId, quiet: bool) -> Result<(), StoreError> {
        let mut database = self.pool.acquire().await.map_err(|error| self.error(&error))?;
        let kept = person::set_quiet(&mut database, person, quiet).await;
        kept.map_err(|error| self.error(&error))
    }

    async fn private_places(&self, person: PersonId) -> Result<PrivatePlaces, StoreError> {
        person::private_places(&self.pool, person).await.map_err(|error| self.error(&error))
    }

    async fn note_private_places(
        &self,
        person: PersonId,
        places: PrivatePlaces,
    ) -> Result<(), StoreError> {
        let noted = person::note_private_places(&self.pool, person, places).await;
        noted.map_err(|error| self.error(&error))
    }

    async fn direct_channels(&self) -> Result<Vec<PlaceId>, StoreError> {
        person::direct_channels(&self.pool).await.map_err(|error| self.error(&error))
    }

    async fn export(&self, person: PersonId) -> Result<serde_json::Value, StoreError> {
        person::export(&self.pool, person).await.map_err(|error| self.error(&error))
    }

    async fn forget(&self, person: PersonId) -> Result<(), StoreError> {
        person::forget(&self.pool, person).await.map_err(|error| self.error(&error))
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}

impl Sqlite {
    /// A row nobody can read must not come back every minute, nor be lost.
    async fn set_aside(&self, update: &'static str, rows: &[i64]) -> Result<(), StoreError> {
        for row in rows {
            let aside = sqlx::query(update).bind(UNREADABLE).bind(row).execute(&self.pool).await;
            aside.map_err(|error| self.error(&error))?;
        }
        Ok(())
    }
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

fn reminder((_, person, place, due, step, case): &ReminderRow) -> Option<Reminder> {
    Some(Reminder {
        to: address(*person, *place),
        due: Timestamp::from_microsecond(*due).ok()?,
        what: step.parse().ok()?,
        run: *case,
    })
}

fn outgoing((id, person, place, body, event, way, posted): &OutgoingRow) -> Option<Outgoing> {
    Some(Outgoing {
        id: OutgoingId(*id),
        to: address(*person, *place),
        reply: serde_json::from_str(body).ok()?,
        answers: event.map(i64::cast_unsigned),
        way: way.clone(),
        posted: Timestamp::from_microsecond(*posted).ok()?,
    })
}

fn address(person: i64, place: i64) -> Address {
    Address { person: PersonId(person.cast_unsigned()), place: PlaceId(place.cast_unsigned()) }
}

fn number(person: PersonId) -> i64 {
    person.0.cast_signed()
}

fn micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}
