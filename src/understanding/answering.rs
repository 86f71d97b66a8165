//! What a message may be in answer to: which signs only a "no" at its very beginning denies, which it
//! denies and then calls by another name, and whether it is but an age.

use std::ops::Range;

use super::answer_words::{AnswerWords, is_negation};
use super::claim::{About, Claim};
use super::clause_words::is_verb;
use crate::message::{Boundary, Words};
use crate::phrases::{Kinds, Reading};
use crate::vocabulary::{Fact, Flag, FlagSet, Status};

/// Longest message, in words, that answers yes or no and says something besides.
pub(super) const LONGEST: usize = 20;

/// Longest word of sorry before an answer, in words (`club-rule`).
const LONGEST_EXCUSE: usize = 8;

/// Longest message, in words, that is no more than an age (`club-rule`).
const BARE_AGE: usize = 5;

/// Longest message, in words, that is no more than a time (`club-rule`).
const LONGEST_TIME: usize = 8;

/// Red flags that are denied by nothing but the "no" that a message begins with: where a question
/// was put before it, the "no" may belong to that one ("no, chest hurts").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AfterNo {
    /// All of them.
    pub all: FlagSet,
    /// Those that a comma parts from it.
    pub parted: FlagSet,
    /// Those of them that stand in a sentence with a verb, so that they are no list.
    pub told: FlagSet,
}

/// How many words say sorry for being late, and nothing of a leg: "sorry, phone died".
pub(super) fn excuse(words: &Words, known: &AnswerWords<'_>) -> usize {
    let sorry = matches!(words.at(0), "sorry" | "soz" | "apologies");
    let end = (1..=LONGEST_EXCUSE).rev().find(|at| is_parted(words, *at));
    let of_body =
        |at: usize| known.is_of_the_cramp(words.at(at)) || known.is_of_the_body(words.at(at));
    let denies = |at: usize| is_negation(words.at(at));
    let end = end.filter(|end| sorry && !(0..*end).any(|at| of_body(at) || denies(at)));
    end.unwrap_or_default()
}

/// The words at the beginning that say no to all that was asked.
pub(super) fn opener(
    words: &Words,
    known: &AnswerWords<'_>,
    claims: &[Claim],
) -> Option<Range<usize>> {
    let number = |at: &usize| words.at(*at).bytes().all(|byte| byte.is_ascii_digit());
    let leads = |at: &usize| known.is_lead_in(words.at(*at)) || number(at);
    let begin = excuse(words, known);
    let start = begin + (begin..words.tokens().len()).take_while(leads).count();
    let says_no = |claim: &&Claim| {
        let no = matches!(claim.about, About::Fact(Fact::No | Fact::NoneOfThese | Fact::ShortNone));
        no && claim.status.raises() && claim.tokens.start == start
    };
    let end = claims.iter().filter(says_no).map(|claim| claim.tokens.end).max();
    let by_word = match (words.at(start), words.at(start + 1)) {
        ("no" | "nope" | "nah" | "naw" | "none" | "nothing", _) => Some(start + 1),
        ("not", "really" | "yet") => Some(start + 2),
        _ => None,
    };
    let mut end = end.max(by_word)?;
    // "no, none of them", "nothing on either list"
    let goes_on = |claim: &&Claim| {
        let none = matches!(claim.about, About::Fact(Fact::NoneOfThese | Fact::ShortNone));
        none && claim.status.raises() && (start..=end).contains(&claim.tokens.start)
    };
    end = claims.iter().filter(goes_on).map(|claim| claim.tokens.end).max().unwrap_or(end).max(end);
    end += (end..words.tokens().len())
        .take_while(|at| known.is_of_lists(words.at(*at)))
        .take_while(|at| !is_parted(words, *at))
        .count();
    Some(start..end)
}

pub(super) fn is_parted(words: &Words, at: usize) -> bool {
    at < words.tokens().len() && words.boundary(at) >= Boundary::Comma
}

/// Whether nothing but these words denies a claim.
pub(super) fn is_by(words: &Words, claim: &Claim, opener: &Range<usize>) -> bool {
    let opens = words.source(opener.clone());
    let by_it = claim.cue.as_ref().is_some_and(|cue| opens.contains(&cue.start));
    by_it && !(opener.end..claim.tokens.end).any(|at| is_negation(words.at(at)))
}

/// "No redness exactly, more like a dark patch", "not weak, it just won't push off": what is denied
/// and then called by another name is in doubt.
pub(super) fn doubt_other_names(words: &Words, known: &AnswerWords<'_>, claims: &mut [Claim]) {
    let count = words.tokens().len();
    if count > LONGEST {
        return;
    }
    let renamed = |claim: &Claim| {
        let mut at = claim.tokens.end;
        let (passed, hedged) = match (words.at(at), words.at(at + 1), words.at(at + 2)) {
            ("exactly" | "quite" | "precisely", _, _) => (1, true),
            ("as", "such", _) | ("per", "se", _) => (2, true),
            // "Not numb I don't think" is a no.
            ("i", "dont", "think") => (3, false),
            _ => (0, false),
        };
        at += passed;
        let also = matches!(words.at(at), "it" | "its" | "but" | "though" | "thats");
        let renames = |at: usize| matches!(words.at(at), "just" | "more" | "only" | "rather");
        let joined = words.boundary(at) < Boundary::Sentence;
        // "No swelling, just a cramp" calls nothing by another name.
        let of_cramp = |at: usize| (at + 1..at + 4).any(|at| words.at(at).starts_with("cramp"));
        let renames = |at: usize| renames(at) && !of_cramp(at);
        let contrast = joined && (renames(at) || also && renames(at + 1));
        let end = (at + 1..count).find(|at| words.boundary(*at) >= Boundary::Sentence);
        // "Can walk fine, just a limp" is no other name.
        let of_walking = claim.about == About::Flag(Flag::CannotBearWeight.into());
        let mut rest = at + 1..end.unwrap_or(count);
        hedged
            || contrast
                && rest.any(|at| {
                    let word = words.at(at);
                    let limp = of_walking && (word.starts_with("limp") || word == "hobble");
                    !known.is_filler(word) && !known.is_harmless(word) && !limp || is_negation(word)
                })
    };
    let unless = opener(words, known, claims).filter(|opener| words.at(opener.end) == "unless");
    for claim in claims.iter_mut() {
        let About::Flag(_) = claim.about else { continue };
        let excepted = unless.as_ref().is_some_and(|opener| opener.end < claim.tokens.start);
        let denied = claim.status == Status::Denied;
        let taken_back = || takes_back(words, claim.tokens.end);
        if denied && (renamed(claim) || taken_back() || is_loose_pair(words, claim))
            || excepted && !claim.status.raises()
        {
            (claim.status, claim.unsure) = (Status::Doubted, true);
        }
    }
}

