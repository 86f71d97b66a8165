//! What a press means. A choice travels through the chat service as a short id and comes back.

use std::str::FromStr;

use super::{Case, Stage};
use crate::responses::TopicId;
use crate::vocabulary::{FlagId, Question, Urgency};

/// Everything that can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// An answer to a question: which, the key of the answer, and the flag it is about.
    Answer(Question, Answer, Option<FlagId>),
    /// A sign of a list.
    Sign(FlagId),
    /// Show where the last answer comes from.
    Sources,
    /// Show more of a topic.
    More(TopicId),
    /// Answer a related topic.
    Topic(TopicId),
    /// A doctor has looked at it.
    Checked,
}

/// Whether a choice belongs to what is open now. While it is cramping the check and the timers'
/// questions may be open side by side: each is taken until it was answered.
#[must_use]
pub fn is_open(case: &Case, stage: Stage, choice: Choice) -> bool {
    match choice {
        Choice::Answer(Question::Offer, ..) => true,
        Choice::Answer(question, _, about) => {
            stage == Stage::Asking(question, about)
                || about.is_none() && stays_open(case, stage, question)
        }
        Choice::Sign(_) => {
            matches!(stage, Stage::Asking(Question::List2 | Question::Which, _))
        }
        Choice::Checked => matches!(stage, Stage::Closed(level) if level >= Urgency::Urgent),
        Choice::Sources | Choice::More(_) | Choice::Topic(_) => true,
    }
}

fn stays_open(case: &Case, stage: Stage, question: Question) -> bool {
    let side_by_side = matches!(question, Question::Check | Question::LetGo3 | Question::LetGo10);
    let open = case.asked.contains(question) && !case.answered.contains(question);
    let affirmed = matches!(stage, Stage::Asking(Question::List2 | Question::Which, _));
    let talking = matches!(stage, Stage::Asking(..) | Stage::Waiting) && !affirmed;
    let running = case.now == Some(true) && talking;
    side_by_side && open && running && !(question == Question::Check && case.checked)
}

/// The key of an answer, as in the question's file.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the key of the same name in responses/questions")]
pub enum Answer {
    Yes,
    No,
    None,
    Some,
    #[strum(serialize = "list-1")]
    List1,
    #[strum(serialize = "list-2")]
    List2,
    ComesAndGoes,
    Worse,
    Running,
    RightAfter,
    InBed,
    Other,
    Today,
    Yesterday,
    Days,
    Longer,
    Minor,
    Pregnant,
    Medicine,
    Condition,
    Recurrent,
    ClotRisk,
    NotSure,
    Private,
    NotMe,
    Never,
}

impl Answer {
    /// The key used in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.into()
    }
}

impl std::fmt::Display for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Answer(question, answer, None) => write!(f, "answer:{question}:{answer}"),
            Self::Answer(question, answer, Some(flag)) => {
                write!(f, "answer:{question}:{answer}:{}", flag.0)
            }
            Self::Sign(flag) => write!(f, "sign:{}", flag.0),
            Self::Sources => f.write_str("sources"),
            Self::More(topic) => write!(f, "more:{}", topic.0),
            Self::Topic(topic) => write!(f, "topic:{}", topic.0),
            Self::Checked => f.write_str("checked"),
        }
    }
}

/// A choice id that means nothing to this program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no choice of this program")]
pub struct UnknownChoice(pub String);

impl FromStr for Choice {
    type Err = UnknownChoice;

    fn from_str(id: &str) -> Result<Self, UnknownChoice> {
        let unknown = || UnknownChoice(id.to_owned());
        let number = |text: &str| text.parse().map_err(|_| unknown());
        let parts: Vec<&str> = id.split(':').collect();
        match parts.as_slice() {
            ["answer", question, answer, rest @ ..] => {
                let question = question.parse().map_err(|_| unknown())?;
                let answer = answer.parse().map_err(|_| unknown())?;
                let flag = rest.first().map(|flag| flag.parse().map(FlagId)).transpose();
                Ok(Self::Answer(question, answer, flag.map_err(|_| unknown())?))
            }
            ["sign", flag] => Ok(Self::Sign(FlagId(flag.parse().map_err(|_| unknown())?))),
            ["sources"] => Ok(Self::Sources),
            ["more", topic] => Ok(Self::More(TopicId(number(topic)?))),
            ["topic", topic] => Ok(Self::Topic(TopicId(number(topic)?))),
            ["checked"] => Ok(Self::Checked),
            _ => Err(unknown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_comes_back_as_it_went() {
        let choices = [
            Choice::Answer(Question::Check, Answer::None, None),
            Choice::Answer(Question::Clarify, Answer::NotSure, Some(FlagId(9))),
            Choice::Sign(FlagId(3)),
            Choice::More(TopicId(7)),
            Choice::Sources,
        ];
        for choice in choices {
            assert_eq!(choice.to_string().parse(), Ok(choice));
        }
        assert!("answer:nope:yes".parse::<Choice>().is_err());
    }
}
