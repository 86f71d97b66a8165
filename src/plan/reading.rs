//! How a short answer is read: by what its question asks for. A number in figures or words, the words
//! or the place of a choice, a yes or no; what is none of these is no answer.

use super::hints::{Caution, caution, is_ok_of, is_undone};
use super::time_or_place::is_of_clock;
pub(super) use crate::message::plain_words as words;
use crate::responses::TalkLists;
use crate::understanding::Understanding;
use crate::vocabulary::{Answering, Fact};

/// How a message stands to what was asked, where it says nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// "yep, did it".
    Yes,
    /// "not really".
    No,
    /// All is well: "walking normally", "no problems".
    Well,
}

/// How bad it is, in words, on a scale to 10: the figure that leads to nothing before its time
/// (`club-rule`).
const DEGREES: [(Answering, u8); 5] = [
    (Answering::Dreadful, 9),
    (Answering::ALot, VERY),
    (Answering::Quite, 5),
    (Answering::ALittle, 3),
    (Answering::Hardly, 1),
];
/// "Very", on that scale.
const VERY: u8 = 7;
/// How far a 10 reaches: of a scale, and not of a count of nights.
pub(super) const SCALE: u8 = 10;
/// The nights of a week.
pub(super) const NIGHTS: u8 = 7;
/// "Most nights": more than half of them, and perhaps no more.
const MOST_NIGHTS: u8 = 4;
const NUMBERS: [&str; 15] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen",
];
const PLACES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

/// Whether these words stand side by side in a message.
pub(super) fn has_phrase(said: &[String], phrase: &[&str]) -> bool {
    said.windows(phrase.len()).any(|part| part == phrase)
}

/// Whether a word is one of a list that is written as one text.
pub(super) fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// Whether a word says yes, or that it was done.
pub(super) fn is_yes(talk: &TalkLists, word: &str) -> bool {
    [Answering::Yes, Answering::Done].iter().any(|list| talk.has(*list, word))
}

/// The parts of a message that may each answer another question.
pub(super) fn clauses(text: &str) -> Vec<&str> {
    let ends = |c: char| matches!(c, ',' | ';' | '\n' | '!');
    let parts = text.split(ends).flat_map(|part| part.split(" and ")).flat_map(|p| p.split(". "));
    parts.map(str::trim).filter(|part| part.chars().any(char::is_alphanumeric)).collect()
}

/// "Yes no cramps" answers two questions: a yes before a "no" stands by itself.
pub(super) fn yes_apart<'t>(talk: &TalkLists, clauses: Vec<&'t str>) -> Vec<&'t str> {
    let parts = clauses.into_iter().flat_map(|clause| {
        let cut = clause.split_once(' ').filter(|(first, rest)| {
            let rest = words(rest);
            // "Yeah no not really" is one answer.
            let none = rest.first().is_some_and(|word| talk.has(Answering::FirstNo, word));
            let of_it = rest.get(1).is_some_and(|word| !talk.has(Answering::No, word));
            talk.has(Answering::Yes, &first.to_lowercase()) && none && of_it
        });
        cut.map_or_else(|| vec![clause], |(first, rest)| vec![first, rest])
    });
    parts.collect()
}

/// Whether a message says yes, no or that all is well, and nothing besides.
pub(super) fn tone(talk: &TalkLists, said: &str) -> Option<Tone> {
    use Answering::{BesideYesOrNo, Done, No, Trouble, Well, WentWell, Yes};
    let words = words(said);
    if words.is_empty()
        || !talk.hold_all([Yes, Done, No, Well, WentWell, Trouble, BesideYesOrNo], &words)
    {
        return None;
    }
    let has = |list: Answering| talk.list(list).is_in(&words);
    // "Not sure" is neither.
    let unsure = words.windows(2).any(|pair| pair == ["not", "sure"]);
    match (has(No), has(Trouble), has(Well) || has(WentWell), has(Yes) || has(Done)) {
        _ if unsure => None,
        (true, true, ..) => Some(Tone::Well),
        (false, true, ..) => None,
        (true, false, ..) => Some(Tone::No),
        (false, false, true, _) => Some(Tone::Well),
        (false, false, false, true) => Some(Tone::Yes),
        (false, false, false, false) => None,
    }
}

