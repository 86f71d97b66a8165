//! Which words of a message ask: a question mark, a question word, or a verb before its subject.

use std::ops::Range;

use super::asking_of::{asks_of_cramps, asks_of_thing, ends_in_choice, is_doing, is_verdict};
use crate::message::{Boundary, Words};

/// The clauses that ask, in order.
pub(super) fn clauses(words: &Words) -> Vec<Range<usize>> {
    let mut asking = Vec::new();
    for sentence in words.sentences() {
        let parts = parts(words, &sentence.tokens);
        let by_word: Vec<Range<usize>> =
            parts.iter().filter(|part| begins_question(words, part)).cloned().collect();
        if !by_word.is_empty() {
            asking.extend(by_word);
        } else if sentence.asks {
            asking.extend(last_clause(&parts));
        }
    }
    asking
}

/// The clauses that ask about the world at large: "can diabetes be a reason for cramps", "what tells
/// a tear from a cramp". What names a person or points at the case in hand ("is it", "do this") asks
/// about that case. `asking` are the clauses that ask anything.
pub(super) fn general_clauses(words: &Words, asking: &[Range<usize>]) -> Vec<Range<usize>> {
    let asks = |clause: &Range<usize>| begins_question(words, clause);
    let points = |at: usize| is_pointer(words.at(at));
    let general =
        |clause: &&Range<usize>| clause.len() > 3 && asks(clause) && !(*clause).clone().any(points);
    asking.iter().filter(general).cloned().collect()
}

/// Words that point at a person or at the case in hand.
fn is_pointer(word: &str) -> bool {
    matches!(
        word,
        "i" | "im"
            | "ive"
            | "id"
            | "ill"
            | "me"
            | "my"
            | "mine"
            | "he"
            | "hes"
            | "his"
            | "him"
            | "she"
            | "shes"
            | "her"
            | "we"
            | "our"
            | "us"
            | "it"
            | "its"
            | "this"
            | "that"
            | "thats"
            | "these"
            | "those"
            | "they"
            | "their"
            | "now"
            | "today"
            | "still"
            | "since"
            | "yesterday"
            | "both"
            | "already"
            | "else"
            | "seen"
    )
}

