//! What a short answer lets through besides a yes or no: that something is amiss, that it was not done,
//! or more than was asked for.

use super::reading::{DEGREE_FILLER, FILLER, NO, WELL, YES, is_in, words};

/// It holds somebody back, and is no reason for a rest.
const MILD: &str = "sore soreness tight stiff stiffness ache achy aches aching tender niggle niggles \
    niggling niggly meh iffy uncomfortable awkward heavy tired";
/// How little it is.
const LITTLE: &str = "bit little slight slightly mild mildly tad touch somewhat";
/// It is a reason for a rest.
const BAD: &str = "hurt hurts hurting painful pain pains sharp pulled grabbed grabbing twinge twinged \
    twinges cramp cramped cramping spasm limp limped limping struggled worse awful terrible";
/// Ends it early, behind "had to".
const EARLY: &str = "stop quit rest";
/// It was not done.
const FORGOT: &str = "forgot forgotten skipped cba";
const TO_DO: &str = "do done did go went gone manage managed bother get got walk yet try tried";
/// More than a walk.
const SPORT: &str = "run runs ran jog jogged jogging sprint sprinted cycled biked rode played raced \
    match game race 5k 10k parkrun football tennis squash hike hiked";
const AGREES: &str =
    "thats mine right that correct it is ta perfect great go for its my zone time thx";
/// Somebody who does not know what is asked.
const PUZZLED: &str = "what wat wot eh huh why how sorry pardon hm hmm mean you do does that this";

const NONE_OF_THEM: &str = "none nope no nothing of those these that them it any all the above \
    like at list lists here there on either both thanks ta new else";
const CRAMPED_NOUN: &str = "cramp cramps";
const OF_NIGHTS: &str = "no none not never without a any single at all last night nights tonight this \
    week yesterday slept sleep through well good great fine ok like log baby for once again finally i \
    had have hi hello hey morning evening yay the my did done finished stretch stretches stretching \
    already just now today earlier before bed thanks thank you both two in row";
const CRAMPED: &str = "cramp cramped cramping spasm spasmed seized";
const BETTER: &str = "better improving mend easier much lot loads bit way far on than yesterday before it \
    getting definitely good";
const IF: &str = "if when case before since after";
const OTHER_SPORT: &str = "running jogging cycling cycle bike biking swim swimming swam gym train training \
    spin yoga pilates row rowing exercise sport sports tennis squash padel golf dance dancing";
const LEAVE: &str = "can may when should allowed ok okay about could safe back start yet";

/// How a message holds back what it says besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Caution {
    /// "Bit sore".
    Mild,
    /// "It hurt", "had to stop".
    Bad,
}

/// What of it is amiss, however well the rest is.
pub(super) fn caution(said: &str) -> Option<Caution> {
    let words = words(said);
    let before = |at: usize| words.get(at.saturating_sub(3)..at).unwrap_or_default();
    let denied = |at: usize| before(at).iter().any(|word| is_in(NO, word) || word == "less");
    let amiss = |(at, word): (usize, &String)| {
        let early = is_in(EARLY, word) && before(at).iter().any(|word| word == "had");
        let level = if is_in(BAD, word) || early {
            Caution::Bad
        } else if is_in(MILD, word) {
            Caution::Mild
        } else {
            return None;
        };
        (!denied(at)).then_some(level)
    };
    words.iter().enumerate().filter_map(amiss).max()
}

/// Whether it hurts, leaving aside that it cramps, which a night plan counts.
pub(super) fn hurts(said: &str) -> bool {
    let words = words(said);
    let denied = |at: usize| {
        let before = words.get(at.saturating_sub(3)..at).unwrap_or_default();
        before.iter().any(|word| is_in(NO, word) || word == "less")
    };
    let of_pain = |word: &String| is_in(BAD, word) && !is_in(CRAMPED, word);
    words.iter().enumerate().any(|(at, word)| of_pain(word) && !denied(at))
}

/// Whether a word tells of a limp.
pub(super) fn is_of_limp(word: &str) -> bool {
    is_in("limp limping limped limps hobble hobbling hobbled hobbles tiptoe tiptoeing", word)
}

/// Whether it was not done: "forgot", "haven't done it yet", "didn't go".
pub(super) fn is_undone(said: &str) -> bool {
    let words = words(said);
    let not = |at: usize| words.get(at + 1..).unwrap_or_default().iter().take(3);
    let denies = |at: usize| not(at).any(|word| is_in(TO_DO, word));
    words.iter().any(|word| is_in(FORGOT, word))
        || words.iter().enumerate().any(|(at, word)| word == "not" && denies(at))
        || words.windows(2).any(|pair| pair == ["no", "time"])
}

