//! Numbers that mean something: durations, counts, ages, distances, times of day.

mod duration;
mod measure;
mod often;
mod reader;

use std::ops::Range;

use crate::message::Words;
use reader::Reader;

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
const BEGINNERS: &str = "a an half one two three four five six seven eight nine ten eleven twelve fifteen twenty \
     thirty forty fourty fifty sixty ninety hundred couple few several dozen hours hrs minutes \
     mins days weeks wks months mths years yrs ages decades decade all since once twice thrice \
     first second third fourth fifth every evry each most nightly daily weekly always \
     constantly km k kilometre kilometer mile midnight at aged age im many some fortnight week \
     month year whole entire everynight everyday overnight last past till until hour any both \
     turning turned nights hes shes whos who \
     quarter";

/// Words that can begin a quantity when they are not digits.
pub(super) fn beginners() -> impl Iterator<Item = &'static str> {
    BEGINNERS.split(' ')
}

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

/// The numbers that are part of some other quantity, by themselves: the 30 of "km 30".
pub(super) fn numbers_within(words: &Words, quantities: &[Quantity]) -> Vec<Quantity> {
    let meaning = quantities.iter().filter(|quantity| quantity.kind != Kinds::NUMBER);
    let places = meaning.flat_map(|quantity| quantity.tokens.clone());
    places.filter_map(|at| Reader { words, at }.plain_number()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(u16, f64, String)> {
        let words = Words::of(text);
        let may_begin = |i: usize| {
            let word = words.at(i);
            beginners().any(|beginner| beginner == word)
                || word.as_bytes().first().is_some_and(u8::is_ascii_digit)
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
        check("locked for thirty five minutes", Kinds::FROM_15_MIN, 35.0, "thirty five minutes");
        check("held for forty odd minutes", Kinds::FROM_15_MIN, 40.0, "forty odd minutes");
        check("three quarters of an hour", Kinds::FROM_15_MIN, 45.0, "three quarters of an hour");
        check("it is quarter to ten", Kinds::CLOCK, 9.75, "quarter to ten");
        check("grabbed at ten past one", Kinds::CLOCK, 1.0 + 10.0 / 60.0, "at ten past one");
        check("up since 3.15 with it", Kinds::CLOCK, 3.25, "3.15");
        check("five to ten reps", Kinds::NUMBER, 10.0, "five to ten");
        check("calf, 0430", Kinds::CLOCK, 4.5, "0430");
        check("locked for half an hour", Kinds::FROM_15_MIN, 30.0, "half an hour");
        check("locked half hour now", Kinds::FROM_15_MIN, 30.0, "half hour");
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
    fn a_number_in_a_quantity_is_a_number_too() {
        let within = |text: &str| {
            let words = Words::of(text);
            let found = find(&words, |_| true);
            numbers_within(&words, &found).into_iter().map(|q| q.value).collect::<Vec<_>>()
        };
        assert_eq!(within("km 30, then two more at 35 k"), [30.0, 35.0]);
        assert_eq!(within("for an hour, 2-3 days ago, at seven pm"), [2.0, 3.0, 7.0]);
    }

    #[test]
    fn ages_are_not_distances() {
        check("my 8 year old daughter", Kinds::AGE, 8.0, "8 year old");
        check("I'm 61 on statins", Kinds::AGE, 61.0, "im 61");
        check("53-year-old woman", Kinds::AGE, 53.0, "53 year old");
        check("it's my mum, she's 80", Kinds::AGE, 80.0, "shes 80");
        check("he is only 6", Kinds::AGE, 6.0, "hes only 6");
        check("15 here, cramp in my calf", Kinds::AGE, 15.0, "15 here");
        for other in ["she's 38 weeks", "he is 20 km in", "we are 15 here", "hes 6 foot"] {
            assert!(all(other).iter().all(|(kind, ..)| *kind != Kinds::AGE.0), "{other}");
        }
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
