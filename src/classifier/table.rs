//! The numbers of all features that any example holds. Several models share one table, so that the
//! words and pairs of a message are looked up once for all of them.
//!
//! Features that come together in every example are one group, and have one number: most pairs of
//! words come once. No model can tell them apart.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::features::{Feature, MOST_PARTS, part_features};
use super::groups::Groups;
use crate::message::{Token, Words};
use crate::phrases::WordId;

/// No number.
pub(super) const NONE: u32 = u32::MAX;

/// The numbers of groups of features, then those of known words, each of which stands for its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    features: Groups,
    /// How many groups there are.
    groups: usize,
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

/// The groups of each example, in order, and how often it holds every feature of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    groups: Vec<(u32, u32)>,
    ends: Vec<usize>,
    /// A number of each example that its words alone decide.
    keys: Vec<u64>,
    /// How many features each group has.
    pub(super) sizes: Vec<u32>,
}

impl Found {
    fn new(sizes: Vec<u32>) -> Self {
        Self { sizes, ..Self::default() }
    }

    /// Adds an example with the groups of all its features.
    fn push(&mut self, groups: &mut [u32], key: u64) {
        self.keys.push(key);
        groups.sort_unstable();
        for same in groups.chunk_by(|a, b| a == b) {
            let Some(group) = same.first().copied() else { continue };
            let size = self.sizes.get(group as usize).copied().unwrap_or(1).max(1);
            self.groups.push((group, same.len() as u32 / size));
        }
        self.ends.push(self.groups.len());
    }

    /// One example, and its key.
    pub(super) fn get(&self, at: usize) -> Option<(&[(u32, u32)], u64)> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        Some((self.groups.get(start?..*self.ends.get(at)?)?, *self.keys.get(at)?))
    }
}

/// A table in the making: features have numbers of their own.
#[derive(Default)]
struct Learner<'e> {
    features: FxHashMap<Feature, u32>,
    /// In which examples each feature is, as a hash of them all.
    uses: Vec<FxHasher>,
    known: Vec<u32>,
    parts: Vec<[u32; MOST_PARTS]>,
    /// How each known word was last written, and its parts: most are always written the same.
    written: Vec<(&'e str, [u32; MOST_PARTS])>,
    /// The features of all examples, and where those of each end.
    found: Vec<u32>,
    ends: Vec<usize>,
    keys: Vec<u64>,
}

impl<'e> Learner<'e> {
    /// Adds an example; its words become known ones, or not.
    fn example(&mut self, words: &'e Words, ids: &[WordId], known: bool) {
        let at = self.ends.len();
        let start = self.found.len();
        let mut before = None;
        for (token, id) in words.tokens().iter().zip(ids) {
            let word = words.word(token);
            let parts = if known { self.learn(word, *id) } else { self.parts(word, *id) };
            self.found.extend(parts.into_iter().filter(|part| *part != NONE));
            if let Some(before) = before.replace(*id) {
                let pair = self.number(Feature::pair(before, *id));
                self.found.push(pair);
            }
        }
        for feature in self.found.get(start..).unwrap_or_default() {
            if let Some(uses) = self.uses.get_mut(*feature as usize) {
                uses.write_usize(at + 1);
            }
        }
        self.ends.push(self.found.len());
        self.keys.push(key(words));
    }

    fn number(&mut self, feature: Feature) -> u32 {
        let next = u32::try_from(self.uses.len()).unwrap_or(NONE);
        let number = *self.features.entry(feature).or_insert(next);
        if number == next {
            self.uses.push(FxHasher::default());
        }
        number
    }

    fn parts(&mut self, word: &str, id: WordId) -> [u32; MOST_PARTS] {
        let mut parts = [NONE; MOST_PARTS];
        let features = part_features(word, id);
        parts.iter_mut().zip(features).for_each(|(p, f)| *p = self.number(f));
        parts
    }

    /// The parts of a word, which is known from now on.
    fn learn(&mut self, word: &'e str, id: WordId) -> [u32; MOST_PARTS] {
        let place = self.known.get(id.0 as usize).copied().unwrap_or(NONE);
        if let Some((same, parts)) = self.written.get(place as usize)
            && *same == word
        {
            return *parts;
        }
        let parts = self.parts(word, id);
        if let Some(known) = self.written.get_mut(place as usize) {
            *known = (word, parts);
        } else if id != WordId::UNKNOWN
            && let Some(known) = self.known.get_mut(id.0 as usize)
        {
            *known = u32::try_from(self.parts.len()).unwrap_or(NONE);
            self.parts.push(parts);
            self.written.push((word, parts));
        }
        parts
    }

