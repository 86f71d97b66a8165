//! How long somebody puts off what waits, in their own words: "snooze 2 hours", "ask me in half an hour".

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::calendar::next_daily;
use super::habits::{times, words_of};
use super::press::Snooze;
use super::reading::{clauses, count, is_in, words};
use crate::responses::TalkLists;
use crate::vocabulary::Talk;

/// Longest message, in words, that puts something off by so many hours.
const LONGEST: usize = 10;
/// No longer than this, in minutes; what is put off further comes the next morning.
const A_DAY: u16 = 24 * 60;
const AN_HOUR: u16 = 60;
const HOURS: &str = "hour hours hr hrs h";
const MINUTES: &str = "minute minutes min mins m";

/// How long what waits is put off.
#[must_use]
pub fn put_off(talk: &TalkLists, text: &str) -> Option<Snooze> {
    let said = words(text);
    // "Can't do it now, in half an hour".
    let begins = |clause: &&str| words(clause).first().is_some_and(|word| word == "in");
    let puts_off = talk.list(Talk::PutsOff).is_in(&said) || clauses(text).iter().any(begins);
    if !puts_off || said.len() > LONGEST || talk.list(Talk::OfTheLeg).is_in(&said) {
        return None;
    }
    let minutes = minutes(&said)?;
    Some(if minutes < A_DAY { Snooze::Minutes(minutes) } else { Snooze::Tomorrow })
}

/// Until when it is put off, where the hour is told: "ask again at 8 tonight".
#[must_use]
pub fn put_off_until(
    talk: &TalkLists,
    text: &str,
    now: Timestamp,
    zone: &TimeZone,
) -> Option<Snooze> {
    let said = words(text);
    let of_today = talk.list(Talk::ThisDay).is_in(&said) || said.iter().any(|word| word == "again");
    let puts_off = talk.list(Talk::PutsOff).is_in(&said) && of_today;
    if !puts_off || said.len() > LONGEST || talk.list(Talk::OfTheLeg).is_in(&said) {
        return None;
    }
    let [at] = times(text)[..] else { return None };
    let half = |word: &String| word.ends_with("am") || word.ends_with("pm") || word.contains(':');
    let told = words_of(text).any(|word| half(&word)) || at.hour() > 12;
    let tonight = said.iter().any(|word| matches!(word.as_str(), "tonight" | "evening"));
    let later = || at.wrapping_add(Span::new().hours(12));
    // Of the two times of a clock the next one is meant.
    let clocks = if told {
        vec![at]
    } else if tonight {
        vec![later()]
    } else {
        vec![at, later()]
    };
    let next = clocks.into_iter().map(|at| next_daily(now, at, zone)).min()?;
    let minutes = next.duration_since(now).as_secs().checked_add(59)? / 60;
    u16::try_from(minutes).ok().map(Snooze::Minutes)
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
        ] {
            assert_eq!(put_off(&talk, said), Some(Snooze::Minutes(minutes)), "{said}");
        }
        assert_eq!(put_off(&talk, "snooze 48 hours"), Some(Snooze::Tomorrow));
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
