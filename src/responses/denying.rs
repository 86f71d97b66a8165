//! Phrases of `fine` that hold a "no", written out as people would say them: what denies in one may take
//! back that all is well, and then it never counts.

use super::compile::{flag_order, is_negation};
use super::read::RawSet;
use super::{Place, raw};
use crate::phrases::Kinds;
use crate::phrases::syntax::{self, Part};
use crate::vocabulary::FlagId;

/// Most ways of saying a phrase that are tried.
const MOST: usize = 24;

/// A phrase of `fine` that denies.
#[derive(Clone, Debug)]
pub struct Denying {
    /// The red flag.
    pub flag: FlagId,
    /// Where it stands.
    pub place: Place,
    /// Ways of saying it.
    pub said: Vec<String>,
}

/// All such phrases of a set.
pub(super) fn of(raw: &RawSet) -> Vec<Denying> {
    let order = flag_order(raw);
    let flags = raw.red_flags.iter().flat_map(|file| {
        let at = order.iter().position(|id| *id == file.id).unwrap_or_default();
        let flag = FlagId(u8::try_from(at).unwrap_or(u8::MAX));
        file.raw.fine.iter().filter_map(move |phrase| {
            let said = said(raw, phrase.get_ref());
            let place = Place::new(&file.path, phrase.span());
            (!said.is_empty()).then_some(Denying { flag, place, said })
        })
    });
    flags.collect()
}

/// The ways of saying a phrase that hold a "no"; each word that denies is tried.
fn said(raw: &RawSet, phrase: &str) -> Vec<String> {
    if phrase.starts_with('/') {
        return Vec::new();
    }
    let Ok(choices) = syntax::patterns(phrase) else { return Vec::new() };
    let denies = |part: &&Part<'_>| match part {
        Part::Words(words) => words.iter().any(is_negation),
        Part::List(_) | Part::Quantity(_) | Part::Gap(_) | Part::Edge => false,
    };
    let rows = choices.rows().filter(|row| row.iter().any(denies));
    rows.flat_map(|row| ways(raw, &row)).take(MOST).collect()
}

/// A row of parts with each of its words that deny, and one word of each other part.
fn ways(raw: &RawSet, row: &[&Part<'_>]) -> Vec<String> {
    let mut ways = vec![String::new()];
    for part in row {
        let words: Vec<String> = match part {
            Part::Words(words) => {
                let denying = words.iter().filter(|word| is_negation(word));
                let denying: Vec<String> = denying.map(|word| word.text.to_string()).collect();
                let first = || words.iter().take(1).map(|word| word.text.to_string()).collect();
                if denying.is_empty() { first() } else { denying }
            }
            Part::List(name) => vec![entry(raw, name)],
            Part::Quantity(kinds) => vec![quantity(Kinds(*kinds)).to_owned()],
            Part::Gap(_) | Part::Edge => continue,
        };
        let join = |way: &String, word: &String| format!("{way} {word}").trim().to_owned();
        ways = ways.iter().flat_map(|way| words.iter().map(move |word| join(way, word))).collect();
        ways.truncate(MOST);
    }
    ways
}

/// The first entry of a word list, as it is said.
fn entry(raw: &RawSet, list: &str) -> String {
    let file = raw.words.iter().find(|file| file.id == list);
    let first = file.and_then(|file| file.raw.words.first());
    let plain = |text: &raw::Text| {
        let choices = syntax::patterns(text.get_ref()).ok()?;
        let row = choices.rows().next()?;
        let words = row.iter().filter_map(|part| match part {
            Part::Words(words) => words.first().map(|word| word.text.to_string()),
            Part::List(_) | Part::Quantity(_) | Part::Gap(_) | Part::Edge => None,
        });
        Some(words.collect::<Vec<_>>().join(" "))
    };
    first.and_then(plain).unwrap_or_default()
}

/// A quantity of some kinds, as it is said.
fn quantity(kinds: Kinds) -> &'static str {
    let said = [
        (Kinds::NUMBER, "7"),
        (Kinds::UNDER_10_MIN, "5 minutes"),
        (Kinds::FROM_10_MIN, "12 minutes"),
        (Kinds::FROM_15_MIN, "2 hours"),
        (Kinds::DAYS, "2 days"),
        (Kinds::WEEKS, "3 weeks"),
        (Kinds::OFTEN, "every night"),
        (Kinds::TIMES, "twice"),
        (Kinds::DISTANCE, "35 km"),
        (Kinds::CLOCK, "3 am"),
        (Kinds::AGE, "9 years old"),
    ];
    said.into_iter().find(|(kind, _)| kind.meets(kinds)).map_or("7", |(_, said)| said)
}
