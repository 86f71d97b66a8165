//! A bare answer: yes, no, none, not sure, or one of the two lists.

use super::Answer;
use crate::vocabulary::Fact;

/// What says the same only where it is the whole message.
pub(super) const fn short_form(fact: Fact) -> Option<Fact> {
    match fact {
        Fact::Yes => Some(Fact::ShortYes),
        Fact::No => Some(Fact::ShortNo),
        Fact::NoneOfThese => Some(Fact::ShortNone),
        _ => None,
    }
}

/// One of the two check lists.
pub(super) fn list_answer(says: &impl Fn(Fact) -> bool) -> Option<Answer> {
    if says(Fact::FirstList) {
        Some(Answer::List1)
    } else if says(Fact::SecondList) {
        Some(Answer::List2)
    } else {
        None
    }
}

/// Yes, no, none or not sure. Doubt goes first: "not sure, no" is no "no".
pub(super) fn plain_answer(says: &impl Fn(Fact) -> bool) -> Option<Answer> {
    if says(Fact::NotSure) {
        Some(Answer::NotSure)
    } else if says(Fact::NoneOfThese) {
        Some(Answer::None)
    } else if says(Fact::No) {
        Some(Answer::No)
    } else if says(Fact::Yes) {
        Some(Answer::Yes)
    } else {
        None
    }
}
