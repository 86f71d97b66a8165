//! What an event does to a plan: what is said, what is asked, and whether it goes on.

use super::{Timeline, Why};
use crate::vocabulary::{Card, FlagId};

/// One thing to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saying {
    /// A text of the plan's file, filled in.
    Text(String),
    /// A card, with the values of its placeholders.
    Card(Card, Vec<(&'static str, String)>),
    /// The plan that begins, with what is to come, and the quiet hours.
    Begun(Timeline, String),
    /// A question of the plan, with its choices: which step, which time, which question.
    Ask(String, u16, String),
    /// What can be pressed below a check-in.
    Buttons(&'static [&'static str]),
    /// When to come back to it, with these choices.
    AskWhen(&'static [&'static str]),
    /// The choice that says that a doctor has looked at it.
    Checked,
    /// The plan as it stands.
    Timeline(Timeline),
    /// Steps that somebody may ask for themselves.
    Offers,
    /// Whether the time zone is right.
    Zone,
    /// Time zones to pick from, by their names.
    Zones(Vec<String>),
}

/// What an event does to a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What to say, in order.
    pub says: Vec<Saying>,
    /// A red flag that holds.
    pub raise: Option<FlagId>,
    /// Whether the danger signs are to be asked for: in short, or in full.
    pub asks: Option<Asks>,
    /// Why a reminder that was due is not said.
    pub skipped: Option<Why>,
    /// Whether the plan is over, and erased.
    pub over: bool,
    /// Whether it promises that what is to come will be said to the person directly.
    pub directly: bool,
    /// Whether a longer plan is to be offered.
    pub offers_longer: bool,
}

/// How the danger signs are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// In short, before a check-in goes on.
    InShort,
    /// All of them, since something is worse.
    InFull,
}

impl Outcome {
    /// Whether the interview has to go on with it: a red flag holds, or the danger signs are to be
    /// asked for.
    #[must_use]
    pub const fn leads_on(&self) -> bool {
        self.raise.is_some() || self.asks.is_some()
    }

    pub(super) fn say(saying: Saying) -> Self {
        Self { says: vec![saying], ..Self::default() }
    }

    /// A card without values.
    #[must_use]
    pub fn card(card: Card) -> Self {
        Self::say(Saying::Card(card, Vec::new()))
    }

    /// A card, and the plan is over.
    #[must_use]
    pub fn over(card: Card) -> Self {
        Self { over: true, ..Self::card(card) }
    }

    pub(super) fn skipped(why: Why) -> Self {
        Self { skipped: Some(why), ..Self::default() }
    }
}
