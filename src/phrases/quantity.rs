//! Numbers that mean something: durations, counts, ages, distances, times of day.

use std::ops::Range;

use crate::message::{Boundary, Words};

/// What a quantity is. Several make up one built-in list, so each is a bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Kinds(pub u16);

impl Kinds {
    /// Any number.
    pub const NUMBER: Self = Self(1);
    /// A duration under 10 minutes.
    pub const UNDER_10_MIN: Self = Self(1 << 1);
    /// A duration from 10 minutes to under 15.
    pub const FROM_10_MIN: Self = Self(1 << 2);
    /// A duration from 15 minutes to under a day.
    pub const FROM_15_MIN: Self = Self(1 << 3);
    /// 1 to 13 days.
    pub const DAYS: Self = Self(1 << 4);
    /// 2 weeks and more.
    pub const WEEKS: Self = Self(1 << 5);
    /// Every night, 3 times a week.
    pub const OFTEN: Self = Self(1 << 6);
    /// Twice, the third time.
    pub const TIMES: Self = Self(1 << 7);
    /// 35 km, mile 20.
    pub const DISTANCE: Self = Self(1 << 8);
    /// 3 am, midnight.
    pub const CLOCK: Self = Self(1 << 9);
    /// 9 years old.
    pub const AGE: Self = Self(1 << 10);
    /// Any duration.
    pub const DURATION: Self = Self(0b11_1110);

    /// The built-in lists that phrases may name.
    pub const NAMED: &'static [(&'static str, Self)] = &[
        ("number", Self::NUMBER),
        ("under-10-min", Self::UNDER_10_MIN),
        ("10-to-15-min", Self::FROM_10_MIN),
        ("15-min-plus", Self::FROM_15_MIN),
        ("days", Self::DAYS),
        ("weeks-plus", Self::WEEKS),
        ("duration", Self::DURATION),
        ("often", Self::OFTEN),
        ("times", Self::TIMES),
        ("distance", Self::DISTANCE),
        ("clock", Self::CLOCK),
        ("age", Self::AGE),
    ];

    /// Whether the two have a kind in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// One quantity in a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// What it is.
    pub kind: Kinds,
    /// Minutes for a duration, years for an age, else the bare number.
    pub value: f64,
    /// The words it is said with.
    pub tokens: Range<usize>,
}

/// Words that can begin a quantity when they are not digits.
pub(super) const BEGINNERS: &[&str] = &[
    "a",
    "an",
    "half",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fifteen",
    "twenty",
    "thirty",
    "forty",
    "fourty",
    "fifty",
    "sixty",
    "ninety",
    "hundred",
    "couple",
    "few",
    "several",
    "dozen",
    "hours",
    "hrs",
    "minutes",
    "mins",
    "days",
    "weeks",
    "wks",
    "months",
    "mths",
    "years",
    "yrs",
    "ages",
    "decades",
    "decade",
    "all",
    "since",
    "once",
    "twice",
    "thrice",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "every",
    "evry",
    "each",
    "most",
    "nightly",
    "daily",
    "weekly",
    "always",
    "constantly",
    "km",
    "k",
    "kilometre",
    "kilometer",
    "mile",
    "midnight",
    "at",
    "aged",
    "age",
    "im",
    "many",
    "some",
    "fortnight",
    "week",
    "month",
    "year",
    "whole",
    "entire",
    "everynight",
    "everyday",
    "overnight",
    "last",
    "past",
    "till",
    "until",
    "hour",
    "any",
    "both",
    "turning",
    "turned",
    "nights",
];

const MINUTES_A_DAY: f64 = 1_440.0;

