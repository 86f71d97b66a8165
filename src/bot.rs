//! The door: everything that happens to a conversation comes in here, whoever brings it.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use jiff::Timestamp;

use crate::channel_ceiling::ChannelCeiling;
use crate::courier::{Outgoing, OutgoingId, Route};
use crate::message::{Address, Message, PersonId, PlaceId};
use crate::reply::Reply;
use crate::responses::Responses;
use crate::store::{Answered, Effect, PrivatePlaces, Sent, Store, StoreError};
use crate::turn::{
    Conversation, Event, Reminders, Turn, asked, goes_on, may_be_for_us, may_matter, turn,
};
use crate::vocabulary::{Manner, Urgency};

/// How often an event is answered anew when somebody else was faster, before we give up. Each time
/// another one got on, so that only a crowd that never tires could be faster as often.
const ATTEMPTS: usize = 50;

/// How long what has to be acted on waits for a database that does not answer.
pub const DANGER_WAITS: Duration = Duration::from_secs(2);

/// Charley: what may be said, and what was said before.
pub struct Bot {
    responses: ArcSwap<Responses>,
    store: Arc<dyn Store>,
    ceiling: ChannelCeiling,
}

impl Bot {
    /// A bot that answers with these responses and keeps its conversations in this store.
    pub fn new(responses: Arc<Responses>, store: Arc<dyn Store>) -> Self {
        Self { responses: ArcSwap::new(responses), store, ceiling: ChannelCeiling::default() }
    }

    /// What may be said just now.
    pub fn responses(&self) -> Arc<Responses> {
        self.responses.load_full()
    }

    /// Answers with these responses from the next event on.
    pub fn reload(&self, responses: Arc<Responses>) {
        self.responses.store(responses);
    }

    /// Answers an event once, however often it comes. Whoever has brought a reply to its person
    /// settles it; what is not settled within the lease falls to the scheduler.
    ///
    /// # Errors
    /// What the store says, and `Conflict` when others were faster each time.
    pub async fn handle(&self, event: &Event, now: Timestamp) -> Result<Vec<Outgoing>, StoreError> {
        match self.answer(event, None, now).await {
            Err(StoreError::AlreadyHandled) => Ok(Vec::new()),
            answered => answered,
        }
    }

