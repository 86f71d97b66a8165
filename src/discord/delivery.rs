//! One reply on its way, as one or more requests.

use jiff::{SignedDuration, Timestamp};
use serenity::all::{
    AutoArchiveDuration, ChannelId, CreateThread, Message, MessageId, MessageReference,
    MessageReferenceKind, Nonce,
};

use super::components::{choices_of, lay_bare, take_away};
use super::failure::Failure;
use super::frame::Snowflake;
use super::outgoing::Look;
use super::requests::Written;
use super::rest::Rest;
use super::way::{Arrived, Way};
use crate::clock::Clock;
use crate::courier::{Outgoing, Reminding};
use crate::message::Address;
use crate::reply;
use crate::vocabulary::Urgency;

/// Discord knows a repeated send by its nonce for some minutes; after this we look for ourselves.
const NONCE_HOLDS: SignedDuration = SignedDuration::from_secs(120);

/// Most messages that Discord gives at once.
const PAGE: usize = 100;

/// So many times a page is looked through for a message of ours.
const PAGES: usize = 10;

/// By how much our clock may differ from Discord's.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(60);

/// A reply, how it looks, and how it goes.
#[derive(Clone)]
pub(super) struct Delivery {
    look: Look,
    way: Option<Way>,
    person: u64,
    nonce: String,
    since: Timestamp,
    insists: bool,
    plain: bool,
}

impl Delivery {
    /// A reminder by a way of its own; nothing where there is no such way for it.
    pub(super) fn of_reminder(
        outgoing: &Outgoing,
        reminding: &Reminding,
        way: Option<Way>,
    ) -> Option<Self> {
        let mut delivery = Self::of(outgoing);
        delivery.since = outgoing.posted.min(reminding.due);
        if let Some(why) = &reminding.held {
            let then = reminding.due.as_second();
            let line =
                format!("This was meant for <t:{then}:f>. I could not bring it then: {why}.");
            delivery.look = delivery.look.below(&line);
        }
        if let Some(Way::Knock { channel }) = &way {
            let (step, time) = reminding.check_in()?;
            delivery.knocks(*channel, outgoing.to, reply::opens(step, time));
        }
        delivery.way = way;
        Some(delivery)
    }

    pub(super) fn of(outgoing: &Outgoing) -> Self {
        let insists = outgoing.reply.urgency >= Urgency::Urgent;
        let way = Way::read(outgoing.way.as_deref());
        Self {
            look: Look::of(&outgoing.reply, outgoing.to),
            way: if insists { way.map(Way::in_sight) } else { way },
            person: outgoing.to.person.0,
            // Two databases may give the same number; not at the same second.
            nonce: format!("{}-{}", outgoing.id, outgoing.posted.as_second()),
            since: outgoing.posted,
            insists,
            plain: false,
        }
    }

    /// The channel that others see it in.
    pub(super) fn channel(&self) -> Option<u64> {
        match &self.way {
            Some(
                Way::Reply { channel, .. }
                | Way::Thread { channel, .. }
                | Way::Instead { channel, .. }
                | Way::Knock { channel },
            ) => Some(*channel),
            Some(Way::Interaction { .. } | Way::Beside { .. }) | None => None,
        }
    }

    /// Whether it goes beside the answer to a press or command.
    pub(super) fn is_beside(&self) -> bool {
        matches!(self.way, Some(Way::Beside { .. }))
    }

