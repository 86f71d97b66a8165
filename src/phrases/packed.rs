//! What short plain words are known as, looked up by the number that each of them is.

use super::lexicon::WordId;

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

    /// The place of a word, unless another one stands there.
    const fn home(&self, key: u64) -> usize {
        let spread = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) as u128;
        ((spread * self.slots.len() as u128) >> 64) as usize
    }

    /// What a word is known as; nothing for a word that was never added.
    pub(super) fn get(&self, key: u64) -> Option<WordId> {
        let from_home = self.slots.get(self.home(key)..)?;
        let mut round = from_home.iter().chain(&self.slots);
        let slot = round.find(|slot| slot.key() == key || slot.key() == 0)?;
        (slot.key() == key).then_some(WordId(slot.id))
    }

    /// Adds a word, unless it is there.
    fn add(&mut self, key: u64, id: WordId) {
        let home = self.home(key);
        let mut round = (home..self.slots.len()).chain(0..home);
        let ends = |at: &usize| {
            self.slots.get(*at).is_some_and(|slot| slot.key() == key || slot.key() == 0)
        };
        let end = round.find(ends);
        if let Some(free) = end.and_then(|at| self.slots.get_mut(at)).filter(|own| own.key() == 0) {
            *free = Slot::new(key, id.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::pack;

    #[test]
    fn a_word_without_its_last_letters_is_another_word() {
        let [long, short] = ["swelling", "swell"].map(|word| pack(word.as_bytes()).unwrap());
        assert_eq!([shortened(long, 3), shortened(short, 0)], [short; 2]);
    }

    #[test]
    fn what_was_added_first_is_found() {
        let table = PackedWords::of(&[(1, 7), (2, 8), (1, 9)].map(|(key, id)| (key, WordId(id))));
        assert_eq!([1, 2, 3].map(|key| table.get(key)), [Some(WordId(7)), Some(WordId(8)), None]);
        assert_eq!(PackedWords::default().get(1), None);
    }
}
