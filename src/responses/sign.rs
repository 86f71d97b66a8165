//! What a phrase is about, and what it does when it is found.

use super::TopicId;
use crate::phrases::Found;
use crate::vocabulary::{Aspect, Fact, FlagId, Status};

/// What a phrase does when it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// It says the thing.
    Says,
    /// The same, and it holds a negation of its own ("cannot walk").
    SaysByNegation,
    /// Not enough to say it, enough to ask.
    Unsure,
    /// The same, and it holds a negation of its own ("not weight bearing today").
    UnsureByNegation,
    /// It says that all is well with it ("can walk fine").
    Fine,
    /// It names the thing where that was asked for, and says nothing elsewhere ("warm").
    Answer,
    /// It says what else the thing may come from ("sunburn"), and says nothing elsewhere.
    Explains,
    /// A look-alike: what is found inside does not count.
    Not,
}

impl Role {
    /// Whether the phrase holds a negation of its own, which does not deny it.
    #[must_use]
    pub const fn denies(self) -> bool {
        matches!(self, Self::SaysByNegation | Self::UnsureByNegation)
    }

    /// Whether the phrase is enough to ask, and not to say it.
    #[must_use]
    pub const fn is_unsure(self) -> bool {
        matches!(self, Self::Unsure | Self::UnsureByNegation)
    }

    /// The same of a phrase that is not enough to say it.
    #[must_use]
    pub(super) const fn unsure(self) -> Self {
        match self {
            Self::SaysByNegation => Self::UnsureByNegation,
            _ => Self::Unsure,
        }
    }
}

/// What a phrase is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// A red flag.
    Flag(FlagId, Role),
    /// A topic.
    Topic(TopicId, Role),
    /// A fact.
    Fact(Fact, Role),
    /// A question that leans on the answer before it.
    FollowUp(Aspect, Role),
    /// A word that changes what is said of the signs near it.
    Cue(Status, Reach),
    /// A word beyond which no cue reaches.
    End,
}

impl Sign {
    /// Whether `other` is a look-alike of what this says: found there, it does not count.
    #[must_use]
    pub fn is_hidden_by(self, other: Self) -> bool {
        match (other, self) {
            (Self::Flag(a, Role::Not), Self::Flag(b, role)) => {
                a == b && !matches!(role, Role::Not | Role::Explains)
            }
            (Self::Fact(a, Role::Not), Self::Fact(b, role)) => a == b && role != Role::Not,
            (Self::Topic(a, Role::Not), Self::Topic(b, role)) => a == b && role != Role::Not,
            (Self::FollowUp(a, Role::Not), Self::FollowUp(b, role)) => a == b && role != Role::Not,
            _ => false,
        }
    }
}

impl Found<Sign> {
    /// Whether it lies within a look-alike of the same thing, or holds one.
    #[must_use]
    pub fn is_look_alike(&self, found: &[Self]) -> bool {
        found.iter().any(|other| {
            let (a, b) = (&other.tokens, &self.tokens);
            let holds =
                a.start <= b.start && b.end <= a.end || b.start <= a.start && a.end <= b.end;
            holds && self.owner.is_hidden_by(other.owner)
        })
    }
}

/// How far a cue reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The words after it.
    Before,
    /// The words after it, across the beginning of a clause.
    BeforeClause,
    /// The words before it.
    After,
    /// The whole sentence.
    Sentence,
    /// Nothing: a look-alike of a cue.
    Nothing,
}
