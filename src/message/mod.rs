//! What was said: a text by somebody, somewhere, at a time, and the words in it.

mod fold;
mod letters;
mod markup;
mod plain;
mod skim;
mod words;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use letters::{Letters, pack};
pub use plain::plain_words;
pub use skim::{Skim, TAKEN};
pub use words::{Boundary, MADE_WORDS, Sentence, Token, Words};

/// Longest text that is read, in characters: Discord's own limit for a message of a Nitro member.
pub const LONGEST_TEXT: usize = 4_000;

/// A person, by the number their chat service gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonId(pub u64);

/// A channel, thread or direct-message channel, by the number the chat service gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlaceId(pub u64);

/// Whose conversation it is: one person in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Address {
    /// Who speaks.
    pub person: PersonId,
    /// Where.
    pub place: PlaceId,
}

/// One message as it came in. It is read in memory and never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The number that tells this message from every other; a repeat of it is the same message.
    pub id: u64,
    /// Who said it where.
    pub from: Address,
    /// The words as typed.
    pub text: String,
    /// When it was said.
    pub at: Timestamp,
    /// Whether Charley was spoken to (direct message, mention, reply, terminal) or overheard it.
    pub addressed: bool,
    /// Whether others read it, and what is answered.
    pub in_public: bool,
    /// The channel it was said in, where a conversation that begins with it gets a place of its own.
    pub within: Option<PlaceId>,
}
