//! What each word of the lexicon stands for and leads to, side by side: a word of a message touches
//! one entry and the rows that it names.

use super::guard::{AtomBits, list_bits};
use super::keys::Key;
use super::lexicon::{Atom, WordId};
use super::waiting::Run;

/// What one word stands for and leads to.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Entry {
    /// The bits of its atoms and lists.
    bits: u64,
    /// Where its row begins, and where each part of the row ends: its atoms, keys, phrases, and
    /// entries of lists.
    row: [u32; 5],
    /// The set of word lists that hold it.
    lists: u32,
}

/// What all words stand for.
#[derive(Clone, Debug)]
pub(super) struct Known {
    entries: Vec<Entry>,
    /// The rows of all words: what stands for one word lies side by side.
    rows: Vec<u32>,
    /// The sets of word lists that hold any word, a bit for each list. Few words are on any, and most
    /// of these on the same.
    lists: Vec<u128>,
}

/// The parts of a row.
const ATOMS: usize = 0;
const KEYS: usize = 1;
const PHRASES: usize = 2;
const IN_LISTS: usize = 3;

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
        Self { entries: vec![Entry::default()], rows: Vec::new(), lists: vec![0] }
    }
}

impl Known {
    /// Adds a word that satisfies these atoms.
    pub(super) fn add(&mut self, atoms: &[Atom], lists: u128) -> WordId {
        let set = self.lists.iter().position(|known| *known == lists).unwrap_or_else(|| {
            self.lists.push(lists);
            self.lists.len() - 1
        });
        let start = place(self.rows.len());
        self.rows.extend_from_slice(atoms);
        let end = place(self.rows.len());
        let id = WordId(place(self.entries.len()));
        self.entries.push(Entry { bits: 0, row: [start, end, end, end, end], lists: place(set) });
        id
    }

    /// Notes the bits of all atoms, and where words lead to. There are no more words to come.
    pub(super) fn file(&mut self, bits: &AtomBits, leads: &impl Leads) {
        self.entries.shrink_to_fit();
        let all = std::mem::take(&mut self.rows);
        let mut rows = Vec::with_capacity(all.len() * 4);
        for entry in &mut self.entries {
            let [start, end, ..] = entry.row;
            let atoms = all.get(start as usize..end as usize).unwrap_or_default();
            let lists = self.lists.get(entry.lists as usize).copied().unwrap_or_default();
            let start = place(rows.len());
            let mut end = |more: &mut dyn Iterator<Item = u32>| {
                rows.extend(more);
                place(rows.len())
            };
            entry.bits = bits.of(atoms) | list_bits(lists);
            entry.row = [
                start,
                end(&mut atoms.iter().copied()),
                end(&mut leads.keys(atoms, lists)),
                end(&mut leads.phrases(atoms, lists).flatten()),
                end(&mut leads.in_lists(atoms).flatten()),
            ];
        }
        rows.shrink_to_fit();
        self.rows = rows;
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    fn entry(&self, id: WordId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    /// A part of a word's row.
    fn part(&self, id: WordId, part: usize) -> &[u32] {
        let own = self.entry(id).map(|entry| {
            let [start, end] = [part, part + 1].map(|at| entry.row.get(at).copied());
            start.unwrap_or_default() as usize..end.unwrap_or_default() as usize
        });
        own.and_then(|own| self.rows.get(own)).unwrap_or_default()
    }

    /// The atoms a word satisfies, in order.
    pub(super) fn atoms(&self, id: WordId) -> &[Atom] {
        self.part(id, ATOMS)
    }

    /// The word lists that hold a word, a bit each.
    pub(super) fn lists(&self, id: WordId) -> u128 {
        let set = self.entry(id).map_or(0, |entry| entry.lists);
        self.lists.get(set as usize).copied().unwrap_or_default()
    }

    /// The bits of the atoms a word satisfies, and of the lists that hold it.
    pub(super) fn bits(&self, id: WordId) -> u64 {
        self.entry(id).map_or(0, |entry| entry.bits)
    }

    /// What the presence of a word answers.
    pub(super) fn keys(&self, id: WordId) -> &[Key] {
        self.part(id, KEYS)
    }

    /// The phrases that wait at a word.
    pub(super) fn phrases(&self, id: WordId) -> &[Run] {
        self.part(id, PHRASES).as_chunks().0
    }

    /// The entries of word lists that wait at a word.
    pub(super) fn in_lists(&self, id: WordId) -> &[Run] {
        self.part(id, IN_LISTS).as_chunks().0
    }
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
