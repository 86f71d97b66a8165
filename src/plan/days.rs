//! On which days of the week reminders come: all of them, unless somebody wants it otherwise.

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use super::reading::{self, is_in};
use crate::responses::TalkLists;
use crate::understanding::weekday_of;
use crate::vocabulary::Talk;

/// Days of the week, a bit each from Monday on; none of them means all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Days(u8);

/// The days of a week, as they are named below a plan and in a choice.
const NAMES: [(&str, Weekday); 7] = [
    ("Mon", Weekday::Monday),
    ("Tue", Weekday::Tuesday),
    ("Wed", Weekday::Wednesday),
    ("Thu", Weekday::Thursday),
    ("Fri", Weekday::Friday),
    ("Sat", Weekday::Saturday),
    ("Sun", Weekday::Sunday),
];
/// A bit for each of them.
const ALL: u8 = 0b111_1111;
/// What several days are called.
const SEVERAL: [(&str, &[Weekday]); 4] = [
    ("weekend", &[Weekday::Saturday, Weekday::Sunday]),
    ("weekends", &[Weekday::Saturday, Weekday::Sunday]),
    ("weekdays", WORKING),
    ("workdays", WORKING),
];
const WORKING: &[Weekday] =
    &[Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
/// So often a week, on these days: the count of the week is on Sunday (`club-rule`).
const OFTEN: [(&str, &[Weekday]); 3] = [
    ("once one 1", &[Weekday::Sunday]),
    ("twice two 2", &[Weekday::Wednesday, Weekday::Sunday]),
    ("three 3 thrice", &[Weekday::Monday, Weekday::Wednesday, Weekday::Sunday]),
];
/// All of them, before what takes some out.
const EVERY: &str = "day days all every any";
/// Days that are other words as well, and what they stand behind where they are days.
const AMBIGUOUS: &str = "sat sun wed";
const LEADS: &str = "on not no only just every each and or to till until through except skip but \
    mon tue tues wed thu thur thurs fri sat sun";
/// Lets some days in besides those that are left.
const MORE: &str = "also too again";
/// Leaves no other day.
const ONLY: &str = "only just";
/// What joins the first and the last of several days.
const RANGES: &str = "to till til until through thru";

impl Days {
    /// These days.
    fn of(days: &[Weekday]) -> Self {
        Self(days.iter().fold(0, |bits, day| bits | bit(*day)))
    }

    /// From one day to another.
    fn between(from: Weekday, to: Weekday) -> Self {
        let steps = from.until(to);
        Self((0..=steps).fold(0, |bits, step| bits | bit(from.wrapping_add(step))))
    }

    /// Whether something comes on this day.
    #[must_use]
    pub fn has(self, day: Weekday) -> bool {
        self.0 & ALL == 0 || self.0 & bit(day) != 0
    }

    /// Whether something comes on most days.
    pub(super) fn are_most(self) -> bool {
        self.0 & ALL == 0 || self.0.count_ones() >= 4
    }

    /// The days that a message wants: "not on Sundays", "only weekends", "once a week".
    #[must_use]
    pub fn wished(talk: &TalkLists, text: &str) -> Option<Self> {
        let words = reading::words(text);
        if let Some(named) = NamedDays::of(talk, &words) {
            return named.left();
        }
        let a_week = words
            .windows(2)
            .any(|two| matches!(two, [first, second] if is_each(first) && second == "week"));
        let often = |(list, _): &&(&str, &[Weekday])| words.iter().any(|word| is_in(list, word));
        let often = OFTEN.iter().find(often).filter(|_| a_week);
        often.map(|(_, days)| Self::of(days))
    }

    /// The same beside what was wished before: "not on Mondays either" takes one more day out, and
    /// "Saturdays too" lets one more in.
    #[must_use]
    pub fn beside(self, talk: &TalkLists, text: &str, before: Self) -> Self {
        let words = reading::words(text);
        let Some(named) = NamedDays::of(talk, &words) else { return self };
        let says = |list: &str| words.iter().any(|word| is_in(list, word));
        let before = if before.0 & ALL == 0 { ALL } else { before.0 };
        let days = match (named.wanted, named.refused) {
            (0, refused) => before & !refused,
            (wanted, 0) if says(MORE) && !says(ONLY) => before | wanted,
            _ => return self,
        };
        match days {
            0 => self,
            ALL => Self::default(),
            some => Self(some),
        }
    }

    /// As it is told and kept in a choice: "Mon,Wed".
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        NAMES.iter().filter(|(_, day)| self.0 & bit(*day) != 0).map(|(name, _)| *name).collect()
    }

    /// What a choice holds.
    pub(super) fn read(names: &str) -> Option<Self> {
        let day = |name: &str| NAMES.iter().find(|(own, _)| *own == name).map(|(_, day)| *day);
        let days: Option<Vec<Weekday>> = names.split(',').map(day).collect();
        days.map(|days| Self::of(&days))
    }
}

/// The days that a message names, as wanted or as refused: each by the last word before it that says
/// which.
#[derive(Default)]
struct NamedDays {
    wanted: u8,
    refused: u8,
}

