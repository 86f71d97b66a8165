//! Whether a message is a plain yes or no to what was asked, or a no with something harmless beside
//! it.

use std::ops::Range;

use super::Reader;
use super::answer_words::{AnswerWords, is_negation};
use super::answering::{LONGEST, excuse, is_by, is_of_a_count, is_parted, opener};
use super::claim::{About, Claim};
use super::clause_words::{is_subject, is_verb};
use crate::message::{Boundary, Words};
use crate::phrases::{Kinds, Reading};
use crate::vocabulary::{Fact, Flag, FlagId, Status};

/// How many words may follow "none of these" that are not known to be harmless.
const SHORT: usize = 7;

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
    /// It is as it always was: "as ever", "been like that for years".
    AsEver,
    /// No, and why, in words of which none is known to tell of a sign: "nah never, just nerves". It
    /// answers a question about one thing, and no list.
    NoAndWhy,
}

/// How it answers. Of a plain answer each word belongs to it, or means nothing by itself: "no I said
/// the left one" and "none of your business" are more.
pub(super) fn plainly(reader: &Reader<'_>, claims: &[Claim]) -> Plainly {
    let Reader { words, known, reading, asking, .. } = reader;
    let count = words.tokens().len();
    if count > LONGEST {
        return Plainly::Not;
    }
    let but_one = is_of_one_list(words) || (0..count).any(|at| has_one(words, at));
    let age = age_beside(words, reading);
    let is_age = |at: usize| age.as_ref().is_some_and(|age| age.contains(&at));
    let denials = || claims.iter().filter(|claim| is_denial(claim));
    let denied = |at: usize| denials().any(|claim| claim.tokens.contains(&at));
    let affirmed = |at: usize| {
        let yes = |claim: &&Claim| claim.about == About::Fact(Fact::Yes);
        claims.iter().filter(yes).any(|claim| claim.tokens.contains(&at))
    };
    let asks = !asking.is_empty() || words.sentences().iter().any(|sentence| sentence.asks);
    let by_itself = |claim: &&Claim| is_by_itself(words, known, claims, claim);
    let answers_no = !but_one && denials().any(|claim| by_itself(&claim));
    // "Wait no my foot is blue", "no, leg gave way": whatever denies that, it is no plain no.
    let sign = |claim: &&Claim| matches!(claim.about, About::Flag(flag) if !flag.is_circumstance());
    let raises = claims.iter().filter(sign).any(|claim| claim.status.raises());
    let behind = opener(words, known, claims).is_some_and(|opener| {
        let parted = is_parted(words, opener.end);
        claims.iter().filter(sign).filter(|claim| !claim.unsure).any(|claim| {
            let told = || (opener.end..claim.tokens.end).any(|at| is_verb(words.at(at)));
            is_by(words, claim, &opener) && (parted || told())
        })
    });
    let tells = raises || behind;
    let excuse = excuse(words, known);
    let is_nothing = |at: usize| {
        let plain = at < excuse || known.is_filler(words.at(at)) || denied(at) || is_age(at);
        plain || is_a_bit(words, at) || is_told_well(words, known, at) || turns_to_none(words, at)
    };
    let over = |at: usize| {
        let gone = |claim: &&Claim| {
            let over = [Fact::Released, Fact::Over, Fact::ShortAndPainless].map(About::Fact);
            over.contains(&claim.about)
        };
        claims.iter().filter(gone).any(|c| c.status.raises() && c.tokens.contains(&at))
    };
    if answers_no && !asks && !tells && (0..count).all(is_nothing) {
        Plainly::No
    } else if answers_no && !asks && !tells && (0..count).all(|at| is_nothing(at) || over(at)) {
        // "Gone now, none of those".
        Plainly::NoAndMore
    } else if (0..count).any(affirmed)
        && !asks
        && (0..count).all(|at| affirmed(at) || known.is_beside_yes(words.at(at)))
    {
        Plainly::Yes
    } else if !but_one
        && (is_question_then_none(words, known, claims, asking)
            || is_no_and_more(words, known, claims, asking))
    {
        Plainly::NoAndMore
    } else if !but_one && !asks && !tells && is_no_and_why(words, known, claims) {
        Plainly::NoAndWhy
    } else if !asks && is_as_ever(words, known, &affirmed) {
        Plainly::AsEver
    } else {
        Plainly::Not
    }
}

