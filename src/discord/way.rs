//! How a reply gets back to where it belongs: noted with it in the outbox, and read when it is sent.

use serde::{Deserialize, Serialize};

/// The way of one reply. Where there is none, it goes to the person by direct message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub(super) enum Way {
    /// As a reply to a message.
    Reply {
        /// Where the message stands.
        channel: u64,
        /// The message.
        message: u64,
        /// Whether nobody had spoken to us.
        unasked: bool,
    },
    /// In a thread below a message, which is opened for it.
    Thread {
        /// Where the message stands.
        channel: u64,
        /// The message; its thread has the same number.
        message: u64,
    },
    /// In place of what we had replied to a message that was edited since.
    Instead {
        /// Where it stands.
        channel: u64,
        /// The message that was edited.
        message: u64,
        /// Our reply.
        reply: u64,
        /// Whether nobody had spoken to us.
        unasked: bool,
    },
    /// As the answer to a press or a command.
    Interaction {
        /// What Discord takes the answer by, for a quarter of an hour.
        token: String,
        /// Where it was.
        channel: u64,
        /// The message whose question was answered by it, if everybody there sees it.
        pressed: Option<u64>,
        /// Whether that message is to be taken away.
        take_back: bool,
    },
    /// As one line in a channel with a button below it, by which the person sees the rest.
    Knock {
        /// Where.
        channel: u64,
    },
    /// Beside the answer to a press or a command, for whoever pressed.
    Beside {
        /// What Discord takes it by, for a quarter of an hour.
        token: String,
        /// Where it was.
        channel: u64,
    },
}

impl Way {
    /// As it is noted.
    pub(super) fn noted(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Where what it answers stands.
    pub(super) const fn channel(&self) -> u64 {
        match self {
            Self::Reply { channel, .. }
            | Self::Thread { channel, .. }
            | Self::Instead { channel, .. }
            | Self::Interaction { channel, .. }
            | Self::Knock { channel }
            | Self::Beside { channel, .. } => *channel,
        }
    }

    /// What Discord takes the answer to a press or a command by.
    pub(super) fn token(&self) -> Option<&str> {
        match self {
            Self::Interaction { token, .. } => Some(token),
            Self::Reply { .. }
            | Self::Thread { .. }
            | Self::Instead { .. }
            | Self::Knock { .. }
            | Self::Beside { .. } => None,
        }
    }

    /// Where one could say that there is something: the thread first, then the channel around it.
    pub(super) fn places(&self) -> impl Iterator<Item = u64> + use<> {
        let thread = match self {
            Self::Thread { message, .. } => Some(*message),
            Self::Reply { .. }
            | Self::Instead { .. }
            | Self::Interaction { .. }
            | Self::Knock { .. }
            | Self::Beside { .. } => None,
        };
        thread.into_iter().chain([self.channel()])
    }

    /// Beside what goes this way, if that is the answer to a press or a command.
    pub(super) fn beside(&self) -> Option<Self> {
        match self {
            Self::Interaction { token, channel, .. } => {
                Some(Self::Beside { token: token.clone(), channel: *channel })
            }
            Self::Reply { .. }
            | Self::Thread { .. }
            | Self::Instead { .. }
            | Self::Knock { .. }
            | Self::Beside { .. } => None,
        }
    }

    /// The same where everybody sees it at once, and not in a thread that nobody has opened.
    pub(super) fn in_sight(self) -> Self {
        match self {
            Self::Thread { channel, message } => Self::Reply { channel, message, unasked: true },
            way @ (Self::Reply { .. }
            | Self::Instead { .. }
            | Self::Interaction { .. }
            | Self::Knock { .. }
            | Self::Beside { .. }) => way,
        }
    }

    /// Whether nobody had spoken to us.
    pub(super) fn is_unasked(&self) -> bool {
        match self {
            Self::Reply { unasked, .. } | Self::Instead { unasked, .. } => *unasked,
            Self::Thread { .. } => true,
            Self::Interaction { .. } | Self::Knock { .. } | Self::Beside { .. } => false,
        }
    }

    /// The same in place of what we had said before, which stands in this channel.
    pub(super) fn instead_of(self, channel: u64, reply: u64) -> Self {
        match self {
            Self::Reply { message, unasked, .. } => {
                Self::Instead { channel, message, reply, unasked }
            }
            Self::Thread { message, .. } => {
                Self::Instead { channel, message, reply, unasked: true }
            }
            way @ (Self::Instead { .. }
            | Self::Interaction { .. }
            | Self::Knock { .. }
            | Self::Beside { .. }) => way,
        }
    }

    /// From a note; `None` where another version of this program wrote it.
    pub(super) fn read(note: Option<&str>) -> Option<Self> {
        serde_json::from_str(note?).ok()
    }
}
/// Where a reply arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrived {
    /// The message that it became, where others see it too.
    pub(super) message: Option<u64>,
    /// Where that stands.
    pub(super) channel: Option<u64>,
}

impl Arrived {
    /// Where nobody else sees it.
    pub(super) const NOWHERE: Self = Self { message: None, channel: None };

    pub(super) const fn at(channel: u64, message: u64) -> Self {
        Self { message: Some(message), channel: Some(channel) }
    }
}