/// The number that a message gives, in figures or words: of "5 or 6" the higher one, of "4 out of 10"
/// the first; "the same" is the last that was given.
pub(super) fn number(talk: &TalkLists, said: &str, most: u8, last: Option<u8>) -> Option<u8> {
    let said = &rounded(said);
    let words = words(said);
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    let mut numbers = counted_in(talk, &words, most);
    // "Just one" counts, "that one" is no number.
    let ranges = words.windows(2).any(|two| {
        let joins = |word: &String| matches!(word.as_str(), "or" | "to");
        matches!(two, [one, next] if one == "one" && joins(next) || joins(one) && next == "one")
    });
    let all = ranges || words.iter().all(|word| count(word).is_some());
    if numbers.len() > 1 && has("one") && !all {
        numbers.retain(|number| *number != 1);
    }
    let scale = matches!(numbers.as_slice(), [_, .., 10])
        && (has("of") || said.contains('/') || has("over"));
    if scale {
        numbers.pop();
    }
    let number = match numbers.as_slice() {
        [number] => Some(*number),
        [low, high] if low.abs_diff(*high) <= 2 => Some((*low).max(*high)),
        [] if is_none(talk, &words) => Some(0),
        [] if most == NIGHTS && is_each(talk, &words) => Some(NIGHTS),
        [] if most == NIGHTS && has("every") && (has("nearly") || has("almost")) => {
            Some(NIGHTS - 1)
        }
        [] if most == NIGHTS && has("most") && (has("nights") || has("them")) => Some(MOST_NIGHTS),
        [] if has("same") || has("unchanged") || words.ends_with(&no_change()) => last,
        [] if most == SCALE && is_gone(talk, &words) => Some(0),
        [] if most == SCALE => degree(talk, &words),
        _ => None,
    };
    number.filter(|number| *number <= most)
}

/// The numbers of a message, but for a time, a distance or a place in a row: "day 2, so a 3", "in 2
/// hours".
pub(super) fn counted_in(talk: &TalkLists, words: &[String], most: u8) -> Vec<u8> {
    let of_days = |word: &String| most != NIGHTS && talk.has(Answering::Days, word);
    let is_else = |at: usize| {
        let next = words.get(at + 1);
        let unit = next.is_some_and(|word| talk.has(Answering::Units, word) || of_days(word));
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        unit || is_of_clock(talk, words, at)
            || before.is_some_and(|word| talk.has(Answering::Places, word))
    };
    let numbers = words.iter().enumerate().filter(|(at, _)| !is_else(*at));
    // "Woke me both times".
    let both = |at: usize, word: &str| {
        let next = words.get(at + 1).map(String::as_str);
        (word == "both" && matches!(next, Some("times" | "nights"))).then_some(2)
    };
    numbers.filter_map(|(at, word)| count(word).or_else(|| both(at, word))).collect()
}

/// "3.5" is 4: a part counts as a whole.
fn rounded(said: &str) -> String {
    let whole = |word: &str| {
        let (before, after) =
            word.trim_end_matches(|c: char| !c.is_alphanumeric()).split_once('.')?;
        let (whole, part): (u8, u8) = (before.parse().ok()?, after.parse().ok()?);
        (after.len() == 1).then(|| whole.saturating_add(u8::from(part > 0)).to_string())
    };
    let words = said.split_whitespace().map(|word| whole(word).unwrap_or_else(|| word.to_owned()));
    words.collect::<Vec<_>>().join(" ")
}

/// "Every night", "all 7": of the nights of a week.
fn is_each(talk: &TalkLists, words: &[String]) -> bool {
    let each = words.iter().any(|word| matches!(word.as_str(), "every" | "each" | "all"));
    let nights = words.iter().any(|word| matches!(word.as_str(), "night" | "nights"));
    each && nights && talk.hold_all([Answering::EveryNight, Answering::BesideYesOrNo], words)
}

/// The numbers of a clause that answers several questions at once, in their order: "4 nights, pain
/// about 7, woken 5 times" without the commas.
pub(super) fn several(talk: &TalkLists, said: &str) -> Vec<u8> {
    let words = words(said);
    let apart = words.iter().any(|word| matches!(word.as_str(), "or" | "to" | "of" | "over"));
    if apart || said.contains(['/', '-']) {
        return Vec::new();
    }
    let words: Vec<String> = words.into_iter().filter(|word| word != "one").collect();
    counted_in(talk, &words, NIGHTS)
}

