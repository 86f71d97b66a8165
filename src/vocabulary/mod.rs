//! The closed words that code and response files share: flags, levels, facts, cards and questions.
//!
//! Topics are open (a new file is a new topic); everything here is closed, because it is safety:
//! a new red flag or card stops the build where a decision is due.

mod answering;
mod aspect;
mod card;
mod fact;
mod flag;
mod question;
mod sets;
mod talk;
mod timer;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

pub use answering::Answering;
pub use aspect::Aspect;
pub use card::Card;
pub use fact::Fact;
pub use flag::Flag;
pub use question::Question;
pub use sets::{FactSet, FlagId, FlagSet};
pub use talk::Talk;
pub use timer::Timer;

/// How soon somebody has to act, from the least to the most pressing.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "snake_case")]
pub enum Urgency {
    /// Nothing to act on: the message is not about a leg cramp.
    #[default]
    None,
    /// A plain cramp: self-care and the safety net.
    SelfCare,
    /// Book an appointment.
    SeeDoctor,
    /// Seen by somebody today.
    Urgent,
    /// Call the emergency number now.
    Emergency,
}

/// How what is said in a channel is answered.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, Display,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Manner {
    /// Shortly, with a way to help in private; no personal question.
    #[default]
    Private,
    /// In a thread below the message, with all questions.
    Thread,
    /// In the channel itself, with all questions.
    Open,
}

/// When the cramp happens.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Setting {
    /// Not said.
    #[default]
    Unknown,
    /// During or right after exercise.
    Exercise,
    /// In bed, asleep, at night.
    Nocturnal,
    /// Plainly said, but neither.
    Other,
    /// Plainly both.
    Both,
}

/// What was said of a sign: only `Affirmed` and `Doubted` raise a flag, only `Denied` clears one.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Status {
    /// Said to be so.
    Affirmed,
    /// "a bit", "maybe", "not sure if": counts as affirmed.
    Doubted,
    /// Said not to be so.
    Denied,
    /// Was so, and is over.
    Past,
    /// "what if", "can it cause": not said of anybody.
    Hypothetical,
    /// True of somebody the message is not about.
    SomeoneElse,
}

impl Status {
    /// Whether a claim with this status raises its flag: doubt affirms.
    #[must_use]
    pub const fn raises(self) -> bool {
        match self {
            Self::Affirmed | Self::Doubted => true,
            Self::Denied | Self::Past | Self::Hypothetical | Self::SomeoneElse => false,
        }
    }
}

macro_rules! ids {
    ($($kind:ty),+) => {$(
        impl $kind {
            /// The id used in files.
            #[must_use]
            pub fn id(self) -> &'static str {
                self.into()
            }
        }
    )+};
}
ids!(Card, Question, Setting, Status, Urgency);