    /// The group of each feature, and the size of each group. Groups are numbered as they come.
    fn groups(&self) -> (Vec<u32>, Vec<u32>) {
        let mut groups: FxHashMap<u64, u32> = FxHashMap::default();
        groups.reserve(self.uses.len() / 2);
        let mut sizes = Vec::new();
        let mut group = |uses: &FxHasher| {
            let next = u32::try_from(sizes.len()).unwrap_or(NONE);
            let group = *groups.entry(uses.finish()).or_insert(next);
            match sizes.get_mut(group as usize) {
                Some(size) => *size += 1,
                None => sizes.push(1),
            }
            group
        };
        (self.uses.iter().map(&mut group).collect(), sizes)
    }

    /// The table, and the examples.
    fn finish(mut self) -> (Table, Found) {
        let (group_of, sizes) = self.groups();
        let group = |feature: u32| group_of.get(feature as usize).copied().unwrap_or(NONE);
        let features = self.features.iter().map(|(feature, number)| (*feature, group(*number)));
        let features: Vec<(Feature, u32)> = features.collect();
        let table = Table {
            features: Groups::of(&features),
            groups: sizes.len(),
            known: self.known,
            parts: self.parts.iter().map(|parts| parts.map(group)).collect(),
        };
        let mut found = Found::new(sizes);
        let mut start = 0;
        for (end, key) in self.ends.into_iter().zip(self.keys) {
            let own = self.found.get_mut(start..end).unwrap_or_default();
            for feature in own.iter_mut() {
                *feature = group(*feature);
            }
            found.push(own, key);
            start = end;
        }
        (table, found)
    }
}

impl Table {
    /// A table for a lexicon of so many words, and what it knows of each example. The words of the
    /// first `known` examples become known ones.
    pub(super) fn of<'e>(
        examples: impl Iterator<Item = (&'e Words, &'e [WordId])>,
        known: usize,
        known_words: usize,
    ) -> (Self, Found) {
        let mut learner = Learner { known: vec![NONE; known_words], ..Learner::default() };
        for (at, (words, ids)) in examples.enumerate() {
            learner.example(words, ids, at < known);
        }
        learner.finish()
    }

    /// How many groups there are; the numbers of known words follow theirs.
    pub(super) fn groups(&self) -> usize {
        self.groups
    }

    /// The parts of each known word, in the order of their numbers.
    pub(super) fn parts(&self) -> &[[u32; MOST_PARTS]] {
        &self.parts
    }

    fn parts_of(&self, word: &str, id: WordId) -> [u32; MOST_PARTS] {
        let mut parts = [NONE; MOST_PARTS];
        let features = part_features(word, id);
        parts.iter_mut().zip(features).for_each(|(p, f)| *p = self.features.get(f));
        parts
    }

    /// Looks up a message.
    pub(super) fn numbers(&self, words: &Words, ids: &[WordId]) -> Numbers {
        let first = u32::try_from(self.groups).unwrap_or(NONE);
        let mut before = None;
        let of_token = |(token, id): (&Token, &WordId)| {
            let word = match self.known.get(id.0 as usize) {
                Some(known) if *known != NONE => [first + known, NONE, NONE, NONE],
                Some(_) | None => self.parts_of(words.word(token), *id),
            };
            let before = before.replace(*id);
            let pair = before.map_or(NONE, |b| self.features.get(Feature::pair(b, *id)));
            TokenNumbers { word, pair }
        };
        Numbers(words.tokens().iter().zip(ids).map(of_token).collect())
    }

    /// What the table knows of examples that it was made of.
    pub(super) fn again<'e>(
        &self,
        examples: impl Iterator<Item = (&'e Words, &'e [WordId])>,
    ) -> Found {
        let mut found = Found::new(self.features.sizes(self.groups));
        let mut own = Vec::new();
        for (words, ids) in examples {
            own.clear();
            let mut before = None;
            for (token, id) in words.tokens().iter().zip(ids) {
                own.extend(self.parts_of(words.word(token), *id));
                let pair = before.replace(*id).map(|b| self.features.get(Feature::pair(b, *id)));
                own.extend(pair);
            }
            own.retain(|group| *group != NONE);
            found.push(&mut own, key(words));
        }
        found
    }
}

/// A number that the words of an example alone decide.
fn key(words: &Words) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(words.text().as_bytes());
    hasher.finish()
}
