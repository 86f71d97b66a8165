//! In which hours somebody wants to be reminded, in their own words.

use jiff::Span;
use jiff::civil::Time;

use super::Press;
use super::calendar::QuietHours;
use super::habits::{in_figures, times, words_of};
use super::reading::is_in;
use crate::responses::TalkLists;
use crate::vocabulary::{Answering, Talk};

/// "quiet hours 10pm to 7", "only between 9 and 20:00", "bedtime 23:00", "at 7am", "in the evening".
pub(super) fn hours(talk: &TalkLists, text: &str, evening: bool) -> Option<Press> {
    // "At 9 instead of 8".
    let text = text.split(" instead of ").next().unwrap_or(text);
    let says = |wanted: &str| words_of(text).any(|word| word == wanted);
    let refuses = words_of(text).any(|word| talk.list(Talk::TakesOut).has(&word));
    let refuses = refuses || none_then(text);
    let begins_with_digit = |word: &&String| word.starts_with(|c: char| c.is_ascii_digit());
    let figures = in_figures(&words_of(text).collect::<Vec<_>>());
    let alone = figures.iter().filter(begins_with_digit).count() == 1;
    // "Nothing until 9" is "not before 9".
    let until = ["until", "till", "til"].into_iter().any(says);
    let before = says("before") || refuses && (until || says("earlier") && says("than"));
    let until = until && !refuses;
    if let Some(other) = beside_bed(talk, text) {
        return hours(talk, &other, evening);
    }
    let (from, until) = match times(text).as_slice() {
        // "9 pm, I go to bed early": the time is none of going to bed.
        [time] if is_of_bed(talk, text) => return Some(Press::Bedtime(late(text, *time))),
        // "Not before 9" is "from 9 on".
        [time] if alone && refuses == before && !until && !is_latest(text) => {
            let time = match (evening, refuses) {
                (false, _) => of_day(talk, text, *time),
                // "Not before 8" is said of the morning, unless the evening is named.
                (true, true) if !names_evening(talk, text) => *time,
                (true, _) => late(text, *time),
            };
            let from = refuses || words_of(text).any(|word| is_in(FROM, &word));
            // "Ping me after 6", while the day is on: nobody means the night's end by it.
            let early = from && !refuses || !from && time.hour() < EARLIEST;
            let time = if early { of_evening(text, time) } else { time };
            return Some(if from { Press::From(time) } else { Press::At(time) });
        }
        // "Nothing after 8"; what comes in the evening comes by then.
        [time] if alone && is_latest(text) && evening => {
            return Some(Press::At(late(text, *time)));
        }
        [time] if alone && is_latest(text) => (late(text, *time), MORNING),
        // "Before 11".
        [time] if alone && says("before") && !refuses && *time > MORNING => (*time, MORNING),
        [] => return part_of_day(talk, text, evening),
        [first, second] if is_awake(text, refuses) => {
            let (open, close) =
                if closes_first(text, refuses) { (*second, *first) } else { (*first, *second) };
            // "Between 5 and 7" is after work.
            let (open, close) = if close > open && of_evening(text, close) != close {
                (of_evening(text, open), of_evening(text, close))
            } else {
                (open, close)
            };
            // "Between 9 and 6" ends in the evening.
            let close = if close <= open { afternoon(text, close) } else { close };
            (close, open)
        }
        [from, until] => (*from, *until),
        _ => return None,
    };
    (from != until).then_some(Press::Quiet(QuietHours { from, until }))
}

/// "And not after 8", of somebody who said before when the day begins: that stays.
pub(super) fn beside(text: &str, hours: QuietHours, before: QuietHours) -> QuietHours {
    let ends = is_latest(text) || words_of(text).any(|word| word == "before");
    let fits = ends && times(text).len() == 1 && before.until < hours.from;
    QuietHours { until: if fits { before.until } else { hours.until }, ..hours }
}

/// Whether what comes in the evening is named: "no stretch before 9".
fn names_evening(talk: &TalkLists, text: &str) -> bool {
    let named = |word: &String| {
        word == "tonight" || talk.has(Talk::Evening, word) || talk.has(Answering::Stretch, word)
    };
    words_of(text).any(|word| named(&word))
}

