//! The texts of a checked set: topics, red flags, cards, questions, sources and numbers.

use std::collections::BTreeMap;

use super::{Place, raw};
use crate::vocabulary::{Aspect, Fact, FactSet, FlagId, FlagSet, Urgency};

/// A topic of a loaded set, by its place in [`super::Responses::topics`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct TopicId(pub u16);

/// A checked topic.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing of a topic")]
pub struct Topic {
    /// The file's name.
    pub id: String,
    /// The label it counts as.
    pub intent: String,
    /// The name on a button.
    pub title: String,
    /// What a member reads.
    pub answer: String,
    /// What [Tell me more] shows.
    pub more: Option<String>,
    /// Said instead to under-18s.
    pub minor: Option<String>,
    /// Said instead in pregnancy.
    pub pregnant: Option<String>,
    /// Whether it speaks of medicines, supplements or salt.
    pub medicine: bool,
    /// Where it comes from.
    pub sources: Vec<String>,
    /// Topics offered with it.
    pub related: Vec<TopicId>,
    /// Small talk.
    pub chat: bool,
    /// Red flags that the answer speaks of.
    pub signs: FlagSet,
    /// Whether what it says of a sore muscle, or one that is well again, is said instead of the answer.
    pub by_soreness: bool,
    /// Whether what it says of nights is said instead to who cramps in bed.
    pub by_night: bool,
    /// Whether what it says of medicines is said instead to who takes a blood thinner.
    pub by_blood_thinner: bool,
    /// Whether a child under 8 is sent to a doctor instead.
    pub doctor_under_8: bool,
    /// Whether who only tells of it reads the answer too.
    pub when_told: bool,
    /// Topics that answer instead, by whom they are for.
    pub instead: Instead,
    /// Answers to what is asked next.
    pub follow_ups: BTreeMap<Aspect, String>,
    /// Its example messages.
    pub examples: Vec<Example>,
}

/// The topics that answer instead of one, by whom they are for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Instead {
    /// For who has an illness that salts, potassium or painkillers may harm.
    pub illness: Option<TopicId>,
    /// For who cramps in the groin.
    pub groin: Option<TopicId>,
    /// For who cramped in sport within the last two weeks.
    pub lately: Option<TopicId>,
}

impl Topic {
    /// What it says of one aspect, if anything.
    #[must_use]
    pub fn says_of(&self, aspect: Aspect) -> Option<&str> {
        let whole = match aspect {
            Aspect::ForMinors => self.minor.as_deref(),
            Aspect::InPregnancy => self.pregnant.as_deref(),
            _ => None,
        };
        self.follow_ups.get(&aspect).map(String::as_str).or(whole)
    }
}

/// An example message with its place, to be named when the engine reads it wrongly.
#[derive(Clone, Debug)]
pub struct Example {
    /// The message.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A checked red flag.
#[derive(Clone, Debug)]
pub struct RedFlag {
    /// The file's name.
    pub id: String,
    /// How soon somebody has to act.
    pub urgency: Urgency,
    /// The sign as a heading.
    pub name: String,
    /// The sign as it is said on the phone.
    pub sign: String,
    /// A few words for the check list, and which of the two lists.
    pub on_list: Option<(u8, String)>,
    /// Completes "Because ...".
    pub reason: String,
    /// What makes an unsure phrase count when it is said too.
    pub confirmed_by: Vec<Term>,
    /// The question that clears it.
    pub question: String,
    /// The same for who said an unsure phrase of it.
    pub question_if_told: Option<String>,
    /// First aid, or what not to do, or what to bring.
    pub advice: String,
    /// Where it comes from.
    pub sources: Vec<String>,
    /// Messages that must raise it.
    pub examples: Vec<Example>,
    /// Messages that must not.
    pub harmless: Vec<Example>,
}

/// One side of a row of the combination table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// A red flag that is affirmed.
    Flag(FlagId),
    /// A fact that holds.
    Fact(Fact),
}

impl Term {
    /// Whether it is among these.
    #[must_use]
    pub fn holds(self, flags: FlagSet, facts: FactSet) -> bool {
        match self {
            Self::Flag(flag) => flags.contains(flag),
            Self::Fact(fact) => facts.contains(fact),
        }
    }
}

/// Signs that weigh more together.
#[derive(Clone, Debug)]
pub struct Combination {
    /// Its name.
    pub id: String,
    /// All must hold; each is one of its terms.
    pub when: Vec<Vec<Term>>,
    /// The level it raises to.
    pub urgency: Urgency,
    /// The signs as said on the phone.
    pub sign: String,
    /// As in a red flag.
    pub advice: String,
    /// Why to book a visit, in a row that can wait for one.
    pub reason: Option<String>,
    /// Where it comes from.
    pub sources: Vec<String>,
}

/// A checked card.
#[derive(Clone, Debug)]
pub struct CardText {
    /// The text with placeholders.
    pub text: String,
    /// Placeholders whose words depend on the case.
    pub parts: BTreeMap<String, BTreeMap<String, String>>,
    /// Where it comes from.
    pub sources: Vec<String>,
}

/// A checked question.
#[derive(Clone, Debug, Default)]
pub struct QuestionText {
    /// The question with placeholders.
    pub text: String,
    /// The same where a part of it was told.
    pub text_if_told: Option<String>,
    /// The same to somebody who read it just before and answered something else.
    pub text_again: Option<String>,
    /// What is written on each choice.
    pub choices: BTreeMap<String, String>,
}

/// A source as it is shown.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Authors or body.
    pub by: String,
    /// When it was published.
    pub year: Option<u16>,
    /// Where it can be read.
    pub url: Option<String>,
    /// How strong the evidence is.
    pub level: raw::Level,
    /// What it found.
    pub says: String,
}

/// Whom to call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Completes "Call ... now".
    pub emergency: String,
    /// Completes "Call ... today".
    pub nurse_line: String,
}
