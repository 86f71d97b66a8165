//! How replies leave: what waits to be sent, by which way it goes, and who carries it.

use std::fmt;

use async_trait::async_trait;

use crate::message::{Address, PersonId};
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

/// Why a reply did not arrive, as what one can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Undelivered {
    /// The person or the place is gone, or closed to us: trying again would be the same.
    #[error("the person or the place can no longer be reached")]
    Gone,
    /// It may work later.
    #[error("it could not be sent now")]
    Later,
}

/// Carries replies to people.
#[async_trait]
pub trait Courier: Send + Sync {
    /// Hands over one reply. `key` is the same when the same reply is sent again, so that a
    /// chat service which can drop repeats drops them.
    async fn deliver(&self, to: Address, reply: &Reply, key: OutgoingId)
    -> Result<(), Undelivered>;
}
