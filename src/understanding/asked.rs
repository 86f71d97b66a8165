//! Whether somebody plainly wants an answer.

use super::Understanding;
use crate::message::Words;
use crate::vocabulary::{Fact, Flag, FlagId, Urgency};

/// For a message that is not read further.
pub(super) fn of_chatter(words: &Words) -> bool {
    words.sentences().iter().any(|sentence| sentence.asks) || begins_with_question(words)
}

/// A question, a call for help, or a problem that is described as it stands.
pub(super) fn of(words: &Words, so_far: &Understanding) -> bool {
    let says = |fact| so_far.facts.contains(fact);
    let any = |fact| says(fact) || so_far.denied_facts.contains(fact);
    if words.sentences().iter().any(|sentence| sentence.asks) || begins_with_question(words) {
        return true;
    }
    if any(Fact::AsksHelp) {
        return true;
    }
    let pressing = so_far
        .raised
        .iter()
        .any(|flag| flag.core().is_none_or(|flag| flag.floor() >= Urgency::Urgent));
    if pressing {
        return true;
    }
    if says(Fact::InPassing) || says(Fact::Over) {
        return false;
    }
    let lasting = [
        Flag::Recurrent,
        Flag::Claudication,
        Flag::Pregnancy,
        Flag::Child,
        Flag::Condition,
        Flag::Medication,
    ];
    says(Fact::Now)
        || lasting.iter().any(|flag| so_far.raised.contains(FlagId::from(*flag)))
        || so_far.length > 22
}

fn begins_with_question(words: &Words) -> bool {
    let asks = |at: usize| {
        matches!(
            words.at(at),
            "why"
                | "what"
                | "how"
                | "when"
                | "which"
                | "who"
                | "where"
                | "whats"
                | "hows"
                | "whys"
                | "should"
                | "can"
                | "could"
                | "does"
                | "do"
                | "is"
                | "are"
                | "will"
                | "would"
                | "anyone"
                | "anybody"
                | "wats"
                | "wat"
                | "shall"
                | "did"
                | "has"
                | "any"
        )
    };
    words.sentences().iter().any(|sentence| asks(sentence.tokens.start))
}
