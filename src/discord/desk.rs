//! Where everything that happens is dealt with: who it is for, through the door, to the post.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use jiff::{SignedDuration, Timestamp};
use serenity::all::{ApplicationId, ChannelId, Interaction, MessageId};
use serenity::http::Http;
use tokio::sync::{Mutex as Lane, mpsc};
use tokio::task::JoinSet;

use super::frame::{Deleted, Post as Posted, Snowflake};
use super::incoming::{self, Me, Said};
use super::interactions::in_lines;
use super::outgoing::Look;
use super::post::Post;
use super::progress::Ticket;
use super::rest::failure;
use super::way::Way;
use super::{Lookup, commands, reader};
use crate::bot::Bot;
use crate::courier::Courier;
use crate::live::News;
use crate::message::{Address, PersonId, PlaceId};
use crate::store::PrivatePlaces;
use crate::turn::Event;

/// What was missed is looked for so far back; older questions have been answered by others.
const MISSED: SignedDuration = SignedDuration::from_mins(30);

/// A channel or direct-message channel whose news are to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Missed {
    pub(super) channel: u64,
    pub(super) guild: Option<u64>,
    pub(super) since: Snowflake,
}

/// The desk: all that a task needs.
pub(super) struct Desk {
    pub(super) bot: Arc<Bot>,
    pub(super) http: Arc<Http>,
    pub(super) post: Post,
    pub(super) lookup: Lookup,
    clock: fn() -> Timestamp,
    me: OnceLock<Me>,
    lanes: Mutex<HashMap<PersonId, Weak<Lane<()>>>>,
    tasks: Mutex<JoinSet<()>>,
    news: mpsc::UnboundedSender<Missed>,
    pressed: Mutex<HashMap<(u64, u64, String), Timestamp>>,
}

/// The same press so soon after the first is the same press.
const DOUBLE_PRESS: SignedDuration = SignedDuration::from_secs(5);

