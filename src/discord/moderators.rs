//! What the moderators are told in the channel that the club has named for it: what became of an
//! edit, and what only they can mend. None of it is in the outbox: it comes again while it is so.

use jiff::{SignedDuration, Timestamp};
use serenity::all::{ChannelId, MessageId, Nonce};

use super::dispatcher::Dispatcher;
use super::failure::Failure;
use super::outgoing::Look;
use super::rest::{Rest, insist};
use super::send_queue::Inner;
use crate::reload::News;

/// A permission that is missing in a channel is told once in such a time.
const TOLD_AGAIN: SignedDuration = SignedDuration::from_hours(24);

/// What we need to answer in a channel.
pub(super) const TO_WRITE: &str =
    "\"View Channel\", \"Send Messages\" and \"Send Messages in Threads\"";

/// What we need to reply to a message.
pub(super) const TO_REPLY: &str = "\"Read Message History\"";

impl Inner {
    /// Tells the moderators once a day which permission we lack in a channel, and where it is given.
    pub(super) fn lacks(&self, channel: u64, needed: &'static str) {
        tracing::warn!(
            channel,
            "a permission is missing there: give Charley {needed} in the settings of the channel, \
             page Permissions"
        );
        let Some(moderators) = self.bot.moderators().filter(|told| told.0 != channel) else {
            return;
        };
        let now = self.clock.real();
        if !self.is_news(channel, needed, now) {
            return;
        }
        let look = Look::plain(&format!(
            "I cannot answer as I should in <#{channel}>: a permission is missing there. Give \
             Charley {needed} in the settings of that channel, page Permissions."
        ));
        let nonce = format!("lack-{}", now.as_millisecond());
        let rest = self.rest.clone();
        tokio::spawn(async move { tell(&rest, moderators.0, &look, nonce).await });
    }

    fn is_news(&self, channel: u64, needed: &'static str, now: Timestamp) -> bool {
        let mut told = self.told();
        told.retain(|_, at| now.duration_since(*at) < TOLD_AGAIN);
        told.insert((channel, needed), now).is_none()
    }
}

impl Dispatcher {
    /// Tells the moderators' channel, if the club has named one, what became of a change.
    pub(super) async fn tell_moderators(&self, news: &News) {
        let Some(channel) = self.bot.moderators() else { return };
        let look = match news {
            News::Taken(_) => Look::plain(&news.to_string()),
            News::Faulty(_) => Look::in_lines(&news.to_string()),
        };
        let nonce = format!("news-{}", self.clock.real().as_millisecond());
        tell(&self.rest, channel.0, &look, nonce).await;
    }
}

async fn tell(rest: &Rest, channel: u64, look: &Look, nonce: String) {
    if let Err(failure) = say(rest, channel, None, look, nonce).await {
        tracing::warn!(channel, %failure, "the moderators' channel could not be told");
    }
}

/// Says what is in no outbox, as a reply to a message if to one.
pub(super) async fn say(
    rest: &Rest,
    channel: u64,
    to: Option<u64>,
    look: &Look,
    nonce: String,
) -> Result<(), Failure> {
    let channel = ChannelId::new(channel);
    let message = look.message().nonce(Nonce::String(nonce)).enforce_nonce(true);
    let message = match to {
        Some(to) => message.reference_message((channel, MessageId::new(to))),
        None => message,
    };
    insist(|| rest.write(channel, &message, None)).await.map(drop)
}
