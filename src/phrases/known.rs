//! What each word of the lexicon stands for and leads to, side by side: a word of a message touches
//! one entry and the rows that it names.

use std::ops::Range;

use super::guard::{AtomBits, list_bits};
use super::keys::Key;
use super::lexicon::{Atom, WordId};
use super::waiting::Run;

/// What one word stands for and leads to.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Entry {
    /// The word lists that hold it, a bit each.
    lists: u128,
    /// The bits of its atoms and lists.
    bits: u64,
    /// Where its atoms begin and end, and so on for the rest.
    atoms: [u32; 2],
    keys: [u32; 2],
    phrases: [u32; 2],
    in_lists: [u32; 2],
}

/// What all words stand for.
#[derive(Clone, Debug)]
pub(super) struct Known {
    entries: Vec<Entry>,
    atoms: Vec<Atom>,
    keys: Vec<Key>,
    phrases: Vec<Run>,
    in_lists: Vec<Run>,
}

/// What words lead to, by their atoms and lists.
pub(super) trait Leads {
    /// What the presence of such a word answers.
    fn keys(&self, atoms: &[Atom], lists: u128) -> impl Iterator<Item = Key>;
    /// The phrases that wait at such a word.
    fn phrases(&self, atoms: &[Atom], lists: u128) -> impl Iterator<Item = Run>;
    /// The entries of word lists that wait at such a word.
    fn in_lists(&self, atoms: &[Atom]) -> impl Iterator<Item = Run>;
}

impl Default for Known {
    /// Nothing but the unknown word, which stands for nothing.
    fn default() -> Self {
        Self {
            entries: vec![Entry::default()],
            atoms: Vec::new(),
            keys: Vec::new(),
            phrases: Vec::new(),
            in_lists: Vec::new(),
        }
    }
}

impl Known {
    /// Adds a word that satisfies these atoms.
    pub(super) fn add(&mut self, atoms: &[Atom], lists: u128) -> WordId {
        let atoms = extend(&mut self.atoms, atoms.iter().copied());
        let id = WordId(place(self.entries.len()));
        self.entries.push(Entry { lists, atoms, ..Entry::default() });
        id
    }

    /// Notes the bits of all atoms, and where words lead to.
    pub(super) fn file(&mut self, bits: &AtomBits, leads: &impl Leads) {
        for entry in &mut self.entries {
            let atoms = self.atoms.get(range(entry.atoms)).unwrap_or_default();
            entry.bits = bits.of(atoms) | list_bits(entry.lists);
            entry.keys = extend(&mut self.keys, leads.keys(atoms, entry.lists));
            entry.phrases = extend(&mut self.phrases, leads.phrases(atoms, entry.lists));
            entry.in_lists = extend(&mut self.in_lists, leads.in_lists(atoms));
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    fn entry(&self, id: WordId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    /// The atoms a word satisfies, in order.
    pub(super) fn atoms(&self, id: WordId) -> &[Atom] {
        let own = self.entry(id).map(|entry| range(entry.atoms));
        own.and_then(|own| self.atoms.get(own)).unwrap_or_default()
    }

    /// The word lists that hold a word, a bit each.
    pub(super) fn lists(&self, id: WordId) -> u128 {
        self.entry(id).map_or(0, |entry| entry.lists)
    }

    /// The bits of the atoms a word satisfies, and of the lists that hold it.
    pub(super) fn bits(&self, id: WordId) -> u64 {
        self.entry(id).map_or(0, |entry| entry.bits)
    }

    /// What the presence of a word answers.
    pub(super) fn keys(&self, id: WordId) -> &[Key] {
        let own = self.entry(id).map(|entry| range(entry.keys));
        own.and_then(|own| self.keys.get(own)).unwrap_or_default()
    }

    /// The phrases that wait at a word.
    pub(super) fn phrases(&self, id: WordId) -> &[Run] {
        let own = self.entry(id).map(|entry| range(entry.phrases));
        own.and_then(|own| self.phrases.get(own)).unwrap_or_default()
    }

    /// The entries of word lists that wait at a word.
    pub(super) fn in_lists(&self, id: WordId) -> &[Run] {
        let own = self.entry(id).map(|entry| range(entry.in_lists));
        own.and_then(|own| self.in_lists.get(own)).unwrap_or_default()
    }
}

/// Adds things at the end; gives where they begin and end.
fn extend<T>(all: &mut Vec<T>, more: impl Iterator<Item = T>) -> [u32; 2] {
    let start = place(all.len());
    all.extend(more);
    [start, place(all.len())]
}

fn range([start, end]: [u32; 2]) -> Range<usize> {
    start as usize..end as usize
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where each atom leads to, told by its number.
    struct ByNumber;

    impl Leads for ByNumber {
        fn keys(&self, atoms: &[Atom], lists: u128) -> impl Iterator<Item = Key> {
            atoms.iter().map(|atom| atom + 100).chain((lists != 0).then_some(lists as Key))
        }

        fn phrases(&self, atoms: &[Atom], _lists: u128) -> impl Iterator<Item = Run> {
            atoms.iter().map(|atom| [*atom, atom + 1])
        }

        fn in_lists(&self, atoms: &[Atom]) -> impl Iterator<Item = Run> {
            atoms.iter().filter(|atom| **atom > 8).map(|atom| [0, *atom])
        }
    }

    #[test]
    fn each_word_has_just_what_its_atoms_and_lists_lead_to() {
        let mut known = Known::default();
        let (one, two) = (known.add(&[3, 9], 0), known.add(&[], 0b100));
        known.file(&AtomBits::new(&[1; 10]), &ByNumber);
        assert_eq!(known.len(), 3);
        assert_eq!((known.atoms(one), known.lists(one)), (&[3, 9][..], 0));
        assert_eq!(known.keys(one), [103, 109]);
        assert_eq!(
            (known.phrases(one), known.in_lists(one)),
            (&[[3, 4], [9, 10]][..], &[[0, 9]][..])
        );
        assert_eq!((known.keys(two), known.lists(two)), (&[4][..], 0b100));
        assert!(known.atoms(two).is_empty() && known.phrases(two).is_empty());
        assert_eq!(known.bits(one).count_ones(), 2);
        assert_eq!(known.bits(two), list_bits(0b100));
    }

    #[test]
    fn the_unknown_word_and_words_of_no_lexicon_stand_for_nothing() {
        let mut known = Known::default();
        known.add(&[3], 1);
        known.file(&AtomBits::new(&[1; 4]), &ByNumber);
        for id in [WordId::UNKNOWN, WordId(7)] {
            assert!(known.atoms(id).is_empty() && known.keys(id).is_empty());
            assert_eq!((known.lists(id), known.bits(id)), (0, 0));
        }
    }
}
