//! What says nothing of a leg: greetings, thanks and calls for help around what is told.

use std::ops::Range;

use crate::message::{Boundary, Words};

/// The tokens of a sentence without the clauses before and after that are but formulas: "hi all, my pee
/// is brown, what should I do? thanks". A sentence of nothing else is left as it is.
pub(super) fn told(words: &Words, sentence: Range<usize>) -> Range<usize> {
    let begins = |at: &usize| {
        *at == sentence.start
            || words.tokens().get(*at).is_some_and(|token| token.boundary >= Boundary::Comma)
    };
    let clause_of = |start: usize| {
        let end = (start + 1..sentence.end).find(begins).unwrap_or(sentence.end);
        start..end
    };
    let starts = || sentence.clone().filter(begins);
    let tells = |start: &usize| !clause_of(*start).all(|at| is_formula(words.at(at)));
    let (Some(first), Some(last)) = (starts().find(tells), starts().rfind(tells)) else {
        return sentence;
    };
    let last = clause_of(last);
    let thanks = last.clone().rev().take_while(|at| is_thanks(words.at(*at))).count();
    first..last.end - thanks
}

/// Words of greetings, thanks and calls for help.
fn is_formula(word: &str) -> bool {
    is_thanks(word)
        || matches!(word, "what" | "shall" | "should" | "can" | "must" | "do" | "i" | "we" | "me")
        || matches!(word, "any" | "some" | "advice" | "advise" | "ideas" | "idea" | "tips" | "help")
        || matches!(word, "thoughts" | "suggestions" | "now" | "next" | "quick" | "urgent" | "asap")
        || matches!(word, "hi" | "hello" | "hey" | "all" | "guys" | "folks" | "everyone" | "team")
}

/// Words of thanks and laughter, which end a message and add nothing.
fn is_thanks(word: &str) -> bool {
    matches!(word, "thanks" | "thank" | "you" | "thx" | "cheers" | "ta" | "please" | "pls" | "plz")
        || matches!(word, "lol" | "haha")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greetings_thanks_and_calls_for_help_tell_nothing() {
        for (text, expected) in [
            ("hi all, my pee is brown, what should i do, thanks", "my pee is brown"),
            ("my pee is brown thanks lol", "my pee is brown"),
            ("calf cramp, what now, it is blue", "calf cramp what now its blue"),
            ("what should i do", "what should i do"),
        ] {
            let words = Words::of(text);
            let told = told(&words, 0..words.tokens().len());
            assert_eq!(&words.text()[words.prepared(told)], expected, "{text}");
        }
    }
}
