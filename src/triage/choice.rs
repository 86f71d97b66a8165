//! What a press means. A choice travels through the chat service as a short id and comes back.

use super::{Case, Stage};
use crate::responses::{Responses, TopicId};
use crate::vocabulary::{Flag, FlagId, FlagSet, Question, Urgency};

/// Everything that can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// An answer to a question: which, the key of the answer, and the flag it is about.
    Answer(Question, Answer, Option<FlagId>),
    /// One or more signs of a list.
    Signs(FlagSet),
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
        Choice::Signs(_) => {
            matches!(stage, Stage::Asking(Question::List2 | Question::Which, _))
        }
        Choice::Checked => {
            case.plan.runs || matches!(stage, Stage::Closed(level) if level >= Urgency::Urgent)
        }
        Choice::Sources | Choice::More(_) | Choice::Topic(_) => true,
    }
}

/// Whether a choice tells of danger, and so counts whenever it is pressed: below an earlier question
/// too, weeks later.
#[must_use]
pub fn is_danger(choice: Choice) -> bool {
    match choice {
        Choice::Answer(question, answer, about) => match question {
            Question::Check => matches!(answer, Answer::List1 | Answer::List2),
            Question::Rescreen => answer == Answer::Some,
            Question::Rest => matches!(answer, Answer::Yes | Answer::Some),
            Question::Clarify | Question::StillThere => {
                matches!(answer, Answer::Yes | Answer::Some) && about.is_some()
            }
            // The signs of these are pressed by name; the others ask for none.
            Question::List2
            | Question::Which
            | Question::Released
            | Question::When
            | Question::Context
            | Question::LetGo3
            | Question::LetGo10
            | Question::PlanOffer
            | Question::WhatIf
            | Question::Offer
            | Question::Sore
            | Question::Reminder
            | Question::Zone => false,
        },
        Choice::Signs(_) => true,
        Choice::Sources | Choice::More(_) | Choice::Topic(_) | Choice::Checked => false,
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
    /// It is not cramping at the moment; nobody said that it just let go.
    NotNow,
    Show,
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

    /// The circumstance that it names, such as a pregnancy.
    #[must_use]
    pub const fn circumstance(self) -> Option<Flag> {
        match self {
            Self::Minor => Some(Flag::Child),
            Self::Pregnant => Some(Flag::Pregnancy),
            Self::Medicine => Some(Flag::Medication),
            Self::Condition => Some(Flag::Condition),
            Self::Recurrent => Some(Flag::Recurrent),
            Self::ClotRisk => Some(Flag::ClotRisk),
            _ => None,
        }
    }
}

/// A choice id that means nothing to this program, or names what the response files no longer hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no choice of this program")]
pub struct UnknownChoice(pub String);

impl Choice {
    /// The id that travels through the chat service: names, no numbers, so that it means the same
    /// after the response files have changed.
    #[must_use]
    pub fn id(self, responses: &Responses) -> String {
        let flag = |id| responses.flag(id).map_or("", |flag| flag.id.as_str());
        let topic = |id| responses.topic(id).map_or("", |topic| topic.id.as_str());
        match self {
            Self::Answer(question, answer, None) => format!("answer:{question}:{answer}"),
            Self::Answer(question, answer, Some(about)) => {
                format!("answer:{question}:{answer}:{}", flag(about))
            }
            Self::Signs(signs) => {
                format!("sign:{}", signs.iter().map(flag).collect::<Vec<_>>().join(","))
            }
            Self::Sources => "sources".to_owned(),
            Self::More(of) => format!("more:{}", topic(of)),
            Self::Topic(of) => format!("topic:{}", topic(of)),
            Self::Checked => "checked".to_owned(),
        }
    }

    /// What an id means.
    ///
    /// # Errors
    /// That it means nothing, or no longer.
    pub fn read(responses: &Responses, id: &str) -> Result<Self, UnknownChoice> {
        let parts: Vec<&str> = id.split(':').collect();
        let flag = |name: &str| responses.flag_id(name);
        let topic = |name: &str| responses.topic_id(name);
        let choice = match parts.as_slice() {
            ["answer", question, answer] => answer_of(question, answer, None),
            ["answer", question, answer, about] => {
                flag(about).and_then(|about| answer_of(question, answer, Some(about)))
            }
            ["sign", signs] => signs.split(',').map(flag).collect::<Option<_>>().map(Self::Signs),
            ["sources"] => Some(Self::Sources),
            ["more", of] => topic(of).map(Self::More),
            ["topic", of] => topic(of).map(Self::Topic),
            ["checked"] => Some(Self::Checked),
            _ => None,
        };
        choice.ok_or_else(|| UnknownChoice(id.to_owned()))
    }
}

fn answer_of(question: &str, answer: &str, about: Option<FlagId>) -> Option<Choice> {
    Some(Choice::Answer(question.parse().ok()?, answer.parse().ok()?, about))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Flag;

    #[test]
    fn a_choice_comes_back_as_it_went_and_by_name() {
        let responses = crate::responses::disk::load(std::path::Path::new("responses")).unwrap();
        let topic = responses.topic_id("pickle_juice").unwrap();
        let choices = [
            (Choice::Answer(Question::Check, Answer::None, None), "answer:check:none"),
            (
                Choice::Answer(Question::Clarify, Answer::NotSure, Some(Flag::Swelling.into())),
                "answer:clarify:not-sure:swelling",
            ),
            (Choice::Signs(FlagSet::only(Flag::DarkUrine)), "sign:dark_urine"),
            (
                Choice::Signs(
                    [Flag::Swelling, Flag::Numbness].map(FlagId::from).into_iter().collect(),
                ),
                "sign:swelling,numbness",
            ),
            (Choice::More(topic), "more:pickle_juice"),
            (Choice::Sources, "sources"),
        ];
        for (choice, id) in choices {
            assert_eq!(choice.id(&responses), id);
            assert_eq!(Choice::read(&responses, id), Ok(choice));
        }
        for gone in ["answer:nope:yes", "more:no_such_topic", "sign:", "answer:clarify:yes:nope"] {
            assert!(Choice::read(&responses, gone).is_err(), "{gone}");
        }
    }
}
