//! Which conversation belongs to what somebody says or presses: where they are, or where they began to
//! talk with us privately.

use tokio::time::timeout;

use super::dispatcher::{Dispatcher, report};
use super::incoming::Said;
use super::way::Way;
use crate::bot::DANGER_WAITS;
use crate::courier::Outgoing;
use crate::message::{Address, Message, PlaceId};
use crate::reply::ReplyKind;
use crate::store::PrivatePlaces;
use crate::vocabulary::Urgency;

impl Dispatcher {
    /// The same as [`Self::placed`], or where it was said if the database does not answer.
    pub(super) async fn placed_in_time(&self, said: Said) -> (Message, Way) {
        let unplaced = (said.message.clone(), said.way.clone());
        timeout(DANGER_WAITS, self.placed(said)).await.unwrap_or(unplaced)
    }

    /// The conversation that a message belongs to: the private one of who writes directly, the one of
    /// the thread that we had opened, or the one that they reply to.
    async fn placed(&self, said: Said) -> (Message, Way) {
        let Said { mut message, mut way, directly, goes_on_from, .. } = said;
        if directly {
            message.from = self.private_address(message.from).await;
        }
        if let Some(question) = goes_on_from {
            let mut answered = self.answer_to(question).await;
            if answered.is_none() {
                // That our reply has arrived may be noted just now.
                self.send_queue.is_through(way.channel()).await;
                answered = self.answer_to(question).await;
            }
            let theirs = answered.filter(|answered| answered.of.person == message.from.person);
            // What was said in the open belongs to the thread that it could have had.
            message.from = theirs.map_or(message.from, |answered| answered.of);
        }
        if let Way::Thread { channel, .. } = way {
            let opened = self.bot.answer_to(channel).await.ok().flatten();
            if opened.is_some_and(|opened| opened.of.place == PlaceId(channel)) {
                (message.from.place, message.within) = (PlaceId(channel), None);
                way = Way::Reply { channel, message: message.id, unasked: false };
            }
        }
        (message, way)
    }

    /// The same as [`Self::private_address`], or where it was said if the database does not answer.
    pub(super) async fn private_address_in_time(&self, from: Address) -> Address {
        timeout(DANGER_WAITS, self.private_address(from)).await.unwrap_or(from)
    }

    /// The conversation in which this person was last told something that rests on sources.
    pub(super) async fn last_sourced(&self, from: Address) -> Address {
        let last = timeout(DANGER_WAITS, self.bot.last_sourced(from.person)).await;
        last.ok().and_then(Result::ok).flatten().unwrap_or(from)
    }

    /// Somebody who writes directly goes on with the private conversation they began elsewhere.
    async fn private_address(&self, from: Address) -> Address {
        let directly = PrivatePlaces { direct: Some(from.place), ..PrivatePlaces::default() };
        let known = self.bot.private_places(from.person).await.unwrap_or_default();
        if known.direct != directly.direct {
            report(self.bot.note_private_places(from.person, directly).await);
        }
        Address { place: known.talks_in.unwrap_or(from.place), ..from }
    }

    /// Whoever was asked something, or told what has to be acted on, goes on with that conversation
    /// when they write directly.
    pub(super) async fn goes_on_here(&self, of: Address) {
        let open = timeout(DANGER_WAITS, self.bot.is_open(of)).await;
        // Where it cannot be read nobody knows that it is over.
        if matches!(open, Ok(Ok(false))) {
            return;
        }
        let here = PrivatePlaces { talks_in: Some(of.place), ..PrivatePlaces::default() };
        let noted = timeout(DANGER_WAITS, self.bot.note_private_places(of.person, here)).await;
        noted.map_or_else(|late| report(Err(late)), report);
    }
}

/// Whether replies may leave a question open, or tell what has to be acted on.
pub(super) fn asks(outgoing: &[Outgoing]) -> bool {
    outgoing.iter().filter(|one| one.reminder.is_none()).any(|one| {
        one.reply.urgency >= Urgency::Urgent
            || !matches!(one.reply.kind, ReplyKind::Notice | ReplyKind::Sources)
    })
}
