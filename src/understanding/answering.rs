//! What a message may be in answer to: whether it says no and nothing else, and which signs only a
//! "no" at its very beginning denies.

use std::ops::Range;

use super::claim::{About, Claim};
use super::clause_words::{is_subject, is_verb};
use crate::message::{Boundary, Words};
use crate::vocabulary::{Fact, Flag, FlagId, FlagSet, Status};

/// Longest message, in words, that answers yes or no and says something besides.
const LONGEST: usize = 20;
/// How many words may follow "none of these" that are not known to be harmless.
const SHORT: usize = 7;

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

/// How a message answers yes or no to what was asked, as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plainly {
    /// It says more, or something else.
    #[default]
    Not,
    /// Yes, and nothing besides.
    Yes,
    /// No, and nothing besides.
    No,
    /// No, and besides that something that is no sign: "none, I'm 44", "no, can I play on Sunday?".
    NoAndMore,
}

impl Plainly {
    /// Whether it says no to all that was asked.
    #[must_use]
    pub const fn is_no(self) -> bool {
        matches!(self, Self::No | Self::NoAndMore)
    }
}

/// How it answers. Of a plain answer each word belongs to it, or means nothing by itself: "no I said
/// the left one" and "none of your business" are more. `asking` are the clauses that ask.
pub(super) fn plainly(words: &Words, claims: &[Claim], asking: &[Range<usize>]) -> Plainly {
    let denials = || claims.iter().filter(|claim| is_denial(claim));
    let denied = |at: usize| denials().any(|claim| claim.tokens.contains(&at));
    let affirmed = |at: usize| {
        let yes = |claim: &&Claim| claim.about == About::Fact(Fact::Yes);
        claims.iter().filter(yes).any(|claim| claim.tokens.contains(&at))
    };
    let count = words.tokens().len();
    let asks = !asking.is_empty() || words.sentences().iter().any(|sentence| sentence.asks);
    let answers_no = denials().any(|claim| is_by_itself(words, claims, claim));
    // "Wait no my foot is blue": whatever denies that, it is no plain no.
    let tells = opener(words, claims).is_some_and(|opener| {
        claims.iter().any(|claim| {
            let flag = matches!(claim.about, About::Flag(_));
            let told = || (opener.end..claim.tokens.end).any(|at| is_verb(words.at(at)));
            flag && claim.cue.is_some() && is_by(words, claim, &opener) && told()
        })
    });
    let is_nothing = |at: usize| is_filler(words.at(at)) || denied(at) || is_a_bit(words, at);
    if answers_no && !asks && !tells && (0..count).all(is_nothing) {
        Plainly::No
    } else if (0..count).any(affirmed)
        && !asks
        && (0..count).all(|at| affirmed(at) || is_beside_yes(words.at(at)))
    {
        Plainly::Yes
    } else if is_no_and_more(words, claims, asking) {
        Plainly::NoAndMore
    } else {
        Plainly::Not
    }
}

/// "just a bit achy": little of what every cramp leaves.
fn is_a_bit(words: &Words, at: usize) -> bool {
    let little = matches!(words.at(at), "bit" | "little" | "touch" | "slightly" | "tad" | "usual");
    little && matches!(words.at(at + 1), "sore" | "stiff" | "tight" | "achy" | "tired" | "doms")
        || words.at(at) == "doms"
}

