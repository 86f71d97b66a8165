//! Whether a cramp is on at this moment though no words say "now": "calf seized, I'm on the kerb".

use super::{About, Claim, Reader, Understanding};
use crate::message::{Boundary, Words};
use crate::vocabulary::{Fact, Flag, Setting, Status};

/// Most words of a message that is written with a leg that is locked (`club-rule`).
const HURRIED: usize = 20;

/// Most words of a cry (`club-rule`).
const A_CRY: usize = 8;

/// Most words of a cry that stands before a longer message (`club-rule`).
const A_BARE_CRY: usize = 3;

/// Words of a present that sounds as if it were on, and nothing that makes it a time that is over, a
/// habit, or a question about cramps at large.
pub(super) fn is_on(reader: &Reader<'_>, claims: &[Claim], so_far: &Understanding) -> bool {
    let says = |fact| so_far.facts.contains(fact);
    // "In the pool and under the duvet, what helps": both at once is a habit.
    let at_two_times = so_far.setting == Setting::Both && !is_cry(reader);
    let over = [Fact::Released, Fact::Over, Fact::ShortAndPainless, Fact::Habit, Fact::General];
    let next_one = so_far.person.another && says(Fact::CrampLike);
    so_far.length <= HURRIED
        && so_far.onset.is_none()
        && !at_two_times
        && !over.into_iter().any(says)
        && (says(Fact::UnderWay) || next_one || is_cry(reader) || is_shouted(reader, so_far))
        && !(0..so_far.length)
            .any(|at| is_of_another_time(reader.words.at(at)) && !is_of_pregnancy(claims, at))
}

/// "34 weeks" of a pregnancy are no time of the cramp.
fn is_of_pregnancy(claims: &[Claim], at: usize) -> bool {
    let pregnancy = About::Flag(Flag::Pregnancy.into());
    claims.iter().any(|claim| claim.about == pregnancy && claim.tokens.contains(&at))
}

/// "Can you help my friend, she has cramp right now": it asks for help, not whether that can be.
pub(super) fn calls(words: &Words, claims: &[Claim]) -> bool {
    let end = words.tokens().len();
    let asks = |at: usize| {
        matches!(words.at(at), "can" | "could" | "pls" | "please")
            && matches!(words.at(at + 1), "you" | "u" | "someone" | "anyone" | "somebody")
            && words.at(at + 2) == "help"
    };
    let now = |claim: &Claim| {
        claim.about == About::Fact(Fact::Now) && claim.status == Status::Hypothetical
    };
    end <= HURRIED && (0..end).any(asks) && claims.iter().any(now)
}

/// Where the words of a message place the cramp in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tense {
    /// They leave it open.
    #[default]
    Open,
    /// It is told as one that is over: "had a cramp", "cramped when I ran".
    Past,
    /// It comes at other times, or came at another one: "yesterday", "every session".
    Elsewhen,
    /// It has been going on: "since yesterday".
    Since,
}

/// Where the words place the cramp.
pub(super) fn tense(reader: &Reader<'_>, so_far: &Understanding) -> Tense {
    let words = reader.words;
    let says = |fact| so_far.facts.contains(fact);
    let since = |at: usize| matches!(words.at(at), "since" | "been" | "still");
    let ago = |at: usize| match words.at(at) {
        "last" => matches!(words.at(at + 1), "week" | "weekend" | "month" | "year" | "race"),
        "other" => matches!(words.at(at + 1), "day" | "night" | "week"),
        "days" | "weeks" | "months" | "years" => words.at(at + 1) == "ago",
        _ => false,
    };
    let any = |is: &dyn Fn(usize) -> bool| (0..so_far.length).any(is);
    let earlier = so_far.onset.is_some_and(|onset| onset.minutes_at_least() >= 60);
    if earlier && any(&since) {
        Tense::Since
    } else if is_past(reader, so_far) {
        Tense::Past
    } else if earlier || says(Fact::Habit) || any(&ago) {
        Tense::Elsewhen
    } else {
        Tense::Open
    }
}

