//! What outlives the process: conversations, reminders, and replies that have not arrived yet.

mod error;
mod ledger;
mod sqlite;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::courier::{Outgoing, OutgoingId, Route};
use crate::message::{Address, PersonId, PlaceId};
use crate::plan::Reminder;
use crate::turn::{Conversation, Event, Turn};

pub use error::{Fault, StoreError};
pub use ledger::{Entry, Fate, Summary, Which};
pub use sqlite::{Opening, PowerCut, Sqlite};

/// How long whoever claimed something may take before others may claim it.
///
/// Shorter than the few minutes in which a chat service recognises a repeated send.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// How long an answered event is remembered; no chat service repeats one after that.
pub const MEMORY: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Which state of a conversation and of the person's plan was seen; the default is one that was
/// never stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version {
    conversation: Stored,
    plan: Stored,
}

/// A row and how often it was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stored {
    row: i64,
    number: i64,
}

/// What a scheduler asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Whose things.
    pub route: Route,
    /// Everything due by this moment.
    pub due: Timestamp,
    /// When the lease begins.
    pub now: Timestamp,
    /// At most so many at once.
    pub most: u32,
}

/// What an event does to a conversation.
#[derive(Clone, Copy, Debug)]
pub struct Effect<'a> {
    /// The state it was decided on.
    pub seen: Version,
    /// What happened.
    pub event: &'a Event,
    /// What came of it.
    pub turn: &'a Turn,
    /// What an adapter notes to bring the replies back by.
    pub way: Option<&'a str>,
}

/// The message that a reply arrived as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Its number.
    pub message: u64,
    /// Where it stands, if not in the place of its conversation.
    pub channel: Option<PlaceId>,
    /// Whether nobody had spoken to us.
    pub unasked: bool,
}

/// How an event was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Whose conversation it belongs to.
    pub of: Address,
    /// Where our message stands.
    pub channel: PlaceId,
    /// Our message.
    pub reply: u64,
    /// Whether nobody had spoken to us.
    pub unasked: bool,
    /// When it was answered.
    pub at: Timestamp,
}

/// Where a person talks with us in private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrivatePlaces {
    /// Whose conversation goes on when they write to us directly: the place where it began.
    pub talks_in: Option<PlaceId>,
    /// Their direct-message channel.
    pub direct: Option<PlaceId>,
}

/// Keeps what must not get lost. One contract, tested on every database.
#[async_trait]
pub trait Store: Send + Sync {
    /// The conversation as it was left, or a new one, and the person's plan in it.
    async fn load(&self, of: Address) -> Result<(Conversation, Version), StoreError> {
        self.load_all(&[of]).await.map(|mut all| all.pop().unwrap_or_default())
    }

    /// The same for several, one for each in their order.
    async fn load_all(&self, of: &[Address]) -> Result<Vec<(Conversation, Version)>, StoreError>;

    /// The latest conversations of a person, wherever they are, the last first; their plan aside.
    async fn latest(&self, person: PersonId) -> Result<Vec<(PlaceId, Conversation)>, StoreError>;

