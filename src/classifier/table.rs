//! The numbers of all features that any example holds. Several models share one table, so that the
//! words and pairs of a message are looked up once for all of them.

use rustc_hash::FxHashMap;

use super::features::{Feature, MOST_PARTS, part_features};
use crate::message::{Token, Words};
use crate::phrases::WordId;

/// No number.
pub(super) const NONE: u32 = u32::MAX;

/// The numbers of features, then those of known words, each of which stands for its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    features: FxHashMap<Feature, u32>,
    /// For each word of the lexicon, its place among the known words.
    known: Vec<u32>,
    /// The parts of each known word.
    parts: Vec<[u32; MOST_PARTS]>,
}

/// A message as numbers: for each token those of its word, and of the pair with the one before.
#[derive(Clone, Debug, Default)]
pub struct Numbers(pub(super) Vec<TokenNumbers>);

/// A known word has one number, an unknown one those of its parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct TokenNumbers {
    pub(super) word: [u32; MOST_PARTS],
    pub(super) pair: u32,
}

impl Table {
    /// A table for a lexicon of so many words, and the features of each example in it. The words of
    /// the first `known` examples become known ones.
    pub(super) fn of<'e>(
        examples: impl Iterator<Item = (&'e Words, &'e [WordId])>,
        known: usize,
        known_words: usize,
    ) -> (Self, Vec<Vec<u32>>) {
        let count = known;
        let known = vec![NONE; known_words];
        let mut table = Self { known, ..Self::default() };
        // How each known word was last written: most are always written the same.
        let mut written = Vec::new();
        let learn = |(at, (words, ids)): (usize, (&'e Words, &'e [WordId]))| {
            let mut words_known = (at < count).then_some(&mut written);
            let mut found = Vec::with_capacity(ids.len() * 5);
            let mut before = None;
            for (token, id) in words.tokens().iter().zip(ids) {
                let word = words.word(token);
                let parts = match &mut words_known {
                    Some(written) => table.learn(word, *id, written),
                    None => table.new_parts(word, *id),
                };
                found.extend(parts.into_iter().filter(|part| *part != NONE));
                if let Some(before) = before.replace(*id) {
                    found.push(table.number_or_new(Feature::pair(before, *id)));
                }
            }
            found
        };
        let found = examples.enumerate().map(learn).collect();
        (table, found)
    }

    fn number_or_new(&mut self, feature: Feature) -> u32 {
        let next = u32::try_from(self.features.len()).unwrap_or(NONE);
        *self.features.entry(feature).or_insert(next)
    }

    fn new_parts(&mut self, word: &str, id: WordId) -> [u32; MOST_PARTS] {
        let mut parts = [NONE; MOST_PARTS];
        let features = part_features(word, id);
        parts.iter_mut().zip(features).for_each(|(p, f)| *p = self.number_or_new(f));
        parts
    }

    /// The parts of a word, which is known from now on.
    fn learn<'e>(
        &mut self,
        word: &'e str,
        id: WordId,
        written: &mut Vec<(&'e str, [u32; MOST_PARTS])>,
    ) -> [u32; MOST_PARTS] {
        let place = self.known.get(id.0 as usize).copied().unwrap_or(NONE);
        if let Some((same, parts)) = written.get(place as usize)
            && *same == word
        {
            return *parts;
        }
        let parts = self.new_parts(word, id);
        if let Some(known) = written.get_mut(place as usize) {
            *known = (word, parts);
        } else if id != WordId::UNKNOWN
            && let Some(known) = self.known.get_mut(id.0 as usize)
        {
            *known = u32::try_from(self.parts.len()).unwrap_or(NONE);
            self.parts.push(parts);
            written.push((word, parts));
        }
        parts
    }

    /// How many features there are; the numbers of known words follow theirs.
    pub(super) fn features(&self) -> usize {
        self.features.len()
    }

    /// The parts of each known word, in the order of their numbers.
    pub(super) fn parts(&self) -> &[[u32; MOST_PARTS]] {
        &self.parts
    }

    fn number(&self, feature: Feature) -> u32 {
        self.features.get(&feature).copied().unwrap_or(NONE)
    }

    fn parts_of(&self, word: &str, id: WordId) -> [u32; MOST_PARTS] {
        let mut parts = [NONE; MOST_PARTS];
        let features = part_features(word, id);
        parts.iter_mut().zip(features).for_each(|(part, feature)| *part = self.number(feature));
        parts
    }

    /// Looks up a message.
    pub(super) fn numbers(&self, words: &Words, ids: &[WordId]) -> Numbers {
        let first = u32::try_from(self.features.len()).unwrap_or(NONE);
        let mut before = None;
        let of_token = |(token, id): (&Token, &WordId)| {
            let word = match self.known.get(id.0 as usize) {
                Some(known) if *known != NONE => [first + known, NONE, NONE, NONE],
                Some(_) | None => self.parts_of(words.word(token), *id),
            };
            let pair = before.replace(*id).map_or(NONE, |b| self.number(Feature::pair(b, *id)));
            TokenNumbers { word, pair }
        };
        Numbers(words.tokens().iter().zip(ids).map(of_token).collect())
    }

    /// The features of an example whose words the table knows.
    pub(super) fn features_of(&self, words: &Words, ids: &[WordId]) -> Vec<u32> {
        let mut found = Vec::with_capacity(ids.len() * 5);
        let mut before = None;
        for (token, id) in words.tokens().iter().zip(ids) {
            found.extend(self.parts_of(words.word(token), *id));
            found.extend(before.replace(*id).map(|b| self.number(Feature::pair(b, *id))));
        }
        found.retain(|number| *number != NONE);
        found
    }
}