/// "Had a cramp", "was cramping", "cramped when I ran": the cramp is told as one that is over, and
/// no word says that it is on.
fn is_past(reader: &Reader<'_>, so_far: &Understanding) -> bool {
    const NEAR: usize = 4;
    let words = reader.words;
    let says = |fact| so_far.facts.contains(fact);
    if says(Fact::Now) || says(Fact::StillLocked) || says(Fact::UnderWay) && !is_was(words) {
        return false;
    }
    let end = so_far.length;
    let on = |at: usize| matches!(words.at(at), "now" | "rn" | "still" | "help" | "if");
    let is_cramp = |at: usize| matches!(words.at(at), "cramp" | "cramps" | "spasm" | "spasms");
    let had = |at: usize| {
        let before = || words.before(at, 1);
        words.at(at) == "had"
            && !matches!(before(), "ive" | "have" | "has" | "just" | "never" | "if" | "weve")
            && (at + 1..(at + 2 + NEAR).min(end)).any(is_cramp)
    };
    let cramped = |at: usize| {
        let up = || usize::from(words.at(at + 1) == "up");
        words.at(at) == "cramped"
            && matches!(words.at(at + 1 + up()), "when" | "while" | "during" | "after" | "last")
    };
    (is_was(words) || (0..end).any(|at| had(at) || cramped(at))) && !(0..end).any(on)
}

/// "My calf was cramping".
fn is_was(words: &Words) -> bool {
    let is = |at: usize| matches!(words.at(at), "cramping" | "crampin" | "spasming");
    (1..words.tokens().len()).any(|at| is(at) && matches!(words.before(at, 1), "was" | "were"))
}

/// "Calf. Cramp. Help.", "foot cramp!!! ow ow": a few words and a cry among them, wherever it stands.
fn is_cry(reader: &Reader<'_>) -> bool {
    let Reader { words, known, .. } = reader;
    let end = words.tokens().len();
    let parted = |at: usize| words.boundary(at) >= Boundary::Comma;
    let alone = |at: usize| at > 0 && parted(at) && parted(at + 1);
    // "Do heated blankets help" asks.
    let and = (0..2).any(|at| matches!(words.at(at), "and" | "or"));
    let brief = end <= A_CRY && words.at(0) != "do" && !and;
    (0..end).any(|at| match words.at(at) {
        word if known.is_ouch(word) => brief,
        word if known.is_help(word) && brief => parted(at + 1) && words.at(at + 1) != "with",
        word if known.is_help(word) => at + 1 == end && alone(at),
        "now" | "rn" => brief && alone(at),
        _ => false,
    })
}

/// "Charlie horse!!!! In bed!!!!": one cramp, and no more than a few words that are shouted.
fn is_shouted(reader: &Reader<'_>, so_far: &Understanding) -> bool {
    let words = reader.words;
    let cries = words.sentences().iter().any(|sentence| sentence.cries && !sentence.asks);
    let over = |at: usize| reader.known.is_not_shouted(words.at(at));
    let cramp = !reader.reading.entries(reader.responses.lists.cramp).is_empty();
    let told = cramp || so_far.facts.contains(Fact::CrampLike);
    // "Cramp!!! On the bike, up the last climb, right thigh".
    let first = words.sentences().first().filter(|sentence| sentence.cries && !sentence.asks);
    let opens = first.is_some_and(|sentence| sentence.tokens.len() <= A_BARE_CRY);
    cries && told && (so_far.length <= A_CRY || opens) && !(0..so_far.length).any(over)
}

#[rustfmt::skip]
fn is_of_another_time(word: &str) -> bool {
    matches!(
        word,
        "was" | "were" | "had" | "did" | "used" | "yesterday" | "last" | "ago" | "earlier" | "since" | "after"
        | "when" | "whenever" | "if" | "every" | "each" | "always" | "often" | "usually" | "sometimes" | "ever"
        | "never" | "keep" | "keeps" | "tend" | "tends" | "prone" | "lately" | "recently" | "why" | "does"
        | "will" | "can" | "any" | "would" | "could" | "should" | "prevent" | "avoid" | "week" | "weeks" | "days" | "months" | "years"
        | "nights" | "evenings" | "mornings" | "morning" | "y" | "wat" | "vs"
    )
}