/// "A bit", "hardly any", "not very".
fn degree(talk: &TalkLists, words: &[String]) -> Option<u8> {
    let of =
        |word: &String| DEGREES.iter().find(|(list, _)| talk.has(*list, word)).map(|(_, at)| *at);
    let beside = |word: &String| talk.has(Answering::BesideDegree, word) || word == "bad";
    let known = |word: &String| of(word).is_some() || beside(word);
    let told = words.iter().filter_map(of).min().or_else(|| too_bad(words));
    let told = told.filter(|_| words.iter().all(known))?;
    let not = words.iter().any(|word| word == "not");
    // "Not very" is a bit; "not a bit" is not told by it.
    match (not, told) {
        (true, 5..) => Some(3),
        (true, _) => None,
        (false, told) => Some(told),
    }
}

/// "Not too bad", which says as much as "not very".
fn too_bad(words: &[String]) -> Option<u8> {
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    (has("not") && (has("too") || has("that")) && has("bad")).then_some(VERY)
}

/// "Gone", "the pain has gone".
fn is_gone(talk: &TalkLists, words: &[String]) -> bool {
    let of_it = [Answering::Gone, Answering::BesideGone, Answering::BesideYesOrNo];
    talk.list(Answering::Gone).is_in(words) && talk.hold_all(of_it, words)
}

fn no_change() -> [String; 2] {
    ["no".to_owned(), "change".to_owned()]
}

/// "7", "7ish", "seven", "twice".
pub(super) fn count(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let tail = &word[digits.len()..];
    if !digits.is_empty() && matches!(tail, "" | "ish" | "x") {
        return digits.parse().ok();
    }
    let named = || NUMBERS.iter().position(|name| *name == word);
    match word {
        "once" => Some(1),
        "twice" | "couple" => Some(2),
        "few" => Some(3),
        "thrice" => Some(3),
        _ => named().and_then(|number| u8::try_from(number).ok()),
    }
}

/// "none", "not sore", "no pain", "not at all".
fn is_none(talk: &TalkLists, words: &[String]) -> bool {
    let of_it = [Answering::No, Answering::Trouble, Answering::BesideNone];
    talk.list(Answering::No).is_in(words) && talk.hold_all(of_it, words)
}

/// The choice that a message names by its words, its number or its place, or that it means. The first
/// choice is the one where all is well.
pub(super) fn choice(
    talk: &TalkLists,
    choices: &[(String, String)],
    said: &str,
    meant: Option<&Understanding>,
) -> Option<String> {
    let key = |at: usize| choices.get(at).map(|(key, _)| key.clone());
    let has = |wanted: &str| choices.iter().any(|(key, _)| key == wanted);
    let first = |wanted: &[&str]| wanted.iter().find(|key| has(key)).map(|key| (*key).to_owned());
    let well = || key(0).filter(|key| matches!(key.as_str(), "yes" | "no" | "none"));
    let named = named(talk, choices, said);
    // What is amiss weighs more than what is well: "was alright, bit sore".
    let held_back = if key(0).as_deref() == Some("yes") && named.is_none_or(|at| at == 0) {
        match caution(talk, said) {
            Some(Caution::Bad) => first(&["worse", "limp", "no"]),
            Some(Caution::Mild) => first(&["sore", "no"]),
            None if is_undone(talk, said) => first(&["not_done"]),
            None => None,
        }
    } else {
        None
    };
    if held_back.is_some() {
        return held_back;
    }
    if let Some(at) = named.or_else(|| counted(talk, choices, said)) {
        return key(at);
    }
    let says = |fact| meant.is_some_and(|meant| meant.facts.contains(fact));
    let denies = |fact| meant.is_some_and(|meant| meant.denied_facts.contains(fact));
    let tone = tone(talk, said);
    let plain_yes = [Fact::Yes, Fact::ShortYes, Fact::Assent].into_iter().any(says);
    let plain_no = [Fact::No, Fact::ShortNo, Fact::NoneOfThese, Fact::ShortNone].map(says);
    let nearly = talk.list(Answering::Nearly).is_in(&words(said))
        || words(said).starts_with(&["pretty".to_owned(), "much".to_owned()]);
    // "Walk ok", to "Anything new?": that "ok" is no yes.
    let ok_of = key(0).as_deref() == Some("no") && is_ok_of(talk, said);
    if (says(Fact::Limp) || nearly) && has("limp") {
        Some("limp".to_owned())
    } else if says(Fact::Worse) && has("worse") {
        Some("worse".to_owned())
    } else if says(Fact::NotSure) {
        first(&["not-sure"])
    } else if says(Fact::Sore) {
        first(&["sore"])
    } else if ok_of || tone == Some(Tone::Well) || denies(Fact::Limp) && has("limp") {
        well()
    } else if tone == Some(Tone::No) || tone.is_none() && plain_no.contains(&true) {
        first(&["none", "no"])
    } else if tone == Some(Tone::Yes) || tone.is_none() && plain_yes {
        first(&["yes", "done"])
    } else {
        None
    }
}