/// A sentence that ends in a question mark asks in its last clause, unless that is a mere tag
/// ("no swelling, normal?").
fn last_clause(parts: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> {
    const TAG: usize = 3;
    let short = parts.last().is_some_and(|part| part.len() <= TAG);
    let count = if short { 2 } else { 1 };
    parts.iter().rev().take(count).rev().cloned().collect::<Vec<_>>().into_iter()
}

/// A sentence cut at its commas and at the words that join clauses.
fn parts(words: &Words, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = sentence.start;
    for at in sentence.start + 1..sentence.end {
        let boundary = words.boundary(at);
        let joined = matches!(words.at(at), "and" | "but" | "so" | "or" | "then" | "though");
        let opens = || joined && begins_question(words, &(at + 1..sentence.end));
        if boundary >= Boundary::Comma || opens() || turns_to_ask(words, at) {
            parts.push(start..at);
            start = at;
        }
    }
    parts.push(start..sentence.end);
    parts
}

/// "i take statins could that be why": a verb before its subject, in the middle of words that nothing
/// parts.
fn turns_to_ask(words: &Words, at: usize) -> bool {
    let asks =
        || matches!(words.at(at), "can" | "could" | "should" | "shall" | "would" | "does" | "do");
    let subject = || matches!(words.at(at + 1), "i" | "it" | "that" | "this" | "they" | "these");
    let asks_is = || {
        words.at(at) == "is"
            && matches!(words.at(at + 1), "it" | "that" | "this")
            && matches!(
                words.at(at + 2),
                "ok" | "okay"
                    | "safe"
                    | "still"
                    | "normal"
                    | "dangerous"
                    | "worth"
                    | "true"
                    | "why"
                    | "linked"
                    | "related"
                    | "connected"
                    | "common"
                    | "because"
            )
    };
    let turns = || (asks() && subject() || asks_is()) && !inverts(words.before(at, 1));
    at > 1 && (turns() || asks_how(words, at))
}

/// "how can I", "all I can do", "as should I", "so would it": behind such a word a verb before its
/// subject begins nothing.
fn inverts(before: &str) -> bool {
    is_question_word(before)
        || is_subject(before)
        || is_auxiliary(before)
        || matches!(
            before,
            "as" | "so" | "than" | "nor" | "neither" | "if" | "whether" | "and" | "or"
        )
        || matches!(before, "but" | "only" | "then" | "not" | "never" | "much" | "many" | "often")
        || matches!(before, "long" | "soon" | "far" | "which" | "else" | "ever" | "to" | "me")
}

/// "cramp or clot how do i tell".
fn asks_how(words: &Words, at: usize) -> bool {
    let verb = || {
        matches!(words.at(at + 1), "do" | "does" | "can" | "could" | "would" | "should" | "shall")
    };
    let subject = || matches!(words.at(at + 2), "i" | "u" | "you" | "we" | "one" | "it" | "they");
    let what = || {
        words.at(at) == "what"
            && matches!(words.at(at + 1), "causes" | "helps")
            && matches!(words.at(at + 2), "it" | "that" | "this" | "them")
    };
    words.at(at) == "how" && verb() && subject() || what()
}

/// Whether a clause begins the way questions do.
fn begins_question(words: &Words, clause: &Range<usize>) -> bool {
    let mut at = clause.start;
    while at < clause.end && is_lead_in(words.at(at)) {
        at += 1;
    }
    let (first, second) = (words.at(at), words.at(at + 1));
    if at >= clause.end {
        return false;
    }
    let states = || {
        !has_question_mark(words, at)
            && (is_cleft(words, &(at..clause.end)) || is_bare_verb(first, second))
    };
    let is_verb = is_auxiliary(first);
    is_question_word(first) && !is_relative(first, second) && !states()
        || is_verb && (is_subject(second) || second.is_empty()) && !states()
        || is_verb && ends_in_choice(words, clause.end)
        || asks_of_cramps(words, at, clause.end)
        || is_verb && is_doing(second) && is_verdict(words.at(at + 2))
        || asks_of_thing(words, at, clause.end)
        || matches!(first, "any" | "anyone" | "anybody" | "anyones" | "anybodys" | "any1")
        || matches!((first, second), ("ok" | "okay" | "safe" | "fine" | "good" | "best", "to"))
        || matches!((first, second), ("wondering" | "wonder", _))
        || matches!((first, second), ("im" | "just" | "was" | "been", "wondering" | "curious"))
        || matches!(first, "thoughts" | "advice" | "tips" | "suggestions" | "recommendations")
}

fn has_question_mark(words: &Words, at: usize) -> bool {
    words.sentences().iter().any(|sentence| sentence.asks && sentence.tokens.contains(&at))
}

/// "what comes out is black", "what is new is the foot": a clause in the place of a subject.
fn is_cleft(words: &Words, clause: &Range<usize>) -> bool {
    const REACH: usize = 5;
    let is_copula = |at: usize| matches!(words.at(at), "is" | "was" | "are" | "looks" | "looked");
    let (what, next) = (words.at(clause.start), words.at(clause.start + 1));
    let copula = is_copula(clause.start + 1);
    let first = clause.start + if copula { 3 } else { 2 };
    let asks = is_auxiliary(next) && !copula;
    let open = !matches!(next, "causes" | "makes" | "happens" | "helps" | "the");
    matches!(what, "what" | "whats")
        && !asks
        && open
        && (first..clause.end.min(clause.start + REACH)).any(is_copula)
}

/// "has the trait, fell in the sprints", "did a yoga class", "is not answering": a verb whose subject is left out.
fn is_bare_verb(verb: &str, next: &str) -> bool {
    match verb {
        "has" | "have" => {
            matches!(
                next,
                "a" | "an" | "the" | "not" | "one" | "leg" | "legs" | "cramp" | "cramps" | "there"
            )
        }
        "was" | "were" => matches!(next, "a" | "an" | "the" | "not"),
        "did" => {
            matches!(next, "not" | "a" | "an" | "some" | "about" | "loads" | "lots")
                || next.starts_with(|first: char| first.is_ascii_digit())
        }
        "is" | "are" | "am" | "does" | "do" | "can" | "could" | "will" | "would" => next == "not",
        _ => false,
    }
}

/// Words before a question that are no part of it.
fn is_lead_in(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "but"
            | "so"
            | "or"
            | "then"
            | "though"
            | "also"
            | "please"
            | "pls"
            | "plz"
            | "hi"
            | "hey"
            | "hello"
            | "ok"
            | "sir"
            | "doctor"
            | "doc"
            | "guys"
            | "lads"
            | "folks"
            | "just"
            | "like"
            | "well"
            | "now"
    )
}

