//! Until when somebody wants to hear nothing: "till Monday", "for 3 days", "I'm on holiday for a week".

use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp, tz::TimeZone};

use super::reading::{self, is_in};
use crate::responses::TalkLists;
use crate::understanding::weekday_of;
use crate::vocabulary::Talk;

/// No rest is longer than this; whoever wants more says when to go on (`club-rule`).
const LONGEST: i64 = 28;
/// What stands before a day.
const UNTIL: &str = "until untill till til";

/// Stands before the day on which something begins.
const BEGINS: &str = "from start starting begin beginning starts begins";
/// The same, with other words between: "start it tomorrow", "the first one on Thursday".
const FIRST: &str = "start starting begin beginning starts begins first";
/// The day stands so near behind it.
const NEAR: usize = 6;
/// Stands before the last of several days.
const RANGE: &str = "to till til until through thru";

/// The day on which it goes on, where a message names one.
#[must_use]
pub fn until(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Date> {
    let words = reading::words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let today = zone.to_datetime(now).date();
    // "On holiday for a week, nothing till the 10th": the day that is named counts.
    let named = (0..words.len()).find_map(|at| match words.get(at..)? {
        [until, rest @ ..] if is_in(UNTIL, until) => to_day(rest, today),
        _ => None,
    });
    // "I'm racing Sunday, hold off till then".
    let then = words.windows(2).any(|two| matches!(two, [until, "then"] if is_in(UNTIL, until)));
    let named = named.or_else(|| {
        then.then(|| words.iter().find_map(|word| weekday(word)))?.map(|day| to_weekday(day, today))
    });
    let days = named.or_else(|| (0..words.len()).find_map(|at| days(words.get(at..)?, today)))?;
    let days = (1..=LONGEST).contains(&days).then_some(days)?;
    today.checked_add(Span::new().days(days)).ok()
}

/// The day from which something shall come: "from Wednesday", "start on Monday".
#[must_use]
pub fn from(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Date> {
    let words = reading::words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let today = zone.to_datetime(now).date();
    let days = (0..words.len()).find_map(|at| {
        let (begins, rest) = words.get(at..)?.split_first()?;
        // "From Monday to Friday" are the days of a week.
        let range = rest.iter().any(|word| is_in(RANGE, word));
        let direct = (is_in(BEGINS, begins) && !range).then(|| to_day(rest, today)).flatten();
        direct.or_else(|| is_in(FIRST, begins).then(|| begins_on(&words, at, today)).flatten())
    })?;
    today.checked_add(Span::new().days(days)).ok()
}

/// In how many days something begins that stands there: "start it tomorrow night", "first message on
/// Thursday", "don't start till Wednesday".
fn begins_on(words: &[&str], at: usize, today: Date) -> Option<i64> {
    let rest = words.get(at + 1..)?;
    let not = words.get(..at)?.iter().any(|word| is_in("not dont never", word));
    let range = rest.iter().any(|word| is_in(RANGE, word));
    if range != not {
        return None;
    }
    // "Start at 8, not on Sundays".
    let ends = |word: &&str| is_in("not never no except every", word) || word.ends_with("days");
    let rest = rest.get(..rest.iter().position(ends).unwrap_or(rest.len()))?;
    (0..rest.len().min(NEAR)).find_map(|at| to_day(rest.get(at..)?, today))
}

/// Whether a message begins with what stands before such a day.
pub(super) fn begins(text: &str) -> bool {
    reading::words(text).first().is_some_and(|word| is_in(BEGINS, word))
}

/// The day after.
#[must_use]
pub fn tomorrow(now: Timestamp, zone: &TimeZone) -> Option<Date> {
    zone.to_datetime(now).date().checked_add(Span::new().days(1)).ok()
}

/// Whether a message wants nothing more today: "no reminders tonight", "skip tonight". Where something
/// waits for an answer, it says what is not wanted.
#[must_use]
pub fn is_off_today(talk: &TalkLists, text: &str, waits: bool) -> bool {
    let words = reading::words(text);
    let says = |list: Talk| talk.list(list).is_in(&words);
    says(Talk::ThisDay)
        && says(Talk::Skips)
        && (!waits || says(Talk::WhatComes))
        && talk.hold_all([Talk::ThisDay, Talk::Skips, Talk::WhatComes, Talk::BesideSkip], &words)
}

/// Whether somebody says that they are away, or wants a rest that ends.
#[must_use]
pub fn is_away(talk: &TalkLists, text: &str) -> bool {
    let words = reading::words(text);
    talk.list(Talk::Away).is_in(&words) || words.iter().any(|word| is_in(UNTIL, word))
}

/// How many days it is to what these words begin with.
fn days(words: &[&str], today: Date) -> Option<i64> {
    match words {
        ["on", day, ..] => Some(to_weekday(weekday(day)?, today)),
        // "No more this week", "skip tomorrow".
        ["this", "week", ..] => Some(to_weekday(Weekday::Monday, today)),
        ["skip" | "miss" | "nothing" | "not", "tomorrow", ..] | ["tomorrow", "off", ..] => Some(2),
        ["for", "the", "weekend", ..] => Some(to_weekday(Weekday::Monday, today)),
        ["for", "a", "few", "days", ..] => Some(3),
        ["for", "a", "couple", "of", unit, ..] => Some(2 * length(unit)?),
        ["for", "a" | "an" | "one" | "the", unit, ..] => length(unit),
        ["for", number, unit, ..] => Some(i64::from(reading::count(number)?) * length(unit)?),
        _ => None,
    }
}

fn to_day(words: &[&str], today: Date) -> Option<i64> {
    match words {
        ["tomorrow", ..] => Some(1),
        ["next", "week", ..] | ["the", "weekend", "is", "over", ..] => {
            Some(to_weekday(Weekday::Monday, today))
        }
        ["after", "the", "weekend", ..] => Some(to_weekday(Weekday::Monday, today)),
        ["the", "weekend", ..] => Some(to_weekday(Weekday::Saturday, today)),
        ["the", day, ..] => to_day_of_month(day, today),
        ["next" | "on", day, ..] | [day, ..] => {
            weekday(day).map(|day| to_weekday(day, today)).or_else(|| to_day_of_month(day, today))
        }
        [] => None,
    }
}

/// "10th": the next day of that number after today.
fn to_day_of_month(word: &str, today: Date) -> Option<i64> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let ordinal = matches!(word.get(digits.len()..), Some("st" | "nd" | "rd" | "th"));
    let number: i8 = digits.parse().ok().filter(|_| ordinal)?;
    let named = |day: &Date| day.day() == number;
    let day = today.tomorrow().ok()?.series(Span::new().days(1)).take(31).find(named)?;
    Some(i64::from(today.until(day).ok()?.get_days()))
}

/// The next such day after today.
fn to_weekday(day: Weekday, today: Date) -> i64 {
    match i64::from(today.weekday().until(day)) {
        0 => 7,
        days => days,
    }
}

/// "monday", "mondays".
fn weekday(word: &str) -> Option<Weekday> {
    weekday_of(word).or_else(|| weekday_of(word.trim_end_matches('s')))
}

fn length(unit: &str) -> Option<i64> {
    match unit {
        "day" | "days" => Some(1),
        "week" | "weeks" => Some(7),
        "fortnight" => Some(14),
        "month" => Some(28),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    #[test]
    fn who_wants_nothing_today_says_so() {
        let talk = shipped_talk();
        for said in [
            "no reminders tonight",
            "skip tonight",
            "nothing tonight please, im out",
            "give me tonight off",
            "no stretch this evening",
            "dont remind me today",
        ] {
            assert!(is_off_today(&talk, said, false), "{said}");
        }
        for said in ["not tonight", "no cramp tonight", "no pain today", "not great today", "today"]
        {
            assert!(!is_off_today(&talk, said, true), "{said}");
        }
        for said in
            ["no cramps tonight", "no pain today", "not worse today", "nothing helps tonight"]
        {
            assert!(!is_off_today(&talk, said, false), "{said}");
        }
    }

    #[test]
    fn the_day_on_which_it_goes_on_is_read() {
        // A Saturday.
        let now = "2026-06-06T10:00Z".parse().unwrap();
        for (said, day) in [
            ("pause it till monday", Some("2026-06-08")),
            ("pause until next saturday", Some("2026-06-13")),
            ("pause for 3 days", Some("2026-06-09")),
            ("im going on holiday for a week can you stop until then", Some("2026-06-13")),
            ("mute for two weeks", Some("2026-06-20")),
            ("pause til tomorrow", Some("2026-06-07")),
            ("hold it for the weekend", Some("2026-06-08")),
            ("pause for a couple of days", Some("2026-06-08")),
            ("im racing sunday, hold off til then", Some("2026-06-07")),
            ("no more this week please", Some("2026-06-08")),
            ("skip tomorrow", Some("2026-06-08")),
            ("pause", None),
            ("pause for 3 months", None),
            ("pause for 200 days", None),
            ("pause until i say so", None),
            ("dont message me until friday", Some("2026-06-12")),
            ("off on holiday for a week, can you leave me alone till the 10th", Some("2026-06-10")),
            ("im away til the 1st, talk then", Some("2026-07-01")),
            ("away until 20th of june", Some("2026-06-20")),
            ("not until the 10 km is done", None),
        ] {
            let read = until(said, now, &TimeZone::UTC).map(|day| day.to_string());
            assert_eq!(read.as_deref(), day, "{said}");
        }
        for (said, day) in [
            ("yes from wednesday", Some("2026-06-10")),
            ("ok start monday", Some("2026-06-08")),
            ("starting tomorrow please", Some("2026-06-07")),
            ("first one at 7 tomorrow evening", Some("2026-06-07")),
            ("but start it tomorrow night", Some("2026-06-07")),
            ("but dont start til wednesday", Some("2026-06-10")),
            ("first message on thursday please", Some("2026-06-11")),
            ("start at 8, not on sundays", None),
            ("from monday to friday", None),
            ("from 9", None),
        ] {
            let read = from(said, now, &TimeZone::UTC).map(|day| day.to_string());
            assert_eq!(read.as_deref(), day, "{said}");
        }
    }
}