/// "No, I still have this", "none, theres one", "nothing, well that one I have": one of them is there.
fn has_one(words: &Words, at: usize) -> bool {
    let points = |at: usize| {
        matches!(words.at(at), "this" | "that" | "it" | "one" | "two" | "some" | "them" | "both")
    };
    // "I have some soreness", "got it from running" name something else.
    let ends = |at: usize| {
        let last = words.at(at).is_empty() || is_parted(words, at);
        last || matches!(words.at(at), "still" | "again" | "now" | "too" | "though" | "of")
    };
    let names = |at: usize| points(at) && ends(at + 1);
    let before = |most: usize| (at.saturating_sub(most)..at).map(|at| words.at(at));
    let denied = before(3).any(|word| word == "not" || word == "never" || word.ends_with("nt"));
    let has = match words.at(at) {
        "have" | "got" | "has" => names(at + 1),
        // "I have" is read as "I've".
        "ive" => names(at + 1) || at > 0 && points(at - 1) && words.at(at + 1).is_empty(),
        "theres" => names(at + 1),
        _ => false,
    };
    has && !denied
}

/// "No to everything on list 1", "nothing but list 2": of the two lists one is left out.
fn is_of_one_list(words: &Words) -> bool {
    const FIRST: [&str; 4] = ["1", "one", "first", "top"];
    const SECOND: [&str; 4] = ["2", "two", "second", "bottom"];
    let all = || 0..words.tokens().len();
    let says = |names: [&str; 4]| all().any(|at| names.contains(&words.at(at)));
    let of_list = |names: [&str; 4]| {
        let behind = |at: usize| names.contains(&words.at(at + 1)) && !is_parted(words, at + 1);
        let before = |at: usize| at > 0 && names.contains(&words.at(at - 1));
        all().any(|at| words.at(at) == "list" && (behind(at) || before(at)))
    };
    of_list(FIRST) && !says(SECOND) || of_list(SECOND) && !says(FIRST)
}

/// "As always", "nah, its always like that", "had it for years", "nothing new".
fn is_as_ever(words: &Words, known: &AnswerWords<'_>, affirmed: &dyn Fn(usize) -> bool) -> bool {
    let old = |at: usize| {
        let not_new = matches!(words.at(at), "new" | "different" | "worse");
        matches!(words.at(at), "always" | "ever" | "usual" | "years" | "normal" | "lifelong")
            || not_new && (at.saturating_sub(2)..at).any(|at| is_negation(words.at(at)))
    };
    let beside = |at: usize| {
        let word = words.at(at);
        affirmed(at)
            || known.is_filler(word)
            || is_negation(word)
            || matches!(word, "there" | "but" | "though" | "tho" | "just" | "still")
            || matches!(word, "as" | "like" | "that" | "this" | "same" | "been" | "had" | "have")
            || matches!(word, "for" | "is" | "was" | "me" | "so" | "way" | "all" | "than")
            || matches!(word, "nothing" | "my" | "life" | "since" | "old" | "from" | "thing")
    };
    let mut all = 0..words.tokens().len();
    all.clone().any(old) && all.all(|at| old(at) || beside(at))
}

/// "just a bit achy": little of what every cramp leaves.
fn is_a_bit(words: &Words, at: usize) -> bool {
    let little = matches!(words.at(at), "bit" | "little" | "touch" | "slightly" | "tad" | "usual");
    little && matches!(words.at(at + 1), "sore" | "stiff" | "tight" | "achy" | "tired" | "doms")
        || words.at(at) == "doms"
}

/// "Can walk", "can breathe", "pee fine".
fn is_told_well(words: &Words, known: &AnswerWords<'_>, at: usize) -> bool {
    let able = at > 0 && words.at(at - 1) == "can";
    able && matches!(words.at(at), "walk" | "breathe")
        || known.is_checked(words.at(at)) && known.is_well(words.at(at + 1))
}

/// "Hurts, but none of those".
fn turns_to_none(words: &Words, at: usize) -> bool {
    words.at(at) == "but" && matches!(words.at(at + 1), "none" | "nothing" | "nowt" | "no")
}