impl NamedDays {
    /// Nothing where no day is named.
    fn of(talk: &TalkLists, words: &[String]) -> Option<Self> {
        let mut named = Self::default();
        let (mut refuses, mut last) = (false, None);
        for (at, word) in words.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| words.get(at)).map(String::as_str);
            let refusing = |word: &str| talk.has(Talk::TakesDaysOut, word);
            if refusing(word) || word == "but" && before.is_some_and(|word| is_in(EVERY, word)) {
                refuses = true;
            } else if talk.has(Talk::LetsDaysIn, word) && before.is_none_or(|word| !refusing(word))
            {
                refuses = false;
            }
            let day = weekday_of(word).or_else(|| weekday_of(word.trim_end_matches('s')));
            let day =
                day.filter(|_| !is_in(AMBIGUOUS, word) || is_in(LEADS, before.unwrap_or("on")));
            let several = SEVERAL.iter().find(|(name, _)| name == word);
            let mut bits = several.map_or(0, |(_, days)| Days::of(days).0) | day.map_or(0, bit);
            if let (Some(from), Some(to), Some(true)) =
                (last, day, before.map(|word| is_in(RANGES, word)))
            {
                bits |= Days::between(from, to).0;
            }
            last = day.or(last);
            // "Weekends off".
            let off = words.get(at + 1).is_some_and(|word| matches!(word.as_str(), "off" | "free"));
            *(if refuses || off { &mut named.refused } else { &mut named.wanted }) |= bits;
        }
        (named.wanted | named.refused != 0).then_some(named)
    }

    /// The days that are left; nothing where none is.
    fn left(&self) -> Option<Days> {
        let wanted = if self.wanted == 0 { ALL } else { self.wanted };
        let left = wanted & !self.refused;
        (left != 0).then_some(Days(left))
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

fn is_each(word: &str) -> bool {
    matches!(word, "a" | "per" | "each" | "every")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    #[test]
    fn the_days_that_somebody_wants_are_read() {
        let talk = shipped_talk();
        for (said, days) in [
            ("id rather not get it on sundays", "Mon,Tue,Wed,Thu,Fri,Sat"),
            ("only sundays please", "Sun"),
            ("weekends are enough", "Sat,Sun"),
            ("not at the weekend", "Mon,Tue,Wed,Thu,Fri"),
            ("once a week is enough", "Sun"),
            ("twice a week would do", "Wed,Sun"),
            ("skip mondays and fridays", "Tue,Wed,Thu,Sat,Sun"),
            ("just not on sundays please", "Mon,Tue,Wed,Thu,Fri,Sat"),
            ("no reminders on mondays, only weekends", "Sat,Sun"),
            ("i can only do weekdays not monday", "Tue,Wed,Thu,Fri"),
            ("only monday to friday please", "Mon,Tue,Wed,Thu,Fri"),
            ("fri to mon", "Mon,Fri,Sat,Sun"),
            ("weekends off please", "Mon,Tue,Wed,Thu,Fri"),
            ("every day but sunday", "Mon,Tue,Wed,Thu,Fri,Sat"),
            ("stop the nightly ones but keep sunday", "Sun"),
            ("i dont want it on sundays", "Mon,Tue,Wed,Thu,Fri,Sat"),
            ("stop the messages on sunday but keep the stretch", "Mon,Tue,Wed,Thu,Fri,Sat"),
            ("drop the sunday one", "Mon,Tue,Wed,Thu,Fri,Sat"),
            ("turn off sundays", "Mon,Tue,Wed,Thu,Fri,Sat"),
            ("no more nightly ones, just sundays", "Sun"),
            ("dont bother with weekdays, i want weekends", "Sat,Sun"),
        ] {
            let read = Days::wished(&talk, said).map(|days| days.names().join(","));
            assert_eq!(read.as_deref(), Some(days), "{said}");
            assert_eq!(Days::read(days), Days::wished(&talk, said), "{said}");
        }
        for said in
            ["fewer please, i sat on my phone all day", "less often", "one last week", "stop"]
        {
            assert_eq!(Days::wished(&talk, said), None, "{said}");
        }
        assert!(Days::default().has(Weekday::Friday));
    }

    #[test]
    fn days_that_are_taken_out_add_up() {
        let talk = shipped_talk();
        for (before, said, left) in [
            ("Mon,Tue,Wed,Thu,Fri,Sat", "not on mondays either", "Tue,Wed,Thu,Fri,Sat"),
            ("Mon,Tue,Wed,Thu,Fri,Sat", "and no saturdays", "Mon,Tue,Wed,Thu,Fri"),
            ("Mon,Tue,Wed,Thu,Fri", "saturdays too", "Mon,Tue,Wed,Thu,Fri,Sat"),
            ("Mon,Tue,Wed,Thu,Fri", "only sundays please", "Sun"),
            ("Mon,Tue,Wed,Thu,Fri", "weekends only, not weekdays", "Sat,Sun"),
            ("Mon,Tue,Wed,Thu,Fri,Sat", "sundays again please", ""),
            ("Sun", "not on sundays", "Mon,Tue,Wed,Thu,Fri,Sat"),
        ] {
            let before = Days::read(before).unwrap();
            let wished = Days::wished(&talk, said).unwrap();
            assert_eq!(wished.beside(&talk, said, before).names().join(","), left, "{said}");
        }
    }
}
