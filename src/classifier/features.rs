//! The features of a message: its words, the pairs of words, and how unknown words begin and end.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::phrases::WordId;

/// One feature, by its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Feature(pub(super) u64);

impl Feature {
    pub(super) fn pair(before: WordId, word: WordId) -> Self {
        Self::of((1_u8, before.0, word.0))
    }

    fn of(value: impl Hash) -> Self {
        let mut hasher = FxHasher::default();
        value.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// Most features that one word has.
pub(super) const MOST_PARTS: usize = 4;

/// A word and its parts: the first 4 and 5 letters and the last 3.
pub(super) fn part_features(word: &str, id: WordId) -> impl Iterator<Item = Feature> + '_ {
    let own = (id != WordId::UNKNOWN).then(|| Feature::of((0_u8, id.0)));
    let bytes = word.as_bytes();
    let part = |kind: u8, part: Option<&[u8]>| part.map(|letters| Feature::of((kind, letters)));
    let long = bytes.len() >= 4;
    own.into_iter()
        .chain(part(2, bytes.get(..4).filter(|_| long)))
        .chain(part(3, bytes.get(..5)))
        .chain(part(4, bytes.len().checked_sub(3).and_then(|at| bytes.get(at..)).filter(|_| long)))
}
