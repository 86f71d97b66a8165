//! One reply on its way, as one or more requests.

use jiff::{SignedDuration, Timestamp};
use serenity::all::{
    AutoArchiveDuration, ChannelId, CreateThread, EditMessage, MessageId, MessageReference,
    MessageReferenceKind, Nonce,
};
use serenity::http::Http;

use super::frame::Snowflake;
use super::outgoing::Look;
use super::rest::{Failure, failure};
use super::way::Way;
use crate::courier::Outgoing;
use crate::vocabulary::Urgency;

/// Discord knows a repeated send by its nonce for some minutes; after this we look for ourselves.
const NONCE_HOLDS: SignedDuration = SignedDuration::from_secs(120);

/// How many messages are looked through for one of ours.
const LOOKED_THROUGH: u8 = 50;

/// Where a reply arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrived {
    /// The message that it became, where others see it too.
    pub(super) message: Option<u64>,
}

/// A reply, how it looks, and how it goes.
pub(super) struct Delivery {
    look: Look,
    way: Option<Way>,
    person: u64,
    nonce: String,
    posted: Timestamp,
    insists: bool,
    plain: bool,
}

impl Delivery {
    pub(super) fn of(outgoing: &Outgoing) -> Self {
        Self {
            look: Look::of(&outgoing.reply, outgoing.to),
            way: Way::read(outgoing.way.as_deref()),
            person: outgoing.to.person.0,
            // Two databases may give the same number; not at the same second.
            nonce: format!("{}-{}", outgoing.id, outgoing.posted.as_second()),
            posted: outgoing.posted,
            insists: outgoing.reply.urgency >= Urgency::Urgent,
            plain: false,
        }
    }

    /// The channel that others see it in.
    pub(super) fn channel(&self) -> Option<u64> {
        match &self.way {
            Some(
                Way::Reply { channel, .. }
                | Way::Thread { channel, .. }
                | Way::Instead { channel, .. },
            ) => Some(*channel),
            Some(Way::Interaction { .. }) | None => None,
        }
    }

    pub(super) fn is_unasked(&self) -> bool {
        self.way.as_ref().is_some_and(Way::is_unasked)
    }

    pub(super) fn is_reply(&self) -> bool {
        matches!(self.way, Some(Way::Reply { .. } | Way::Instead { .. })) && !self.plain
    }

    /// Whether it goes by direct message.
    pub(super) fn is_direct(&self) -> bool {
        self.way.is_none()
    }

    /// Whether it is already sent without what may stand in the way.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    /// From now on without a message that it replies to.
    pub(super) fn goes_plainly(&mut self) {
        self.plain = true;
    }

    /// From now on by direct message, below a line that says why.
    pub(super) fn goes_directly(&mut self, why: &str) {
        self.way = None;
        self.look = self.look.clone().below(why);
    }

    /// Whether it is there already, though nobody settled it: the nonce no longer tells.
    pub(super) async fn was_brought(&self, http: &Http, now: Timestamp) -> Option<Arrived> {
        if now.duration_since(self.posted) < NONCE_HOLDS {
            return None;
        }
        let (channel, question) = match &self.way {
            Some(Way::Reply { channel, message, .. }) => (*channel, Some(*message)),
            Some(Way::Thread { message, .. }) => (*message, None),
            Some(Way::Instead { .. } | Way::Interaction { .. }) => return None,
            None => (direct(http, self.person).await.ok()?.get(), None),
        };
        let since = serenity::http::MessagePagination::After(MessageId::new(
            Snowflake::from(self.posted).0.max(1),
        ));
        let messages =
            http.get_messages(ChannelId::new(channel), Some(since), Some(LOOKED_THROUGH)).await;
        let ours = messages.ok()?.into_iter().find(|message| {
            let of = message.message_reference.as_ref().and_then(|of| of.message_id);
            message.content == self.look.content
                && question.is_none_or(|question| of == Some(MessageId::new(question)))
        })?;
        Some(Arrived { message: Some(ours.id.get()) })
    }

