//! How replies leave: what waits to be sent, by which way it goes, and who carries it.

use std::fmt;

use jiff::Timestamp;

use crate::message::{Address, PersonId};
use crate::plan::What;
use crate::reply::Reply;

/// The number of a waiting reply. It is never used twice, so a repeated send can be told by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutgoingId(pub i64);

impl fmt::Display for OutgoingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A reply that was decided on and has to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its number in the outbox.
    pub id: OutgoingId,
    /// Whom it is for, and where.
    pub to: Address,
    /// What is said.
    pub reply: Reply,
    /// The message or press that it answers; nothing where a reminder was due.
    pub answers: Option<u64>,
    /// How its adapter brings it there, in the adapter's own words.
    pub way: Option<String>,
    /// When it was decided on.
    pub posted: Timestamp,
    /// What more is known of the reminder of a plan; nothing for any other reply.
    pub reminder: Option<Reminding>,
}

/// What is known of a reply that a reminder of a plan brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminding {
    /// What the reminder is for.
    pub what: What,
    /// When the reminder was due.
    pub due: Timestamp,
    /// How its adapter reaches the place where the plan was agreed on, in the adapter's own words.
    pub fallback: Option<String>,
    /// Whether the person wants it in that place, and not directly.
    pub here: bool,
    /// Why it could not be brought before.
    pub held: Option<String>,
}

impl Reminding {
    /// The step of the plan that it is about and which time it comes; nothing where it is about none.
    #[must_use]
    pub fn check_in(&self) -> Option<(&str, u16)> {
        match &self.what {
            What::CheckIn(step, time) => Some((step, *time)),
            What::Timer(_) | What::Forget => None,
        }
    }
}

/// Which way somebody's replies go out: a terminal on the same database never takes a member's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// Through the chat service, to the members.
    Members,
    /// To the person at the terminal.
    Terminal,
}

impl Route {
    /// The person at the terminal: a number that no chat service gives anybody.
    pub const AT_THE_TERMINAL: PersonId = PersonId(0);
}

/// Carries replies to people.
pub trait Courier: Send + Sync {
    /// Takes over one reply, and settles it once it has arrived or never can; a reminder that cannot
    /// be brought is held. Returns at once: who is slow to reach holds up nobody else. The replies
    /// of one place keep their order.
    fn carry(&self, outgoing: Outgoing);

    /// Waits until it makes sense to hand over more: what waits in the store takes no memory.
    fn room(&self) -> impl Future<Output = ()> + Send;
}
