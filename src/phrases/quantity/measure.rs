//! Times of day, distances and ages.

use super::duration::unit;
use super::reader::{Reader, digits, spelled};
use super::{Kinds, Quantity};

impl Reader<'_> {
    pub(super) fn clock(&self) -> Option<Quantity> {
        let word = self.word(0);
        if word == "midnight" {
            return self.found(Kinds::CLOCK, 0.0, 1);
        }
        if let Some((hour, len)) = self.spoken_clock() {
            return self.found(Kinds::CLOCK, hour, len);
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

    /// "quarter to ten", "half past three", "ten past one", and "0430" or "since 3.15" as they are
    /// typed.
    fn spoken_clock(&self) -> Option<(f64, usize)> {
        let lead = usize::from(matches!(self.word(0), "at" | "till" | "until"));
        let (word, link) = (self.word(lead), self.word(lead + 1));
        if let Some(hour) = typed_clock(word) {
            let told = lead == 1 || matches!(self.before(), "since" | "its" | "now" | "is");
            let pace = matches!(self.word(lead + 1), "pace" | "per" | "min" | "km" | "k" | "mile");
            return (word.starts_with('0') || told && !pace).then_some((hour, lead + 1));
        }
        let (part, len) = match (word, link) {
            ("quarter", "to") => (-0.25, 2),
            ("quarter", "past") => (0.25, 2),
            ("half", "past") => (0.5, 2),
            ("five" | "ten" | "twenty" | "5" | "10" | "20" | "25", "to" | "past") => {
                let minutes = digits(word).or_else(|| spelled(word))?;
                (if link == "to" { -minutes } else { minutes } / 60.0, 2)
            }
            _ => return None,
        };
        let named = self.word(lead + len);
        let hour =
            digits(named).or_else(|| spelled(named).filter(|_| !matches!(named, "a" | "an")))?;
        // "five to ten reps" is a range.
        let range = link == "to" && !matches!(word, "quarter") && -part * 60.0 < hour;
        let measured = unit(self.word(lead + len + 1)).is_some();
        let is = (1.0..=12.0).contains(&hour) && hour.fract() == 0.0 && !range && !measured;
        is.then_some((hour + part, lead + len + 1))
    }

    pub(super) fn distance(&self) -> Option<Quantity> {
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

    /// "9 yo", "aged 9", "i am 61", "she's 80", "53 year old", "34 f", "15 here", "6 month old".
    pub(super) fn age(&self) -> Option<Quantity> {
        let is = match self.word(0) {
            "im" | "hes" | "shes" | "whos" => 1,
            "who" if self.word(1) == "is" => 2,
            _ => 0,
        };
        let nearly = matches!(self.word(is), "a" | "an" | "only" | "just" | "almost" | "nearly");
        let lead = match self.word(0) {
            "aged" | "age" | "turning" | "turned" => 1,
            _ if is > 0 => is + usize::from(nearly),
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
            ("here", _) if lead == 0 && number >= 10.0 && self.begins() => 1,
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
                | "foot"
                | "feet"
                | "degrees"
                | "c"
                | "points"
                | "places"
        );
    number >= 4.0 && !measure
}

fn clock_hour(word: &str) -> Option<f64> {
    let (hour, minute) = word.split_once(':').unwrap_or((word, "0"));
    let hour = digits(hour).or_else(|| spelled(hour).filter(|n| *n > 0.9))?;
    let minute = digits(minute)?;
    ((0.0..24.0).contains(&hour) && minute < 60.0 && hour.fract() == 0.0)
        .then_some(hour + minute / 60.0)
}

/// "0430", "3.15".
fn typed_clock(word: &str) -> Option<f64> {
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (hour, minute) = match word.split_once('.') {
        Some(parts) => parts,
        None if word.len() == 4 && word.starts_with('0') && all_digits(word) => word.split_at(2),
        None => return None,
    };
    let (hour, minute) = (digits(hour)?, digits(minute).filter(|_| minute.len() == 2)?);
    ((0.0..24.0).contains(&hour) && minute < 60.0).then_some(hour + minute / 60.0)
}

fn is_day_part(word: &str) -> bool {
    matches!(word, "morning" | "night" | "afternoon" | "evening")
}
