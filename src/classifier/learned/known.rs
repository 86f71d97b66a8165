//! The features that any table knows, by their numbers, and which of them a message has.

use rustc_hash::FxHashMap;

use super::NO_ROW;
use super::features::{self, Feature, MOST_PARTS};
use crate::classifier::features::Feature as Hashed;
use crate::classifier::groups::Groups;
use crate::classifier::table::NONE;

/// The features that any model knows.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// The number of each, by eight bytes: a message looks for all of its words and pairs of words.
    numbers: Groups,
    /// The row of a word's parts by the number of the word: a message need not look for these one by one.
    /// [`NO_ROW`] for what is no word.
    parts_of: Vec<u32>,
    /// The numbers of how known words begin and end, a row each.
    parts: Vec<[u32; MOST_PARTS]>,
}

impl Known {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.parts_of.len()
    }

    /// The number of a feature, if any model knows it.
    pub(super) fn number(&self, key: u64) -> Option<u32> {
        Some(self.numbers.get(Hashed(key))).filter(|number| *number != NONE)
    }

    /// The numbers of how a word begins and ends; the word itself has this number.
    pub(super) fn parts(&self, word: u32) -> impl Iterator<Item = u32> {
        let row = self.parts_of.get(word as usize).and_then(|row| self.parts.get(*row as usize));
        row.into_iter().flatten().copied().take_while(|number| *number != NO_ROW)
    }
}

/// The features that tables know, as they are read.
#[derive(Default)]
pub(super) struct Names<'t> {
    numbers: FxHashMap<u64, u32>,
    /// The row of a word's parts by the number of the word; [`NO_ROW`] for what is no word.
    parts_of: Vec<u32>,
    /// The words, in the order of these rows.
    words: Vec<&'t str>,
}

impl<'t> Names<'t> {
    /// The number of the feature of this name, which is known from now on.
    pub(super) fn number(&mut self, name: &'t str) -> u32 {
        let (next, feature) = (self.parts_of.len() as u32, Feature::named(name));
        let number = *self.numbers.entry(feature.key()).or_insert(next);
        if number == next {
            let is_word = matches!(feature, Feature::Word(_));
            self.parts_of.push(if is_word { self.words.len() as u32 } else { NO_ROW });
            self.words.extend(is_word.then_some(name));
        }
        number
    }

    /// What is known once all names are.
    pub(super) fn known(self) -> Known {
        let parts = self.parts();
        let numbers: Vec<(Hashed, u32)> =
            self.numbers.into_iter().map(|(key, number)| (Hashed(key), number)).collect();
        Known { numbers: Groups::of(&numbers), parts_of: self.parts_of, parts }
    }

    /// The numbers of how each word begins and ends.
    fn parts(&self) -> Vec<[u32; MOST_PARTS]> {
        let number = |feature: Feature<'_>| self.numbers.get(&feature.key()).copied();
        let own = |word: &&str| {
            let mut row = [NO_ROW; MOST_PARTS];
            let numbers = features::parts_of(word).filter_map(number);
            row.iter_mut().zip(numbers).for_each(|(own, number)| *own = number);
            row
        };
        self.words.iter().map(own).collect()
    }
}

/// Which numbers were there before: a bit for each in the message, and 32 bits farther one in the clause.
pub(super) struct Once(Vec<u64>);

impl Once {
    /// None of so many.
    pub(super) fn of(count: usize) -> Self {
        Self(vec![0; count / 32 + 1])
    }

    /// Whether a number was not there in this clause.
    pub(super) fn is_new_in_clause(&mut self, number: u32) -> bool {
        self.is_new(number, 32 + number % 32)
    }

    /// Whether a number was not there in the message.
    pub(super) fn is_new_in_message(&mut self, number: u32) -> bool {
        self.is_new(number, number % 32)
    }

    fn is_new(&mut self, number: u32, bit: u32) -> bool {
        let Some(bits) = self.0.get_mut(number as usize / 32) else { return false };
        let (before, bit) = (*bits, 1 << bit);
        *bits |= bit;
        before & bit == 0
    }

    /// Another clause begins; these were there in the last one.
    pub(super) fn begin_clause(&mut self, last: &[u32]) {
        for number in last {
            if let Some(bits) = self.0.get_mut(*number as usize / 32) {
                *bits &= u64::from(u32::MAX);
            }
        }
    }
}