/// See [`Plainly::NoAndMore`]. Behind a bare "no" all that follows must be known to be harmless.
/// Behind "none of these" it is enough that it is short and names no part of the body.
fn is_no_and_more(
    words: &Words,
    known: &AnswerWords<'_>,
    claims: &[Claim],
    asking: &[Range<usize>],
) -> bool {
    let count = words.tokens().len();
    let Some(opener) = opener(words, known, claims) else { return false };
    let next = words.at(opener.end);
    let joins = is_subject(next)
        || asking.iter().any(|clause| clause.start == opener.end)
        || known.is_checked(next)
        || matches!(next, "and" | "but" | "tho" | "though" | "hes" | "shes" | "theyre" | "only")
        || matches!(next, "like" | "as" | "after");
    if opener.end >= count || !(is_parted(words, opener.end) || joins) {
        return false;
    }
    let flag = |claim: &&Claim| matches!(claim.about, About::Flag(_));
    // "None, third time this month" tells how often, and no sign of the lists.
    let often = FlagId::from(Flag::Recurrent);
    let circumstance = |claim: &&Claim| matches!(claim.about, About::Flag(flag) if flag.is_circumstance() || flag == often);
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
    // "None, the only thing is I'm 20 weeks pregnant".
    let tells_who = claims.iter().any(|claim| claim.status.raises() && circumstance(&claim));
    let is_exception = |word: &str| {
        matches!(
            word,
            "but" | "though" | "tho" | "only" | "just" | "thing" | "except" | "apart" | "from"
        )
    };
    let harmless = |at: usize| {
        let word = words.at(at);
        let well = (at.saturating_sub(4)..at + 4).any(|at| known.is_as_it_should(words.at(at)));
        let of_pee =
            known.is_pee_colour(word) && (opener.end..at).any(|at| known.is_pee(words.at(at)));
        let plain = known.is_filler(word) || known.is_harmless(word) || asked(at) || told(at);
        plain || known.is_checked(word) && well || of_pee || tells_who && is_exception(word)
    };
    let rest = opener.end..count;
    let excepts = |at: usize| {
        matches!(words.at(at), "just" | "more" | "only" | "rather" | "but" | "though" | "tho")
            || matches!(words.at(at), "except" | "apart" | "bar" | "bit")
    };
    let of_body =
        |at: usize| known.is_of_the_cramp(words.at(at)) || known.is_of_the_body(words.at(at));
    let strong = opener.len() > 1 || matches!(words.at(opener.start), "none" | "nothing");
    let short = rest.len() <= SHORT && !rest.clone().any(|at| excepts(at) || of_body(at));
    // "No, I said the left one" answers something else.
    let corrects = rest.clone().any(|at| matches!(words.at(at), "said" | "meant" | "mean"));
    !corrects && (rest.clone().all(harmless) || strong && short && !rest.clone().any(asked))
}

/// "Can I ice it? And none of those": a question that names no sign, and a "none" that is all of the
/// rest.
fn is_question_then_none(
    words: &Words,
    known: &AnswerWords<'_>,
    claims: &[Claim],
    asking: &[Range<usize>],
) -> bool {
    let none = |claim: &&Claim| {
        let of_list = matches!(claim.about, About::Fact(Fact::NoneOfThese));
        of_list && claim.status.raises()
    };
    let Some(none) = claims.iter().filter(none).min_by_key(|claim| claim.tokens.start) else {
        return false;
    };
    let start = none.tokens.start;
    let led = start.checked_sub(1).map(|at| words.at(at));
    let parted = is_parted(words, start)
        || led.is_some_and(|led| matches!(led, "and" | "but" | "also" | "btw" | "oh" | "ps"));
    let holds = |range: &Range<usize>| range.contains(&start);
    let sentence = words.sentences().iter().find(|sentence| holds(&sentence.tokens));
    let asks_none = asking.iter().any(holds) || sentence.is_none_or(|sentence| sentence.asks);
    let asked = asking.iter().any(|clause| clause.end <= start)
        || words.sentences().iter().any(|one| one.asks && one.tokens.end <= start);
    let of_sign = |claim: &Claim| match claim.about {
        About::Flag(flag) => !flag.is_circumstance(),
        About::Fact(fact) => matches!(fact, Fact::NotSure | Fact::Yes | Fact::Worse),
    };
    let rest = (start..words.tokens().len())
        .all(|at| none.tokens.contains(&at) || known.is_filler(words.at(at)));
    start > 0 && parted && asked && !asks_none && rest && !claims.iter().any(of_sign)
}

/// See [`Plainly::NoAndWhy`]: a "no" that is parted from what follows, which takes nothing back.
fn is_no_and_why(words: &Words, known: &AnswerWords<'_>, claims: &[Claim]) -> bool {
    let Some(opener) = opener(words, known, claims) else { return false };
    let count = words.tokens().len();
    // "No swelling" denies that sign alone, "nah walking fine" all of it.
    let says_all = matches!(words.at(opener.start), "nah" | "nope" | "naw" | "none");
    let joins = is_subject(words.at(opener.end)) || words.at(opener.end) == "never" || says_all;
    if opener.end >= count || !(is_parted(words, opener.end) || joins) {
        return false;
    }
    let takes_back = |at: usize| {
        matches!(words.at(at), "but" | "except" | "apart" | "bar" | "unless" | "until" | "till")
            || matches!(words.at(at), "more" | "rather" | "maybe" | "perhaps" | "idea" | "clue")
            || matches!(words.at(at), "said" | "meant" | "mean" | "yes" | "yeah" | "sure" | "worse")
    };
    let doubted = |claim: &Claim| match claim.about {
        About::Flag(flag) => !flag.is_circumstance() && claim.status != Status::Denied,
        About::Fact(fact) => matches!(fact, Fact::NotSure | Fact::Yes | Fact::Worse),
    };
    !(0..count).any(takes_back) && !claims.iter().any(doubted)
}

