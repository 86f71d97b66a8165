//! How a reminder of a plan reaches its person: directly; else by a line in the place where the plan
//! was agreed on, which says nothing of anybody's health; else it is held for their next word.

use std::time::Duration;

use super::delivery::Delivery;
use super::failure::Failure;
use super::retry::pause_after;
use super::send_queue::{Inner, PAUSES, jittered};
use super::way::Way;
use crate::courier::{Outgoing, Reminding};

/// What became of a try by one way.
enum Tried {
    /// It is there.
    Brought,
    /// It is left to its lease.
    Later,
    /// This way is shut, and why: for the person, and for whoever looks after Charley.
    Shut(&'static str),
}

/// What a failure asks for.
enum Next {
    Again(Duration),
    Later,
    Shut(&'static str),
}

impl Inner {
    /// Brings a reminder by the first way that is open.
    pub(super) async fn remind(&self, outgoing: &Outgoing, reminding: &Reminding) {
        let mut reasons: Vec<&'static str> = Vec::new();
        for way in self.ways(outgoing, reminding).await {
            let Some(delivery) = Delivery::of_reminder(outgoing, reminding, way) else { continue };
            match self.try_by(outgoing, &delivery).await {
                Tried::Brought | Tried::Later => return,
                Tried::Shut(why) => {
                    if !reasons.contains(&why) {
                        reasons.push(why);
                    }
                }
            }
        }
        self.hold(outgoing, &reasons.join(", and ")).await;
    }

    /// All ways, the best first; none is by direct message.
    async fn ways(&self, outgoing: &Outgoing, reminding: &Reminding) -> Vec<Option<Way>> {
        let places = self.bot.private_places(outgoing.to.person).await.unwrap_or_default();
        let direct = places.direct.map(|place| place.0);
        let agreed = Way::read(reminding.fallback.as_deref());
        let contact = Way::read(outgoing.way.as_deref());
        let beside = contact.as_ref().and_then(Way::beside);
        let mut knocks: Vec<Option<Way>> = Vec::new();
        for way in agreed.iter().chain(&contact) {
            for channel in way.places().filter(|channel| Some(*channel) != direct) {
                let knock = Some(Way::Knock { channel });
                if !knocks.contains(&knock) {
                    knocks.push(knock);
                }
            }
        }
        let privately = std::iter::once(None).chain(beside.map(Some));
        if reminding.here && reminding.held.is_none() {
            knocks.into_iter().chain(privately).collect()
        } else {
            privately.chain(knocks).collect()
        }
    }

    async fn try_by(&self, outgoing: &Outgoing, delivery: &Delivery) -> Tried {
        if delivery.channel().is_some_and(|channel| self.is_closed(channel)) {
            return Tried::Shut(NOT_THERE);
        }
        let mut pauses = PAUSES.iter().copied();
        loop {
            let failure = match self.look_and_send(outgoing, delivery).await {
                Ok(()) => return Tried::Brought,
                Err(failure) => failure,
            };
            match self.after(&failure, outgoing, delivery, pauses.next()) {
                Next::Again(pause) => tokio::time::sleep(jittered(pause)).await,
                Next::Later => return Tried::Later,
                Next::Shut(why) => return Tried::Shut(why),
            }
        }
    }

    fn after(
        &self,
        failure: &Failure,
        outgoing: &Outgoing,
        delivery: &Delivery,
        pause: Option<Duration>,
    ) -> Next {
        let (id, in_channel) = (outgoing.id.0, delivery.channel().is_some());
        match failure {
            // Nobody can look whether this one has arrived, and a button in the channel does no harm.
            Failure::Passing(_) if delivery.is_beside() => Next::Shut("an answer got lost"),
            Failure::Passing(_)
            | Failure::Slower
            | Failure::Walled(_)
            | Failure::TooManyDirect
            | Failure::Unauthorized => {
                pause_after(failure, id, pause).map_or(Next::Later, Next::Again)
            }
            Failure::Forbidden(why) if in_channel => {
                self.note_closed(delivery, why);
                Next::Shut(NOT_THERE)
            }
            Failure::ClosedToUs | Failure::Forbidden(_) => Next::Shut("direct messages are closed"),
            Failure::Blocked(why) => {
                tracing::warn!(reply = id, why, "Discord does not let a reminder through");
                Next::Shut("Discord did not let it through")
            }
            Failure::Gone if in_channel => Next::Shut("the channel is gone"),
            Failure::Gone => Next::Shut("there is nobody to write to"),
            Failure::TooLate => Next::Shut("the private window had closed"),
            Failure::Refused(why) => {
                tracing::error!(reply = id, why, "Discord does not take a reminder");
                Next::Shut("Discord did not take it")
            }
            Failure::NoHistory | Failure::Already | Failure::Unreadable => Next::Later,
        }
    }

    /// It waits in the outbox for the person's next word.
    async fn hold(&self, outgoing: &Outgoing, reason: &str) {
        let (reply, person) = (outgoing.id.0, outgoing.to.person.0);
        tracing::warn!(reply, person, reason, "a reminder is held until this person's next word");
        for pause in PAUSES {
            let Err(error) = self.bot.hold(outgoing.id, reason).await else { return };
            tracing::error!(reply, %error, "that a reminder is held cannot be kept yet");
            tokio::time::sleep(jittered(pause)).await;
        }
    }
}

/// Why a channel is shut.
const NOT_THERE: &str = "I may not write in the channel";