/// Whether two times are those between which something may come, and no quiet hours: "only from 9 to
/// 20:00", "between 9 and 6", "not before 9 and not after 6".
fn is_awake(text: &str, refuses: bool) -> bool {
    let says = |wanted: &str| words_of(text).any(|word| word == wanted);
    let bounds = says("before") && says("after");
    says("only") || bounds || says("between") && !refuses && !says("quiet")
}

/// Whether the end is told before the beginning: "not after 6 and not before 9".
fn closes_first(text: &str, refuses: bool) -> bool {
    let at = |wanted: &str| words_of(text).position(|word| word == wanted);
    match (at("before"), at("after")) {
        (Some(before), Some(after)) => (after < before) == refuses,
        _ => false,
    }
}

/// "Evenings, about 7": the part of the day that is named tells which of the two times it is.
fn of_day(talk: &TalkLists, text: &str, time: Time) -> Time {
    let says = |part| words_of(text).any(|word| talk.list(part).has(&word));
    let is_late = says(Talk::Evening) || says(Talk::Afternoon);
    let in_morning = says(Talk::Morning) || words_of(text).any(|word| word.ends_with("am"));
    if is_late && !in_morning { afternoon(text, time) } else { time }
}

/// The same time of a clock after noon, where nobody says which.
fn afternoon(text: &str, time: Time) -> Time {
    let morning = words_of(text).filter(|word| word.ends_with("am")).count() > 1;
    let free = (1..12).contains(&time.hour()) && !morning;
    if free { time.wrapping_add(Span::new().hours(12)) } else { time }
}

/// "After 6": of the two times of a clock the one after work, where nobody says which.
fn of_evening(text: &str, time: Time) -> Time {
    let in_morning = words_of(text).any(|word| word.ends_with("am") || word == "morning");
    if (1..8).contains(&time.hour()) && !in_morning { afternoon(text, time) } else { time }
}

/// Nobody who says "at 6" and no more wants to be woken (`club-rule`).
const EARLIEST: i8 = 7;

/// Makes a time the first at which something may come: "after 9", "9 at the earliest".
const FROM: &str = "after from earliest onwards";

/// When quiet hours end, and begin, where nobody says otherwise (`club-rule`).
const MORNING: Time = Time::constant(8, 0, 0, 0);
const NIGHT: Time = Time::constant(21, 0, 0, 0);
pub(super) const NOON: Time = Time::constant(12, 0, 0, 0);
pub(super) const AFTERNOON: Time = Time::constant(14, 0, 0, 0);
const EVENING: Time = Time::constant(18, 0, 0, 0);

/// Whether the one time that is told is the last at which something may come.
fn is_latest(text: &str) -> bool {
    let words: Vec<String> = words_of(text).collect();
    let not = |word: &String| matches!(word.as_str(), "not" | "nothing" | "never" | "no" | "dont");
    let later = |word: &String| matches!(word.as_str(), "after" | "past" | "later");
    if none_then(text) && words.iter().any(later) {
        return true;
    }
    let at = words.iter().position(not);
    at.is_some_and(|at| words.iter().skip(at).any(later))
}

/// "And none after 7pm", of what comes; a "none" by itself is said to a list.
fn none_then(text: &str) -> bool {
    let words: Vec<String> = words_of(text).collect();
    let then =
        |word: &str| matches!(word, "after" | "past" | "later" | "before" | "until" | "till");
    words.windows(2).any(|two| matches!(two, [none, next] if none == "none" && then(next)))
}

/// The part of the day that is wanted, or is not: by what stands in the same clause.
fn part_of_day(talk: &TalkLists, text: &str, evening: bool) -> Option<Press> {
    let says = |clause: &str, list| words_of(clause).any(|word| talk.list(list).has(&word));
    let named = |clause: &str| PARTS.iter().find(|(part, _)| says(clause, *part));
    let mut clauses = text.split([',', ';', '!']).map(|clause| wanted_part(talk, clause));
    let (clause, (part, hour)) =
        clauses.find_map(|clause| named(clause).map(|part| (clause, *part)))?;
    let holds = |wanted: &str| words_of(clause).any(|word| word == wanted);
    if says(clause, Talk::TakesOut) || says(clause, Talk::Unfit) {
        // "Drop the evening ones" takes some reminders out, and no hours.
        if holds("one") || holds("ones") {
            return None;
        }
        without(part, hour, holds("before"), evening)
    } else {
        let only = holds("only") || holds("just") || holds("mornings") || holds("afternoons");
        Some(within(part, hour, holds("before"), only && !evening))
    }
}

