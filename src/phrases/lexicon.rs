//! Every word that any phrase or example knows, with what it stands for, found by one look-up.

use rustc_hash::FxHashMap;

use super::spelling::Spelling;
use super::syntax::Word;
use crate::message::{Token, Words};

/// A word of the lexicon. Words it does not know share [`WordId::UNKNOWN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no phrase and no example holds.
    pub const UNKNOWN: Self = Self(0);
}

/// One thing a phrase can ask of a single word: that it is it, or begins with it.
pub(super) type Atom = u32;

/// What one word stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// The atoms it satisfies, in order.
    pub(super) atoms: Box<[Atom]>,
    /// The word lists that hold it, a bit each.
    pub(super) lists: u128,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    words: FxHashMap<Box<str>, u32>,
    prefixes: FxHashMap<[u8; 2], Vec<(Box<str>, u32)>>,
    entries: Vec<Entry>,
    spelling: Spelling,
}

/// Collects words before the lexicon is made.
#[derive(Clone, Debug, Default)]
pub(super) struct LexiconBuilder {
    atoms: FxHashMap<Word, Atom>,
    plain: Vec<Box<str>>,
}

impl LexiconBuilder {
    /// The atom for a word of a phrase.
    pub(super) fn atom(&mut self, word: &Word) -> Atom {
        let next = u32::try_from(self.atoms.len()).unwrap_or(u32::MAX);
        *self.atoms.entry(word.clone()).or_insert(next)
    }

    /// A word that only examples hold: it gets an id and no atom.
    pub(super) fn plain(&mut self, word: &str) {
        self.plain.push(word.into());
    }

    pub(super) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// Makes the lexicon; `lists` says for an atom which lists hold it alone.
    pub(super) fn build(self, lists: impl Fn(Atom) -> u128) -> Lexicon {
        let mut lexicon = Lexicon { entries: vec![Entry::default()], ..Lexicon::default() };
        let open: Vec<(&str, Atom)> =
            self.atoms.iter().filter(|(w, _)| w.open).map(|(w, a)| (w.text.as_str(), *a)).collect();
        let by_head = Heads::of(&open);
        let exact = self.atoms.iter().filter(|(word, _)| !word.open);
        for (word, atom) in exact {
            lexicon.learn(&word.text, by_head.matching(&word.text), Some(*atom), &lists);
        }
        for word in &self.plain {
            if !lexicon.words.contains_key(word) {
                lexicon.learn(word, by_head.matching(word), None, &lists);
            }
        }
        for (prefix, _) in &open {
            lexicon.learn_prefix(prefix, by_head.matching(prefix), &lists);
        }
        for list in lexicon.prefixes.values_mut() {
            list.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
        }
        let targets = self.atoms.keys().map(|word| word.text.as_str());
        lexicon.spelling = Spelling::new(targets);
        lexicon
    }
}

/// Open words by their first two letters.
struct Heads<'w>(FxHashMap<[u8; 2], Vec<(&'w str, Atom)>>);