/// The place of the only choice that has all the words that are said; a label within the message
/// counts as well.
pub(super) fn named(talk: &TalkLists, choices: &[(String, String)], said: &str) -> Option<usize> {
    let said = words(said);
    let telling = |word: &&String| !talk.has(Answering::BesideChoice, word);
    let labels: Vec<Vec<String>> = choices.iter().map(|(_, label)| words(label)).collect();
    if let Some(at) = labels.iter().position(|label| *label == said) {
        return Some(at);
    }
    let denies = |words: &[String]| words.iter().any(|word| word == "not");
    // "Not walking easily" is none of "Walking easily".
    let within = |label: &[String]| {
        let there = label.len() > 1 && said.windows(label.len()).any(|part| part == label);
        there && (denies(label) || !denies(&said))
    };
    let named: Vec<usize> = (0..labels.len()).filter(|at| within(&labels[*at])).collect();
    if let [at] = named.as_slice() {
        return Some(*at);
    }
    let told: Vec<&String> = said.iter().filter(telling).collect();
    let has = |label: &[String], word: &str| {
        let of = |part: &String| part == word || part.len() > 3 && word.starts_with(part.as_str());
        label.iter().any(of)
    };
    let fits = |label: &[String]| {
        let all = !told.is_empty() && told.iter().all(|word| has(label, word));
        all && (denies(&said) || !denies(label) || label.len() < 3)
    };
    let fitting: Vec<usize> = (0..labels.len()).filter(|at| fits(&labels[*at])).collect();
    match fitting.as_slice() {
        [at] => Some(*at),
        _ => None,
    }
}

/// "2" where a choice says "Two or more"; else the second one, as "option 2" or "the second one".
fn counted(talk: &TalkLists, choices: &[(String, String)], said: &str) -> Option<usize> {
    let words = words(said);
    let (place, number) = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [word] | ["option" | "number" | "the" | "choice", word] => (place(word), count(word)),
        [word, "one" | "option" | "choice"] | ["the", word, "one" | "option"] => {
            (place(word), None)
        }
        // "Had three more cramps", where cramps are counted.
        _ if counts_from_none(choices) && !words.iter().any(|word| word == "not") => {
            (None, counted_in(talk, &words, SCALE).into_iter().max())
        }
        _ => return None,
    };
    let wanted = number.or(place)?;
    let of_label = |label: &str| {
        let words = self::words(label);
        words.iter().find_map(|word| {
            if word == "none" { Some(0) } else { count(word).or_else(|| self::place(word)) }
        })
    };
    let values: Vec<Option<u8>> = choices.iter().map(|(_, label)| of_label(label)).collect();
    if values.iter().any(Option::is_some) {
        let fits = |at: &usize| values[*at].is_some_and(|value| value <= wanted);
        return (0..values.len()).filter(fits).max_by_key(|at| values[*at]);
    }
    usize::from(wanted).checked_sub(1).filter(|at| *at < choices.len())
}

/// Whether the choices of a question are numbers: "None", "One", "Two or more".
fn counts_from_none(choices: &[(String, String)]) -> bool {
    choices.iter().any(|(_, label)| words(label) == ["none"])
}