/// Facts that say where, when and to whom it happened, or that it is over.
const fn is_of_no_sign(fact: Fact) -> bool {
    use Fact::{
        AgeOver50, AsksHelp, BothLegs, BothSides, Driving, Elsewhere, Exercise, Habit, Healthy,
        InBed, Keto, LooksFine, No, Nocturnal, NoneOfThese, NotQuite, Now, OneSide, Over, PlanHow,
        Released, Riding, Running, ShortAndPainless, ShortNo, ShortNone, Sore, StillLocked,
        Swimming,
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
            | Healthy
            | InBed
            | Keto
            | LooksFine
            | No
            | Nocturnal
            | NoneOfThese
            | NotQuite
            | Now
            | OneSide
            | Over
            | PlanHow
            | Released
            | Riding
            | Running
            | ShortAndPainless
            | ShortNo
            | ShortNone
            | Sore
            | StillLocked
            | Swimming
    )
}

/// "No", "none of these": an answer by itself. The "no" of "no swelling" and of "fever, no" denies
/// that sign alone.
fn is_by_itself(words: &Words, known: &AnswerWords<'_>, claims: &[Claim], claim: &Claim) -> bool {
    let About::Fact(fact) = claim.about else { return false };
    match fact {
        Fact::No | Fact::ShortNo => {}
        fact => return matches!(fact, Fact::NoneOfThese | Fact::ShortNone | Fact::LooksFine),
    }
    let next = claim.tokens.end;
    let parted = words.boundary(next) >= Boundary::Comma;
    // "No cramp, really" denies the cramp alone.
    if !parted && words.at(next).starts_with("cramp") {
        return false;
    }
    let mut signs = claims.iter().filter(|c| matches!(c.about, About::Flag(_)));
    // A "no" at the very beginning answers all, whatever comes behind it.
    let opens = (0..claim.tokens.start).all(|at| known.is_lead_in(words.at(at)));
    !signs.any(|sign| {
        let leads_to = !parted && sign.tokens.contains(&next);
        let follows = sign.tokens.end <= claim.tokens.start
            && (sign.tokens.end..claim.tokens.start).all(|at| known.is_filler(words.at(at)));
        leads_to || follows && !opens
    })
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

/// The age that stands beside an answer, where no other number does: "no, 44", "none, I'm 44". A
/// small number may be one of the lists.
fn age_beside(words: &Words, reading: &Reading) -> Option<Range<usize>> {
    let [only] = reading.quantities.as_slice() else { return None };
    let parted = |at: usize| words.boundary(at) >= Boundary::Comma;
    let stands = parted(only.tokens.start) || only.tokens.start == 0;
    let is_age = only.kind == Kinds::AGE
        || only.kind == Kinds::NUMBER && (10.0..=110.0).contains(&only.value) && stands;
    let is_age = is_age && !is_of_a_count(words, only.tokens.start);
    is_age.then(|| only.tokens.clone())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::responses::disk;
    use crate::understanding::{Attention, Plainly, Understanding};

    #[test]
    fn a_no_clears_nothing_that_stands_behind_it() {
        let responses = disk::load(Path::new("responses")).unwrap();
        let read = |text: &str| Understanding::of(&responses, text, Attention::Addressed).plainly;
        for text in [
            "no",
            "none of these",
            "nope all good",
            "no just a bit achy",
            "none, im 44",
            "hurts but none of those",
            "nope. no fever. can walk. bit sore",
            "can walk, can breathe, pee fine, all good",
        ] {
            assert_eq!(read(text), Plainly::No, "{text}");
        }
        for text in [
            "none of them, i am diabetic though",
            "no and can i play on wednesday",
            "can i ice it? and none of those",
            "does magnesium help? no to all of those",
            "is it dehydration? nothing on the list btw",
        ] {
            assert_eq!(read(text), Plainly::NoAndMore, "{text}");
        }
        for text in ["as always", "had it for years", "same as ever", "not worse than usual"] {
            assert_eq!(read(text), Plainly::AsEver, "{text}");
        }
        for text in ["yes", "yeah unfortunately", "yes i have one of them"] {
            assert_eq!(read(text), Plainly::Yes, "{text}");
        }
        for text in [
            "wait no my foot is blue",
            "no, leg gave way twice",
            "nothing like that, bit short of puff",
            "not weak, it just wont push off",
            "no but i feel really strange",
            "none but my leg slaps when i walk",
            "yeah he fainted",
            "worse than usual",
            "new",
            "no i said the left one",
            "is brown pee one? none of those",
            "are you sure its none of those?",
            "can i ice it? none of those help",
        ] {
            assert_eq!(read(text), Plainly::Not, "{text}");
        }
    }
}