fn is_question_word(word: &str) -> bool {
    matches!(
        word,
        "what"
            | "whats"
            | "wat"
            | "wats"
            | "wot"
            | "why"
            | "whys"
            | "how"
            | "hows"
            | "when"
            | "whens"
            | "wen"
            | "which"
            | "wich"
            | "who"
            | "whos"
            | "where"
            | "wheres"
    )
}

/// "when I run, my calf cramps": a clause of time asks nothing; nor does "which is odd".
fn is_relative(word: &str, next: &str) -> bool {
    match word {
        "when" => !is_auxiliary(next) && !matches!(next, "" | "then" | "exactly"),
        "which" => matches!(next, "is" | "was" | "i" | "has" | "made" | "makes" | "helps"),
        "where" | "who" => matches!(next, "i" | "it" | "the" | "my" | "was" | "has" | "had"),
        "what" => matches!(next, "a"),
        _ => false,
    }
}

pub(super) fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "can"
            | "cn"
            | "could"
            | "should"
            | "shud"
            | "shd"
            | "shall"
            | "may"
            | "might"
            | "will"
            | "would"
            | "do"
            | "does"
            | "did"
            | "is"
            | "are"
            | "am"
            | "was"
            | "were"
            | "has"
            | "have"
            | "must"
            | "dont"
            | "doesnt"
            | "isnt"
            | "wont"
            | "shouldnt"
            | "cant"
    )
}

fn is_subject(word: &str) -> bool {
    matches!(
        word,
        "i" | "ive"
            | "im"
            | "it"
            | "this"
            | "that"
            | "these"
            | "those"
            | "they"
            | "he"
            | "she"
            | "we"
            | "you"
            | "u"
            | "ya"
            | "my"
            | "the"
            | "a"
            | "an"
            | "there"
            | "anyone"
            | "anybody"
            | "any1"
            | "someone"
            | "somebody"
            | "your"
            | "his"
            | "her"
            | "not"
            | "people"
            | "cramps"
            | "cramp"
            | "one"
            | "leg"
            | "legs"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words = Words::of(text);
        let clauses = clauses(&words);
        let show = |range: Range<usize>| words.text()[words.prepared(range)].to_owned();
        assert_eq!(clauses.into_iter().map(show).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn the_clause_that_asks_is_found() {
        check("my calf cramped at 30k. is ice any good?", &["is ice any good"]);
        check("calf cramped, can i run tomorrow", &["can i run tomorrow"]);
        check("cramped in bed and what should i take", &["and what should i take"]);
        check("when I run my calf cramps", &[]);
        check("i have cramps, what a day", &[]);
        check("what comes out is like cola, thighs cramped", &[]);
        check("what is new is the foot, grey and chilly", &[]);
        check("has the sickle trait, fell in the sprints", &[]);
        check("is not answering, legs cramping", &[]);
        check("is killing me, calf cramped", &[]);
        check("is swimming ok", &["is swimming ok"]);
        check("dad cramps in bed, is quinine safe for him", &["is quinine safe for him"]);
        check("feet cramp, would magnesium be good", &["would magnesium be good"]);
        check("do calf raises help", &["do calf raises help"]);
        check("does sex cause cramps", &["does sex cause cramps"]);
        check("do calf raises cause physio said so", &[]);
        check("i take statins is that linked with cramps", &["is that linked with cramps"]);
        check("calf sore, is ice or heat better", &["is ice or heat better"]);
        check("he gave me quinine years ago is it still ok", &["is it still ok"]);
        check("calf cramped, is really bad", &[]);
        check("my foot, is getting better", &[]);
        check(
            "has the swelling anything to do with it?",
            &["has the swelling anything to do with it"],
        );
    }

    #[test]
    fn a_question_mark_alone_asks_in_the_last_clause() {
        check(
            "calf cramped yesterday, massage gun ok?",
            &["calf cramped yesterday", "massage gun ok"],
        );
        check(
            "no swelling, soap in the bed against night cramps?",
            &["soap in the bed against night cramps"],
        );
    }
}
