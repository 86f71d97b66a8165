//! Plans: when Charley comes back, what is asked then, and what follows from the answer.

mod checked;
pub mod raw;
mod times;

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::{Time, Weekday};

use crate::vocabulary::FlagId;

pub(super) use checked::plan;
pub use times::{clock_time, hours, time_span};

/// The plan whose steps are the timers of a cramp that is on.
pub const RELIEF: &str = "relief";

/// A checked plan.
#[derive(Clone, Debug)]
pub struct PlanText {
    /// The file's name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How many days it lasts.
    pub days: u16,
    /// What is said when it begins.
    pub intro: String,
    /// What is said to whoever asks for sport while it runs.
    pub sport: String,
    /// What is said to whoever asks how its exercise is done.
    pub how: String,
    /// The same exercise sitting down.
    pub seated: String,
    /// What is said to whoever is hurt by it.
    pub hurts: String,
    /// Its own quiet hours: from, until.
    pub quiet: Option<(Time, Time)>,
    /// Its steps, in the order of their time.
    pub steps: Vec<StepText>,
    /// Its questions.
    pub questions: BTreeMap<String, AskText>,
    /// Where it comes from.
    pub sources: Vec<String>,
}

/// One step of a plan.
#[derive(Clone, Debug)]
pub struct StepText {
    /// Its name.
    pub id: String,
    /// What it is, in a few words.
    pub label: String,
    /// When it comes.
    pub when: When,
    /// How late it may still be said.
    pub grace: SignedDuration,
    /// It comes only when an answer begins it.
    pub follows: bool,
    /// What is written on the button that begins it.
    pub offer: Option<String>,
    /// The danger signs are asked for first.
    pub check: bool,
    /// Nobody minds when it is not answered.
    pub missable: bool,
    /// What is said.
    pub text: String,
    /// What is asked, one after the other.
    pub ask: Vec<String>,
    /// What follows: the first that holds.
    pub rules: Vec<Rule>,
}

/// When a step comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// So long after the cramp, whatever the clock says.
    After(SignedDuration),
    /// On a day counted from that of the cramp, by the clock.
    Day(u16, At),
    /// By the clock, again and again until a day.
    Often {
        /// Every day, or on one day of the week.
        on: Option<Weekday>,
        /// At what time.
        at: At,
        /// The last day.
        until: u16,
    },
    /// Again after so long, while the person is awake, until a day.
    Every(SignedDuration, u16),
}

/// A time by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// This one.
    Clock(Time),
    /// Half an hour before the person goes to bed.
    Bedtime,
}

/// One question of a plan.
#[derive(Clone, Debug)]
pub struct AskText {
    /// The question.
    pub text: String,
    /// What can be answered.
    pub answers: Answers,
}

/// What can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answers {
    /// One of these, by key, with what is written on it.
    Choices(Vec<(String, String)>),
    /// A number from 0 to this one.
    UpTo(u8),
}

/// What follows from the answers.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    /// All must hold.
    pub when: Vec<Condition>,
    /// What is said.
    pub say: String,
    /// It opens a gate.
    pub opens: bool,
    /// A red flag that holds then.
    pub raise: Option<FlagId>,
    /// The same step comes again after so long.
    pub again: Option<SignedDuration>,
    /// Steps that begin.
    pub begin: Vec<String>,
    /// Steps that come no more.
    pub stop: Vec<String>,
    /// The plan is over.
    pub ends: bool,
}

/// What must hold for a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The answer to a question is one of these.
    Is(String, Vec<String>),
    /// A number is at most this.
    AtMost(String, u16),
    /// A number is at least this.
    AtLeast(String, u16),
    /// A number is above the one before.
    Rising(String),
    /// A number is below the one before.
    Falling(String),
    /// A number is at least a third below another's first.
    AThirdBelow(String, String),
}

impl Condition {
    /// Whether it looks at the answer to a question.
    #[must_use]
    pub fn names(&self, question: &str) -> bool {
        match self {
            Self::Is(name, _)
            | Self::AtMost(name, _)
            | Self::AtLeast(name, _)
            | Self::Rising(name)
            | Self::Falling(name) => name == question,
            Self::AThirdBelow(name, other) => name == question || other == question,
        }
    }
}

/// How many cramps came since the plan began, in a condition.
pub const CRAMPS: &str = "cramps";
/// Which day it is, in a condition.
pub const DAY: &str = "day";

impl PlanText {
    /// Whether it goes by the calendar and not by one cramp: something comes of it again and again by
    /// itself.
    #[must_use]
    pub fn is_of_habits(&self) -> bool {
        self.steps.iter().any(|step| step.recurs() && !step.follows)
    }

    /// A step by its name.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&StepText> {
        self.steps.iter().find(|step| step.id == id)
    }
}

impl StepText {
    /// Whether it comes again and again.
    #[must_use]
    pub const fn recurs(&self) -> bool {
        matches!(self.when, When::Often { .. } | When::Every(..))
    }

    /// Whether the rest of the plan hangs on it: an answer to it begins other steps.
    #[must_use]
    pub fn leads_on(&self) -> bool {
        self.rules.iter().any(|rule| !rule.begin.is_empty())
    }
}