/// "In the evening not the morning": the part of the day that is wanted, where the other is refused
/// behind it.
fn wanted_part<'t>(talk: &TalkLists, clause: &'t str) -> &'t str {
    const LEADS: &str = "in on at during the my";
    let named = |word: &String| PARTS.iter().any(|(part, _)| talk.has(*part, word));
    let Some((first, refused)) = clause.split_once(" not ") else { return clause };
    let next = words_of(refused).find(|word| !is_in(LEADS, word));
    let both = words_of(first).any(|word| named(&word)) && next.as_ref().is_some_and(named);
    if both { first } else { clause }
}

/// Something in a part of the day, and in no other: "only in the mornings", "before noon".
fn within(part: Talk, hour: Time, before: bool, only: bool) -> Press {
    let until = |end| Press::Quiet(QuietHours { from: end, until: MORNING });
    if before && hour > MORNING {
        until(hour)
    } else if only && part == Talk::Morning {
        until(NOON)
    } else if only && part == Talk::Afternoon {
        Press::Quiet(QuietHours { from: EVENING, until: AFTERNOON })
    } else {
        Press::At(hour)
    }
}

/// Nothing in a part of the day, which begins at that hour: "not in the mornings", "not before noon".
/// What belongs to the evening is not taken out so.
fn without(part: Talk, hour: Time, before: bool, evening: bool) -> Option<Press> {
    let quiet = |from, until| Some(Press::Quiet(QuietHours { from, until }));
    if before {
        Some(Press::From(hour))
    } else if part == Talk::Morning {
        quiet(NIGHT, NOON)
    } else if part == Talk::Evening {
        if evening { None } else { quiet(hour, MORNING) }
    } else if part == Talk::Afternoon {
        // There is one stretch of quiet hours a day, and the night is in it.
        Some(Press::From(EVENING))
    } else {
        Some(Press::From(AFTERNOON))
    }
}

/// What is said of a time beside that of going to bed: "can you do 10.30pm, I go to bed at 11".
fn beside_bed(talk: &TalkLists, text: &str) -> Option<String> {
    let parts: Vec<&str> = of_bed_apart(text).filter(|part| !times(part).is_empty()).collect();
    let is_bed = |part: &&&str| words_of(part).any(|word| talk.has(Talk::Bed, &word));
    let one_each = matches!(parts.as_slice(), [first, second] if times(first).len() == 1
        && times(second).len() == 1);
    let beds = parts.iter().filter(is_bed).count();
    let other = parts.iter().find(|part| !is_bed(part));
    other.filter(|_| one_each && beds == 1).map(|part| (*part).to_owned())
}

/// The parts of a message that may tell of going to bed.
fn of_bed_apart(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split([',', ';']).flat_map(|part| part.split(" because "));
    let parts = parts.flat_map(|part| part.split(" cos ")).flat_map(|part| part.split(" as i "));
    parts.flat_map(|part| part.split(" i'm ")).flat_map(|part| part.split(" im "))
}

/// Whether the one time that is told is that of going to bed: it stands in the same clause.
fn is_of_bed(talk: &TalkLists, text: &str) -> bool {
    let mut parts = of_bed_apart(text).filter(|part| !times(part).is_empty());
    parts.any(|part| words_of(part).any(|word| talk.has(Talk::Bed, &word)))
}

/// The lists that name a part of the day, and when it begins (`club-rule`).
const PARTS: [(Talk, Time); 4] = [
    (Talk::Noon, NOON),
    (Talk::Morning, MORNING),
    (Talk::Afternoon, AFTERNOON),
    (Talk::Evening, EVENING),
];

/// The later of the two times of a day that a clock shows so, where nobody says which.
fn late(text: &str, time: Time) -> Time {
    let words: Vec<String> = words_of(text).collect();
    let half = |word: &str| word.ends_with("am") || word.ends_with("pm");
    let of_clock = |word: &str| matches!(word, "am" | "pm" | "morning" | "noon");
    let begins = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let said = words.iter().any(|word| of_clock(word) || begins(word) && half(word));
    let is_late = (6..=12).contains(&time.hour()) && !said;
    if is_late { time.wrapping_add(Span::new().hours(12)) } else { time }
}
