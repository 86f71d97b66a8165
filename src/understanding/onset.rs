//! How long ago the cramp was: a moment, a day of the week, or so many days since.

use std::ops::Range;

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use super::Reader;
use crate::message::{Boundary, Words};
use crate::phrases::{Kinds, Quantity};

/// How long ago it began, as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Onset {
    /// So many minutes ago.
    Minutes(u32),
    /// It has been going on for so many minutes: "since May", "it's been 3 weeks".
    Since(u32),
    /// Today, some hours ago.
    Today,
    /// Last night.
    LastNight,
    /// Yesterday.
    Yesterday,
    /// On a day of the week, the last one.
    On(#[serde(with = "weekday")] Weekday),
}

mod weekday {
    use jiff::civil::Weekday;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    pub(super) fn serialize<S: Serializer>(day: &Weekday, to: S) -> Result<S::Ok, S::Error> {
        day.to_monday_zero_offset().serialize(to)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Weekday, D::Error> {
        let day = i8::deserialize(from)?;
        Weekday::from_monday_zero_offset(day).map_err(serde::de::Error::custom)
    }
}

impl Onset {
    /// At least so many minutes ago.
    #[must_use]
    pub const fn minutes_at_least(self) -> u32 {
        match self {
            Self::Minutes(minutes) | Self::Since(minutes) => minutes,
            Self::Today => 60,
            Self::LastNight => 360,
            Self::Yesterday => 1_440,
            Self::On(_) => 1_441,
        }
    }
}

/// "Check on me after Sunday's half", "scared I'll cramp on Sunday", "I'm racing on Sunday": a day
/// to come.
fn is_to_come(words: &Words, at: usize) -> bool {
    const NEAR: usize = 6;
    (at.saturating_sub(NEAR)..at).any(|near| match words.at(near) {
        "check" | "remind" | "ping" | "ask" | "message" => true,
        "will" | "ill" | "il" | "gonna" | "wont" | "next" | "coming" | "upcoming" => true,
        "scared" | "worried" | "nervous" | "afraid" | "dreading" => true,
        "doing" | "running" | "racing" | "playing" | "riding" | "swimming" => {
            matches!(words.before(near, 1), "im" | "am" | "hes" | "shes" | "were" | "is")
        }
        _ => false,
    })
}

/// When the cramp was: of several times that are told the one that stands nearest to it, and of two
/// equally near ones the first.
pub(super) fn of(reader: &Reader<'_>) -> Option<Onset> {
    let words = reader.words;
    let named = (0..words.tokens().len()).filter_map(|at| Some((at..at + 1, by_name(words, at)?)));
    let mut told: Vec<(Range<usize>, Onset)> = named.collect();
    let counted = reader.reading.quantities.iter().filter_map(|q| {
        let minutes = q.value.min(5_000_000.0) as u32;
        let lasts = goes_on(words, q);
        let onset = if lasts { Onset::Since(minutes) } else { Onset::Minutes(minutes) };
        is_ago(reader, q).then(|| (q.tokens.clone(), onset))
    });
    // "It's 2 weeks today": that is no today.
    let counted: Vec<(Range<usize>, Onset)> = counted.collect();
    told.retain(|(one, _)| !counted.iter().any(|(other, _)| other.end == one.start));
    // "Since Saturday": the day tells more than how long that is.
    let named = told.clone();
    let is_named = |length: &Range<usize>| named.iter().any(|(day, _)| length.contains(&day.start));
    told.extend(counted.into_iter().filter(|(length, _)| !is_named(length)));
    let cramps = cramps(reader);
    // "Cramped on Saturday, ran today and was fine": a time beside the cramp goes first.
    let far = |tokens: &Range<usize>| cramps.iter().map(|cramp| apart(words, tokens, cramp)).min();
    let place = |(tokens, onset): &(Range<usize>, Onset)| {
        (far(tokens).unwrap_or_default(), *onset == Onset::Today)
    };
    told.into_iter().min_by_key(place).map(|(_, onset)| onset)
}

/// A time by its name, at a word.
fn by_name(words: &Words, at: usize) -> Option<Onset> {
    const DAY: u32 = 1_440;
    let before = words.before(at, 1);
    match (words.at(at), words.at(at + 1)) {
        ("yesterday", _) if before == "before" && words.before(at, 2) == "day" => {
            Some(Onset::Minutes(2 * DAY))
        }
        ("yesterday" | "yesterdays" | "yday" | "yest", _) => Some(Onset::Yesterday),
        ("last", "night" | "nights" | "nite" | "evening") => Some(Onset::LastNight),
        ("this", "morning" | "mornings" | "mornin" | "afternoon" | "evening")
        | ("earlier", "today" | "on" | "") => Some(Onset::Today),
        ("today", _) if before != "until" => Some(Onset::Today),
        ("just", "ended" | "finished" | "stopped" | "eased" | "passed") => Some(Onset::Minutes(1)),
        // "Day after the ultra, both quads".
        ("day", "after") if is_day_after(words, at) => Some(Onset::Yesterday),
        ("fortnight", "ago" | "back") => Some(Onset::Minutes(14 * DAY)),
        ("other", "day" | "night") if before == "the" => Some(Onset::Minutes(2 * DAY)),
        ("last", "week") if !matches!(before, "the" | "this") => Some(Onset::Minutes(7 * DAY)),
        // "At the weekend", and no "at weekends": that is a habit.
        ("weekend", _) if is_the_last_one(words, at) && !is_to_come(words, at) => {
            Some(Onset::On(Weekday::Sunday))
        }
        (day, _)
            if matches!(before, "since" | "last") || before == "on" && !is_to_come(words, at) =>
        {
            weekday_of(day).or_else(|| of_weekday(day)).map(Onset::On)
        }
        // "in saturday's match", and no "on saturdays": that is a habit.
        (day, _)
            if matches!(before, "in" | "during" | "after" | "at" | "from" | "of")
                && !is_to_come(words, at) =>
        {
            of_weekday(day).map(Onset::On)
        }
        // "cramped tuesday", "calf cramp saturday"
        (day, _) if day.ends_with("day") && is_of_a_cramp(before) => weekday_of(day).map(Onset::On),
        _ => None,
    }
}

/// Whether a message is written on the day after, not one of what happens on such days.
fn is_day_after(words: &Words, day: usize) -> bool {
    let begins = day == 0 || words.boundary(day) >= Boundary::Comma;
    let is = words.before(day, 1) == "its" || words.before(day, 2) == "its";
    (begins || is) && matches!(words.at(day + 2), "the" | "my")
}

/// "At the weekend", "last weekend".
fn is_the_last_one(words: &Words, weekend: usize) -> bool {
    match words.before(weekend, 1) {
        "last" => true,
        "the" => matches!(words.before(weekend, 2), "at" | "on" | "over" | "during"),
        _ => false,
    }
}

/// Whether a length of time is one that went by since: "2 days ago", "4 days since the cramp", "it's
/// been a week", "it's 2 weeks today".
fn is_ago(reader: &Reader<'_>, length: &Quantity) -> bool {
    const NEAR: usize = 5;
    if !length.kind.meets(Kinds::DURATION) {
        return false;
    }
    let words = reader.words;
    let end = length.tokens.end;
    let ends = |at: usize| at >= words.tokens().len() || words.boundary(at) >= Boundary::Comma;
    let days = length.kind.meets(Kinds(Kinds::DAYS.0 | Kinds::WEEKS.0));
    let before = words.before(length.tokens.start, 1);
    match words.at(end) {
        _ if words.at(length.tokens.start) == "since" => true,
        "ago" => true,
        // "2 days back", and no "2 days, back pain".
        "back" => days && words.boundary(end) < Boundary::Comma && ends(end + 1),
        "since" if days => {
            let after = end..(end + NEAR).min(words.tokens().len());
            cramps(reader).iter().any(|cramp| after.contains(&cramp.start))
                || after.into_iter().any(|at| words.at(at) == "happened")
        }
        "today" => days && matches!(before, "its" | "is" | "been" | "was" | "thats"),
        "now" => days && has_been(words, length) && ends(end + 1),
        _ => days && has_been(words, length) && ends(end),
    }
}

/// Whether a length of time is one over which something has been going on: "since May", "it's been a
/// week".
fn goes_on(words: &Words, length: &Quantity) -> bool {
    words.at(length.tokens.start) == "since"
        || words.at(length.tokens.end) != "since" && has_been(words, length)
}

fn has_been(words: &Words, length: &Quantity) -> bool {
    let before = |at| words.before(length.tokens.start, at);
    let links = |word| matches!(word, "about" | "like" | "only" | "now" | "nearly" | "over");
    let at = if links(before(1)) { 2 } else { 1 };
    before(at) == "been" && matches!(before(at + 1), "its" | "it" | "has" | "s")
}

/// Where the message speaks of the cramp.
fn cramps(reader: &Reader<'_>) -> Vec<Range<usize>> {
    let words = reader.words;
    let mut cramps = reader.reading.entries(reader.responses.lists.cramp);
    let told = |at: &usize| matches!(words.at(*at), "cramped" | "seized" | "locked" | "happened");
    cramps.extend((0..words.tokens().len()).filter(told).map(|at| at..at + 1));
    cramps
}

/// How many words stand between two places, with more for a sentence end and for a comma.
fn apart(words: &Words, one: &Range<usize>, other: &Range<usize>) -> usize {
    let (from, to) = (one.end.min(other.end), one.start.max(other.start));
    let pause = |at: usize| match words.boundary(at) {
        Boundary::Sentence => 8,
        Boundary::Clause | Boundary::Comma => 3,
        Boundary::Space => 0,
    };
    to.saturating_sub(from) + (from..=to).map(pause).sum::<usize>()
}

fn is_of_a_cramp(word: &str) -> bool {
    matches!(word, "cramp" | "cramped" | "seized" | "locked" | "happened" | "went" | "was" | "one")
        || matches!(word, "sore" | "hurt" | "spasmed" | "popped" | "pulled" | "pinged")
}

/// The day of the week of "saturday's".
fn of_weekday(word: &str) -> Option<Weekday> {
    word.strip_suffix('s').filter(|day| day.ends_with("day")).and_then(weekday_of)
}

/// The day of the week that a word names, in full or short.
#[must_use]
pub fn weekday_of(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}
