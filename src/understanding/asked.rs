//! Whether somebody plainly wants an answer.

use std::ops::Range;

use super::{About, Claim, Understanding, asking};
use crate::message::{Boundary, Words};
use crate::vocabulary::{Fact, Flag, FlagId, Urgency};

/// For a message that is not read further.
pub(super) fn of_chatter(words: &Words) -> bool {
    is_question(words, &asking::clauses(words))
}

/// Whether a question is put; `asking` are the clauses that ask.
pub(super) fn is_question(words: &Words, asking: &[Range<usize>]) -> bool {
    !asking.is_empty() || words.sentences().iter().any(|sentence| sentence.asks)
}

/// A question, a call for help, or a problem that is described as it stands. A cramp that is told
/// as a thing of the past asks for nothing.
pub(super) fn of(words: &Words, so_far: &Understanding) -> bool {
    let says = |fact| so_far.facts.contains(fact);
    let any = |fact| says(fact) || so_far.denied_facts.contains(fact);
    if so_far.question || any(Fact::AsksHelp) {
        return true;
    }
    let level = |flag: FlagId| flag.core().map_or(Urgency::Urgent, Flag::floor);
    if so_far.raised.iter().any(|flag| level(flag) >= Urgency::Urgent) {
        return true;
    }
    if says(Fact::InPassing) || says(Fact::Over) {
        return false;
    }
    !so_far.raised.is_empty() || says(Fact::Now) || is_present(words)
}

/// Whether anything in it is said of the present: a verb in the present tense, or no verb in the
/// past at all.
fn is_present(words: &Words) -> bool {
    let all = || words.tokens().iter().map(|token| words.word(token));
    all().any(is_present_verb) || !all().any(is_past_verb)
}

fn is_present_verb(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "im"
            | "its"
            | "am"
            | "has"
            | "have"
            | "ive"
            | "hasnt"
            | "havent"
            | "cant"
            | "wont"
            | "isnt"
            | "arent"
            | "dont"
            | "doesnt"
            | "still"
            | "now"
            | "keep"
            | "keeps"
            | "get"
            | "gets"
            | "hurts"
            | "feels"
            | "goes"
            | "comes"
            | "hes"
            | "shes"
            | "theres"
            | "since"
            | "always"
            | "every"
    )
}

fn is_past_verb(word: &str) -> bool {
    matches!(
        word,
        "was"
            | "were"
            | "had"
            | "got"
            | "went"
            | "did"
            | "didnt"
            | "cramped"
            | "seized"
            | "locked"
            | "woke"
            | "came"
            | "felt"
            | "ran"
            | "started"
            | "gave"
            | "took"
            | "made"
            | "said"
            | "finished"
    )
}

/// "It was never a cramp lol. Stop": a stop that stands alone behind a full stop or a comma. "When it
/// hurts, stop" is advice.
pub(super) fn ends_in_stop(words: &Words, claims: &[Claim]) -> bool {
    let end = words.tokens().len();
    let begin = (1..end).rev().find(|at| words.boundary(*at) >= Boundary::Comma);
    let Some(begin) = begin else { return false };
    let stops = |claim: &Claim| {
        claim.about == About::Fact(Fact::Stop)
            && claim.status.raises()
            && claim.tokens.start >= begin
    };
    let polite = |word: &str| {
        matches!(
            word,
            "please" | "pls" | "plz" | "now" | "thanks" | "thank" | "you" | "ta" | "just"
        ) || matches!(word, "ok" | "lol" | "cheers" | "bot" | "charley" | "mate" | "it" | "this")
    };
    let of_stop = |at: usize| claims.iter().any(|claim| stops(claim) && claim.tokens.contains(&at));
    let depends = |at: usize| {
        matches!(words.at(at), "if" | "when" | "whenever" | "until" | "should" | "shall" | "before")
    };
    let named = |at: usize| matches!(words.at(at), "stop" | "cancel" | "quit" | "unsubscribe");
    claims.iter().any(stops)
        && (begin..end).any(named)
        && (begin..end).all(|at| of_stop(at) || polite(words.at(at)))
        && !(0..end).any(depends)
        && !words.sentences().last().is_some_and(|last| last.asks)
}
