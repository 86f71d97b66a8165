//! How long somebody puts off what waits, in their own words: "snooze 2 hours", "ask me in half an hour",
//! "in a meeting, ask me tonight".

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::acts::EVENING;
use super::agreement::AFTER_WORK;
use super::calendar::next_daily;
use super::habits::{times, words_of};
use super::hours::{AFTERNOON, NOON};
use super::press::Snooze;
use super::reading::{clauses, count, has_phrase, is_in, words};
use super::time_or_place::is_of_scale;
use crate::responses::TalkLists;
use crate::vocabulary::Talk;

/// Longest message, in words, that puts something off.
const LONGEST: usize = 14;
/// No longer than this, in minutes; what is put off further comes the next morning.
const A_DAY: u16 = 24 * 60;
const AN_HOUR: u16 = 60;
const HOURS: &str = "hour hours hr hrs h";
const MINUTES: &str = "minute minutes min mins m";
const SECONDS: &str = "sec secs second seconds moment mo tick ticks";
/// Before this hour nobody wants to be written to who does not say so (`club-rule`).
const EARLIEST: i8 = 7;
/// When something comes that is wished for a morning (`club-rule`).
const MORNING: Time = Time::constant(9, 0, 0, 0);

/// How long what waits is put off.
#[must_use]
pub fn put_off(talk: &TalkLists, text: &str) -> Option<Snooze> {
    let said = words(text);
    // "Can't do it now, in half an hour".
    let begins = |clause: &&str| words(clause).first().is_some_and(|word| word == "in");
    let puts_off = puts_off(talk, &said) || clauses(text).iter().any(begins);
    if !puts_off || said.len() > LONGEST || talk.list(Talk::OfTheLeg).is_in(&said) {
        return None;
    }
    let Some(minutes) = minutes(&said) else {
        let soon = said.len() <= SHORT && said.iter().any(|word| is_in(SECONDS, word));
        return (soon && puts_off_once(talk, &said)).then_some(Snooze::Soon);
    };
    Some(if minutes < A_DAY { Snooze::Minutes(minutes) } else { Snooze::Tomorrow })
}

/// Longest message, in words, that asks for a moment.
const SHORT: usize = 8;

fn puts_off(talk: &TalkLists, said: &[String]) -> bool {
    talk.list(Talk::PutsOff).is_in(said) || talk.list(Talk::ThisOnce).is_in(said)
}

/// Whether a message is about what waits now, and not about every day.
fn puts_off_once(talk: &TalkLists, said: &[String]) -> bool {
    let says = |list: Talk| talk.list(list).is_in(said);
    let of_a_day = says(Talk::ThisDay) || said.iter().any(|word| is_in("again tomorrow", word));
    let once = says(Talk::ThisOnce) || says(Talk::PutsOff) && of_a_day;
    once && !says(Talk::EveryDay)
}

/// Until when it is put off, where the hour or the day is told: "ask again at 8 tonight", "busy until 6",
/// "not now, tomorrow morning".
#[must_use]
pub fn put_off_until(
    talk: &TalkLists,
    text: &str,
    now: Timestamp,
    zone: &TimeZone,
) -> Option<Snooze> {
    let said = words(text);
    let of_leg = talk.list(Talk::OfTheLeg).is_in(&said);
    // "Sorry I was busy, it's a 1" answers.
    let back = ["was", "were", "been"].iter().any(|been| has_phrase(&said, &[been, "busy"]));
    let of_scale =
        said.windows(2).any(|two| matches!(two, [before, next] if is_of_scale(talk, before, next)));
    // "Busy day, walked 2 hours" tells no hour.
    let no_hour = back || of_scale || of_leg || minutes(&said).is_some();
    if no_hour || !puts_off_once(talk, &said) || said.len() > LONGEST {
        return None;
    }
    let has = |wanted: &str| said.iter().any(|word| word == wanted);
    let part = part_of_day(talk, &said);
    let morning = part.is_none() && talk.list(Talk::Morning).is_in(&said);
    let part = part.or(morning.then_some(MORNING));
    let tomorrow = has("tomorrow") || morning;
    let on_day = |at: Time| {
        let day = zone.to_datetime(now).date().tomorrow().ok()?;
        zone.to_timestamp(day.to_datetime(at)).ok()
    };
    let until = match (&times(text)[..], part) {
        ([at], _) if tomorrow => on_day(hour_of(text, *at, part))?,
        ([at], _) => next_of(text, *at, part, now, zone)?,
        ([], Some(at)) if tomorrow => on_day(at)?,
        ([], Some(EVENING)) => return Some(Snooze::Tonight),
        ([], Some(at)) => next_daily(now, at, zone),
        ([], None) if tomorrow => return Some(Snooze::Tomorrow),
        _ => return None,
    };
    let minutes = until.duration_since(now).as_secs().checked_add(59)? / 60;
    u16::try_from(minutes).ok().map(Snooze::Minutes)
}

