//! What a message may be in answer to: whether it says no and nothing else, and which signs only a
//! "no" at its very beginning denies.

use std::ops::Range;

use super::claim::{About, Claim};
use crate::message::{Boundary, Words};
use crate::phrases::{Kinds, Reading};
use crate::vocabulary::{Fact, FlagSet, Status};

/// Longest message, in words, that is no more than an age (`club-rule`).
const BARE_AGE: usize = 5;

/// Red flags that are denied by nothing but the "no" that a message begins with: where a question
/// was put before it, the "no" may belong to that one ("no, chest hurts").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AfterNo {
    /// All of them.
    pub all: FlagSet,
    /// Those that a comma parts from it.
    pub parted: FlagSet,
}

/// Whether it denies and says nothing besides: each of its words belongs to a denial, or means
/// nothing by itself. "No I said the left one" and "none of your business" are more.
pub(super) fn is_plain_no(words: &Words, reading: &Reading, claims: &[Claim], asks: bool) -> bool {
    let age = age_beside(words, reading);
    let is_age = |at: usize| age.as_ref().is_some_and(|age| age.contains(&at));
    let denials = || claims.iter().filter(|claim| is_denial(claim));
    let is_covered = |at: usize| denials().any(|claim| claim.tokens.contains(&at));
    let answers = denials().any(|claim| is_by_itself(words, claims, claim));
    !asks
        && answers
        && (0..words.tokens().len())
            .all(|at| is_filler(words.at(at)) || is_covered(at) || is_age(at))
}

/// The age that stands beside an answer, where no other number does: "no, 44", "none, I'm 44". A
/// small number may be one of the lists.
fn age_beside(words: &Words, reading: &Reading) -> Option<Range<usize>> {
    let [only] = reading.quantities.as_slice() else { return None };
    let parted =
        |at: usize| words.tokens().get(at).is_none_or(|token| token.boundary >= Boundary::Comma);
    let stands = parted(only.tokens.start) || only.tokens.start == 0;
    let is_age = only.kind == Kinds::AGE
        || only.kind == Kinds::NUMBER && (10.0..=110.0).contains(&only.value) && stands;
    is_age.then(|| only.tokens.clone())
}

/// "14", "27 lol no", "she's 80": an age, and nothing besides but an answer.
pub(super) fn bare_age(words: &Words, reading: &Reading) -> Option<f64> {
    let [only] = reading.quantities.as_slice() else { return None };
    let is_age = only.kind.meets(Kinds(Kinds::AGE.0 | Kinds::NUMBER.0))
        && only.value.fract() == 0.0
        && (1.0..=110.0).contains(&only.value)
        && !matches!(words.at(only.tokens.start), "few" | "several" | "some" | "many" | "one");
    let rest = |at: usize| {
        only.tokens.contains(&at)
            || is_small(words.at(at))
            || is_courtesy(words.at(at))
            || matches!(words.at(at), "yes" | "yep" | "years" | "yrs" | "old" | "male" | "female")
    };
    let all = words.tokens().len() <= BARE_AGE && (0..words.tokens().len()).all(rest);
    (is_age && all).then_some(only.value)
}

/// "No", "none of these": an answer by itself. The "no" of "no swelling" denies the swelling alone.
fn is_by_itself(words: &Words, claims: &[Claim], claim: &Claim) -> bool {
    let About::Fact(fact) = claim.about else { return false };
    let next = claim.tokens.end;
    let parted = words.tokens().get(next).is_none_or(|t| t.boundary >= Boundary::Comma);
    let of_sign =
        claims.iter().any(|c| matches!(c.about, About::Flag(_)) && c.tokens.contains(&next));
    fact != Fact::No || parted || !of_sign
}

fn is_denial(claim: &Claim) -> bool {
    use Fact::{LooksFine, No, NoneOfThese, Reservation, ShortNo, ShortNone, ShortYes, Yes};
    match claim.about {
        About::Fact(No | NoneOfThese | ShortNo | ShortNone | LooksFine) => true,
        About::Fact(Yes | ShortYes | Reservation) => false,
        About::Fact(_) => claim.status == Status::Denied,
        About::Flag(_) => claim.status == Status::Denied,
    }
}

