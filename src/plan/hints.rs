//! What a short answer lets through besides a yes or no: that something is amiss, that it was not done,
//! or more than was asked for.

use super::reading::{Tone, is_in, is_yes, tone, words};
use crate::responses::TalkLists;
use crate::responses::plans::{Answers, AskText};
use crate::vocabulary::Answering;

/// How a message holds back what it says besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Caution {
    /// "Bit sore".
    Mild,
    /// "It hurt", "had to stop".
    Bad,
}

/// What of it is amiss, however well the rest is.
pub(super) fn caution(talk: &TalkLists, said: &str) -> Option<Caution> {
    let words = words(said);
    let before = |at: usize| words.get(at.saturating_sub(3)..at).unwrap_or_default();
    let denied =
        |at: usize| before(at).iter().any(|word| talk.has(Answering::No, word) || word == "less");
    // "Limp gone", "the pain has gone".
    let gone = |at: usize| {
        let next = words.iter().skip(at + 1).map(String::as_str);
        let mut next =
            next.skip_while(|word| matches!(*word, "is" | "has" | "all" | "its" | "now"));
        let over = matches!(next.next(), Some("gone" | "over" | "cleared" | "disappeared"));
        over && !matches!(next.next(), Some("worse" | "up" | "mad"))
    };
    let amiss = |(at, word): (usize, &String)| {
        let early =
            talk.has(Answering::Stopped, word) && before(at).iter().any(|word| word == "had");
        let level = if talk.has(Answering::Bad, word) || early {
            Caution::Bad
        } else if talk.has(Answering::Mild, word) {
            Caution::Mild
        } else {
            return None;
        };
        (!denied(at) && !gone(at)).then_some(level)
    };
    words.iter().enumerate().filter_map(amiss).max()
}

/// Whether it hurts, leaving aside that it cramps, which a night plan counts.
pub(super) fn hurts(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    let denied = |at: usize| {
        let before = words.get(at.saturating_sub(3)..at).unwrap_or_default();
        before.iter().any(|word| talk.has(Answering::No, word) || word == "less")
    };
    // "1 night, pain 4" counts.
    let counts = words.iter().any(|word| super::reading::count(word).is_some())
        && talk.list(Answering::Night).is_in(&words);
    let of_pain = |word: &String| {
        !counts && talk.has(Answering::Bad, word) && !talk.has(Answering::Cramped, word)
    };
    words.iter().enumerate().any(|(at, word)| of_pain(word) && !denied(at))
}

/// Whether a word tells of a limp.
pub(super) fn is_of_limp(talk: &TalkLists, word: &str) -> bool {
    talk.has(Answering::Limps, word)
}

/// Whether it was not done: "forgot", "haven't done it yet", "didn't go".
pub(super) fn is_undone(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    let not = |at: usize| words.get(at + 1..).unwrap_or_default().iter().take(3);
    let denies = |at: usize| not(at).any(|word| talk.has(Answering::ToDo, word));
    talk.list(Answering::Forgot).is_in(&words)
        || words.iter().enumerate().any(|(at, word)| word == "not" && denies(at))
        || words.windows(2).any(|pair| pair == ["no", "time"])
}

/// Whether a part of a message tells how what was to be done went, so that it is no word on danger signs:
/// "forgot", or "felt great" where the walk is named.
pub(super) fn tells_of_task(
    talk: &TalkLists,
    (said, clause): (&str, &str),
    question: &AskText,
    task: &str,
) -> bool {
    let Answers::Choices(choices) = &question.answers else { return false };
    let of_task = choices.iter().any(|(key, _)| key == "not_done");
    let task = words(task);
    let names = |word: &String| {
        let stem = word.trim_end_matches("ed").trim_end_matches("ing");
        stem.len() > 2 && !talk.has(Answering::Common, word) && task.iter().any(|one| one == stem)
    };
    // A yes or no may be said to the signs.
    let denies = talk.list(Answering::No).is_in(&words(clause));
    let bare = denies || tone(talk, clause) == Some(Tone::Yes);
    let named = || words(said).iter().any(names) && !bare;
    of_task && (is_undone(talk, clause) || named())
}

/// Whether it was more than what was to be done, which a text names.
pub(super) fn is_more(talk: &TalkLists, said: &str, task: &str) -> bool {
    let (words, task) = (words(said), words(task));
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    let far = |word: &String| word.ends_with("km") || word.ends_with('k') && word.len() > 1;
    let runs = task.iter().any(|word| talk.has(Answering::Runs, word));
    let sport = words.iter().enumerate().any(|(at, word)| {
        let denied =
            at > 0 && words.get(at - 1).is_some_and(|before| talk.has(Answering::No, before));
        talk.has(Answering::SportDone, word) && !denied
    });
    sport && (!runs || has("instead") || words.iter().any(far))
}