/// "No fever, chest pain": two that no "or" joins. The second may be there, and where it would be an
/// emergency that is asked.
fn is_loose_pair(words: &Words, claim: &Claim) -> bool {
    let About::Flag(flag) = claim.about else { return false };
    let (start, end) = (claim.tokens.start, claim.tokens.end);
    let says_no = |at: &usize| matches!(words.at(*at), "no" | "not" | "without");
    let Some(no) = (0..start).rfind(says_no) else { return false };
    let commas = (no + 1..=start).filter(|at| is_parted(words, *at)).count();
    let joined = (no..end).any(|at| matches!(words.at(at), "or" | "nor" | "and"));
    let last = words.boundary(end) >= Boundary::Sentence;
    let names_two = is_parted(words, start) && no + 1 < start && commas == 1;
    flag.is_emergency() && names_two && last && !joined
}

/// "14", "27 lol no", "she's 80": an age, and nothing besides but an answer.
pub(super) fn bare_age(words: &Words, known: &AnswerWords<'_>, reading: &Reading) -> Option<f64> {
    let [only] = reading.quantities.as_slice() else { return None };
    let is_age = only.kind.meets(Kinds(Kinds::AGE.0 | Kinds::NUMBER.0))
        && only.value.fract() == 0.0
        && (1.0..=110.0).contains(&only.value)
        && !matches!(words.at(only.tokens.start), "few" | "several" | "some" | "many" | "one")
        && !is_of_a_count(words, only.tokens.start);
    // "17 next week" is 16 today.
    let comes = |at: usize| known.is_ahead(words.at(at));
    let rest = |at: usize| only.tokens.contains(&at) || known.is_beside_age(words.at(at));
    let all = words.tokens().len() <= BARE_AGE && (0..words.tokens().len()).all(rest);
    let ahead = f64::from(u8::from((0..words.tokens().len()).any(comes)));
    (is_age && all).then_some(only.value - ahead)
}

/// "No to all 16", "none of the 16", "0 of 16": so many signs.
pub(super) fn is_of_a_count(words: &Words, at: usize) -> bool {
    matches!(words.before(at, 1), "all" | "of" | "the" | "these" | "those" | "x" | "times")
}

/// "25 minutes like this", "it started an hour ago", "since lunch": a time, and nothing besides.
pub(super) fn bare_minutes(
    words: &Words,
    known: &AnswerWords<'_>,
    reading: &Reading,
) -> Option<u32> {
    let times = reading.quantities.iter().filter(|one| one.kind.meets(Kinds::DURATION));
    let longest = times.max_by(|one, two| one.value.total_cmp(&two.value))?;
    let rest = |at: usize| longest.tokens.contains(&at) || known.is_beside_minutes(words.at(at));
    let all = words.tokens().len() <= LONGEST_TIME && (0..words.tokens().len()).all(rest);
    all.then(|| longest.value.min(5_000_000.0) as u32)
}

/// See [`AfterNo`].
pub(super) fn after_no(words: &Words, known: &AnswerWords<'_>, claims: &[Claim]) -> AfterNo {
    let mut found = AfterNo::default();
    let Some(opener) = opener(words, known, claims) else { return found };
    let parted = is_parted(words, opener.end);
    for claim in claims.iter().filter(|claim| claim.status == Status::Denied) {
        let About::Flag(flag) = claim.about else { continue };
        if is_by(words, claim, &opener) {
            found.all.insert(flag);
            let told = (opener.end..claim.tokens.end).any(|at| is_verb(words.at(at)));
            if parted && told {
                found.told.insert(flag);
            }
            if parted && !claim.unsure {
                found.parted.insert(flag);
            }
        }
    }
    found
}

/// "Not swollen. Oh wait it is", "no chest pain, well a little": what was denied is so after all, or
/// may be.
fn takes_back(words: &Words, from: usize) -> bool {
    let turns =
        |at: usize| matches!(words.at(at), "wait" | "actually" | "scrap" | "well" | "ok" | "hmm");
    let after_all = |at: usize| {
        matches!(words.at(at), "is" | "there" | "theres" | "slightly" | "bit" | "little" | "maybe")
            || matches!(words.at(at), "kinda" | "sorta" | "does" | "am" | "yes" | "might")
    };
    (from..words.tokens().len()).any(|at| turns(at) && (at + 1..at + 4).any(after_all))
}
