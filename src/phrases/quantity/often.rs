//! How often: "every night", "3 times a week", "the second time".

use super::reader::Reader;
use super::{Kinds, Quantity};

impl Reader<'_> {
    pub(super) fn often(&self) -> Option<Quantity> {
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

    pub(super) fn times(&self) -> Option<Quantity> {
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