    /// Sends it once.
    pub(super) async fn send(&self, http: &Http) -> Result<Arrived, Failure> {
        match &self.way {
            Some(Way::Reply { channel, message, .. }) => {
                let message = (!self.plain).then_some(*message);
                self.post(http, ChannelId::new(*channel), message).await
            }
            Some(Way::Thread { channel, message }) => {
                self.in_thread(http, ChannelId::new(*channel), *message).await
            }
            Some(Way::Instead { channel, reply, message, .. }) => {
                self.instead(http, ChannelId::new(*channel), *reply, *message).await
            }
            Some(Way::Interaction { token, channel, pressed, take_back }) => {
                self.answer(http, token).await?;
                let pressed = pressed.map(MessageId::new);
                tidy(http, ChannelId::new(*channel), pressed, *take_back).await;
                Ok(Arrived { message: None })
            }
            None => {
                let channel = direct(http, self.person).await?;
                self.post(http, channel, None).await
            }
        }
    }

    async fn post(
        &self,
        http: &Http,
        channel: ChannelId,
        question: Option<u64>,
    ) -> Result<Arrived, Failure> {
        let message = self.look.message().nonce(Nonce::String(self.nonce.clone()));
        let message = message.enforce_nonce(true);
        let message = match question {
            Some(question) => message.reference_message(self.reference(channel, question)),
            None => message,
        };
        arrived(channel.send_message(http, message).await)
    }

    /// What has to be acted on is said though the question is gone.
    fn reference(&self, channel: ChannelId, question: u64) -> MessageReference {
        MessageReference::new(MessageReferenceKind::Default, channel)
            .message_id(MessageId::new(question))
            .fail_if_not_exists(!self.insists)
    }

    async fn in_thread(
        &self,
        http: &Http,
        channel: ChannelId,
        message: u64,
    ) -> Result<Arrived, Failure> {
        let thread =
            CreateThread::new("Leg cramp").auto_archive_duration(AutoArchiveDuration::OneDay);
        let opened =
            channel.create_thread_from_message(http, MessageId::new(message), thread).await;
        match opened.map_err(|error| failure(&error)) {
            // Not here: it may be a thread itself, or nobody lets us.
            Err(Failure::Forbidden(_) | Failure::Refused(_)) => {
                return self.post(http, channel, Some(message)).await;
            }
            Err(Failure::Gone) if self.insists => return self.post(http, channel, None).await,
            Ok(_) | Err(Failure::Already | Failure::Unreadable) => {}
            Err(failure) => return Err(failure),
        }
        self.post(http, ChannelId::new(message), None).await
    }

    async fn instead(
        &self,
        http: &Http,
        channel: ChannelId,
        reply: u64,
        message: u64,
    ) -> Result<Arrived, Failure> {
        let edited = channel.edit_message(http, MessageId::new(reply), self.look.edit()).await;
        match edited.map_err(|error| failure(&error)) {
            Err(Failure::Gone) => self.post(http, channel, Some(message)).await,
            Err(failure) if failure != Failure::Unreadable => Err(failure),
            Ok(_) | Err(_) => Ok(Arrived { message: Some(reply) }),
        }
    }

    async fn answer(&self, http: &Http, token: &str) -> Result<(), Failure> {
        let answered =
            http.edit_original_interaction_response(token, &self.look.answer(), Vec::new()).await;
        match answered.map_err(|error| failure(&error)) {
            Err(Failure::Gone) => Err(Failure::TooLate),
            Err(failure) if failure != Failure::Unreadable => Err(failure),
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

fn arrived(sent: serenity::Result<serenity::all::Message>) -> Result<Arrived, Failure> {
    match sent.map_err(|error| failure(&error)) {
        Ok(message) => Ok(Arrived { message: Some(message.id.get()) }),
        Err(Failure::Unreadable) => Ok(Arrived { message: None }),
        Err(failure) => Err(failure),
    }
}

/// The person's direct-message channel.
pub(super) async fn direct(http: &Http, person: u64) -> Result<ChannelId, Failure> {
    let map = serde_json::json!({"recipient_id": person.to_string()});
    let channel = http.create_private_channel(&map).await;
    channel.map(|channel| channel.id).map_err(|error| failure(&error))
}

/// What was pressed can be pressed no more, or goes altogether. Nothing depends on it.
async fn tidy(http: &Http, channel: ChannelId, pressed: Option<MessageId>, take_back: bool) {
    let Some(pressed) = pressed else { return };
    if take_back {
        let _ = channel.delete_message(http, pressed).await;
    } else {
        let _ =
            channel.edit_message(http, pressed, EditMessage::new().components(Vec::new())).await;
    }
}