impl<'w> Heads<'w> {
    fn of(open: &[(&'w str, Atom)]) -> Self {
        let mut heads: FxHashMap<[u8; 2], Vec<_>> = FxHashMap::default();
        for (prefix, atom) in open {
            heads.entry(head(prefix)).or_default().push((*prefix, *atom));
        }
        Self(heads)
    }

    fn matching(&self, word: &str) -> Vec<Atom> {
        let same_head = self.0.get(&head(word)).map(Vec::as_slice).unwrap_or_default();
        same_head.iter().filter(|(prefix, _)| word.starts_with(prefix)).map(|(_, a)| *a).collect()
    }
}

fn head(word: &str) -> [u8; 2] {
    let mut bytes = word.bytes();
    [bytes.next().unwrap_or(0), bytes.next().unwrap_or(0)]
}

impl Lexicon {
    fn learn(
        &mut self,
        word: &str,
        mut atoms: Vec<Atom>,
        own: Option<Atom>,
        lists: impl Fn(Atom) -> u128,
    ) {
        atoms.extend(own);
        let id = self.add(atoms, lists);
        self.words.insert(word.into(), id);
    }

    fn learn_prefix(&mut self, prefix: &str, atoms: Vec<Atom>, lists: impl Fn(Atom) -> u128) {
        let id = self.add(atoms, lists);
        self.prefixes.entry(head(prefix)).or_default().push((prefix.into(), id));
    }

    fn add(&mut self, mut atoms: Vec<Atom>, lists: impl Fn(Atom) -> u128) -> u32 {
        atoms.sort_unstable();
        atoms.dedup();
        let bits = atoms.iter().fold(0, |bits, atom| bits | lists(*atom));
        let id = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(Entry { atoms: atoms.into(), lists: bits });
        id
    }

    pub(super) fn entry(&self, id: WordId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Finds a word as it stands, or by a known beginning.
    pub(super) fn exact(&self, word: &str) -> WordId {
        if let Some(id) = self.words.get(word) {
            return WordId(*id);
        }
        self.by_prefix(word).unwrap_or(WordId::UNKNOWN)
    }

    fn by_prefix(&self, word: &str) -> Option<WordId> {
        let prefixes = self.prefixes.get(&head(word))?;
        prefixes.iter().find(|(prefix, _)| word.starts_with(&**prefix)).map(|(_, id)| WordId(*id))
    }

    /// Finds a word in spite of drawn-out letters or one slip.
    pub(super) fn near(&self, words: &Words, token: &Token) -> WordId {
        let word = words.word(token);
        if token.drawn_out {
            let single = undouble(word);
            let id = self.exact(&single);
            if id != WordId::UNKNOWN || self.spelling.is_english(&single) {
                return id;
            }
        }
        let corrected = self.spelling.correct(word);
        corrected.map_or(WordId::UNKNOWN, |target| self.exact(target))
    }
}

/// "soo" is so, "swollenn" is swollen: each pair of equal letters at the end or overall is one.
fn undouble(word: &str) -> String {
    let mut single = String::with_capacity(word.len());
    let mut last_pair = None;
    let bytes = word.as_bytes();
    for (at, pair) in bytes.windows(2).enumerate() {
        if pair.first() == pair.last() {
            last_pair = Some(at);
        }
    }
    for (at, letter) in word.char_indices() {
        if Some(at) != last_pair {
            single.push(letter);
        }
    }
    single
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(words: &[(&str, bool)]) -> Lexicon {
        let mut builder = LexiconBuilder::default();
        for (text, open) in words {
            builder.atom(&Word { text: (*text).to_owned(), open: *open });
        }
        builder.build(|_| 0)
    }

    fn atoms(lexicon: &Lexicon, text: &str) -> usize {
        let words = Words::of(text);
        let token = words.tokens()[0];
        let id = match lexicon.exact(words.word(&token)) {
            WordId::UNKNOWN => lexicon.near(&words, &token),
            id => id,
        };
        lexicon.entry(id).map_or(0, |entry| entry.atoms.len())
    }

    #[test]
    fn a_word_satisfies_itself_and_its_beginnings() {
        let lexicon = lexicon(&[("swell", true), ("swe", true), ("swelling", false)]);
        assert_eq!(atoms(&lexicon, "swelling"), 3);
        assert_eq!(atoms(&lexicon, "swells"), 2);
        assert_eq!(atoms(&lexicon, "swerve"), 1);
        assert_eq!(atoms(&lexicon, "run"), 0);
    }

    #[test]
    fn drawn_out_and_mistyped_words_are_found() {
        let lexicon = lexicon(&[("swollen", false), ("numb", false)]);
        assert_eq!(atoms(&lexicon, "swollennnn"), 1);
        assert_eq!(atoms(&lexicon, "nummmb"), 1);
        assert_eq!(atoms(&lexicon, "swolen"), 1);
    }
}