/// See [`Plainly::NoAndMore`]. Behind a bare "no" all that follows must be known to be harmless.
/// Behind "none of these" it is enough that it is short and names no part of the body.
fn is_no_and_more(words: &Words, claims: &[Claim], asking: &[Range<usize>]) -> bool {
    let count = words.tokens().len();
    let Some(opener) = opener(words, claims) else { return false };
    let next = words.at(opener.end);
    let joins = is_subject(next)
        || matches!(next, "and" | "but" | "tho" | "though" | "hes" | "shes" | "theyre" | "only");
    if opener.end >= count || count > LONGEST || !(is_parted(words, opener.end) || joins) {
        return false;
    }
    let flag = |claim: &&Claim| matches!(claim.about, About::Flag(_));
    let circumstance =
        |claim: &&Claim| matches!(claim.about, About::Flag(flag) if is_circumstance(flag));
    let mut signs = claims.iter().filter(flag).filter(|claim| !circumstance(claim));
    if signs.any(|claim| claim.status != Status::Denied || is_by(words, claim, &opener)) {
        return false;
    }
    let asked = |at: usize| asking.iter().any(|clause| clause.contains(&at));
    let kept = |claim: &Claim| match claim.about {
        About::Flag(_) => true,
        About::Fact(fact) => is_of_no_sign(fact),
    };
    let told = |at: usize| claims.iter().any(|claim| claim.tokens.contains(&at) && kept(claim));
    let harmless = |at: usize| {
        let word = words.at(at);
        let well = (at + 1..at + 4).any(|at| is_well(words.at(at)));
        is_filler(word) || is_harmless(word) || is_checked(word) && well || asked(at) || told(at)
    };
    let rest = opener.end..count;
    let excepts = |at: usize| {
        matches!(words.at(at), "just" | "more" | "only" | "rather" | "but" | "though" | "tho")
            || matches!(words.at(at), "except" | "apart" | "bar" | "bit")
    };
    let of_body = |at: usize| is_of_the_cramp(words.at(at)) || is_of_the_body(words.at(at));
    let strong = opener.len() > 1 || matches!(words.at(opener.start), "none" | "nothing");
    let short = rest.len() <= SHORT && !rest.clone().any(|at| excepts(at) || of_body(at));
    rest.clone().all(harmless) || strong && short && !rest.clone().any(asked)
}

/// Facts that say where, when and to whom it happened, or that it is over.
const fn is_of_no_sign(fact: Fact) -> bool {
    use Fact::{
        AgeOver50, AsksHelp, BothLegs, BothSides, Driving, Elsewhere, Exercise, Habit, InBed, Keto,
        LooksFine, No, Nocturnal, NoneOfThese, OneSide, Over, Released, Running, ShortAndPainless,
        ShortNo, ShortNone, Sore, Swimming,
    };
    matches!(
        fact,
        AgeOver50
            | AsksHelp
            | BothLegs
            | BothSides
            | Driving
            | Elsewhere
            | Exercise
            | Habit
            | InBed
            | Keto
            | LooksFine
            | No
            | Nocturnal
            | NoneOfThese
            | OneSide
            | Over
            | Released
            | Running
            | ShortAndPainless
            | ShortNo
            | ShortNone
            | Sore
            | Swimming
    )
}

/// The words at the beginning that say no to all that was asked.
fn opener(words: &Words, claims: &[Claim]) -> Option<Range<usize>> {
    let lead_in = |at: &usize| {
        matches!(
            words.at(*at),
            "ok" | "okay"
                | "oh"
                | "um"
                | "er"
                | "well"
                | "haha"
                | "lol"
                | "hmm"
                | "wait"
                | "actually"
                | "sorry"
        )
    };
    let number = |at: &usize| words.at(*at).bytes().all(|byte| byte.is_ascii_digit());
    let start = (0..words.tokens().len()).take_while(|at| lead_in(at) || number(at)).count();
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
    let of_lists = |at: &usize| {
        matches!(words.at(*at), "on" | "of" | "in" | "from" | "either" | "both" | "list" | "lists")
            || matches!(words.at(*at), "those" | "these" | "them" | "that" | "this" | "the" | "at")
            || matches!(words.at(*at), "all" | "above" | "whatsoever" | "else")
    };
    end += (end..words.tokens().len())
        .take_while(of_lists)
        .take_while(|at| !is_parted(words, *at))
        .count();
    Some(start..end)
}

fn is_parted(words: &Words, at: usize) -> bool {
    words.tokens().get(at).is_some_and(|token| token.boundary >= Boundary::Comma)
}

/// Whether nothing but these words denies a claim.
fn is_by(words: &Words, claim: &Claim, opener: &Range<usize>) -> bool {
    let opens = words.source(opener.clone());
    let by_it = claim.cue.as_ref().is_some_and(|cue| opens.contains(&cue.start));
    by_it && !(opener.end..claim.tokens.end).any(|at| is_negation(words.at(at)))
}

/// Whether a flag says whom it hits, not how it is.
pub(super) fn is_circumstance(flag: FlagId) -> bool {
    let circumstances = [Flag::Child, Flag::Pregnancy, Flag::Medication, Flag::Condition];
    circumstances.iter().any(|circumstance| flag == (*circumstance).into())
}