/// Whether it was more than what was to be done, which a text names.
pub(super) fn is_more(said: &str, task: &str) -> bool {
    let (words, task) = (words(said), words(task));
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    let far = |word: &String| word.ends_with("km") || word.ends_with('k') && word.len() > 1;
    let runs = task.iter().any(|word| is_in("jog run", word));
    let sport = words.iter().enumerate().any(|(at, word)| {
        let denied = at > 0 && words.get(at - 1).is_some_and(|before| is_in(NO, before));
        is_in(SPORT, word) && !denied
    });
    sport && (!runs || has("instead") || words.iter().any(far))
}

/// "None of those", "nothing like that": said to a list, and nothing else.
pub(super) fn denies_all(said: &str) -> bool {
    let words = words(said);
    words.iter().any(|word| matches!(word.as_str(), "none" | "nothing" | "nope" | "no"))
        && words.iter().all(|word| is_in(NONE_OF_THEM, word))
}

/// Whether it denies something, other than how bad it is: "no problems", and no "not bad".
pub(super) fn has_none(said: &str) -> bool {
    words(said).iter().any(|word| word != "not" && is_in(NO, word) || is_in("zero nil", word))
}

/// Whether a message says that there is none of something: "none of that", "no other stuff".
#[must_use]
pub fn names_none(said: &str) -> bool {
    let words = words(said);
    let no = words.iter().any(|word| is_in("no nope", word));
    words.iter().any(|word| is_in("none nothing neither", word))
        || no && words.iter().any(|word| is_in("other signs symptoms stuff problems issues", word))
}

/// What is told behind the "no" of "no just a bit sore": none of the signs, and what is there is mild.
pub(super) fn mild_beside_no(said: &str) -> Option<&str> {
    let (first, rest) = said.split_once(' ')?;
    let no = matches!(first.to_lowercase().as_str(), "no" | "nope" | "nah" | "none" | "nothing");
    let told = words(rest).iter().any(|word| is_in(MILD, word));
    (no && told && is_mild(rest)).then_some(rest)
}

/// "Walking ok", "its ok": said of something, and no bare yes.
pub(super) fn is_ok_of(said: &str) -> bool {
    let words = words(said);
    let fine = |word: &String| matches!(word.as_str(), "ok" | "okay");
    words.len() > 1
        && words.iter().any(fine)
        && words.iter().all(|word| fine(word) || !is_in(YES, word))
}

/// "Much better", "on the mend".
pub(super) fn is_better(said: &str) -> bool {
    let words = words(said);
    words.iter().any(|word| is_in("better improving mend easier", word))
        && words.iter().all(|word| is_in(BETTER, word) || is_in(FILLER, word))
}

/// "Just sore", "bit stiff": what a check-in expects to hear.
pub(super) fn is_mild(said: &str) -> bool {
    words(said)
        .iter()
        .all(|word| [MILD, LITTLE, FILLER, DEGREE_FILLER].iter().any(|of| is_in(of, word)))
}

/// Whether it cramped: "cramped up halfway".
pub(super) fn has_cramped(said: &str) -> bool {
    let words = words(said);
    words.iter().enumerate().any(|(at, word)| {
        let before = words.get(at.saturating_sub(3)..at).unwrap_or_default();
        is_in(CRAMPED, word) && !before.iter().any(|word| is_in(NO, word) || is_in(IF, word))
    })
}

/// Whether sport is named that somebody wants to do.
pub(super) fn names_sport(said: &str) -> bool {
    words(said).iter().any(|word| is_in(SPORT, word) || is_in(OTHER_SPORT, word))
}

/// Whether it is asked about: "can I run tomorrow", "what about swimming".
pub(super) fn asks_leave(said: &str) -> bool {
    words(said).iter().any(|word| is_in(LEAVE, word))
}

/// Whether a message tells of a night, or of the stretch, and of nothing else: "no cramp last night",
/// "slept through", "did the stretch already".
#[must_use]
pub fn tells_of_nights(said: &str) -> bool {
    let words = words(said);
    let any = |list: &str| words.iter().any(|word| is_in(list, word));
    let free =
        any("no none not never without") && any(CRAMPED_NOUN) && any("night nights slept sleep");
    let slept = any("slept");
    let done = any("did done finished") && any("stretch stretches stretching");
    (free || slept || done)
        && words.iter().all(|word| is_in(OF_NIGHTS, word) || is_in(CRAMPED_NOUN, word))
}

/// Whether nothing but agreement is in it.
pub(super) fn agrees(said: &str) -> bool {
    words(said).iter().all(|word| [YES, WELL, FILLER, AGREES].iter().any(|of| is_in(of, word)))
}

/// Whether a short message asks what is meant, and nothing else.
pub(super) fn is_puzzled(said: &str) -> bool {
    let words = words(said);
    !words.is_empty() && words.iter().all(|word| is_in(PUZZLED, word))
}