/// See [`AfterNo`].
pub(super) fn after_no(words: &Words, claims: &[Claim]) -> AfterNo {
    let mut found = AfterNo::default();
    let length = match (words.at(0), words.at(1)) {
        ("no" | "nope" | "nah" | "naw" | "none", _) => 1,
        ("not", "really" | "yet") => 2,
        _ => return found,
    };
    let opens = words.source(0..length);
    let parted = words.tokens().get(length).is_some_and(|t| t.boundary >= Boundary::Comma);
    for claim in claims.iter().filter(|claim| claim.status == Status::Denied) {
        let About::Flag(flag) = claim.about else { continue };
        let by_it = claim.cue.as_ref().is_some_and(|cue| cue.start == opens.start);
        let own = (length..claim.tokens.end).any(|at| is_negation(words.at(at)));
        if by_it && !own {
            found.all.insert(flag);
            if parted {
                found.parted.insert(flag);
            }
        }
    }
    found
}

fn is_negation(word: &str) -> bool {
    matches!(word, "no" | "not" | "nothing" | "none" | "never" | "nor" | "without" | "isnt")
        || matches!(word, "arent" | "dont" | "doesnt" | "havent" | "hasnt" | "didnt" | "neither")
}

/// Words that say nothing by themselves beside a "no".
fn is_filler(word: &str) -> bool {
    is_small(word) || is_courtesy(word) || is_of_the_cramp(word)
}

#[rustfmt::skip]
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "no" | "nope" | "nah" | "none" | "not" | "nothing" | "neither" | "nor" | "never" | "any" | "anything"
        | "i" | "im" | "ive" | "me" | "my" | "he" | "hes" | "she" | "shes" | "they" | "theyre" | "we" | "it"
        | "its" | "his" | "her" | "their" | "son" | "daughter" | "wife" | "husband" | "mum" | "dad" | "mate"
        | "a" | "an" | "the" | "this" | "that" | "thats" | "these" | "those" | "them" | "there" | "here"
        | "is" | "are" | "am" | "was" | "has" | "have" | "had" | "got" | "do" | "does" | "can" | "be" | "been"
        | "dont" | "doesnt" | "didnt" | "havent" | "hasnt" | "isnt" | "arent" | "wasnt"
        | "of" | "on" | "in" | "at" | "to" | "for" | "from" | "with" | "as" | "and" | "or" | "so" | "than"
        | "far" | "all" | "both" | "either" | "other" | "others" | "else" | "list" | "lists" | "above" | "one"
        | "just" | "only" | "really" | "very" | "now" | "today" | "yet" | "ever" | "right" | "moment" | "still"
        | "know" | "aware" | "notice" | "noticed" | "see" | "seen" | "feel" | "feeling" | "say" | "says" | "said"
        | "think" | "tell" | "would" | "apply" | "applies" | "like"
    )
}

#[rustfmt::skip]
fn is_courtesy(word: &str) -> bool {
    matches!(
        word,
        "thank" | "thanks" | "thankfully" | "luckily" | "fortunately" | "thx" | "ta" | "cheers" | "god"
        | "goodness" | "sorry" | "please" | "lol" | "haha" | "tbh" | "honestly" | "mate" | "bro" | "man" | "phew"
        | "fine" | "good" | "ok" | "okay" | "okey" | "alright" | "well" | "great" | "normal" | "clear" | "healthy"
        | "whatsoever" | "absolutely" | "definitely" | "certainly" | "otherwise" | "perfectly" | "everything"
        | "everythings" | "sign" | "signs" | "symptom" | "symptoms" | "flag" | "flags" | "problem" | "problems"
        | "issue" | "issues" | "worries" | "sir" | "doc" | "charley" | "oh" | "um" | "er" | "hmm" | "yeah"
    )
}

#[rustfmt::skip]
fn is_of_the_cramp(word: &str) -> bool {
    matches!(
        word,
        "cramp" | "cramps" | "cramping" | "cramped" | "sore" | "soreness" | "tight" | "stiff" | "pain" | "ache"
        | "achy" | "leg" | "legs" | "calf" | "calves" | "foot" | "feet" | "muscle" | "hamstring" | "thigh" | "quad"
        | "quads" | "toe" | "toes" | "ankle" | "hurts" | "plain" | "simple" | "usual"
    )
}
