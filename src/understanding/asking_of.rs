//! What stands between the verb of a question and what it asks of that: "is quinine safe".

use super::asking::is_auxiliary;
use crate::message::Words;

/// "are night cramps dangerous", "can leg cramps tear a muscle".
pub(super) fn asks_of_cramps(words: &Words, at: usize, end: usize) -> bool {
    let verb = matches!(words.at(at), "are" | "do" | "can" | "could" | "will");
    let cramps = |at: usize| matches!(words.at(at), "cramps" | "spasms");
    verb && at + 2 < end && (cramps(at + 1) || cramps(at + 2) && at + 3 < end)
}

/// "is quinine safe for him", "would magnesium be a good idea", "do calf raises help": a thing
/// between the verb and what is asked of it.
pub(super) fn asks_of_thing(words: &Words, at: usize, end: usize) -> bool {
    let is_verb = |at: usize| {
        matches!(words.at(at), "help" | "helps" | "work" | "works" | "matter" | "stop" | "prevent")
            || words.at(at) == "be" && matches!(words.at(at + 1), "a" | "any" | "ok" | "good")
    };
    // "Does sex cause cramps": behind "do" a "cause" may be a "because".
    let is_effect = |at: usize| {
        matches!(words.at(at), "cause" | "trigger" | "affect" | "ease" | "relieve" | "cure")
    };
    // "Is potassium ok with ramipril" tells what is taken.
    let beside =
        |at: usize| (at..end).any(|at| matches!(words.at(at), "with" | "w" | "wiv" | "on"));
    let is_good = |at: usize| {
        matches!(words.at(at), "ok" | "okay" | "alright" | "good" | "better" | "safe" | "allowed")
            || matches!(words.at(at), "any" | "worth" | "best")
    };
    let is_thing = |word: &str| {
        word.len() > 2
            && !is_auxiliary(word)
            && !matches!(word, "not" | "now" | "all" | "just" | "still" | "also" | "too" | "very")
            && !matches!(
                word,
                "really" | "quite" | "getting" | "feeling" | "much" | "even" | "well"
            )
            && !matches!(word, "always" | "never" | "seriously" | "pretty" | "actually" | "already")
    };
    let asked = |at: usize| match words.at(at) {
        _ if at >= end => false,
        "do" | "does" | "will" | "would" | "could" | "can" => {
            let is_verb = |next: usize| is_verb(next) || words.at(at) != "do" && is_effect(next);
            is_verb(at + 2) || is_verb(at + 3) && is_thing(words.at(at + 2))
        }
        "is" | "are" => {
            (is_good(at + 2) || words.at(at + 2) == "or" && is_good(at + 4)) && !beside(at)
        }
        _ => false,
    };
    is_thing(words.at(at + 1)) && at + 2 < end && asked(at)
}

/// "is brown pee one of them or no", "does numb count": what is asked for is said last.
pub(super) fn ends_in_choice(words: &Words, end: usize) -> bool {
    let back = |by: usize| words.before(end, by);
    match back(1) {
        "no" | "not" | "nah" => back(2) == "or",
        "list" | "them" | "those" | "these" => matches!(back(2), "the" | "of" | "on"),
        "count" | "counts" | "included" => true,
        _ => false,
    }
}

/// Something that one does: "is swimming ok", and not "is getting better".
pub(super) fn is_doing(word: &str) -> bool {
    word.ends_with("ing") && word != "getting"
}

/// "is swimming ok", "is rowing bad for it": what is asked of something that one does.
pub(super) fn is_verdict(word: &str) -> bool {
    matches!(word, "ok" | "okay" | "alright" | "fine" | "good" | "better" | "safe" | "allowed")
        || matches!(word, "bad" | "worse" | "dangerous" | "harmful" | "worth" | "possible")
}