/// "None of those", "nothing like that": said to a list, and nothing else.
pub(super) fn denies_all(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    [Answering::None, Answering::BareNo].iter().any(|list| talk.list(*list).is_in(&words))
        && talk.hold_all([Answering::OfTheList], &words)
}

/// "All good no signs", "no danger signs at all": none of them, and nothing else but that all is well.
pub(super) fn denies_signs(talk: &TalkLists, said: &str) -> bool {
    use Answering::{BareNo, BesideYesOrNo, Courtesy, OfTheList, Well, Yes};
    let words = words(said);
    let denied = |at: usize| {
        let named = words.get(at).is_some_and(|word| talk.has(BareNo, word) || word == "zero");
        let next = words.iter().skip(at + 1).map(String::as_str);
        let mut next = next.skip_while(|word| is_in("danger warning other new such", word));
        named && next.next().is_some_and(|word| is_in("sign signs symptom symptoms", word))
    };
    let lists = [BareNo, BesideYesOrNo, Courtesy, OfTheList, Well, Yes];
    let known = |word: &String| {
        is_in("danger warning", word) || lists.iter().any(|list| talk.has(*list, word))
    };
    (0..words.len()).any(denied) && words.iter().all(known)
}

/// "No pain at all", "nothing hurts": how sore it is.
pub(super) fn is_painless(talk: &TalkLists, said: &str) -> bool {
    let of_pain = |word: &String| is_in(PAIN, word);
    let none = super::reading::number(talk, said, super::reading::SCALE, None) == Some(0);
    none && words(said).iter().any(of_pain)
}

/// Names it.
const PAIN: &str = "pain pains sore soreness hurt hurts hurting ache aches aching painful";

/// Whether it denies something, other than how bad it is: "no problems", and no "not bad".
pub(super) fn has_none(talk: &TalkLists, said: &str) -> bool {
    let none = |word: &String| word != "not" && talk.has(Answering::No, word);
    words(said).iter().any(|word| none(word) || talk.has(Answering::Zero, word))
}

/// Whether it names what is new.
pub(super) fn names_new(said: &str) -> bool {
    words(said).iter().any(|word| word == "new")
}

/// Whether a message says that there is none of something: "none of that", "no other stuff".
#[must_use]
pub fn names_none(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    let says = |list: Answering| talk.list(list).is_in(&words);
    says(Answering::None) || says(Answering::BareNo) && says(Answering::Signs)
}

/// What is told behind the "no" of "no just a bit sore": none of the signs, and what is there is mild.
pub(super) fn mild_beside_no<'s>(talk: &TalkLists, said: &'s str) -> Option<&'s str> {
    let (first, rest) = said.split_once(' ')?;
    let no = talk.has(Answering::FirstNo, &first.to_lowercase());
    let told = talk.list(Answering::Mild).is_in(&words(rest));
    (no && told && is_mild(talk, rest)).then_some(rest)
}

/// "Walking ok", "its ok": said of something, and no bare yes.
pub(super) fn is_ok_of(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    let fine = |word: &String| matches!(word.as_str(), "ok" | "okay");
    words.len() > 1
        && words.iter().any(fine)
        && words.iter().all(|word| fine(word) || !is_yes(talk, word))
}

/// "Much better", "on the mend".
pub(super) fn is_better(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    let of_it = [Answering::Better, Answering::BesideBetter, Answering::BesideYesOrNo];
    let better = talk.list(Answering::Better).is_in(&words) && talk.hold_all(of_it, &words);
    let no_worse = words
        .windows(2)
        .any(|two| matches!(two, [no, worse] if is_in("not no", no) && worse == "worse"));
    let beside = |word: &String| {
        is_in("not no worse", word) || of_it.iter().any(|list| talk.has(*list, word))
    };
    better || no_worse && words.iter().all(beside)
}

/// "Forgot the ice, sorry", "about the same": neither is a sign, and neither says how it is.
pub(super) fn is_aside(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    let same = words.iter().any(|word| matches!(word.as_str(), "same" | "unchanged"));
    let of_it = [Answering::BesideYesOrNo, Answering::BesideDegree, Answering::BesideCount];
    let short = words.len() <= LONGEST_ASIDE;
    let known = |word: &String| {
        matches!(word.as_str(), "same" | "unchanged" | "before" | "yesterday")
            || of_it.iter().any(|list| talk.has(*list, word))
    };
    short && (talk.list(Answering::Forgot).is_in(&words) || same && words.iter().all(known))
}

/// Longest message, in words, that says no more than what was forgotten.
const LONGEST_ASIDE: usize = 5;

