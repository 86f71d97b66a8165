//! The send queues, one a channel: each reply is brought to its place, in order, once; what fails is tried again, brought
//! elsewhere, or given up with a reason, as the failure asks for.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

use super::delivery::Delivery;
use super::failure::Failure;
use super::rest::Rest;
use super::retry::{NextTry, without_channel};
use super::throttle::Throttle;
use super::way::{Arrived, Way};
use crate::bot::Bot;
use crate::clock::Clock;
use crate::courier::{Courier, Outgoing, OutgoingId};
use crate::message::PlaceId;
use crate::reply::BEGIN;
use crate::store::{PrivatePlaces, Sent};
use crate::vocabulary::Urgency;

/// Pauses between the tries to send one reply, before it is left to its lease; each up to a quarter
/// longer or shorter, so that many do not try at the same moment.
pub(super) const PAUSES: [Duration; 6] = [
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(6),
    Duration::from_secs(12),
];

/// How long a channel in which we may not write is not tried again.
const CLOSED: SignedDuration = SignedDuration::from_mins(10);

/// Replies of one lane go one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Lane {
    /// Through a channel.
    Channel(u64),
    /// To a person, who waits for it.
    Person(u64),
    /// To a person, at a time that is agreed on: no answer waits behind it.
    Reminders(u64),
}

/// With so many replies on their way, no more are taken from the store.
const ENOUGH: usize = 100;

/// Brings replies to Discord. A clone is the same queue.
#[derive(Clone)]
pub(super) struct SendQueue(Arc<Inner>);

pub(super) struct Inner {
    pub(super) bot: Arc<Bot>,
    pub(super) rest: Arc<Rest>,
    pub(super) clock: Clock,
    queues: Mutex<Queues>,
    closed: Mutex<HashMap<u64, Timestamp>>,
    told: Mutex<HashMap<(u64, &'static str), Timestamp>>,
    empty: Notify,
    throttle: Throttle,
}

#[derive(Default)]
struct Queues {
    lanes: HashMap<Lane, VecDeque<Outgoing>>,
    taken: HashSet<OutgoingId>,
}

impl Courier for SendQueue {
    fn carry(&self, outgoing: Outgoing) {
        let lane = lane(&outgoing);
        let mut queues = self.0.queues();
        // Its lease ended while it was waiting here.
        if !queues.taken.insert(outgoing.id) {
            return;
        }
        let begins = !queues.lanes.contains_key(&lane);
        let queue = queues.lanes.entry(lane).or_default();
        let emergency = outgoing.reply.urgency == Urgency::Emergency;
        let at = if emergency { before_the_others(queue) } else { queue.len() };
        queue.insert(at, outgoing);
        drop(queues);
        if begins {
            tokio::spawn(work(Arc::clone(&self.0), lane));
        }
    }

    async fn room(&self) {
        self.when(|queues| queues.taken.len() < ENOUGH).await;
    }
}

/// Behind the emergencies that wait already.
fn before_the_others(queue: &VecDeque<Outgoing>) -> usize {
    let emergency = |outgoing: &&Outgoing| outgoing.reply.urgency == Urgency::Emergency;
    queue.iter().take_while(emergency).count()
}

/// A message goes through its channel; an answer to a press waits for nobody else's. What was held
/// comes after what is said at the same moment.
fn lane(outgoing: &Outgoing) -> Lane {
    let person = outgoing.to.person.0;
    if outgoing.reminder.as_ref().is_some_and(|reminding| reminding.held.is_none()) {
        return Lane::Reminders(person);
    }
    match Way::read(outgoing.way.as_deref()) {
        Some(
            Way::Reply { channel, .. }
            | Way::Thread { channel, .. }
            | Way::Instead { channel, .. }
            | Way::Knock { channel },
        ) => Lane::Channel(channel),
        Some(Way::Interaction { .. } | Way::Beside { .. }) | None => Lane::Person(person),
    }
}

impl SendQueue {
    pub(super) fn new(bot: Arc<Bot>, rest: Arc<Rest>, clock: Clock) -> Self {
        let (queues, closed, told) = (Mutex::default(), Mutex::default(), Mutex::default());
        let (empty, throttle) = (Notify::new(), Throttle::default());
        Self(Arc::new(Inner { bot, rest, clock, queues, closed, told, empty, throttle }))
    }

    /// Takes over several, in their order.
    pub(super) fn carry_all(&self, outgoing: Vec<Outgoing>) {
        for one in outgoing {
            self.carry(one);
        }
    }

    /// Waits until nothing is on its way.
    pub(super) async fn is_empty(&self) {
        self.when(|queues| queues.lanes.is_empty()).await;
    }

    /// Waits until nothing is on its way to a channel.
    pub(super) async fn is_through(&self, channel: u64) {
        self.when(|queues| !queues.lanes.contains_key(&Lane::Channel(channel))).await;
    }

    async fn when(&self, holds: impl Fn(&Queues) -> bool) {
        loop {
            let emptied = self.0.empty.notified();
            if holds(&self.0.queues()) {
                return;
            }
            emptied.await;
        }
    }
}

impl Inner {
    fn queues(&self) -> MutexGuard<'_, Queues> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next of a lane; the lane ends with the last.
    fn next(&self, lane: Lane) -> Option<Outgoing> {
        let mut queues = self.queues();
        let next = queues.lanes.get_mut(&lane).and_then(VecDeque::pop_front);
        if next.is_none() {
            queues.lanes.remove(&lane);
            self.empty.notify_waiters();
        }
        next
    }