/// The part of a day after the morning that is named, and when it begins.
fn part_of_day(talk: &TalkLists, said: &[String]) -> Option<Time> {
    let says = |list: Talk| talk.list(list).is_in(said);
    if has_phrase(said, &["after", "work"]) || has_phrase(said, &["after", "school"]) {
        Some(AFTER_WORK)
    } else if says(Talk::Evening) || said.iter().any(|word| is_in("tonight night", word)) {
        Some(EVENING)
    } else if says(Talk::Afternoon) || has_phrase(said, &["after", "lunch"]) {
        Some(AFTERNOON)
    } else {
        says(Talk::Noon).then_some(NOON)
    }
}

/// Whether it is told which half of the day a time belongs to.
fn is_told(text: &str, at: Time) -> bool {
    let half = |word: &String| word.ends_with("am") || word.ends_with("pm") || word.contains(':');
    words_of(text).any(|word| half(&word)) || at.hour() > 12
}

fn is_late(part: Option<Time>) -> bool {
    part.is_some_and(|part| part > NOON)
}

/// The hour of another day that is meant.
fn hour_of(text: &str, at: Time, part: Option<Time>) -> Time {
    let late = is_late(part) || at.hour() < EARLIEST;
    let shifts = late && at.hour() < 12 && !is_told(text, at);
    if shifts { at.wrapping_add(Span::new().hours(12)) } else { at }
}

/// The next time that a clock shows that hour: of its two times the next one is meant, where it is not
/// told.
fn next_of(
    text: &str,
    at: Time,
    part: Option<Time>,
    now: Timestamp,
    zone: &TimeZone,
) -> Option<Timestamp> {
    let clocks = if is_told(text, at) {
        vec![at]
    } else if is_late(part) {
        vec![hour_of(text, at, part)]
    } else {
        vec![at, at.wrapping_add(Span::new().hours(12))]
    };
    clocks.into_iter().map(|at| next_daily(now, at, zone)).min()
}

/// Whether a message leaves out what waits: "skip tonight".
#[must_use]
pub fn skips_this(talk: &TalkLists, text: &str) -> bool {
    let said = words(text);
    talk.list(Talk::SkipsThis).is_in(&said)
        && talk.hold_all([Talk::SkipsThis, Talk::Skips, Talk::ThisDay, Talk::BesideSkip], &said)
}

