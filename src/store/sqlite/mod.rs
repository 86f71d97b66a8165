//! The store in one file, by `SQLite`.

mod alone;
mod claim;
mod commit;
mod conversation;
mod delivery;
mod fault;
mod held;
mod ledger;
mod open;
mod person;
mod plan;
mod rows;

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sqlx::sqlite::SqlitePool;

use super::{
    Answered, Claim, Effect, Entry, Fate, Fault, LEASE, MEMORY, PrivatePlaces, Sent, Store,
    StoreError, Summary, Version, Which,
};
use crate::clock::faster;
use crate::courier::{Outgoing, OutgoingId, Route};
use crate::message::{Address, PersonId, PlaceId};
use crate::plan::Reminder;
use crate::turn::Conversation;
use alone::{Company, Presence};
use commit::Stop;

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// How long another process may hold the file before we say that it is locked.
    pub patience: Duration,
    /// What a power cut may take.
    pub power_cut: PowerCut,
    /// How many times faster than the real time the clock goes by which the store is told the time:
    /// a lease lasts as long as ever.
    pub speed: i32,
}

/// How long things last on the clock that the store is told.
#[derive(Clone, Copy, Debug)]
struct Spans {
    lease: SignedDuration,
    memory: SignedDuration,
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
        Self { patience: Duration::from_secs(5), power_cut: PowerCut::TakesNothing, speed: 1 }
    }
}

/// One file, open.
#[derive(Clone, Debug)]
pub struct Sqlite {
    pool: SqlitePool,
    file: PathBuf,
    at: String,
    presence: Presence,
    spans: Spans,
}

impl Sqlite {
    /// Opens the file, or makes it. One that is damaged, newer, read-only or another program's is
    /// refused and stays as it is, byte for byte.
    ///
    /// # Errors
    /// Which of these it is, with the remedy.
    pub async fn open(path: &Path, opening: Opening) -> Result<Self, StoreError> {
        let pool = open::open(path, opening).await?;
        let (file, at) = (path.to_owned(), path.display().to_string());
        let spans =
            Spans { lease: faster(LEASE, opening.speed), memory: faster(MEMORY, opening.speed) };
        Ok(Self { pool, file, at, presence: Presence::default(), spans })
    }

    fn error(&self, error: &sqlx::Error) -> StoreError {
        fault::store_error(&self.at, error)
    }

    fn lock_error(&self, error: &std::io::Error) -> StoreError {
        let cause = format!("its lock: {error}");
        StoreError::Other(Fault { at: self.at.clone(), cause })
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
    async fn load_all(&self, of: &[Address]) -> Result<Vec<(Conversation, Version)>, StoreError> {
        conversation::load(&self.pool, of).await.map_err(|error| self.error(&error))
    }

    async fn commit_all(
        &self,
        effects: &[Effect<'_>],
        now: Timestamp,
    ) -> Result<Vec<Outgoing>, StoreError> {
        let kept = commit::keep(&self.pool, effects, now, self.spans).await;
        kept.map_err(|stop| self.stop(stop))
    }

    async fn claim_due(&self, claim: Claim) -> Result<Vec<Reminder>, StoreError> {
        claim::due(&self.pool, claim, self.spans.lease).await.map_err(|error| self.error(&error))
    }

    async fn claim_unsent(&self, claim: Claim) -> Result<Vec<Outgoing>, StoreError> {
        claim::unsent(&self.pool, claim, self.spans.lease).await.map_err(|error| self.error(&error))
    }

    async fn take_over(&self, route: Route, now: Timestamp) -> Result<bool, StoreError> {
        let looked = alone::look(&self.file, route).await;
        let (lock, company) = looked.map_err(|error| self.lock_error(&error))?;
        let taken = match company {
            Company::Nobody => delivery::end_leases(&self.pool, route, now).await,
            Company::Others => Ok(()),
            Company::Unknown => return Ok(true),
        };
        let joined = alone::join(lock).await.map_err(|error| self.lock_error(&error))?;
        self.presence.stays(joined);
        taken.map_err(|error| self.error(&error))?;
        Ok(matches!(company, Company::Nobody))
    }

    async fn end_leases(&self, route: Route, now: Timestamp) -> Result<(), StoreError> {
        delivery::end_leases(&self.pool, route, now).await.map_err(|error| self.error(&error))
    }

    async fn latest(&self, person: PersonId) -> Result<Vec<(PlaceId, Conversation)>, StoreError> {
        conversation::latest(&self.pool, person).await.map_err(|error| self.error(&error))
    }

    async fn settle(&self, done: &[OutgoingId]) -> Result<(), StoreError> {
        delivery::settle(&self.pool, done).await.map_err(|error| self.error(&error))
    }

    async fn settle_as(&self, done: OutgoingId, sent: Sent) -> Result<(), StoreError> {
        let settled = delivery::settle_as(&self.pool, done, sent).await;
        settled.map_err(|error| self.error(&error))
    }

    async fn is_waiting(&self, id: OutgoingId) -> Result<bool, StoreError> {
        delivery::is_waiting(&self.pool, id).await.map_err(|error| self.error(&error))
    }

    async fn hold(&self, id: OutgoingId, reason: &str) -> Result<(), StoreError> {
        held::hold(&self.pool, id, reason).await.map_err(|error| self.error(&error))
    }

    async fn answer_to(&self, event: u64) -> Result<Option<Answered>, StoreError> {
        delivery::answer_to(&self.pool, event).await.map_err(|error| self.error(&error))
    }

    async fn is_handled(&self, person: PersonId, event: u64) -> Result<bool, StoreError> {
        delivery::is_handled(&self.pool, person, event).await.map_err(|error| self.error(&error))
    }

    async fn next_due(&self, route: Route) -> Result<Option<Timestamp>, StoreError> {
        let next = claim::next(&self.pool, route).await.map_err(|error| self.error(&error))?;
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

    async fn summary(&self) -> Result<Summary, StoreError> {
        ledger::summary(&self.pool).await.map_err(|error| self.error(&error))
    }

    async fn entries(&self, fate: Option<Fate>, most: u32) -> Result<Vec<Entry>, StoreError> {
        ledger::entries(&self.pool, fate, most).await.map_err(|error| self.error(&error))
    }

    async fn retry(&self, which: Which, now: Timestamp) -> Result<u64, StoreError> {
        ledger::retry(&self.pool, which, now).await.map_err(|error| self.error(&error))
    }

    async fn close(&self) {
        self.pool.close().await;
        self.presence.ends();
    }
}
