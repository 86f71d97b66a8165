//! The dispatcher: who an event is for, through the door, and its replies to the send queue.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use jiff::Timestamp;
use serenity::all::{ChannelId, Interaction, MessageId};
use tokio::sync::{Mutex as Lane, Notify};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::backlog::{Backlog, Behind};
use super::duplicates::Duplicates;
use super::early_acks::EarlyAcks;
use super::frame::{Awaited, Deleted, Posted};
use super::incoming::{self, Me, Said};
use super::moderators::say;
use super::outgoing::Look;
use super::progress::Ticket;
use super::rest::{Rest, insist};
use super::routing::asks;
use super::send_queue::SendQueue;
use super::unsaved::Unsaved;
use super::way::Way;
use super::{Lookup, commands};
use crate::bot::{Bot, DANGER_WAITS};
use crate::clock::Clock;
use crate::message::{Message, PersonId};
use crate::store::{Answered, StoreError};
use crate::turn::Event;

/// The dispatcher: all that a task needs.
pub(super) struct Dispatcher {
    pub(super) bot: Arc<Bot>,
    pub(super) rest: Arc<Rest>,
    pub(super) send_queue: SendQueue,
    pub(super) lookup: Lookup,
    pub(super) clock: Clock,
    /// Something was kept.
    pub(super) changed: Notify,
    me: Mutex<Option<Me>>,
    reads_all: AtomicBool,
    lanes: Mutex<HashMap<PersonId, Weak<Lane<()>>>>,
    tasks: Mutex<JoinSet<()>>,
    pub(super) backlog: Backlog,
    pub(super) duplicates: Duplicates,
    pub(super) unsaved: Unsaved,
    pub(super) early_acks: Arc<EarlyAcks>,
}

/// How long we wait for a reply to arrive before it is put right or taken back.
const ON_ITS_WAY: Duration = Duration::from_secs(5);

