//! The words on a choice, said instead of pressed.

use super::{Plan, reading};
use crate::responses::plans::Answers;
use crate::responses::{PlanText, TalkLists};
use crate::vocabulary::Answering;

impl Plan {
    /// Whether a message begins with the words on a choice of the question that is open.
    #[must_use]
    pub fn begins_with_choice(&self, text: &PlanText, said: &str) -> bool {
        let said = reading::words(said);
        let open = self.open.as_ref();
        let step = open.and_then(|open| text.step(&open.step).map(|step| (open, step)));
        let next = step.and_then(|(open, step)| {
            step.ask.iter().find(|name| !open.answers.contains_key(*name))
        });
        let question = next.and_then(|name| text.questions.get(name));
        question.is_some_and(|question| match &question.answers {
            Answers::Choices(choices) => choices.iter().any(|(_, label)| {
                let label = reading::words(label);
                label.len() > 1 && said.starts_with(&label)
            }),
            Answers::UpTo(_) => false,
        })
    }

    /// Whether a message says the words on a choice, the first of them, or the last ones.
    #[must_use]
    pub fn is_named(label: &str, said: &str) -> bool {
        let (label, said) = (reading::words(label), reading::words(said));
        let long = said.len() > 1 || said.first().is_some_and(|word| word.len() > 3);
        let last = said.len() > 1 && label.ends_with(&said);
        let within = label.len() > 1
            && said.len() <= label.len() + 3
            && said.windows(label.len()).any(|part| part == label);
        label == said || long && label.starts_with(&said) || last || within
    }

    /// Whether a short message holds the one word on a choice, and does not deny it.
    #[must_use]
    pub fn is_within(talk: &TalkLists, label: &str, said: &str) -> bool {
        let (label, said) = (reading::words(label), reading::words(said));
        let denies = talk.list(Answering::No).is_in(&said);
        matches!(label.as_slice(), [word] if said.len() <= A_WISH && said.contains(word)) && !denies
    }
}

/// Longest message, in words, that holds the one word on a choice.
const A_WISH: usize = 4;