    /// Keeps the whole effect of an event, or nothing of it: the conversation, the plan, the
    /// reminders, the replies, and that the event was answered. `way` is what an adapter notes to
    /// bring the replies back by.
    ///
    /// The replies come back numbered, leased to the caller. When the person has said or pressed
    /// something, the newest reply that was held for them comes along, unless what is said now has
    /// to be acted on; older ones are dropped. `Conflict` if the conversation or the plan is not as
    /// it was `seen`; `AlreadyHandled` if the event was answered before, or if it is a reminder that
    /// was called off meanwhile.
    async fn commit(
        &self,
        seen: Version,
        event: &Event,
        turn: &Turn,
        way: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<Outgoing>, StoreError> {
        self.commit_all(&[Effect { seen, event, turn, way }], now).await
    }

    /// The same for events of different people, in one transaction: all of it is kept, or nothing.
    async fn commit_all(
        &self,
        effects: &[Effect<'_>],
        now: Timestamp,
    ) -> Result<Vec<Outgoing>, StoreError>;

    /// Leases reminders that are due, earliest first. One is due no more when its turn commits.
    async fn claim_due(&self, claim: Claim) -> Result<Vec<Reminder>, StoreError>;

    /// Leases replies whose sender gave up or died, oldest first. The lease grows with each
    /// attempt; a reply that could not be sent for days is set aside.
    async fn claim_unsent(&self, claim: Claim) -> Result<Vec<Outgoing>, StoreError>;

    /// Ends all leases of a route, if no other process has called this and is still there; says
    /// whether none is known. Whoever claims something of a route calls it first.
    async fn take_over(&self, route: Route, now: Timestamp) -> Result<bool, StoreError>;

    /// Ends all leases of a route, whoever holds them: the clock they were given by was wrong.
    async fn end_leases(&self, route: Route, now: Timestamp) -> Result<(), StoreError>;

    /// Drops replies that arrived, or that never can.
    async fn settle(&self, done: &[OutgoingId]) -> Result<(), StoreError>;

    /// Drops a reply that arrived as this message, and notes for a while that it answers its event.
    async fn settle_as(&self, done: OutgoingId, sent: Sent) -> Result<(), StoreError>;

    /// Whether a reply still waits to be sent: what was erased, or belonged to a plan that is gone,
    /// does not.
    async fn is_waiting(&self, id: OutgoingId) -> Result<bool, StoreError>;

    /// Keeps a reply that cannot be brought now until the person's next word; the reason holds no
    /// detail of anybody's health.
    async fn hold(&self, id: OutgoingId, reason: &str) -> Result<(), StoreError>;

    /// What became of an event, if it was answered by a message.
    async fn answer_to(&self, event: u64) -> Result<Option<Answered>, StoreError>;

    /// Whether this event of this person was answered, to whichever conversation it belonged then.
    async fn is_handled(&self, person: PersonId, event: u64) -> Result<bool, StoreError>;

    /// When there is something to claim next.
    async fn next_due(&self, route: Route) -> Result<Option<Timestamp>, StoreError>;

    /// A note of an adapter.
    async fn recall(&self, name: &str) -> Result<Option<String>, StoreError>;

    /// Keeps a note of an adapter in place of the one of that name.
    async fn remember(&self, name: &str, value: &str) -> Result<(), StoreError>;

    /// Whether a person asked to be answered only when they speak to us.
    async fn is_quiet(&self, person: PersonId) -> Result<bool, StoreError>;

    /// Keeps that wish, or that it no longer holds.
    async fn set_quiet(&self, person: PersonId, quiet: bool) -> Result<(), StoreError>;

    /// Where a person talks with us in private.
    async fn private_places(&self, person: PersonId) -> Result<PrivatePlaces, StoreError>;

    /// Keeps what is given of it; the rest stays as it was.
    async fn note_private_places(
        &self,
        person: PersonId,
        places: PrivatePlaces,
    ) -> Result<(), StoreError>;

    /// The direct-message channels of all who have written to us there.
    async fn direct_channels(&self) -> Result<Vec<PlaceId>, StoreError>;

    /// Everything kept of a person.
    async fn export(&self, person: PersonId) -> Result<serde_json::Value, StoreError>;

    /// Erases everything kept of a person, beyond recovery from the file.
    async fn forget(&self, person: PersonId) -> Result<(), StoreError>;

    /// How many reminders there are, and what became of them.
    async fn summary(&self) -> Result<Summary, StoreError>;

    /// The earliest reminders of one fate, or of all.
    async fn entries(&self, fate: Option<Fate>, most: u32) -> Result<Vec<Entry>, StoreError>;

    /// Tries again what has failed, as if it were due now; says how many. What was said already is
    /// sent, and not decided on again.
    async fn retry(&self, which: Which, now: Timestamp) -> Result<u64, StoreError>;

    /// Lets go of the database in good order.
    async fn close(&self);
}