impl Desk {
    pub(super) fn new(
        bot: Arc<Bot>,
        http: Arc<Http>,
        lookup: Lookup,
        clock: fn() -> Timestamp,
    ) -> (Arc<Self>, mpsc::UnboundedReceiver<Missed>) {
        let (news, to_read) = mpsc::unbounded_channel();
        let post = Post::new(Arc::clone(&bot), Arc::clone(&http), clock);
        let desk = Self {
            bot,
            http,
            post,
            lookup,
            clock,
            me: OnceLock::new(),
            lanes: Mutex::default(),
            tasks: Mutex::default(),
            news,
            pressed: Mutex::default(),
        };
        (Arc::new(desk), to_read)
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Who we are; it never changes.
    pub(super) fn is(&self, me: Me) {
        let _ = self.me.set(me);
        self.http.set_application_id(ApplicationId::new(me.application.max(1)));
    }

    pub(super) fn me(&self) -> Option<Me> {
        self.me.get().copied()
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
        let mut tasks =
            std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        while tasks.join_next().await.is_some() {}
        self.post.is_empty().await;
    }

    /// What one person does is answered in its order.
    fn lane(&self, person: PersonId) -> Arc<Lane<()>> {
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
        let desk = Arc::clone(self);
        self.spawn(Some(ticket), async move { desk.answer_message(said).await });
    }

    /// What is for us in a message, if anything.
    pub(super) fn heard(&self, post: &Posted<'_>) -> Option<Said> {
        let me = self.me()?;
        if incoming::is_overheard(post, me) && !self.bot.may_care(&post.content) {
            return None;
        }
        let said = incoming::said(post, me, self.bot.manner())?;
        self.bot.cares(&said.message).then_some(said)
    }

    /// A message that was edited: what we said to it is put right.
    pub(super) fn edited(self: &Arc<Self>, post: &Posted<'_>, original: Snowflake, ticket: Ticket) {
        let said = self.me().and_then(|me| incoming::said(post, me, self.bot.manner()));
        let Some(mut said) = said else { return };
        said.message.at = self.now();
        let desk = Arc::clone(self);
        self.spawn(Some(ticket), async move {
            let place = PlaceId(post_place(&said.way));
            let before = desk.bot.answer_to(place, original.0).await.ok().flatten();
            said.way = match (said.way, before) {
                (Way::Reply { channel, unasked, .. }, Some(before)) => {
                    Way::Instead { channel, message: original.0, reply: before.reply, unasked }
                }
                (Way::Reply { channel, unasked, .. }, None) => {
                    Way::Reply { channel, message: original.0, unasked }
                }
                (way, _) => way,
            };
            desk.answer_message(said).await;
        });
    }

    /// A message through the door.
    pub(super) async fn answer_message(&self, said: Said) {
        let Said { mut message, way, directly } = said;
        let lane = self.lane(message.from.person);
        let _turn = lane.lock().await;
        if directly {
            message.from = self.private_address(message.from).await;
        }
        self.handle(&Event::Said(message), &way).await;
    }

    /// Somebody who writes directly goes on with the private conversation they began elsewhere.
    async fn private_address(&self, from: Address) -> Address {
        let directly = PrivatePlaces { direct: Some(from.place), ..PrivatePlaces::default() };
        let known = self.bot.private_places(from.person).await.unwrap_or_default();
        if known.direct != directly.direct {
            self.report(self.bot.note_private_places(from.person, directly).await);
        }
        Address { place: known.talks_in.unwrap_or(from.place), ..from }
    }

    /// From now on they go on with this conversation when they write directly.
    async fn talks_in(&self, of: Address) {
        let here = PrivatePlaces { talks_in: Some(of.place), ..PrivatePlaces::default() };
        self.report(self.bot.note_private_places(of.person, here).await);
    }

    fn report(&self, kept: Result<(), impl std::fmt::Display>) {
        if let Err(error) = kept {
            tracing::error!(%error, "that cannot be kept");
        }
    }

    /// An event through the door, and its replies to the post. What cannot be kept is answered
    /// nevertheless where it has to be acted on.
    async fn handle(&self, event: &Event, way: &Way) {
        let now = self.now();
        match self.bot.answer(event, Some(&way.noted()), now).await {
            Ok(outgoing) if outgoing.is_empty() => self.nothing_to_say(way).await,
            Ok(outgoing) => outgoing.into_iter().for_each(|outgoing| self.post.carry(outgoing)),
            Err(error) => {
                tracing::error!(%error, "an answer cannot be kept");
                self.answer_unkept(event, way).await;
            }
        }
    }

    /// A press or command that brought nothing, as one that was answered before.
    async fn nothing_to_say(&self, way: &Way) {
        if let Way::Interaction { token, .. } = way {
            let _ = self.http.delete_original_interaction_response(token).await;
        }
    }

    async fn answer_unkept(&self, event: &Event, way: &Way) {
        let to = event.address();
        let replies = self.bot.unkept(event);
        let look = replies.first().map_or_else(
            || Look::plain(commands::OUT_OF_ORDER),
            |reply| Look::of(reply, to).below(commands::OUT_OF_ORDER_SHORT),
        );
        let sent = match way {
            Way::Interaction { token, .. } => self
                .http
                .edit_original_interaction_response(token, &look.answer(), Vec::new())
                .await
                .map(drop),
            Way::Reply { unasked: true, .. } | Way::Thread { .. } if replies.is_empty() => Ok(()),
            Way::Reply { channel, .. }
            | Way::Thread { channel, .. }
            | Way::Instead { channel, .. } => {
                let channel = ChannelId::new(*channel);
                channel.send_message(&self.http, look.message()).await.map(drop)
            }
        };
        if sent.is_err() {
            tracing::error!("an answer that could not be kept could not be sent either");
        }
    }

    /// Questions that are gone: what we said to them unasked goes too.
    pub(super) fn question_deleted(self: &Arc<Self>, deleted: &Deleted, ticket: Ticket) {
        let desk = Arc::clone(self);
        let channel = deleted.channel_id.0;
        let questions: Vec<u64> = deleted.all().map(|message| message.0).collect();
        self.spawn(Some(ticket), async move {
            for question in questions {
                let answer = desk.bot.answer_to(PlaceId(channel), question).await;
                if let Some(answer) = answer.ok().flatten().filter(|answer| answer.unasked) {
                    let reply = MessageId::new(answer.reply);
                    let _ = ChannelId::new(channel).delete_message(&desk.http, reply).await;
                }
            }
        });
    }

    /// A press or a command.
    pub(super) fn interaction(self: &Arc<Self>, interaction: Interaction, ticket: Ticket) {
        // Nobody waits for it any more; whoever pressed was told so by Discord.
        if reader::is_dead(interaction.id().get(), self.now()) {
            return;
        }
        let desk = Arc::clone(self);
        self.spawn(Some(ticket), async move { desk.answer_interaction(interaction).await });
    }

    /// A choice through the door, after it was acknowledged.
    pub(super) async fn press(&self, press: crate::turn::Press, way: Way) {
        let lane = self.lane(press.from.person);
        let _turn = lane.lock().await;
        self.talks_in(press.from).await;
        self.handle(&Event::Pressed(press), &way).await;
    }

    /// Something said by a command, after it was acknowledged.
    pub(super) async fn said_by_command(&self, message: crate::message::Message, way: Way) {
        let lane = self.lane(message.from.person);
        let _turn = lane.lock().await;
        self.talks_in(message.from).await;
        self.handle(&Event::Said(message), &way).await;
    }

    /// Whether the same was pressed a moment ago.
    pub(super) fn is_double(&self, message: u64, person: u64, choice: &str) -> bool {
        let now = self.now();
        let mut pressed = self.pressed.lock().unwrap_or_else(PoisonError::into_inner);
        pressed.retain(|_, at| now.duration_since(*at) < DOUBLE_PRESS);
        pressed.insert((message, person, choice.to_owned()), now).is_some()
    }

    /// Since when messages may have been missed.
    pub(super) fn missed_since(&self, seen: Snowflake) -> Snowflake {
        seen.max(Snowflake::from(self.now() - MISSED))
    }

    /// A channel in which something may have been missed.
    pub(super) fn catch_up(&self, channel: Snowflake, guild: Snowflake, since: Snowflake) {
        let news = Missed { channel: channel.0, guild: Some(guild.0), since };
        let _ = self.news.send(news);
    }

    /// The same for all who write to us directly.
    pub(super) fn catch_up_directly(self: &Arc<Self>, since: Snowflake) {
        let desk = Arc::clone(self);
        self.spawn(None, async move {
            for channel in desk.bot.direct_channels().await.unwrap_or_default() {
                let _ = desk.news.send(Missed { channel: channel.0, guild: None, since });
            }
        });
    }

    /// Tells the moderators' channel, if the club has named one, what became of a change.
    pub(super) async fn tell_moderators(&self, news: &News) {
        let Some(channel) = self.bot.moderators() else { return };
        let look = match news {
            News::Taken(_) => Look::plain(&news.to_string()),
            News::Faulty(_) => Look::plain(&in_lines(&news.to_string())),
        };
        let sent = ChannelId::new(channel.0).send_message(&self.http, look.message()).await;
        if let Err(error) = sent {
            let (failure, channel) = (failure(&error), channel.0);
            tracing::warn!(channel, %failure, "the moderators' channel could not be told");
        }
    }

    /// A session stands: the commands are made known.
    pub(super) fn connected(self: &Arc<Self>) {
        let desk = Arc::clone(self);
        self.spawn(None, async move { commands::make_known(&desk).await });
    }
}

fn post_place(way: &Way) -> u64 {
    match way {
        Way::Thread { message, .. } => *message,
        Way::Reply { channel, .. }
        | Way::Instead { channel, .. }
        | Way::Interaction { channel, .. } => *channel,
    }
}
