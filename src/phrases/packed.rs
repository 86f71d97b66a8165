//! Short plain words as numbers: a word of up to 12 letters fits into 60 bits, five for each letter,
//! so that looking one up compares one number and follows no pointer.

use super::lexicon::WordId;

/// Longest word that is packed.
pub(super) const LONGEST: usize = 12;

/// A word of 1 to [`LONGEST`] letters from a to z, as a number that no other word has.
pub(super) fn pack(word: &[u8]) -> Option<u64> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let mut key = 0;
    for letter in word {
        if !letter.is_ascii_lowercase() {
            return None;
        }
        key = push(key, *letter);
    }
    Some(key)
}

/// Adds a letter, small or capital, to a packed word.
pub(super) const fn push(key: u64, letter: u8) -> u64 {
    key << 5 | (letter & 31) as u64
}

/// A packed word without so many letters at its end.
pub(super) const fn shortened(key: u64, letters: usize) -> u64 {
    key >> (5 * letters)
}

/// What packed words are known as: a table with open addressing, two thirds full.
#[derive(Clone, Debug, Default)]
pub(super) struct PackedWords {
    slots: Vec<Slot>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// The halves of the packed word, so that a slot takes twelve bytes; 0 is none.
    key: [u32; 2],
    id: u32,
}

impl Slot {
    const fn new(key: u64, id: u32) -> Self {
        Self { key: [key as u32, (key >> 32) as u32], id }
    }

    const fn key(self) -> u64 {
        (self.key[1] as u64) << 32 | self.key[0] as u64
    }
}

impl PackedWords {
    /// A table of words, each with what it is known as; of equal ones the first counts.
    pub(super) fn of(words: &[(u64, WordId)]) -> Self {
        let mut packed = Self { slots: vec![Slot::default(); words.len() * 3 / 2 + 2] };
        for (key, id) in words {
            packed.add(*key, *id);
        }
        packed
    }

    /// The slots from a word's own on, round and round.
    fn round_from(&self, key: u64) -> impl Iterator<Item = usize> + use<> {
        let count = self.slots.len();
        let spread = u128::from(key.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let home = ((spread * count as u128) >> 64) as usize;
        (home..count).chain(0..home)
    }

    /// What a word is known as; nothing for a word that was never added.
    pub(super) fn get(&self, key: u64) -> Option<WordId> {
        for at in self.round_from(key) {
            let slot = *self.slots.get(at)?;
            if slot.key() == key {
                return Some(WordId(slot.id));
            }
            if slot.key() == 0 {
                return None;
            }
        }
        None
    }

    /// Adds a word, unless it is there.
    fn add(&mut self, key: u64, id: WordId) {
        for at in self.round_from(key) {
            let Some(slot) = self.slots.get_mut(at) else { return };
            if slot.key() == key {
                return;
            }
            if slot.key() == 0 {
                *slot = Slot::new(key, id.0);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_have_different_numbers() {
        let words = ["a", "aa", "ab", "ba", "z", "zzzzzzzzzzzz", "hamstring"];
        let mut keys: Vec<u64> = words.iter().map(|word| pack(word.as_bytes()).unwrap()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), words.len());
    }

    #[test]
    fn a_word_without_its_last_letters_is_another_word() {
        let [long, short] = ["swelling", "swell"].map(|word| pack(word.as_bytes()).unwrap());
        assert_eq!([shortened(long, 3), shortened(short, 0)], [short; 2]);
    }

    #[test]
    fn what_is_long_or_not_plain_is_not_packed() {
        for word in ["", "zzzzzzzzzzzzz", "3am", "Calf", "café"] {
            assert_eq!(pack(word.as_bytes()), None, "{word}");
        }
    }

    #[test]
    fn what_was_added_first_is_found() {
        let table = PackedWords::of(&[(1, 7), (2, 8), (1, 9)].map(|(key, id)| (key, WordId(id))));
        assert_eq!([1, 2, 3].map(|key| table.get(key)), [Some(WordId(7)), Some(WordId(8)), None]);
        assert_eq!(PackedWords::default().get(1), None);
    }
}