impl Dispatcher {
    pub(super) fn new(
        bot: Arc<Bot>,
        rest: Arc<Rest>,
        lookup: Lookup,
        clock: Clock,
        behind: Behind,
        early_acks: Arc<EarlyAcks>,
    ) -> Arc<Self> {
        let send_queue = SendQueue::new(Arc::clone(&bot), Arc::clone(&rest), clock);
        let dispatcher = Self {
            bot,
            rest,
            send_queue,
            lookup,
            clock,
            changed: Notify::new(),
            me: Mutex::default(),
            reads_all: AtomicBool::new(true),
            lanes: Mutex::default(),
            tasks: Mutex::default(),
            backlog: Backlog::new(behind),
            duplicates: Duplicates::default(),
            unsaved: Unsaved::default(),
            early_acks,
        };
        Arc::new(dispatcher)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Who we are; a session that was gone on with may have been another application's.
    pub(super) fn is(&self, me: Me) {
        self.rest.is_application(me.application);
        *self.me.lock().unwrap_or_else(PoisonError::into_inner) = Some(me);
    }

    pub(super) fn me(&self) -> Option<Me> {
        self.me.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether Discord lets us read what is not to us.
    pub(super) fn reads_all(&self, reads_all: bool) {
        self.reads_all.store(reads_all, Ordering::Relaxed);
    }

    /// A task that is finished before the program ends, and the event with it.
    fn spawn(&self, ticket: Option<Ticket>, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(async move {
            task.await;
            drop(ticket);
        });
    }

    /// Waits for all that is in work.
    pub(super) async fn is_done(&self) {
        loop {
            let mut tasks =
                std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
            if tasks.is_empty() {
                break;
            }
            while tasks.join_next().await.is_some() {}
        }
        self.send_queue.is_empty().await;
    }

    /// What one person does is answered in its order.
    pub(super) fn lane(&self, person: PersonId) -> Arc<Lane<()>> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = lanes.get(&person).and_then(Weak::upgrade) {
            return lane;
        }
        lanes.retain(|_, lane| lane.strong_count() > 0);
        let lane = Arc::default();
        lanes.insert(person, Arc::downgrade(&lane));
        lane
    }

    /// A message: passed over at once where it cannot matter.
    pub(super) fn said(self: &Arc<Self>, post: &Posted<'_>, ticket: Ticket) {
        let Some(said) = self.heard(post) else { return };
        let dispatcher = Arc::clone(self);
        self.spawn(Some(ticket), async move {
            dispatcher.answer_message(said).await;
        });
    }

    /// What is for us in a message, if anything. One that makes us fall over is passed over: Discord
    /// tells it again, and we would fall over it again and again.
    pub(super) fn heard(&self, post: &Posted<'_>) -> Option<Said> {
        catch_unwind(AssertUnwindSafe(|| self.listens(post))).unwrap_or_else(|_| {
            tracing::error!(message = post.id.0, "a message cannot be understood: passed over");
            None
        })
    }

    fn listens(&self, post: &Posted<'_>) -> Option<Said> {
        let me = self.me()?;
        if incoming::is_overheard(post, &me) && !self.bot.may_care(&post.content) {
            return None;
        }
        let mut said = incoming::said(post, &me, self.bot.manner())?;
        said.message.at = self.clock.at(said.message.at);
        self.bot.cares(&said.message).then_some(said)
    }

    /// A message that was edited: what we said to it is put right.
    pub(super) fn edited(self: &Arc<Self>, post: &Posted<'_>, ticket: Ticket) {
        let said = self.me().and_then(|me| incoming::said(post, &me, self.bot.manner()));
        let Some(mut said) = said.filter(|said| !self.is_kept_from_us(said)) else { return };
        said.message.at = self.now();
        let dispatcher = Arc::clone(self);
        self.spawn(Some(ticket), async move { dispatcher.answer_edited(said).await });
    }

    async fn answer_edited(&self, said: Said) {
        let lane = self.lane(said.message.from.person);
        let _turn = lane.lock().await;
        let Some(said) = self.without_our_words(said).await else { return };
        let (mut message, mut way) = self.placed_in_time(said).await;
        // What we say to the first wording may be on its way just now.
        let _ = timeout(ON_ITS_WAY, self.send_queue.is_through(way.channel())).await;
        let before = timeout(DANGER_WAITS, self.bot.answer_to(message.id)).await;
        if let Ok(Ok(Some(before))) = before {
            way = way.instead_of(before.channel.0, before.reply);
        }
        message.id = incoming::edited(message.id);
        self.handle(&Event::Said(message), &way).await;
    }

    /// A message through the door; whether it was still to be answered.
    pub(super) async fn answer_message(&self, said: Said) -> bool {
        if self.is_kept_from_us(&said) {
            self.say_unread(&said).await;
            return true;
        }
        let lane = self.lane(said.message.from.person);
        let _turn = lane.lock().await;
        let Some(said) = self.without_our_words(said).await else { return false };
        let (message, way) = self.placed_in_time(said).await;
        self.handle(&Event::Said(message), &way).await
    }

    /// Whether Discord keeps its words from us.
    fn is_kept_from_us(&self, said: &Said) -> bool {
        said.is_blank_reply && !self.reads_all.load(Ordering::Relaxed)
    }

    /// Tells whoever replied to us that we may not read it.
    async fn say_unread(&self, said: &Said) {
        let (channel, message) = (said.way.channel(), said.message.id);
        let (look, nonce) = (Look::plain(commands::UNREAD), format!("unread-{message:x}"));
        if let Err(failure) = say(&self.rest, channel, Some(message), &look, nonce).await {
            tracing::warn!(channel, %failure, "whoever replied cannot be told that I may not read it");
        }
    }

    /// The same of one that was missed. It is found as it was edited, and may be answered as that.
    pub(super) async fn answer_missed(&self, said: Said, is_edited: bool) -> bool {
        let number = incoming::edited(said.message.id);
        let edited = Event::Said(Message { id: number, ..said.message.clone() });
        let is_handled = is_edited && self.bot.is_handled(&edited).await == Ok(true);
        !is_handled && self.answer_message(said).await
    }

    /// What somebody said, without a message of ours that they forward: our cards name the signs of
    /// danger. Nothing where nothing is left.
    async fn without_our_words(&self, mut said: Said) -> Option<Said> {
        let (Some(from), Some(me)) = (said.forwards.take(), self.me()) else { return Some(said) };
        let (channel, message) = (ChannelId::new(from.channel.max(1)), from.message.max(1));
        let original = self.rest.message(channel, MessageId::new(message));
        // What may have to be acted on waits for nobody.
        let original = timeout(DANGER_WAITS, original).await.ok().and_then(Result::ok);
        if original.is_some_and(|original| original.author.id.get() == me.user) {
            said.message.text = from.beside;
            let is_left = said.message.addressed || !said.message.text.is_empty();
            return is_left.then_some(said);
        }
        Some(said)
    }

    /// What we had answered to a message, as it was written or as it was edited.
    pub(super) async fn answer_to(&self, message: u64) -> Option<Answered> {
        for number in [incoming::edited(message), message] {
            let answered = self.bot.answer_to(number).await.ok().flatten();
            if answered.is_some() {
                return answered;
            }
        }
        None
    }

    /// An event through the door, and its replies to the send queue; whether it was still to be answered.
    /// What cannot be kept is answered nevertheless where it has to be acted on.
    async fn handle(&self, event: &Event, way: &Way) -> bool {
        let note = way.noted();
        let mut answer = pin!(async {
            self.save_unsaved_of(event.address().person).await?;
            self.bot.answer(event, Some(&note), self.now()).await
        });
        let in_time = timeout(DANGER_WAITS, &mut answer).await.ok();
        let said = in_time.is_none() && !self.bot.unkept(event).is_empty();
        if said {
            tracing::error!("the database does not answer; what has to be acted on is said");
            self.answer_unkept(event, way).await;
        }
        let answered = match in_time {
            Some(answered) => answered,
            None => answer.await,
        };
        match answered {
            Ok(outgoing) if said => self.was_said(outgoing).await,
            Ok(outgoing) => {
                self.changed.notify_one();
                let asks = way.token().is_some() && asks(&outgoing);
                if outgoing.iter().all(|outgoing| outgoing.reminder.is_some()) {
                    self.nothing_to_say(way).await;
                }
                self.send_queue.carry_all(outgoing);
                if asks {
                    self.goes_on_here(event.address()).await;
                }
            }
            // What answers it is there, or on its way.
            Err(StoreError::AlreadyHandled) => return false,
            Err(error) => {
                tracing::error!(%error, "an answer cannot be kept");
                if !said {
                    self.answer_unkept(event, way).await;
                }
            }
        }
        true
    }

    /// A press or command that brought nothing: no "is thinking" stays behind.
    async fn nothing_to_say(&self, way: &Way) {
        if let Some(token) = way.token() {
            let _ = self.rest.take_answer_back(token).await;
        }
    }

    /// What has to be acted on is said though nothing can be kept; it is in no outbox, so it is
    /// sent again here.
    async fn answer_unkept(&self, event: &Event, way: &Way) {
        let replies = self.bot.unkept(event);
        if self.unsaved.has(event) {
            return;
        }
        let look = replies.first().map_or_else(
            || Look::plain(commands::OUT_OF_ORDER),
            |reply| Look::of(reply, event.address()).below(commands::OUT_OF_ORDER_SHORT),
        );
        let answer = look.answer();
        let sent = match way.token() {
            Some(token) => insist(|| self.rest.answer(token, &answer, None)).await.map(drop),
            None if way.is_unasked() && replies.is_empty() => Ok(()),
            None => {
                let nonce = format!("unkept-{:x}", event.number().unwrap_or_default());
                say(&self.rest, way.channel(), None, &look, nonce).await
            }
        };
        if let Err(failure) = sent {
            tracing::error!(%failure, "an answer that could not be kept could not be sent either");
        } else if !replies.is_empty() {
            self.unsaved.adds(event, way);
        }
    }

    /// Questions that are gone: what we said to them unasked goes too.
    pub(super) fn question_deleted(self: &Arc<Self>, deleted: &Deleted, ticket: Ticket) {
        let dispatcher = Arc::clone(self);
        let channel = deleted.channel_id.0;
        let questions: Vec<u64> = deleted.all().map(|message| message.0).collect();
        self.spawn(Some(ticket), async move {
            // What we say to it may be on its way just now.
            let _ = timeout(ON_ITS_WAY, dispatcher.send_queue.is_through(channel)).await;
            for question in questions {
                dispatcher.take_back(question).await;
            }
        });
    }

    /// Takes back what we said to a question unasked.
    async fn take_back(&self, question: u64) {
        let answer = self.answer_to(question).await;
        if let Some(answer) = answer.filter(|answer| answer.unasked) {
            let channel = ChannelId::new(answer.channel.0.max(1));
            let reply = MessageId::new(answer.reply.max(1));
            if let Err(failure) = insist(|| self.rest.delete(channel, reply)).await {
                tracing::warn!(%failure, "a reply to a deleted question cannot be taken back");
            }
        }
    }

    /// A press or a command.
    pub(super) fn interaction(self: &Arc<Self>, interaction: Interaction, ticket: Ticket) {
        if self.duplicates.is_told_again(interaction.id().get(), self.clock.real()) {
            return;
        }
        let dispatcher = Arc::clone(self);
        self.spawn(Some(ticket), async move { dispatcher.answer_interaction(interaction).await });
    }

    /// A press or a command that cannot be read: whoever waits for an answer is told.
    pub(super) fn unreadable(self: &Arc<Self>, unreadable: Awaited, ticket: Ticket) {
        if unreadable.is_waited_for() {
            let dispatcher = Arc::clone(self);
            self.spawn(Some(ticket), async move { dispatcher.say_unreadable(&unreadable).await });
        }
    }

    /// A choice, or something said by a command, through the door after it was acknowledged. One
    /// that was answered before a restart is not answered again.
    pub(super) async fn answer(&self, event: &Event, way: &Way) {
        let lane = self.lane(event.address().person);
        let _turn = lane.lock().await;
        if timeout(DANGER_WAITS, self.bot.is_handled(event)).await == Ok(Ok(true)) {
            return;
        }
        self.handle(event, way).await;
    }

    /// A session stands: the commands are made known.
    pub(super) fn connected(self: &Arc<Self>) {
        let dispatcher = Arc::clone(self);
        self.spawn(None, async move { commands::make_known(&dispatcher).await });
    }
}

pub(super) fn report(kept: Result<(), impl std::fmt::Display>) {
    if let Err(error) = kept {
        tracing::error!(%error, "that cannot be kept");
    }
}