/// "Just sore", "bit stiff": what a check-in expects to hear.
pub(super) fn is_mild(talk: &TalkLists, said: &str) -> bool {
    let of_it =
        [Answering::Mild, Answering::ALittle, Answering::BesideYesOrNo, Answering::BesideDegree];
    talk.hold_all(of_it, &words(said))
}

/// Whether it cramped: "cramped up halfway".
pub(super) fn has_cramped(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    words.iter().enumerate().any(|(at, word)| {
        let before = words.get(at.saturating_sub(3)..at).unwrap_or_default();
        talk.has(Answering::Cramped, word)
            && !before
                .iter()
                .any(|word| talk.has(Answering::No, word) || talk.has(Answering::InCase, word))
    })
}

/// Whether somebody has run, and nothing of it went amiss: "ran 5k, felt fine".
pub(super) fn ran(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    let denied = talk.list(Answering::No).is_in(&words);
    talk.list(Answering::Ran).is_in(&words) && !denied && caution(talk, said).is_none()
}

/// "Ran fine", where a run was to be done, and no more than that.
pub(super) fn ran_well(talk: &TalkLists, said: &str, task: &str) -> bool {
    let (said_words, task_words) = (words(said), words(task));
    let well = [Answering::Well, Answering::WentWell];
    task_words.iter().any(|word| talk.has(Answering::Runs, word))
        && ran(talk, said)
        && well.iter().any(|list| talk.list(*list).is_in(&said_words))
        && !is_more(talk, said, task)
}

/// "Pee normal", "breathing fine": one of the signs, and no more of it.
pub(super) fn sign_is_well(talk: &TalkLists, said: &str) -> bool {
    use Answering::{BesideYesOrNo, Checked, Fit, OfTheBody, Pee, PeeColour, Well};
    let words = words(said);
    let says = |list: Answering| talk.list(list).is_in(&words);
    let named = says(Pee) || says(Checked) || says(OfTheBody);
    let well = says(Well) || says(Fit) || says(Pee) && says(PeeColour);
    named
        && well
        && talk.hold_all([Pee, PeeColour, Checked, OfTheBody, Well, Fit, BesideYesOrNo], &words)
}

/// "The kids are ill, so I've not slept": told of somebody's days, and of no leg.
pub(super) fn is_of_life(talk: &TalkLists, said: &str) -> bool {
    use Answering::{BesideYesOrNo, Courtesy, Harmless, OfLife, Small, Well};
    let words = words(said);
    let lists = [Small, Courtesy, Harmless, BesideYesOrNo, Well, OfLife];
    let known =
        |word: &String| lists.iter().any(|list| talk.has(*list, word)) || is_in(BESIDE_LIFE, word);
    talk.list(OfLife).is_in(&words) && words.iter().all(known)
}

/// May stand beside that.
const BESIDE_LIFE: &str = "much lot because cos ill ive";

/// "No cramps", in a few words.
pub(super) fn begins_with_no(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    let no = words.first().is_some_and(|word| talk.has(Answering::FirstNo, word));
    no && words.len() <= A_SHORT_NO && caution(talk, said).is_none()
}

/// Longest message, in words, that says no to what a question names.
const A_SHORT_NO: usize = 4;

/// Whether sport is named that somebody wants to do.
pub(super) fn names_sport(talk: &TalkLists, said: &str) -> bool {
    let said = words(said);
    [Answering::SportDone, Answering::Sport].iter().any(|list| talk.list(*list).is_in(&said))
}

/// Whether it is asked about: "can I run tomorrow", "what about swimming".
pub(super) fn asks_leave(talk: &TalkLists, said: &str) -> bool {
    talk.list(Answering::AsksLeave).is_in(&words(said))
}

/// Whether a message tells of a night, or of the stretch, and of nothing else: "no cramp last night",
/// "slept through", "did the stretch already".
#[must_use]
pub fn tells_of_nights(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    let says = |list: Answering| talk.list(list).is_in(&words);
    let free = says(Answering::No) && says(Answering::Cramp) && says(Answering::Night);
    let slept = words.iter().any(|word| word == "slept");
    let done = says(Answering::Done) && says(Answering::Stretch);
    (free || slept || done) && talk.hold_all([Answering::BesideNight, Answering::Cramp], &words)
}

/// Whether nothing but agreement is in it.
pub(super) fn agrees(talk: &TalkLists, said: &str) -> bool {
    let of_it = [
        Answering::Yes,
        Answering::Done,
        Answering::Well,
        Answering::WentWell,
        Answering::BesideYesOrNo,
        Answering::ZoneIsRight,
    ];
    talk.hold_all(of_it, &words(said))
}

/// Whether a short message asks what is meant, and nothing else.
pub(super) fn is_puzzled(talk: &TalkLists, said: &str) -> bool {
    let words = words(said);
    !words.is_empty() && talk.hold_all([Answering::Puzzled], &words)
}
