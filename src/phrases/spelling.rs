//! Near misses: one slip away from one of our own words, and never from a common English word.
//!
//! Only our words with one letter left out are stored, and only the message's word with one letter
//! left out is looked up (the idea of `SymSpell`), so an unknown word costs a few look-ups.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

/// Shortest word that is corrected; shorter ones are one slip from too many others.
const SHORTEST: usize = 5;

/// Common English words, one a line, from SCOWL (public word lists); never corrected.
const ENGLISH: &str = include_str!("english.txt");

/// Our own words, to be found in spite of one slip.
#[derive(Clone, Debug, Default)]
pub(super) struct Spelling {
    english: FxHashSet<&'static str>,
    shortened: FxHashMap<u64, Vec<u32>>,
    targets: Vec<Box<str>>,
}

impl Spelling {
    /// Learns the words that a slip may lead to.
    pub(super) fn new<'w>(targets: impl Iterator<Item = &'w str>) -> Self {
        let mut spelling = Self { english: ENGLISH.lines().collect(), ..Self::default() };
        for target in targets.filter(|word| word.len() >= SHORTEST && word.is_ascii()) {
            spelling.add(target);
        }
        spelling
    }

    fn add(&mut self, target: &str) {
        let index = u32::try_from(self.targets.len()).unwrap_or(u32::MAX);
        self.targets.push(target.into());
        for key in keys(target.as_bytes()) {
            let entry = self.shortened.entry(key).or_default();
            if !entry.contains(&index) {
                entry.push(index);
            }
        }
    }

    /// Whether a word is plain English and must be left as it is.
    pub(super) fn is_english(&self, word: &str) -> bool {
        self.english.contains(word)
    }

    /// The one of our words that `word` is a slip of: a letter too many, too few, wrong or swapped.
    pub(super) fn correct(&self, word: &str) -> Option<&str> {
        if word.len() < SHORTEST || word.len() > 24 || !is_word(word) || self.is_english(word) {
            return None;
        }
        let candidates = keys(word.as_bytes()).filter_map(|key| self.shortened.get(&key));
        let near = |target: &&str| {
            target.as_bytes().first() == word.as_bytes().first()
                && strsim::osa_distance(target, word) == 1
        };
        candidates
            .flatten()
            .filter_map(|index| self.targets.get(*index as usize))
            .map(AsRef::as_ref)
            .find(near)
    }
}

fn is_word(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}

/// The word itself and the word with each one letter left out, hashed.
fn keys(word: &[u8]) -> impl Iterator<Item = u64> + '_ {
    (0..=word.len()).map(move |skipped| {
        let mut hasher = FxHasher::default();
        for (at, byte) in word.iter().enumerate() {
            if at != skipped {
                byte.hash(&mut hasher);
            }
        }
        hasher.finish()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_mended() {
        let spelling = Spelling::new(["swollen", "cramp", "cramping", "hamstring"].into_iter());
        assert_eq!(spelling.correct("swolen"), Some("swollen"));
        assert_eq!(spelling.correct("crmap"), Some("cramp"));
        assert_eq!(spelling.correct("hamstrng"), Some("hamstring"));
        assert_eq!(spelling.correct("crampign"), Some("cramping"));
    }

    #[test]
    fn common_words_are_left_alone() {
        let spelling = Spelling::new(["cramp", "calves", "spasm"].into_iter());
        for word in ["camp", "clamp", "tramp", "crap", "calm", "carve", "cramps", "valves"] {
            assert_eq!(spelling.correct(word), None, "{word}");
        }
    }
}
