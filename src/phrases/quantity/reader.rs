//! Reads a quantity from one place on, and the numbers in it.

use super::{Kinds, Quantity};
use crate::message::{Boundary, Words};

#[derive(Clone, Copy)]
pub(super) struct Reader<'w> {
    pub(super) words: &'w Words,
    pub(super) at: usize,
}

impl<'w> Reader<'w> {
    /// The word `ahead` tokens on, within the same sentence.
    pub(super) fn word(&self, ahead: usize) -> &'w str {
        let crosses = |i: usize| {
            let token = self.words.tokens().get(self.at + i);
            token.is_none_or(|t| t.boundary == Boundary::Sentence)
        };
        if (1..=ahead).any(crosses) { "" } else { self.words.at(self.at + ahead) }
    }

    /// Whether a clause or a part of a list begins here.
    pub(super) fn begins(&self) -> bool {
        let token = self.words.tokens().get(self.at);
        self.at == 0 || token.is_some_and(|token| token.boundary >= Boundary::Comma)
    }

    pub(super) fn before(&self) -> &'w str {
        self.at.checked_sub(1).map_or("", |at| self.words.at(at))
    }

    pub(super) fn found(&self, kind: Kinds, value: f64, len: usize) -> Option<Quantity> {
        (len > 0).then(|| Quantity { kind, value, tokens: self.at..self.at + len })
    }

    pub(super) fn quantity(&self) -> Option<Quantity> {
        self.age()
            .or_else(|| self.often())
            .or_else(|| self.times())
            .or_else(|| self.clock())
            .or_else(|| self.duration())
            .or_else(|| self.distance())
            .or_else(|| self.bare_number())
    }

    /// A number and how many tokens it takes: "20", "an", "half an", "a couple of", "2 3" (2-3).
    pub(super) fn number(&self) -> Option<(f64, usize)> {
        let word = self.word(0);
        if let Some(value) = digits(word) {
            return Some(self.range_end(value, 1));
        }
        if word == "half" && matches!(self.word(1), "a" | "an") {
            return Some((0.5, 2));
        }
        if word == "half" && matches!(self.word(1), "hour" | "hr") {
            return Some((0.5, 1));
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
        match self.ones_after(value) {
            Some(ones) => Some((value + ones, 2)),
            None => Some(self.range_end(value, 1)),
        }
    }

    /// The five of "thirty five".
    fn ones_after(&self, tens: f64) -> Option<f64> {
        let ones = spelled(self.word(1)).filter(|_| !matches!(self.word(1), "a" | "an"))?;
        ((20.0..100.0).contains(&tens) && ones < 10.0).then_some(ones)
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

    /// One word that is a number, and nothing more: "20", "seven", but not "an".
    pub(super) fn plain_number(&self) -> Option<Quantity> {
        let word = self.word(0);
        let named = || spelled(word).filter(|_| !matches!(word, "a" | "an"));
        self.found(Kinds::NUMBER, digits(word).or_else(named)?, 1)
    }

    fn bare_number(&self) -> Option<Quantity> {
        if matches!(self.word(0), "a" | "an") {
            return None;
        }
        let (value, len) = self.number()?;
        self.found(Kinds::NUMBER, value, len)
    }
}

pub(super) fn digits(word: &str) -> Option<f64> {
    let first = word.as_bytes().first()?;
    if first.is_ascii_digit() { word.parse().ok() } else { None }
}

pub(super) fn spelled(word: &str) -> Option<f64> {
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