    pub(super) fn is_closed(&self, channel: u64) -> bool {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.get(&channel).is_some_and(|until| self.clock.real() < *until)
    }

    /// Which permissions the moderators were told of, and when.
    pub(super) fn told(&self) -> MutexGuard<'_, HashMap<(u64, &'static str), Timestamp>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn close(&self, channel: u64) {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.real();
        closed.retain(|_, until| now < *until);
        closed.insert(channel, now + CLOSED);
    }
}

async fn work(post: Arc<Inner>, lane: Lane) {
    while let Some(outgoing) = post.next(lane) {
        let id = outgoing.id;
        let bringing = Arc::clone(&post);
        // Whatever goes wrong with one, the others of its lane still go.
        if tokio::spawn(async move { bringing.bring(outgoing).await }).await.is_err() {
            tracing::error!(reply = id.0, "bringing a reply went wrong; it comes again");
        }
        post.queues().taken.remove(&id);
        post.empty.notify_waiters();
    }
}

impl Inner {
    /// Brings a reply where it belongs, or settles that it never can; else its lease ends, and it
    /// comes again.
    async fn bring(&self, outgoing: Outgoing) {
        if let Some(reminding) = &outgoing.reminder {
            let _turn = self.throttle.turn().await;
            return self.remind(&outgoing, reminding).await;
        }
        let mut delivery = Delivery::of(&outgoing);
        if delivery.channel().is_some_and(|channel| self.is_closed(channel)) {
            match without_channel(&outgoing) {
                NextTry::Directly(why) => delivery.goes_directly(why),
                _ => return self.settle(&outgoing, None, &delivery).await,
            }
        }
        let mut pauses = PAUSES.iter();
        loop {
            let Err(failure) = self.look_and_send(&outgoing, &delivery).await else { return };
            match self.next_try(&failure, &outgoing, &delivery, pauses.next().copied()) {
                NextTry::Again(pause) => tokio::time::sleep(jittered(pause)).await,
                // There is no other way left.
                NextTry::Directly(_) if delivery.is_direct() => return,
                NextTry::Otherwise if delivery.is_plain() => return,
                NextTry::Directly(why) => delivery.goes_directly(why),
                NextTry::Knock(channel) => delivery.knocks(channel, outgoing.to, BEGIN.to_owned()),
                NextTry::Openly(channel) => delivery.goes_openly(channel, outgoing.to),
                NextTry::Otherwise => delivery.goes_plainly(),
                NextTry::Bare => delivery.goes_bare(),
                NextTry::Later => return,
                NextTry::Never => return self.settle(&outgoing, None, &delivery).await,
            }
        }
    }

    /// It may be there already, though this process knows nothing of it: then nothing is sent, nor
    /// where it was erased meanwhile. What has to be acted on is rather said twice than not at all.
    pub(super) async fn look_and_send(
        &self,
        outgoing: &Outgoing,
        delivery: &Delivery,
    ) -> Result<(), Failure> {
        if self.was_called_off(outgoing, delivery).await {
            tracing::info!(reply = outgoing.id.0, "a reply was called off before it was sent");
            return Ok(());
        }
        let found = match delivery.look_for(&self.rest, self.clock).await {
            Err(failure) if !delivery.insists() => return Err(failure),
            found => found.ok().flatten(),
        };
        let arrived = match found {
            Some(arrived) => arrived,
            None => delivery.send(&self.rest).await?,
        };
        self.settle(outgoing, Some(arrived), delivery).await;
        Ok(())
    }

    /// Whether its person was forgotten, or its plan changed, while it waited here. An answer to a
    /// press or command is seen by nobody else and ends a wait; what has to be acted on goes anyhow.
    async fn was_called_off(&self, outgoing: &Outgoing, delivery: &Delivery) -> bool {
        let goes_anyhow = delivery.insists() || delivery.answers_press();
        !goes_anyhow && self.bot.is_waiting(outgoing.id).await == Ok(false)
    }

    /// Whoever answers a direct message by another goes on with the conversation it belongs to.
    async fn note_where_it_goes_on(&self, outgoing: &Outgoing) {
        let here = PrivatePlaces { talks_in: Some(outgoing.to.place), ..PrivatePlaces::default() };
        if let Err(error) = self.bot.note_private_places(outgoing.to.person, here).await {
            tracing::error!(reply = outgoing.id.0, %error, "where they go on cannot be kept");
        }
    }

    pub(super) async fn settle(
        &self,
        outgoing: &Outgoing,
        arrived: Option<Arrived>,
        delivery: &Delivery,
    ) {
        let message = arrived.and_then(|arrived| {
            let (message, channel) = (arrived.message?, arrived.channel.map(PlaceId));
            Some(Sent { message, channel, unasked: delivery.is_unasked() })
        });
        if arrived.is_some() && delivery.is_direct() {
            self.note_where_it_goes_on(outgoing).await;
        } else if arrived.is_some() {
            self.say_first_word(outgoing).await;
        }
        for pause in PAUSES {
            let settled = match message {
                Some(sent) => self.bot.settle_as(outgoing.id, sent).await,
                None => self.bot.settle(&[outgoing.id]).await,
            };
            let Err(error) = settled else { return };
            tracing::error!(reply = outgoing.id.0, %error, "that it arrived cannot be kept yet");
            tokio::time::sleep(jittered(pause)).await;
        }
    }
}

pub(super) fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(0.75 + fastrand::f64() / 2.0)
}