fn place(word: &str) -> Option<u8> {
    let at = PLACES.iter().position(|name| *name == word)?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    fn choices(labels: &[(&str, &str)]) -> Vec<(String, String)> {
        labels.iter().map(|(key, label)| ((*key).to_owned(), (*label).to_owned())).collect()
    }

    #[test]
    fn a_number_is_read_in_figures_words_and_ranges() {
        let talk = shipped_talk();
        for (said, read) in [
            ("3.5", Some(4)),
            ("about 5.7 i think", Some(6)),
            ("3.0", Some(3)),
            ("one or zero", Some(1)),
            ("3ish", Some(3)),
            ("like a 7", Some(7)),
            ("two", Some(2)),
            ("2/10", Some(2)),
            ("maybe 4 out of 10", Some(4)),
            ("5 or 6", Some(6)),
            ("5-6", Some(6)),
            ("10", Some(10)),
            ("none", Some(0)),
            ("nope", Some(0)),
            ("not sore at all", Some(0)),
            ("no pain", Some(0)),
            ("just one", Some(1)),
            ("twice", Some(2)),
            ("same", Some(5)),
            ("no change", Some(5)),
            ("11", None),
            ("1 or 9", None),
            ("better", None),
            ("not great", None),
            ("a bit", Some(3)),
            ("sore as hell", Some(7)),
            ("hurts a lot", Some(7)),
            ("its gone", Some(0)),
            ("the pain has gone", Some(0)),
            ("gone up", None),
            ("a couple", Some(2)),
            ("bit sore", Some(3)),
            ("mild", Some(3)),
            ("hardly any", Some(1)),
            ("not very", Some(3)),
            ("a lot", Some(7)),
            ("really sore", Some(7)),
            ("a bit worse", None),
        ] {
            assert_eq!(number(&talk, said, 10, Some(5)), read, "{said}");
        }
        assert_eq!(number(&talk, "same", 10, None), None);
        for (said, nights) in [("most nights", 4), ("nearly every night", 6), ("every night", 7)] {
            assert_eq!(number(&talk, said, NIGHTS, None), Some(nights), "{said}");
        }
    }

    #[test]
    fn a_choice_is_read_by_its_words_its_place_or_its_meaning() {
        let talk = shipped_talk();
        let walk = choices(&[
            ("yes", "Yes"),
            ("limp", "With a limp"),
            ("cannot", "I can't put weight on it"),
        ]);
        let stage = choices(&[
            ("yes", "Comfortable"),
            ("sore", "A bit sore"),
            ("not_done", "I did not do it"),
            ("worse", "Worse"),
        ]);
        let stands = choices(&[
            ("running", "Running easy"),
            ("walking", "Walking easily"),
            ("not_yet", "Not walking easily yet"),
        ]);
        let since = choices(&[("none", "None"), ("one", "One"), ("more", "Two or more")]);
        let runs = choices(&[("one", "The first"), ("two", "The second or later")]);
        let new = choices(&[("no", "No"), ("yes", "Yes")]);
        for (choices, said, read) in [
            (&walk, "y", Some("yes")),
            (&walk, "no limp", Some("yes")),
            (&walk, "fine", Some("yes")),
            (&walk, "walking normally", Some("yes")),
            (&walk, "limping", Some("limp")),
            (&walk, "option 2", Some("limp")),
            (&walk, "cant put weight on it", Some("cannot")),
            (&walk, "no", None),
            (&walk, "not really", None),
            (&walk, "not sure", None),
            (&walk, "fine but stiff", None),
            (&walk, "pretty much", Some("limp")),
            (&walk, "mostly", Some("limp")),
            (&walk, "only on stairs hurts", Some("limp")),
            (&walk, "tiptoeing about", Some("limp")),
            (&stage, "was comfy", Some("yes")),
            (&stage, "felt easy", Some("yes")),
            (&stage, "bit sore", Some("sore")),
            (&stage, "didn't do it", Some("not_done")),
            (&stage, "first one", Some("yes")),
            (&stage, "no", None),
            (&stage, "was alright, bit sore", Some("sore")),
            (&stage, "ok but tight", Some("sore")),
            (&stage, "it twinged", Some("worse")),
            (&stage, "hurt a bit", Some("worse")),
            (&stage, "had to stop", Some("worse")),
            (&stage, "meh", Some("sore")),
            (&stage, "no pain at all, comfy", Some("yes")),
            (&stage, "a doddle", Some("yes")),
            (&stage, "forgot", Some("not_done")),
            (&stage, "havent done it yet", Some("not_done")),
            (&stage, "didnt go", Some("not_done")),
            (&stands, "not yet", Some("not_yet")),
            (&stands, "walking", Some("walking")),
            (&stands, "still only walking", Some("walking")),
            (&stands, "not walking easily", Some("not_yet")),
            (&stands, "walking easily", Some("walking")),
            (&stands, "running", Some("running")),
            (&since, "0", Some("none")),
            (&since, "1", Some("one")),
            (&since, "3", Some("more")),
            (&runs, "second", Some("two")),
            (&runs, "3rd", None),
            (&runs, "1", Some("one")),
            (&new, "all fine", Some("no")),
            (&new, "nothing", Some("no")),
            (&new, "yeah", Some("yes")),
            (&new, "walk ok", Some("no")),
            (&new, "ok yes", Some("yes")),
        ] {
            assert_eq!(choice(&talk, choices, said, None).as_deref(), read, "{said}");
        }
    }
}