/// Finds the quantities; `may_begin` says for a token whether it is one of the beginners or digits.
pub(super) fn find(words: &Words, may_begin: impl Fn(usize) -> bool) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.tokens().len() {
        if !may_begin(at) {
            at += 1;
            continue;
        }
        let reader = Reader { words, at };
        match reader.quantity() {
            Some(quantity) => {
                at = quantity.tokens.end.max(at + 1);
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

#[derive(Clone, Copy)]
struct Reader<'w> {
    words: &'w Words,
    at: usize,
}

impl<'w> Reader<'w> {
    /// The word `ahead` tokens on, within the same sentence.
    fn word(&self, ahead: usize) -> &'w str {
        let crosses = |i: usize| {
            let token = self.words.tokens().get(self.at + i);
            token.is_none_or(|t| t.boundary == Boundary::Sentence)
        };
        if (1..=ahead).any(crosses) { "" } else { self.words.at(self.at + ahead) }
    }

    fn before(&self) -> &'w str {
        self.at.checked_sub(1).map_or("", |at| self.words.at(at))
    }

    fn found(&self, kind: Kinds, value: f64, len: usize) -> Option<Quantity> {
        (len > 0).then(|| Quantity { kind, value, tokens: self.at..self.at + len })
    }

    fn quantity(&self) -> Option<Quantity> {
        self.age()
            .or_else(|| self.often())
            .or_else(|| self.times())
            .or_else(|| self.clock())
            .or_else(|| self.duration())
            .or_else(|| self.distance())
            .or_else(|| self.bare_number())
    }

    /// A number and how many tokens it takes: "20", "an", "half an", "a couple of", "2 3" (2-3).
    fn number(&self) -> Option<(f64, usize)> {
        let word = self.word(0);
        if let Some(value) = digits(word) {
            return Some(self.range_end(value, 1));
        }
        if word == "half" && matches!(self.word(1), "a" | "an") {
            return Some((0.5, 2));
        }
        if matches!(word, "a" | "the" | "last" | "past" | "these")
            && let Some((value, len)) = vague(self.word(1))
        {
            let of = usize::from(self.word(1 + len) == "of");
            return Some((value, 1 + len + of));
        }
        if let Some((value, len)) = vague(word) {
            let of = usize::from(self.word(len) == "of");
            return Some((value, len + of));
        }
        let value = spelled(word)?;
        Some(self.range_end(value, 1))
    }

    /// "2-3", "2 or 3", "2 to 3": the larger one counts.
    fn range_end(&self, value: f64, len: usize) -> (f64, usize) {
        let link = usize::from(matches!(self.word(len), "to" | "or" | "and"));
        let next = self.word(len + link);
        let Some(upper) = digits(next).or_else(|| spelled(next).filter(|v| *v > 1.0)) else {
            return (value, len);
        };
        if upper > value && upper <= value * 4.0 + 2.0 {
            (upper, len + link + 1)
        } else {
            (value, len)
        }
    }

    fn bare_number(&self) -> Option<Quantity> {
        if matches!(self.word(0), "a" | "an") {
            return None;
        }
        let (value, len) = self.number()?;
        self.found(Kinds::NUMBER, value, len)
    }

    fn duration(&self) -> Option<Quantity> {
        let (minutes, len) = self.open_duration().or_else(|| self.counted_duration())?;
        self.found(duration_kind(minutes), minutes, len)
    }

    fn counted_duration(&self) -> Option<(f64, usize)> {
        let lead = usize::from(matches!(self.word(0), "last" | "past" | "the"));
        let reader = Reader { at: self.at + lead, ..*self };
        let (number, mut len) = reader.number()?;
        len += lead;
        len += usize::from(matches!(self.word(len), "good" | "full" | "whole" | "solid" | "long"));
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

    fn often(&self) -> Option<Quantity> {
        let word = self.word(0);
        if matches!(word, "nightly" | "daily" | "weekly" | "everynight" | "everyday") {
            return self.found(Kinds::OFTEN, 7.0, 1);
        }
        if matches!(word, "every" | "evry" | "each" | "most" | "any") {
            return self.each_occasion();
        }
        let (count, mut len) = self.number().or(match word {
            "once" => Some((1.0, 1)),
            "twice" => Some((2.0, 1)),
            "many" | "most" | "several" => Some((4.0, 1)),
            _ => None,
        })?;
        len += usize::from(matches!(
            self.word(len),
            "times" | "time" | "x" | "nights" | "night" | "days" | "mornings" | "evenings"
        ));
        let per = match self.word(len) {
            "a" | "per" | "each" | "every" => 1,
            "out" if self.word(len + 1) == "of" => 2,
            _ => return None,
        };
        let seven = per == 2 && self.word(len + 2) == "7";
        let unit = matches!(self.word(len + per), "week" | "wk" | "night" | "day" | "month");
        (unit || seven).then(|| self.found(Kinds::OFTEN, count, len + per + 1)).flatten()
    }

    /// "every single night", "most of my long runs", "each time".
    fn each_occasion(&self) -> Option<Quantity> {
        let mut len = 1;
        while len < 5 && matches!(self.word(len), w if is_filler(w)) {
            len += 1;
        }
        let word = self.word(len);
        let occasion = matches!(
            word,
            "night"
                | "nights"
                | "day"
                | "days"
                | "evening"
                | "evenings"
                | "morning"
                | "mornings"
                | "nite"
                | "nights'"
                | "week"
                | "weeks"
                | "month"
                | "weekend"
                | "run"
                | "runs"
                | "race"
                | "races"
                | "session"
                | "sessions"
                | "match"
                | "game"
                | "games"
                | "ride"
                | "rides"
                | "swim"
                | "hour"
                | "marathon"
                | "marathons"
                | "workout"
                | "workouts"
                | "training"
                | "parkrun"
                | "interval"
                | "walk"
                | "nyt"
        );
        occasion.then(|| self.found(Kinds::OFTEN, 7.0, len + 1)).flatten()
    }

    fn times(&self) -> Option<Quantity> {
        let word = self.word(0);
        if matches!(word, "twice" | "thrice") {
            return self.found(Kinds::TIMES, if word == "twice" { 2.0 } else { 3.0 }, 1);
        }
        if let Some(rank) = ordinal(word) {
            return self.ranked(rank, 1);
        }
        let (count, len) = self.number()?;
        match self.word(len) {
            "times" | "x" if count >= 2.0 => self.found(Kinds::TIMES, count, len + 1),
            "st" | "nd" | "rd" | "th" => self.ranked(count, len + 1),
            "nights" | "days" | "races" | "runs" | "marathons" | "mornings" | "evenings"
                if matches!(self.word(len + 1), "running" | "straight")
                    || (self.word(len + 1) == "in" && self.word(len + 3) == "row") =>
            {
                self.found(Kinds::TIMES, count, len + 2)
            }
            _ => None,
        }
    }

    fn ranked(&self, rank: f64, len: usize) -> Option<Quantity> {
        let counts = matches!(
            self.word(len),
            "time"
                | "night"
                | "nite"
                | "day"
                | "race"
                | "run"
                | "week"
                | "cramp"
                | "one"
                | "marathon"
                | "month"
                | "episode"
        );
        (counts && rank >= 2.0).then(|| self.found(Kinds::TIMES, rank, len + 1)).flatten()
    }

    fn clock(&self) -> Option<Quantity> {
        let word = self.word(0);
        if word == "midnight" {
            return self.found(Kinds::CLOCK, 0.0, 1);
        }
        let lead = usize::from(matches!(word, "at" | "till" | "until"));
        let number = self.word(lead);
        let hour = clock_hour(number)?;
        let after = self.word(lead + 1);
        let named = match (after, self.word(lead + 2)) {
            ("am" | "pm" | "oclock" | "ish", _) => 1,
            ("a" | "p", "m") => 2,
            ("in", "the") if is_day_part(self.word(lead + 3)) => 3,
            _ => 0,
        };
        let bare = lead == 1
            && word == "at"
            && (unit(after).is_none() && after != "km")
            && !matches!(after, "k" | "miles" | "mile" | "percent" | "min" | "weeks" | "months");
        if named == 0 && !(bare && digits(number).is_some()) && !number.contains(':') {
            return None;
        }
        let afternoon = after == "pm" || (after == "p" && named == 2);
        let hour = if afternoon && hour < 12.0 { hour + 12.0 } else { hour };
        self.found(Kinds::CLOCK, hour, lead + 1 + named)
    }

    fn distance(&self) -> Option<Quantity> {
        if matches!(self.word(0), "km" | "kilometre" | "kilometer" | "mile" | "k") {
            let number = digits(self.word(1))?;
            return self.found(Kinds::DISTANCE, number, 2);
        }
        let (number, len) = self.number()?;
        let metres = match self.word(len) {
            "km" | "kms" | "k" | "ks" | "kilometres" | "kilometers" | "kilometre" | "kilometer"
            | "miles" | "mile" | "mi" | "metres" | "meters" | "metre" | "meter" | "yards"
            | "yds" | "blocks" | "block" | "steps" | "paces" | "feet" | "minutes" | "laps" => true,
            "m" => number >= 50.0,
            _ => false,
        };
        metres.then(|| self.found(Kinds::DISTANCE, number, len + 1)).flatten()
    }

    /// "9 yo", "aged 9", "i am 61", "53 year old", "34 f", "6 month old".
    fn age(&self) -> Option<Quantity> {
        let lead = match self.word(0) {
            "aged" | "age" | "turning" | "turned" => 1,
            "im" => {
                1 + usize::from(matches!(self.word(1), "a" | "an" | "only" | "just" | "almost"))
            }
            _ => 0,
        };
        let word = self.word(lead);
        let number = digits(word).or_else(|| spelled(word).filter(|n| *n > 1.0))?;
        if !(0.0..=110.0).contains(&number) {
            return None;
        }
        let next = self.word(lead + 1);
        let after = self.word(lead + 2);
        let len = match (next, after) {
            ("year" | "years" | "yr" | "yrs" | "yo" | "y", "old" | "olds" | "o") => 2,
            ("year" | "years" | "yr" | "yrs", "of") if self.word(lead + 3) == "age" => 3,
            ("yo" | "yrold" | "yearold" | "yos" | "y", _) => 1,
            ("years" | "yrs" | "year", "male" | "female" | "woman" | "man") => 2,
            ("male" | "female" | "woman" | "lady" | "man" | "guy" | "girl" | "boy", _) => 1,
            ("f", _) if number > 12.0 => 1,
            ("month" | "months" | "mo", "old") => {
                return self.found(Kinds::AGE, number / 12.0, lead + 3);
            }
            _ if lead > 0 && is_bare_age(number, next) => 0,
            _ => return None,
        };
        self.found(Kinds::AGE, number, lead + 1 + len)
    }
}

/// "im 61", but not "im 20 km in", "im 30 weeks pregnant", "im 15 minutes away".
fn is_bare_age(number: f64, next: &str) -> bool {
    let measure = unit(next).is_some()
        || matches!(
            next,
            "km" | "k"
                | "kms"
                | "miles"
                | "mile"
                | "kg"
                | "lbs"
                | "kilos"
                | "stone"
                | "percent"
                | "cm"
                | "pounds"
                | "of"
                | "out"
                | "into"
                | "m"
                | "th"
                | "st"
                | "nd"
                | "rd"
                | "ft"
                | "to"
                | "laps"
                | "times"
                | "x"
                | "minutes"
                | "mins"
        );
    number >= 4.0 && !measure
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

fn digits(word: &str) -> Option<f64> {
    let first = word.as_bytes().first()?;
    if first.is_ascii_digit() { word.parse().ok() } else { None }
}

fn clock_hour(word: &str) -> Option<f64> {
    let (hour, minute) = word.split_once(':').unwrap_or((word, "0"));
    let hour = digits(hour).or_else(|| spelled(hour).filter(|n| *n > 0.9))?;
    let minute = digits(minute)?;
    ((0.0..24.0).contains(&hour) && minute < 60.0 && hour.fract() == 0.0)
        .then_some(hour + minute / 60.0)
}

fn spelled(word: &str) -> Option<f64> {
    let value = match word {
        "a" | "an" | "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "eleven" => 11.0,
        "twelve" => 12.0,
        "fifteen" => 15.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" | "fourty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "ninety" => 90.0,
        "hundred" => 100.0,
        _ => return None,
    };
    Some(value)
}

fn vague(word: &str) -> Option<(f64, usize)> {
    let value = match word {
        "couple" => 2.0,
        "few" | "some" => 3.0,
        "several" => 4.0,
        "many" => 10.0,
        "dozen" => 12.0,
        _ => return None,
    };
    Some((value, 1))
}

/// Minutes in one of a unit.
fn unit(word: &str) -> Option<f64> {
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

fn ordinal(word: &str) -> Option<f64> {
    let rank = match word {
        "second" => 2.0,
        "third" => 3.0,
        "fourth" => 4.0,
        "fifth" => 5.0,
        _ => return None,
    };
    Some(rank)
}

fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "single"
            | "bloody"
            | "damn"
            | "other"
            | "fucking"
            | "freaking"
            | "of"
            | "my"
            | "the"
            | "long"
            | "second"
            | "third"
            | "few"
            | "goddamn"
            | "sodding"
            | "hard"
            | "hot"
            | "our"
            | "two"
            | "three"
            | "2"
            | "3"
            | "week"
            | "blooming"
            | "flipping"
            | "race"
            | "last"
    )
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

fn is_day_part(word: &str) -> bool {
    matches!(word, "morning" | "night" | "afternoon" | "evening")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(u16, f64, String)> {
        let words = Words::of(text);
        let may_begin = |i: usize| {
            let word = words.at(i);
            BEGINNERS.contains(&word) || word.as_bytes().first().is_some_and(u8::is_ascii_digit)
        };
        find(&words, may_begin)
            .into_iter()
            .map(|q| (q.kind.0, q.value, words.text()[words.prepared(q.tokens)].to_owned()))
            .collect()
    }

    fn check(text: &str, kind: Kinds, value: f64, part: &str) {
        let found = all(text);
        let hit =
            found.iter().any(|(k, v, t)| *k == kind.0 && (*v - value).abs() < 0.01 && t == part);
        assert!(hit, "{text}: {found:?}");
    }

    #[test]
    fn durations_are_minutes() {
        check("20 mins and still solid", Kinds::FROM_15_MIN, 20.0, "20 mins");
        check("locked for half an hour", Kinds::FROM_15_MIN, 30.0, "half an hour");
        check("an hour and a half", Kinds::FROM_15_MIN, 90.0, "an hour and a half");
        check("one and a half hours? no: 12 minutes", Kinds::FROM_10_MIN, 12.0, "12 minutes");
        check("a couple of months", Kinds::WEEKS, 86_400.0, "a couple of months");
        check("let go after 30s", Kinds::UNDER_10_MIN, 0.5, "30 s");
        check("it hurt all night", Kinds::FROM_15_MIN, 480.0, "all night");
        check("since june", Kinds::WEEKS, 86_400.0, "since june");
        check("for years", Kinds::WEEKS, 86_400.0, "years");
        check("2-3 days now", Kinds::DAYS, 4_320.0, "2 3 days");
    }

    #[test]
    fn counts_and_habits_are_told_apart() {
        check("third time this week", Kinds::TIMES, 3.0, "third time");
        check("every bloody night", Kinds::OFTEN, 7.0, "every bloody night");
        check("4 nights a week", Kinds::OFTEN, 4.0, "4 nights a week");
        check("it happened twice", Kinds::TIMES, 2.0, "twice");
    }

    #[test]
    fn ages_are_not_distances() {
        check("my 8 year old daughter", Kinds::AGE, 8.0, "8 year old");
        check("I'm 61 on statins", Kinds::AGE, 61.0, "im 61");
        check("53-year-old woman", Kinds::AGE, 53.0, "53 year old");
        assert!(all("im 20 km in").iter().all(|(k, ..)| *k != Kinds::AGE.0));
        assert!(all("im 30 weeks pregnant").iter().all(|(k, ..)| *k != Kinds::AGE.0));
    }

    #[test]
    fn times_of_day_are_hours() {
        check("woke at 3am", Kinds::CLOCK, 3.0, "at 3 am");
        check("around 4 a.m.", Kinds::CLOCK, 4.0, "4 a m");
        check("km 30", Kinds::DISTANCE, 30.0, "km 30");
        check("at 35k", Kinds::DISTANCE, 35.0, "35 k");
    }
}