    /// Whether it is the answer to a press or command.
    pub(super) fn answers_press(&self) -> bool {
        matches!(self.way, Some(Way::Interaction { .. }))
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

    /// Whether it has to be acted on today or at once.
    pub(super) fn insists(&self) -> bool {
        self.insists
    }

    /// Whether it is already sent without what may stand in the way.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    /// From now on without a message that it replies to.
    pub(super) fn goes_plainly(&mut self) {
        self.plain = true;
    }

    /// From now on as a line in a channel, which says only that there is something.
    pub(super) fn knocks(&mut self, channel: u64, to: Address, choice: String) {
        self.way = Some(Way::Knock { channel });
        self.look = Look::knock(to, choice);
        self.nonce.push('k');
    }

    /// Whether it is such a line.
    pub(super) fn is_knock(&self) -> bool {
        matches!(self.way, Some(Way::Knock { .. }))
    }

    /// Whether there is nothing to press below it.
    pub(super) const fn is_bare(&self) -> bool {
        self.look.rows.is_empty()
    }

    /// From now on with nothing to press, as Discord does not take what can be pressed.
    pub(super) fn goes_bare(&mut self) {
        self.look = self.look.clone().bare();
    }

    /// From now on by direct message, below a line that says why.
    pub(super) fn goes_directly(&mut self, why: &str) {
        self.way = None;
        self.look = self.look.clone().below(why);
    }

    /// From now on as a message in this channel, as all else failed.
    pub(super) fn goes_openly(&mut self, channel: u64, to: Address) {
        self.way = Some(Way::Knock { channel });
        self.look = self.look.clone().naming(to.person);
        self.nonce.push('o');
    }

    /// Whether it is there already, though nobody settled it: the nonce no longer tells.
    pub(super) async fn look_for(
        &self,
        rest: &Rest,
        clock: Clock,
    ) -> Result<Option<Arrived>, Failure> {
        let since = clock.real_at(self.since);
        if clock.real().duration_since(since) < NONCE_HOLDS {
            return Ok(None);
        }
        let since = MessageId::new(Snowflake::from(since - CLOCKS_DIFFER).0.max(1));
        let (channel, question) = match &self.way {
            Some(Way::Reply { channel, message, .. }) => (*channel, Some(*message)),
            Some(Way::Thread { channel, message }) => {
                match self.find(rest, ChannelId::new(*message), since, None).await {
                    // There is no such thread, or not yet: it may stand beside the question.
                    Ok(None) | Err(Failure::Gone) => (*channel, Some(*message)),
                    found => return found,
                }
            }
            Some(Way::Knock { channel }) => (*channel, None),
            Some(Way::Instead { .. } | Way::Interaction { .. } | Way::Beside { .. }) => {
                return Ok(None);
            }
            None => (rest.direct(self.person).await?.get(), None),
        };
        self.find(rest, ChannelId::new(channel), since, question).await
    }

    /// Looks through what was written in a channel since then, oldest first.
    async fn find(
        &self,
        rest: &Rest,
        channel: ChannelId,
        mut since: MessageId,
        question: Option<u64>,
    ) -> Result<Option<Arrived>, Failure> {
        for _ in 0..PAGES {
            let page = match rest.messages::<Message>(channel, since.get(), PAGE).await {
                Ok(page) => page,
                // What we may not read we may be able to write to.
                Err(Failure::Forbidden(_) | Failure::Blocked(_) | Failure::NoHistory) => {
                    return Ok(None);
                }
                Err(failure) => return Err(failure),
            };
            if let Some(ours) = page.iter().find(|message| self.is_in(message, question)) {
                return Ok(Some(Arrived::at(channel.get(), ours.id.get())));
            }
            let newest = page.iter().map(|message| message.id).max();
            let Some(newest) = newest.filter(|_| page.len() >= PAGE) else { break };
            since = newest;
        }
        Ok(None)
    }

    /// Whether a message is this reply: by its words, or by a choice that stands below no other.
    fn is_in(&self, message: &Message, question: Option<u64>) -> bool {
        let of = message.message_reference.as_ref().and_then(|of| of.message_id);
        let answers = question.is_none_or(|question| of == Some(MessageId::new(question)));
        let choices = choices_of(message, self.person);
        let mut own = self.look.choices.iter().filter(|choice| reply::is_of_one_check_in(choice));
        answers
            && (message.content == self.look.content || own.any(|choice| choices.contains(choice)))
    }

    /// Sends it once; without its picture where that stands in the way.
    pub(super) async fn send(&self, rest: &Rest) -> Result<Arrived, Failure> {
        match self.send_as_it_is(rest).await {
            Err(Failure::Forbidden(why) | Failure::Blocked(why) | Failure::Refused(why))
                if self.look.picture.is_some() =>
            {
                tracing::info!(why, "a picture is left out");
                let look = self.look.clone().without_picture();
                Self { look, ..self.clone() }.send_as_it_is(rest).await
            }
            sent => sent,
        }
    }

    async fn send_as_it_is(&self, rest: &Rest) -> Result<Arrived, Failure> {
        match &self.way {
            Some(Way::Reply { channel, message, .. }) => {
                let message = (!self.plain).then_some(*message);
                self.post(rest, ChannelId::new(*channel), message).await
            }
            Some(Way::Thread { channel, message }) => {
                self.in_thread(rest, ChannelId::new(*channel), *message).await
            }
            Some(Way::Instead { channel, reply, message, .. }) => {
                self.instead(rest, ChannelId::new(*channel), *reply, *message).await
            }
            Some(Way::Interaction { token, channel, pressed, take_back }) => {
                let (pressed, channel) = (pressed.map(MessageId::new), ChannelId::new(*channel));
                if *take_back {
                    // It goes whether or not the press can still be answered; nobody is written to
                    // who wants to be left alone.
                    take_away(rest, channel, pressed).await?;
                    let answered = self.answer(rest, token).await;
                    return answered.or_else(unless_too_late).map(|()| Arrived::NOWHERE);
                }
                self.answer(rest, token).await?;
                lay_bare(rest, channel, pressed).await;
                Ok(Arrived::NOWHERE)
            }
            Some(Way::Knock { channel }) => self.post(rest, ChannelId::new(*channel), None).await,
            Some(Way::Beside { token, .. }) => {
                let picture = self.look.picture.clone();
                arrived(rest.follow(token, &self.look.beside(), picture).await)
            }
            None => {
                let channel = rest.direct(self.person).await?;
                let sent = self.post(rest, channel, None).await;
                if sent == Err(Failure::Gone) {
                    rest.forgets_direct(self.person);
                }
                sent
            }
        }
    }

    async fn post(
        &self,
        rest: &Rest,
        channel: ChannelId,
        question: Option<u64>,
    ) -> Result<Arrived, Failure> {
        let message = self.look.message().nonce(Nonce::String(self.nonce.clone()));
        let message = message.enforce_nonce(true);
        let message = match question {
            Some(question) => message.reference_message(self.reference(channel, question)),
            None => message,
        };
        arrived(rest.write(channel, &message, self.look.picture.clone()).await)
    }

    /// What has to be acted on is said though the question is gone.
    fn reference(&self, channel: ChannelId, question: u64) -> MessageReference {
        MessageReference::new(MessageReferenceKind::Default, channel)
            .message_id(MessageId::new(question))
            .fail_if_not_exists(!self.insists)
    }

    async fn in_thread(
        &self,
        rest: &Rest,
        channel: ChannelId,
        message: u64,
    ) -> Result<Arrived, Failure> {
        let thread =
            CreateThread::new("Leg cramp").auto_archive_duration(AutoArchiveDuration::OneDay);
        match rest.open_thread(channel, MessageId::new(message), &thread).await {
            // Not here: it may be a thread itself, or nobody lets us.
            Err(Failure::Forbidden(why)) => {
                let channel = channel.get();
                tracing::warn!(
                    channel,
                    why,
                    "no thread can be opened there: give Charley \"Create Public Threads\""
                );
                return self.post(rest, ChannelId::new(channel), Some(message)).await;
            }
            Err(Failure::Blocked(_) | Failure::Refused(_)) => {
                return self.post(rest, channel, Some(message)).await;
            }
            Err(Failure::Gone) if self.insists => return self.post(rest, channel, None).await,
            Ok(()) | Err(Failure::Already | Failure::Unreadable) => {}
            Err(failure) => return Err(failure),
        }
        match self.post(rest, ChannelId::new(message), None).await {
            // The thread stands, and nobody lets us write there.
            Err(Failure::Forbidden(why)) => {
                let channel = channel.get();
                tracing::warn!(
                    channel,
                    why,
                    "nothing can be written in threads there: give Charley \"Send Messages in \
                     Threads\""
                );
                self.post(rest, ChannelId::new(channel), Some(message)).await
            }
            sent => sent,
        }
    }

    async fn instead(
        &self,
        rest: &Rest,
        channel: ChannelId,
        reply: u64,
        message: u64,
    ) -> Result<Arrived, Failure> {
        let (edit, picture) = (self.look.edit(), self.look.picture.clone());
        match rest.edit(channel, MessageId::new(reply), &edit, picture).await {
            Err(Failure::Gone) => self.post(rest, channel, Some(message)).await,
            Err(failure) if failure != Failure::Unreadable => Err(failure),
            Ok(_) | Err(_) => Ok(Arrived::at(channel.get(), reply)),
        }
    }

    async fn answer(&self, rest: &Rest, token: &str) -> Result<(), Failure> {
        match rest.answer(token, &self.look.answer(), self.look.picture.clone()).await {
            Err(Failure::Gone) => Err(Failure::TooLate),
            Err(failure) if failure != Failure::Unreadable => Err(failure),
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

fn unless_too_late(failure: Failure) -> Result<(), Failure> {
    if failure == Failure::TooLate { Ok(()) } else { Err(failure) }
}

fn arrived(sent: Result<Written, Failure>) -> Result<Arrived, Failure> {
    match sent {
        Ok(message) => Ok(Arrived::at(message.channel_id.0, message.id.0)),
        Err(Failure::Unreadable) => Ok(Arrived::NOWHERE),
        Err(failure) => Err(failure),
    }
}
