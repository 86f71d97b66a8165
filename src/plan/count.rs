//! Answers that are numbers, several of them in one breath.

use super::reading;
use crate::responses::plans::Answers;
use crate::responses::{PlanText, TalkLists};

/// Several numbers without a mark between them, as many as there are questions for them: each in
/// its turn.
pub(super) fn counted_at_once(
    talk: &TalkLists,
    text: &PlanText,
    left: &[&String],
    said: &str,
) -> Option<Vec<(String, String)>> {
    let numbers = reading::several(talk, said);
    let asked: Vec<&&String> = left.iter().filter(|name| counts(text, name)).collect();
    if numbers.len() < 2 || numbers.len() != asked.len() {
        return None;
    }
    let pairs = asked.into_iter().zip(numbers);
    let answers = pairs.map(|(name, number)| {
        let question = text.questions.get(*name)?;
        let Answers::UpTo(most) = question.answers else { return None };
        (number <= most).then(|| ((*name).clone(), number.to_string()))
    });
    answers.collect()
}

/// Whether a question is answered by a number.
pub(super) fn counts(text: &PlanText, name: &str) -> bool {
    let question = text.questions.get(name);
    matches!(question.map(|question| &question.answers), Some(Answers::UpTo(_)))
}