/// "2 hours", "half an hour", "90min", "an hour and a half".
fn minutes(said: &[String]) -> Option<u16> {
    let word = |at: usize| said.get(at).map_or("", String::as_str);
    (0..said.len())
        .find_map(|at| {
            let unit = |word: &str| match word {
                word if is_in(HOURS, word) => Some(AN_HOUR),
                word if is_in(MINUTES, word) => Some(1),
                _ => None,
            };
            let digits = word(at).trim_end_matches(|c: char| c.is_alphabetic());
            let glued = unit(&word(at)[digits.len()..]).filter(|_| !digits.is_empty());
            if let Some(unit) = glued {
                return digits.parse::<u16>().ok()?.checked_mul(unit);
            }
            let unit = unit(word(at))?;
            let half = said.iter().any(|word| word == "half");
            let before = at.checked_sub(1).map_or("", word);
            let before = if before == "of" { at.checked_sub(2).map_or("", word) } else { before };
            let of_one = matches!(before, "an" | "a" | "another" | "half");
            let half_of_it = before == "half" || half && word(at + 1) != "and";
            match count(before) {
                Some(number) => u16::from(number).checked_mul(unit),
                None if !of_one => None,
                None if half_of_it => Some(unit / 2),
                None if half => Some(unit * 3 / 2),
                None => Some(unit),
            }
        })
        .filter(|minutes| *minutes > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    #[test]
    fn what_waits_is_put_off_by_so_many_hours() {
        let talk = shipped_talk();
        for (said, minutes) in [
            ("snooze 2 hours", 120),
            ("ask me in 3 hours", 180),
            ("can you ask me again in 2h", 120),
            ("remind me in half an hour pls", 30),
            ("snooze 90min", 90),
            ("in an hour and a half", 90),
            ("in 20 minutes", 20),
            ("later, in a couple of hours", 120),
            ("not now, in an hour", 60),
            ("give me a couple of hours", 120),
            ("gimme ten mins", 10),
        ] {
            assert_eq!(put_off(&talk, said), Some(Snooze::Minutes(minutes)), "{said}");
        }
        assert_eq!(put_off(&talk, "snooze 48 hours"), Some(Snooze::Tomorrow));
        assert_eq!(put_off(&talk, "two secs im on the loo"), Some(Snooze::Soon));
    }

    #[test]
    fn what_waits_is_put_off_until_an_hour() {
        let talk = shipped_talk();
        let now = "2026-06-07T09:30Z".parse().unwrap();
        let until = |said| put_off_until(&talk, said, now, &TimeZone::UTC);
        let minutes = |hours: u16| Some(Snooze::Minutes(hours * 60 + 30));
        assert_eq!(until("ask again at 8 tonight"), minutes(10));
        assert_eq!(until("ask me again at 11"), minutes(1));
        assert_eq!(until("try again at 8"), minutes(10));
        assert_eq!(until("it cramped again at 8"), None);
        assert_eq!(until("remind me at 8"), None);
        for (said, hours) in [
            ("i'm at work, ask me after 6", 8),
            ("busy til 6", 8),
            ("later, about 7ish", 9),
            ("ask me after 5pm, in the office", 7),
            ("try me tomorrow at 9", 23),
            ("can we do this after work", 8),
            ("not now, tomorrow evening", 33),
        ] {
            assert_eq!(until(said), minutes(hours), "{said}");
        }
        for said in ["cant talk now, tomorrow morning?", "remind me tomorrow morning instead"] {
            assert_eq!(until(said), minutes(23), "{said}");
        }
        assert_eq!(until("can this wait till tomorrow"), Some(Snooze::Tomorrow));
        for said in ["in a meeting, ask me tonight", "busy rn, later tonight pls"] {
            assert_eq!(until(said), Some(Snooze::Tonight), "{said}");
        }
        for said in [
            "ask me after 6 every day",
            "always ask me in the evening",
            "message me after 6",
            "write to me in the mornings",
            "at work it hurt after 6 hours",
            "later",
            "busy day, walked 2 hours",
        ] {
            assert_eq!(until(said), None, "{said}");
        }
    }

    #[test]
    fn what_waits_is_left_out() {
        let talk = shipped_talk();
        assert!(skips_this(&talk, "skip tonight") && skips_this(&talk, "not tonight please"));
        assert!(!skips_this(&talk, "not tonight, my calf is numb"));
    }

    #[test]
    fn a_time_that_is_told_of_the_leg_puts_nothing_off() {
        let talk = shipped_talk();
        for said in ["it cramped in 2 hours", "walked 2 hours", "sore for an hour", "2", "snooze"] {
            assert_eq!(put_off(&talk, said), None, "{said}");
        }
    }
}
