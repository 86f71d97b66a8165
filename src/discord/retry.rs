//! What a failure to bring a reply asks for: again, slower, elsewhere, otherwise, never.

use std::time::Duration;

use super::delivery::Delivery;
use super::failure::Failure;
use super::moderators::{TO_REPLY, TO_WRITE};
use super::send_queue::Inner;
use super::way::Way;
use crate::courier::Outgoing;
use crate::vocabulary::Urgency;

/// What is tried after a failure.
pub(super) enum NextTry {
    /// Try again after a pause.
    Again(Duration),
    /// Bring it to the person directly, with a line that says why.
    Directly(&'static str),
    /// Call the person where they told us of the cramp.
    Knock(u64),
    /// Say it in a channel, as it has to be acted on and all else failed.
    Openly(u64),
    /// Try again at once, without what stood in the way.
    Otherwise,
    /// Try again at once, with nothing to press.
    Bare,
    /// Leave it to its lease.
    Later,
    /// It never can.
    Never,
}

/// A pause after "too many requests" is at least so long.
const SLOWER: Duration = Duration::from_secs(1);

/// A pause after something else than Discord turned us away is at least so long.
const WALLED: Duration = Duration::from_secs(3);

/// Told where nothing of Discord's own was answered.
const IN_THE_WAY: &str = "something on the way to Discord turns us away; if that lasts, \
    look at the network, the firewall and `DISCORD_API_URL`";

/// How long to wait after a failure that says nothing of what was sent, before it is sent again; nothing
/// where it is left to its lease.
pub(super) fn pause_after(
    failure: &Failure,
    reply: i64,
    pause: Option<Duration>,
) -> Option<Duration> {
    match failure {
        Failure::Passing(why) => {
            tracing::debug!(reply, why, "it has to be sent again");
            pause
        }
        Failure::Slower => pause.map(|pause| pause.max(SLOWER)),
        Failure::Walled(why) => {
            tracing::warn!(reply, why, "{IN_THE_WAY}");
            pause.map(|pause| pause.max(WALLED))
        }
        Failure::TooManyDirect => {
            tracing::warn!(reply, "Discord lets us open no more direct messages for now");
            None
        }
        Failure::Unauthorized => {
            tracing::error!("Discord no longer takes the token; set a new `DISCORD_TOKEN`");
            None
        }
        _ => None,
    }
}

impl Inner {
    /// What a failure asks for, and a word to whoever can mend it.
    pub(super) fn next_try(
        &self,
        failure: &Failure,
        outgoing: &Outgoing,
        delivery: &Delivery,
        pause: Option<Duration>,
    ) -> NextTry {
        let id = outgoing.id.0;
        match failure {
            Failure::Passing(_)
            | Failure::Slower
            | Failure::Walled(_)
            | Failure::TooManyDirect
            | Failure::Unauthorized => {
                pause_after(failure, id, pause).map_or(NextTry::Later, NextTry::Again)
            }
            Failure::NoHistory => {
                if let Some(channel) = delivery.channel() {
                    self.lacks(channel, TO_REPLY);
                }
                NextTry::Otherwise
            }
            Failure::TooLate => NextTry::Directly("The private window had closed, so here it is:"),
            Failure::Forbidden(why) => {
                self.note_closed(delivery, why);
                if delivery.is_knock() { NextTry::Never } else { without_channel(outgoing) }
            }
            Failure::Blocked(why) => {
                tracing::warn!(reply = id, why, "Discord does not let a reply through");
                if delivery.is_knock() { NextTry::Never } else { without_channel(outgoing) }
            }
            Failure::Gone if delivery.insists() && delivery.is_reply() => NextTry::Otherwise,
            // What calls somebody stands there only since they cannot be reached directly.
            Failure::Gone if delivery.is_knock() || delivery.is_direct() => NextTry::Never,
            Failure::Gone if delivery.insists() => {
                NextTry::Directly("The place where you wrote is gone, so here it is:")
            }
            Failure::Gone => NextTry::Never,
            Failure::ClosedToUs => {
                let person = outgoing.to.person.0;
                tracing::info!(reply = id, person, "this person takes no direct messages of ours");
                self.without_direct(outgoing, delivery)
            }
            Failure::Refused(why) if delivery.is_plain() => {
                tracing::error!(reply = id, why, "Discord does not take a reply; it is dropped");
                NextTry::Never
            }
            Failure::Refused(why) => {
                tracing::error!(reply = id, why, "Discord does not take a reply as it is");
                if delivery.is_bare() { NextTry::Otherwise } else { NextTry::Bare }
            }
            // Where a send can say so it has counted as sent; this was only a step towards it.
            Failure::Already | Failure::Unreadable => NextTry::Later,
        }
    }

    /// Where the person cannot be written to: they are called where they told us of the cramp, or
    /// pressed; what has to be acted on is said there.
    fn without_direct(&self, outgoing: &Outgoing, delivery: &Delivery) -> NextTry {
        if !delivery.is_direct() {
            return NextTry::Never;
        }
        match Way::read(outgoing.way.as_deref()).map(|way| way.channel()) {
            Some(channel) if self.is_closed(channel) => NextTry::Never,
            Some(channel) if delivery.insists() => NextTry::Openly(channel),
            Some(channel) => NextTry::Knock(channel),
            // The timer of a cramp: nobody waits for it where it was set.
            None if outgoing.answers.is_none() => NextTry::Knock(outgoing.to.place.0),
            None => NextTry::Never,
        }
    }

    /// We may not write in a channel. What only calls somebody may stand where we never were, as among
    /// people who have brought us along: nobody of the club can mend that.
    pub(super) fn note_closed(&self, delivery: &Delivery, why: &str) {
        let Some(channel) = delivery.channel() else { return };
        self.close(channel);
        tracing::warn!(channel, why, "we may not write there");
        if !delivery.is_knock() {
            self.lacks(channel, TO_WRITE);
        }
    }
}

/// Where we may not write: who spoke to us, or is in danger, is told directly.
pub(super) fn without_channel(outgoing: &Outgoing) -> NextTry {
    let asked = !Way::read(outgoing.way.as_deref()).is_some_and(|way| way.is_unasked());
    if asked || outgoing.reply.urgency >= Urgency::Urgent {
        NextTry::Directly("I may not write in that channel, so here it is:")
    } else {
        NextTry::Never
    }
}