    /// The same for an adapter that notes how to bring the replies back.
    ///
    /// # Errors
    /// As above, and `AlreadyHandled` if the event was answered before, perhaps by another process.
    pub async fn answer(
        &self,
        event: &Event,
        way: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<Outgoing>, StoreError> {
        for _ in 0..ATTEMPTS {
            match self.attempt(event, way, now).await {
                Err(StoreError::Conflict) => {}
                answered => return answered,
            }
        }
        Err(StoreError::Conflict)
    }

    async fn attempt(
        &self,
        event: &Event,
        way: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<Outgoing>, StoreError> {
        if is_overheard(event) && self.store.is_quiet(event.address().person).await? {
            return Ok(Vec::new());
        }
        let (mut before, seen) = self.store.load(event.address()).await?;
        let within = within(event);
        if let Some(channel) = within {
            let others = self.store.latest(event.address().person).await?.into_iter();
            let others = others.map(|(_, other)| other);
            before.recalls(others.filter(|other| other.within == Some(channel)));
        }
        let responses = self.responses();
        let mut turn = turn(&responses, before.clone(), event);
        let place = within.unwrap_or(event.address().place);
        let unasked = is_overheard(event) && !goes_on(&responses, &before, event);
        let had_to_say = !turn.replies.is_empty();
        let counts = unasked && self.ceiling.hold_back(place, &mut turn.replies, event.at());
        if had_to_say && turn.replies.is_empty() {
            // What was held back was not told: it can be said as soon as there is room.
            turn.next = turn.next.as_told(before.clone());
        }
        if leaves_no_trace(&before, event, &turn) {
            return Ok(Vec::new());
        }
        let committed = self.store.commit(seen, event, &turn, way, now).await;
        if counts && committed.is_err() {
            self.ceiling.gives_back(place, event.at());
        }
        committed
    }

    /// Answers what is due for different people, all of it or nothing.
    ///
    /// # Errors
    /// What the store says; `Conflict` and `AlreadyHandled` if that holds of one of them.
    pub async fn handle_all(
        &self,
        due: &[Event],
        now: Timestamp,
    ) -> Result<Vec<Outgoing>, StoreError> {
        let of: Vec<Address> = due.iter().map(Event::address).collect();
        let before = self.store.load_all(&of).await?;
        let responses = self.responses();
        let decide = |((before, seen), event)| (seen, event, turn(&responses, before, event));
        let decided: Vec<_> = before.into_iter().zip(due).map(decide).collect();
        let effect = |&(seen, event, ref turn)| Effect { seen, event, turn, way: None };
        let effects: Vec<_> = decided.iter().map(effect).collect();
        self.store.commit_all(&effects, now).await
    }

    /// The reply arrived, or never can: its text is dropped.
    ///
    /// # Errors
    /// What the store says.
    pub async fn settle(&self, done: &[OutgoingId]) -> Result<(), StoreError> {
        self.store.settle(done).await
    }

    /// The reply arrived as this message of the chat service.
    ///
    /// # Errors
    /// What the store says.
    pub async fn settle_as(&self, done: OutgoingId, sent: Sent) -> Result<(), StoreError> {
        self.store.settle_as(done, sent).await
    }

    /// Whether a reply still waits to be sent.
    ///
    /// # Errors
    /// What the store says.
    pub async fn is_waiting(&self, id: OutgoingId) -> Result<bool, StoreError> {
        self.store.is_waiting(id).await
    }

    /// The reply cannot be brought now: it is kept until the person's next word.
    ///
    /// # Errors
    /// What the store says.
    pub async fn hold(&self, id: OutgoingId, reason: &str) -> Result<(), StoreError> {
        self.store.hold(id, reason).await
    }

    /// What became of an event.
    ///
    /// # Errors
    /// What the store says.
    pub async fn answer_to(&self, event: u64) -> Result<Option<Answered>, StoreError> {
        self.store.answer_to(event).await
    }

    /// Everything kept of a person.
    ///
    /// # Errors
    /// What the store says.
    pub async fn export(&self, person: PersonId) -> Result<serde_json::Value, StoreError> {
        self.store.export(person).await
    }

    /// Whether a person asked to be answered only when they speak to us.
    ///
    /// # Errors
    /// What the store says.
    pub async fn is_quiet(&self, person: PersonId) -> Result<bool, StoreError> {
        self.store.is_quiet(person).await
    }

    /// Whether a message can matter at all. What was only overheard and is about no leg and no cramp
    /// is passed over here, before anything is looked up.
    #[must_use]
    pub fn cares(&self, message: &Message) -> bool {
        may_matter(&self.responses.load(), message)
    }

    /// The same of a text that was only overheard, at a glance.
    #[must_use]
    pub fn may_care(&self, overheard: &str) -> bool {
        may_be_for_us(&self.responses.load(), overheard)
    }

    /// How what is said in a channel is answered.
    #[must_use]
    pub fn manner(&self) -> Manner {
        self.responses.load().in_channels
    }

    /// Where moderators read what is wrong with the response files.
    #[must_use]
    pub fn moderators(&self) -> Option<PlaceId> {
        self.responses.load().moderators
    }

    /// What is to be said of an event that cannot be kept: only what has to be acted on today or at
    /// once, as if nothing had been said before.
    #[must_use]
    pub fn unkept(&self, event: &Event) -> Vec<Reply> {
        let mut replies = turn(&self.responses.load(), Conversation::default(), event).replies;
        replies.retain(|reply| reply.urgency >= Urgency::Urgent);
        replies
    }

    /// Where a person talks with us in private.
    ///
    /// # Errors
    /// What the store says.
    pub async fn private_places(&self, person: PersonId) -> Result<PrivatePlaces, StoreError> {
        self.store.private_places(person).await
    }

    /// Keeps what is given of it; the rest stays as it was.
    ///
    /// # Errors
    /// What the store says.
    pub async fn note_private_places(
        &self,
        person: PersonId,
        places: PrivatePlaces,
    ) -> Result<(), StoreError> {
        self.store.note_private_places(person, places).await
    }

    /// The direct-message channels of all who have written to us there.
    ///
    /// # Errors
    /// What the store says.
    pub async fn direct_channels(&self) -> Result<Vec<PlaceId>, StoreError> {
        self.store.direct_channels().await
    }

    /// Whether an event was answered before.
    ///
    /// # Errors
    /// What the store says.
    pub async fn is_handled(&self, event: &Event) -> Result<bool, StoreError> {
        match event.number() {
            Some(number) => self.store.is_handled(event.address().person, number).await,
            None => Ok(false),
        }
    }

    /// Ends all leases of a route where no other process is at work on it; says whether none is
    /// known.
    ///
    /// # Errors
    /// What the store says.
    pub async fn take_over(&self, route: Route, now: Timestamp) -> Result<bool, StoreError> {
        self.store.take_over(route, now).await
    }

    /// A small thing an adapter has to remember.
    ///
    /// # Errors
    /// What the store says.
    pub async fn recall(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.store.recall(name).await
    }

    /// Keeps it, in place of the one of that name.
    ///
    /// # Errors
    /// What the store says.
    pub async fn remember(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.store.remember(name, value).await
    }

    /// Erases everything kept of a person.
    ///
    /// # Errors
    /// What the store says.
    pub async fn forget(&self, person: PersonId) -> Result<(), StoreError> {
        self.store.forget(person).await
    }

    /// Answers somebody only when they speak to us, or whenever it helps again.
    ///
    /// # Errors
    /// What the store says.
    pub async fn set_quiet(&self, person: PersonId, quiet: bool) -> Result<(), StoreError> {
        self.store.set_quiet(person, quiet).await
    }

    /// The conversation as it stands.
    ///
    /// # Errors
    /// What the store says.
    pub async fn conversation(&self, of: Address) -> Result<Conversation, StoreError> {
        self.store.load(of).await.map(|(conversation, _)| conversation)
    }

    /// The conversation in which a person was last told something that rests on sources.
    ///
    /// # Errors
    /// What the store says.
    pub async fn last_sourced(&self, person: PersonId) -> Result<Option<Address>, StoreError> {
        let latest = self.store.latest(person).await?;
        let sourced = latest.into_iter().find(|(_, conversation)| !conversation.sourced.is_empty());
        Ok(sourced.map(|(place, _)| Address { person, place }))
    }

    /// Whether a conversation waits for a word: a question is open, or a danger sign keeps it.
    ///
    /// # Errors
    /// What the store says.
    pub async fn is_open(&self, of: Address) -> Result<bool, StoreError> {
        Ok(self.conversation(of).await?.is_open())
    }

    /// The question of the interview that is open, for whoever comes back to it.
    ///
    /// # Errors
    /// What the store says.
    pub async fn asked(&self, of: Address, now: Timestamp) -> Result<Option<Reply>, StoreError> {
        Ok(asked(&self.responses.load(), self.conversation(of).await?, now))
    }

    /// Where it is all kept, for the scheduler.
    pub(crate) fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }
}

const fn is_overheard(event: &Event) -> bool {
    matches!(event, Event::Said(message) if !message.addressed)
}

/// The channel around what is said, where a conversation gets a place of its own there.
const fn within(event: &Event) -> Option<PlaceId> {
    match event {
        Event::Said(message) => message.within,
        Event::Pressed(_) | Event::Due(_) => None,
    }
}

/// Of people who merely chat, not even a number is kept.
fn leaves_no_trace(before: &Conversation, event: &Event, turn: &Turn) -> bool {
    !matches!(event, Event::Due(_))
        && turn.replies.is_empty()
        && turn.reminders == Reminders::Keep
        && turn.next == *before
}