/// "No redness exactly, more like a dark patch", "not weak, it just won't push off": what is denied
/// and then called by another name is in doubt.
pub(super) fn doubt_other_names(words: &Words, claims: &mut [Claim]) {
    let count = words.tokens().len();
    if count > LONGEST {
        return;
    }
    let renamed = |claim: &Claim| {
        let mut at = claim.tokens.end;
        let hedged = match (words.at(at), words.at(at + 1), words.at(at + 2)) {
            ("exactly" | "quite" | "precisely", _, _) => 1,
            ("as", "such", _) | ("per", "se", _) => 2,
            ("i", "dont", "think") => 3,
            _ => 0,
        };
        at += hedged;
        let also = matches!(words.at(at), "it" | "its" | "but" | "though" | "thats");
        let renames = |at: usize| matches!(words.at(at), "just" | "more" | "only" | "rather");
        let joined = words.tokens().get(at).is_some_and(|t| t.boundary < Boundary::Sentence);
        let contrast = joined && (renames(at) || also && renames(at + 1));
        let end = (at + 1..count).find(|at| {
            words.tokens().get(*at).is_some_and(|token| token.boundary >= Boundary::Sentence)
        });
        let mut rest = at + 1..end.unwrap_or(count);
        hedged > 0
            || contrast
                && rest.any(|at| {
                    let word = words.at(at);
                    !is_filler(word) && !is_harmless(word) || is_negation(word)
                })
    };
    for claim in claims.iter_mut() {
        let About::Flag(_) = claim.about else { continue };
        if claim.status == Status::Denied && renamed(claim) {
            (claim.status, claim.unsure) = (Status::Doubted, true);
        }
    }
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
    let Some(opener) = opener(words, claims) else { return found };
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
        | "i" | "im" | "ive" | "me" | "myself" | "my" | "he" | "hes" | "she" | "shes" | "they" | "theyre" | "we" | "it"
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
        | "achy" | "hurt" | "leg" | "legs" | "calf" | "calves" | "foot" | "feet" | "muscle" | "hamstring" | "thigh" | "quad"
        | "quads" | "toe" | "toes" | "ankle" | "hurts" | "plain" | "simple" | "usual"
    )
}

/// Words that go with a "yes" and add nothing.
fn is_beside_yes(word: &str) -> bool {
    is_small(word)
        || is_of_the_cramp(word)
        || matches!(word, "some" | "few" | "couple" | "two" | "three" | "afraid" | "sadly" | "oh")
        || matches!(
            word,
            "unfortunately" | "actually" | "definitely" | "sure" | "ok" | "okay" | "well"
        )
        || matches!(word, "bot" | "mate" | "please" | "thanks" | "lol" | "haha" | "sorry" | "wait")
}

/// Words that tell of no sign beside a "no".
#[rustfmt::skip]
fn is_harmless(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
        || matches!(
            word,
            "old" | "year" | "years" | "yr" | "yrs" | "male" | "female" | "man" | "woman" | "guy" | "bloke" | "girl"
            | "fit" | "tired" | "knackered" | "hungry" | "thirsty" | "sweaty" | "bored" | "embarrassed" | "ego"
            | "pride" | "doms" | "bit" | "little" | "slightly" | "slight" | "first" | "time" | "again" | "happy"
            | "glad" | "running" | "run" | "eating" | "talking" | "hop" | "jump" | "around" | "about" | "poke" | "press" | "touch" | "when" | "stand" | "stairs"
            | "hay" | "fever" | "round" | "week" | "weeks" | "day" | "days" | "ago" | "last" | "club" | "race" | "training"
            | "though" | "tho" | "but" | "smoke" | "drink" | "work" | "bed" | "home" | "usually" | "kinda"
        )
}

/// What a danger sign may be about, unless it is well ("walking fine").
fn is_checked(word: &str) -> bool {
    matches!(word, "walking" | "walk" | "walks" | "breathing" | "pee" | "wee" | "skin" | "foot")
}

fn is_well(word: &str) -> bool {
    matches!(word, "fine" | "ok" | "okay" | "normal" | "normally" | "good" | "well" | "clear")
        || matches!(word, "around" | "about" | "pale" | "yellow" | "warm" | "pink")
}

/// Parts of the body that the danger signs are about.
fn is_of_the_body(word: &str) -> bool {
    matches!(
        word,
        "chest" | "breath" | "breathe" | "pee" | "wee" | "urine" | "skin" | "shin" | "head"
    ) || matches!(word, "heart" | "back" | "arm" | "bladder" | "bowel" | "knee" | "heel" | "eyes")
}
