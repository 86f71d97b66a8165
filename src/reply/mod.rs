//! What we say: plain text and choices, made for an ideal client; adapters cut and colour.

mod compose;

mod cards;
mod choices;
mod kind;
mod parts;
mod plan;
mod questions;
mod sources;

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr};

use crate::plan::Timeline;
use crate::timestamps::in_words;
use crate::vocabulary::Urgency;

pub use compose::{Audience, Sourced, Told, compose};
pub use parts::LONGEST_REPLY;
pub use plan::PlanWords;
pub(crate) use questions::capital;

/// What sort of thing a reply is, for adapters and tests.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReplyKind {
    /// An open question of the interview.
    Question,
    /// A card: relief, emergency, same day, advice ...
    Card,
    /// The answer to something asked.
    Answer,
    /// A check-in that nobody asked for at this moment.
    Reminder,
    /// Where an answer comes from.
    Sources,
    /// Everything else: a greeting, a goodbye, "I did not understand".
    Notice,
}

/// Something one can press. `id` travels through the chat service and back; `label` is read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Choice {
    /// What a press of it means, in at most 64 ASCII characters.
    pub id: String,
    /// What is written on it, at most 80 characters.
    pub label: String,
}

/// Several of these may be pressed together.
const SIGN: &str = "sign:";

/// The choice that begins to ask, wherever somebody is.
pub const BEGIN: &str = "answer:offer:private";

/// The choice that tells what we can do, wherever somebody is: it is no word of a talk.
pub const HELP: &str = "topic:help";

/// The choice that shows where the last answer comes from.
pub const SOURCES: &str = "sources";

/// The choices that take back what nobody had asked us.
const TAKES_BACK: [&str; 2] = ["answer:offer:not-me", "answer:offer:never"];

/// Whether a choice takes back the reply it stands below.
#[must_use]
pub fn takes_back(choice: &str) -> bool {
    TAKES_BACK.contains(&choice)
}

/// Whether a choice answers what is asked above it, so that it is pressed once; others can be
/// pressed again and again.
#[must_use]
pub fn is_answer(choice: &str) -> bool {
    let answers = ["answer:", SIGN, "step:", "plan:snooze:", "plan:skip"];
    choice != BEGIN && answers.iter().any(|start| choice.starts_with(start))
}

/// Begins the choices that answer a check-in: they hold its step and which time it comes.
const STEP: &str = "step:";

/// Begins the choice that shows a check-in.
const OPENS: &str = "plan:open:";

/// The choice that shows a check-in, wherever it is pressed.
#[must_use]
pub fn opens(step: &str, time: u16) -> String {
    format!("{OPENS}{step}:{time}")
}

/// Whether a choice belongs to one check-in and no other.
#[must_use]
pub fn is_of_one_check_in(choice: &str) -> bool {
    choice.starts_with(STEP) || choice.starts_with(OPENS)
}

/// Whether what a choice brings is for nobody else to read, wherever it is pressed.
#[must_use]
pub fn is_personal(choice: &str) -> bool {
    choice == BEGIN || takes_back(choice) || choice.starts_with(STEP) || choice.starts_with("plan:")
}

/// Choices that were pressed together, as one; nothing where they do not go together.
#[must_use]
pub fn together(choices: &[String]) -> Option<String> {
    match choices {
        [] => None,
        [one] => Some(one.clone()),
        several => {
            let names = several.iter().map(|choice| choice.strip_prefix(SIGN));
            let names: Option<Vec<&str>> = names.collect();
            names.map(|names| format!("{SIGN}{}", names.join(",")))
        }
    }
}

impl Choice {
    /// Whether it may be pressed together with others of its kind.
    #[must_use]
    pub fn is_one_of_several(&self) -> bool {
        self.id.starts_with(SIGN)
    }
}

/// One thing to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// What sort of thing it is.
    pub kind: ReplyKind,
    /// How pressing it is.
    pub urgency: Urgency,
    /// The text, in Markdown that Discord and a terminal can show; at most 2,000 characters.
    pub text: String,
    /// What can be pressed, in order; empty when nothing is asked.
    pub choices: Vec<Choice>,
    /// A plan as it stands, for adapters that can draw it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeline: Option<Timeline>,
    /// Whether it promises that what is to come is said to the person directly: an adapter to which
    /// somebody's door may be shut finds out at once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub directly: bool,
}

impl Reply {
    /// A reply without a picture.
    #[must_use]
    pub const fn new(
        kind: ReplyKind,
        urgency: Urgency,
        text: String,
        choices: Vec<Choice>,
    ) -> Self {
        Self { kind, urgency, text, choices, timeline: None, directly: false }
    }
}

/// The text as it is, and below it what can be pressed: `[Yes] [No]`.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_words(&self.text))?;
        let buttons: Vec<String> =
            self.choices.iter().map(|choice| format!("[{}]", choice.label)).collect();
        if buttons.is_empty() { Ok(()) } else { write!(f, "\n{}", buttons.join(" ")) }
    }
}
