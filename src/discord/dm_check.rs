//! A first word by direct message, said as soon as direct messages are promised: whoever takes none
//! learns it now, and not by a reminder that never comes.

use serenity::all::{ChannelId, MessageId, MessageReference, MessageReferenceKind, Nonce};

use super::failure::Failure;
use super::outgoing::Look;
use super::rest::insist;
use super::send_queue::Inner;
use super::way::Way;
use crate::courier::Outgoing;
use crate::message::PlaceId;
use crate::plan::Press;
use crate::reply::{Choice, Reply, ReplyKind};
use crate::store::PrivatePlaces;
use crate::vocabulary::Urgency;

const HERE: &str = "This is where I write to you from now on. \
    Say **stop** any time, and I delete all of it.";

const SHUT: &str = "I cannot write to you directly: you take no direct messages from this server. \
    You can open them by the server's menu, **Privacy Settings**, **Direct Messages**.";

impl Inner {
    /// Finds out whether direct messages arrive, where a reply has just promised them.
    pub(super) async fn say_first_word(&self, outgoing: &Outgoing) {
        let way = Way::read(outgoing.way.as_deref()).filter(|_| outgoing.reply.directly);
        let Some(way) = way else { return };
        let person = outgoing.to.person.0;
        match self.first_word(outgoing, &way).await {
            Ok(direct) => self.note_door(outgoing, direct).await,
            Err(Failure::ClosedToUs | Failure::Forbidden(_) | Failure::Blocked(_)) => {
                tracing::info!(
                    person,
                    "this person takes no direct messages of ours; they are told"
                );
                self.say_shut(outgoing, &way).await;
            }
            Err(failure) => {
                tracing::warn!(person, %failure, "whether direct messages arrive is not known");
            }
        }
    }

    /// The channel in which it was said; who talks with us there already needs no word.
    async fn first_word(&self, outgoing: &Outgoing, way: &Way) -> Result<ChannelId, Failure> {
        let channel = insist(|| self.rest.direct(outgoing.to.person.0)).await?;
        if channel.get() != way.channel() {
            let nonce = Nonce::String(format!("{}-first", outgoing.id));
            let message = Look::plain(HERE).message().nonce(nonce).enforce_nonce(true);
            match insist(|| self.rest.write(channel, &message, None)).await {
                Ok(_) | Err(Failure::Unreadable) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(channel)
    }

    /// What they write there belongs to the conversation in which it was promised.
    async fn note_door(&self, outgoing: &Outgoing, direct: ChannelId) {
        let (direct, talks_in) = (Some(PlaceId(direct.get())), Some(outgoing.to.place));
        let places = PrivatePlaces { talks_in, direct };
        if let Err(error) = self.bot.note_private_places(outgoing.to.person, places).await {
            tracing::error!(reply = outgoing.id.0, %error, "where they go on cannot be kept");
        }
    }

    /// Tells them where they are, with what they can do about it.
    async fn say_shut(&self, outgoing: &Outgoing, way: &Way) {
        let choice = |press: Press, label: &str| Choice { id: press.id(), label: label.to_owned() };
        let choices = vec![
            choice(Press::Here, "Remind me here instead"),
            choice(Press::Direct, "They are open, try again"),
        ];
        let reply = Reply::new(ReplyKind::Notice, Urgency::None, SHUT.to_owned(), choices);
        let look = Look::of(&reply, outgoing.to);
        let told = match way {
            Way::Interaction { token, .. } | Way::Beside { token, .. } => {
                let beside = look.beside();
                insist(|| self.rest.follow(token, &beside, None)).await.map(drop)
            }
            Way::Reply { channel, message, .. } | Way::Instead { channel, message, .. } => {
                self.tell_in_channel(outgoing, &look, *channel, Some(*message)).await
            }
            Way::Thread { message: place, .. } | Way::Knock { channel: place } => {
                self.tell_in_channel(outgoing, &look, *place, None).await
            }
        };
        if let Err(failure) = told {
            tracing::warn!(reply = outgoing.id.0, %failure, "they could not be told either");
        }
    }

    async fn tell_in_channel(
        &self,
        outgoing: &Outgoing,
        look: &Look,
        channel: u64,
        question: Option<u64>,
    ) -> Result<(), Failure> {
        let channel = ChannelId::new(channel);
        let nonce = Nonce::String(format!("{}-shut", outgoing.id));
        let message = look.message().nonce(nonce).enforce_nonce(true);
        let message = match question {
            Some(question) => message.reference_message(
                MessageReference::new(MessageReferenceKind::Default, channel)
                    .message_id(MessageId::new(question))
                    .fail_if_not_exists(false),
            ),
            None => message,
        };
        insist(|| self.rest.write(channel, &message, None)).await.map(drop)
    }
}
