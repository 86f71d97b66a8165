//! How long: "20 minutes", "half an hour", "all night", "since june".

use super::reader::{Reader, digits};
use super::{Kinds, Quantity};

const MINUTES_A_DAY: f64 = 1_440.0;

impl Reader<'_> {
    pub(super) fn duration(&self) -> Option<Quantity> {
        let part = || self.open_duration().or_else(|| self.quarters());
        let (minutes, len) = part().or_else(|| self.counted_duration())?;
        self.found(duration_kind(minutes), minutes, len)
    }

    fn counted_duration(&self) -> Option<(f64, usize)> {
        let lead = usize::from(matches!(self.word(0), "last" | "past" | "the"));
        let reader = Reader { at: self.at + lead, ..*self };
        let (number, mut len) = reader.number()?;
        len += lead;
        let beside = matches!(
            self.word(len),
            "good" | "full" | "whole" | "solid" | "long" | "odd" | "ish" | "plus"
        );
        len += usize::from(beside);
        let mut minutes = number * unit(self.word(len))?;
        len += 1;
        if self.word(len) == "and" && matches!(self.word(len + 1), "a" | "half") {
            let half = if self.word(len + 1) == "half" { 2 } else { 3 };
            if self.word(len + half - 1) == "half" {
                minutes += unit(self.word(len - 1))? / 2.0;
                len += half;
            }
        }
        Some((minutes, len))
    }

    /// "quarter of an hour", "three quarters of an hour".
    fn quarters(&self) -> Option<(f64, usize)> {
        let (minutes, len) = match (self.word(0), self.word(1)) {
            ("quarter", _) => (15.0, 1),
            ("a", "quarter") => (15.0, 2),
            ("three" | "3", "quarters" | "quarter") => (45.0, 2),
            _ => return None,
        };
        let of = usize::from(self.word(len) == "of");
        let article = usize::from(matches!(self.word(len + of), "a" | "an"));
        let len = len + of + article;
        matches!(self.word(len), "hour" | "hr").then_some((minutes, len + 1))
    }

    /// "for hours", "all night", "since june", "the whole day".
    fn open_duration(&self) -> Option<(f64, usize)> {
        let word = self.word(0);
        let whole = match word {
            "all" => 1,
            "whole" | "entire" => 1,
            _ => 0,
        };
        if whole > 0 {
            let part = usize::from(matches!(self.word(1), "the" | "bloody" | "damn"));
            return whole_part(self.word(1 + part)).map(|minutes| (minutes, 2 + part));
        }
        match word {
            "since" => self.since(),
            "hours" | "hrs" => Some((180.0, 1)),
            "minutes" | "mins" if self.before() == "for" => Some((5.0, 1)),
            "days" if self.before() == "for" => Some((3.0 * MINUTES_A_DAY, 1)),
            "weeks" | "wks" | "months" | "mths" | "years" | "yrs" | "ages" | "decades" => {
                let free = matches!(self.before(), "for" | "in" | "since" | "over" | "of" | "");
                free.then_some((60.0 * MINUTES_A_DAY, 1))
            }
            "overnight" => Some((480.0, 1)),
            _ => None,
        }
    }

    fn since(&self) -> Option<(f64, usize)> {
        let lead =
            usize::from(matches!(self.word(1), "about" | "around" | "last" | "this" | "the"));
        let word = self.word(1 + lead);
        let minutes = match word {
            "yesterday" => MINUTES_A_DAY,
            "morning" | "afternoon" | "lunch" | "noon" | "breakfast" | "dawn" => 240.0,
            "night" | "evening" | "midnight" => 480.0,
            "week" => 7.0 * MINUTES_A_DAY,
            "month" | "year" | "summer" | "winter" | "spring" | "autumn" | "xmas" | "christmas"
            | "childhood" | "years" | "months" | "ages" | "forever" => 60.0 * MINUTES_A_DAY,
            _ if is_weekday(word) => 3.0 * MINUTES_A_DAY,
            _ if is_month(word) => 60.0 * MINUTES_A_DAY,
            _ if digits(word).is_some_and(|year| (1_950.0..2_100.0).contains(&year)) => {
                365.0 * MINUTES_A_DAY
            }
            _ if digits(word).is_some() && self.is_clock_after(2 + lead) => 240.0,
            _ => return None,
        };
        Some((minutes, 2 + lead))
    }

    fn is_clock_after(&self, ahead: usize) -> bool {
        matches!(self.word(ahead), "am" | "pm" | "oclock" | "a" | "p" | "")
    }
}

fn duration_kind(minutes: f64) -> Kinds {
    if minutes < 10.0 {
        Kinds::UNDER_10_MIN
    } else if minutes < 15.0 {
        Kinds::FROM_10_MIN
    } else if minutes < MINUTES_A_DAY {
        Kinds::FROM_15_MIN
    } else if minutes < 14.0 * MINUTES_A_DAY {
        Kinds::DAYS
    } else {
        Kinds::WEEKS
    }
}

/// Minutes in one of a unit.
pub(super) fn unit(word: &str) -> Option<f64> {
    let minutes = match word {
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0 / 60.0,
        "min" | "mins" | "minute" | "minutes" | "minuets" | "minits" => 1.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 60.0,
        "d" | "day" | "days" | "night" | "nights" | "nites" => MINUTES_A_DAY,
        "wk" | "wks" | "week" | "weeks" => 7.0 * MINUTES_A_DAY,
        "fortnight" => 14.0 * MINUTES_A_DAY,
        "mth" | "mths" | "month" | "months" => 30.0 * MINUTES_A_DAY,
        "yr" | "yrs" | "year" | "years" | "decade" | "decades" => 365.0 * MINUTES_A_DAY,
        _ => return None,
    };
    Some(minutes)
}

fn whole_part(word: &str) -> Option<f64> {
    let minutes = match word {
        "day" | "night" | "nite" | "morning" | "afternoon" | "evening" => 480.0,
        "week" | "weekend" => 5.0 * MINUTES_A_DAY,
        "month" | "year" | "summer" | "winter" | "season" => 60.0 * MINUTES_A_DAY,
        "hour" => 60.0,
        _ => return None,
    };
    Some(minutes)
}

fn is_weekday(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "mon"
            | "tue"
            | "tues"
            | "wed"
            | "thu"
            | "thur"
            | "thurs"
            | "fri"
            | "sat"
            | "sun"
            | "weekend"
    )
}

fn is_month(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
            | "easter"
    )
}
