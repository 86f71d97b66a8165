//! Collects phrases and word lists, and files each pattern under its rarest part.

use rustc_hash::FxHashMap;

use super::anchors::{Costs, Filed, Places};
use super::expressions::{Expression, Expressions};
use super::guard::AtomBits;
use super::keys::{Key, Keys};
use super::known::Leads;
use super::lexicon::{Atom, LexiconBuilder};
use super::pattern::{Packed, Patterns, Step, WordSets};
use super::set::{Owner, PhraseSet, bits};
use super::syntax::{self, Choices, Part, Word};
use super::waiting::{Run, Waiting};
use super::{Kinds, PhraseError, PhraseId, quantity};
use crate::message::Words;

/// Most word lists there can be: each is a bit.
pub(super) const MOST_LISTS: usize = 127;
/// The name of the built-in list of words that may begin a quantity.
const BEGINNERS: &str = "(quantity)";

/// The word list of what changes nothing of a message that is else one phrase.
const FILLER: &str = "filler";

/// Collects phrases and word lists.
#[derive(Clone, Debug)]
pub struct PhraseSetBuilder<T> {
    lexicon: LexiconBuilder,
    list_ids: FxHashMap<String, usize>,
    list_atoms: Vec<Vec<Atom>>,
    sets: WordSets,
    patterns: Patterns<Owner<T>>,
    expressions: Vec<(Expression, PhraseId, T)>,
    phrases: u32,
    /// The step of the parts whose words went into others, once there was any.
    emptied: Option<Step>,
}

impl<T: Copy + PartialEq> PhraseSetBuilder<T> {
    /// Starts with the names of all word lists, since phrases and lists may name any of them.
    ///
    /// # Errors
    /// When there are too many lists.
    pub fn new<'n>(lists: impl IntoIterator<Item = &'n str>) -> Result<Self, PhraseError> {
        let names = lists.into_iter().map(str::to_owned).chain([BEGINNERS.to_owned()]);
        let list_ids: FxHashMap<String, usize> = names.enumerate().map(|(i, n)| (n, i)).collect();
        if list_ids.len() > MOST_LISTS {
            return Err(PhraseError::TooManyLists);
        }
        let mut builder = Self {
            lexicon: LexiconBuilder::default(),
            list_atoms: vec![Vec::new(); list_ids.len()],
            list_ids,
            sets: WordSets::default(),
            patterns: Patterns::default(),
            expressions: Vec::new(),
            phrases: 0,
            emptied: None,
        };
        let id = builder.list_ids.get(BEGINNERS).copied().unwrap_or_default();
        for word in quantity::beginners() {
            let atom = builder.lexicon.atom(&Word { text: word.into(), open: false });
            builder.put(id, atom);
        }
        Ok(builder)
    }

    fn put(&mut self, list: usize, atom: Atom) {
        if let Some(atoms) = self.list_atoms.get_mut(list) {
            atoms.push(atom);
        }
    }

    /// Adds one entry of a word list.
    ///
    /// # Errors
    /// Says what is wrong with the entry.
    pub fn add_entry(&mut self, list: &str, entry: &str) -> Result<(), PhraseError> {
        let id = self.list_id(list)?;
        let choices = syntax::patterns(entry)?;
        let steps = self.steps(&choices)?;
        for row in choices.numbered() {
            let only = match row {
                [part] => steps.get(*part as usize),
                _ => None,
            };
            match only {
                Some(Step::Word(atom)) => self.put(id, *atom),
                Some(Step::Words(set)) => {
                    let atoms = self.sets.atoms(*set).to_vec();
                    for atom in atoms {
                        self.put(id, atom);
                    }
                }
                Some(Step::List(other)) if usize::from(*other) == id => {
                    return Err(PhraseError::Circle(list.to_owned()));
                }
                Some(_) | None => {
                    let owner = Owner::List(u8::try_from(id).unwrap_or(u8::MAX));
                    self.patterns.push(packed(row, &steps), owner);
                }
            }
        }
        Ok(())
    }

    /// Adds a phrase that `owner` looks for. `/…/` is a regular expression over the prepared text.
    ///
    /// # Errors
    /// Says what is wrong with the phrase.
    pub fn add(&mut self, phrase: &str, owner: T) -> Result<PhraseId, PhraseError> {
        self.add_each(phrase, |_| false, |_| owner)
    }

    /// The same, where the owner depends on whether the pattern that was found holds a part that
    /// is marked.
    ///
    /// # Errors
    /// Says what is wrong with the phrase.
    pub fn add_each(
        &mut self,
        phrase: &str,
        is_marked: impl Fn(&Part<'_>) -> bool,
        owner: impl Fn(bool) -> T,
    ) -> Result<PhraseId, PhraseError> {
        let id = PhraseId(self.phrases);
        if let Some(pattern) = phrase.strip_prefix('/').and_then(|p| p.strip_suffix('/')) {
            self.add_regex(pattern, id, owner(false))?;
        } else {
            let choices = syntax::patterns(phrase)?;
            let steps = self.steps(&choices)?;
            let marked: Vec<bool> = choices.parts().iter().map(is_marked).collect();
            let any = marked.contains(&true);
            let is_marked =
                |part: &u32| any && marked.get(*part as usize).copied().unwrap_or(false);
            for row in choices.numbered() {
                let owner = Owner::Phrase(id, owner(row.iter().any(is_marked)));
                self.patterns.push(packed(row, &steps), owner);
            }
        }
        self.phrases += 1;
        Ok(id)
    }

    fn add_regex(&mut self, pattern: &str, id: PhraseId, owner: T) -> Result<(), PhraseError> {
        self.expressions.push((Expression::of(pattern)?, id, owner));
        Ok(())
    }

    /// Counts the words of an example, so that they have ids and anchors can be chosen well.
    pub fn add_example(&mut self, words: &Words) {
        for token in words.tokens() {
            self.lexicon.count(words.word(token));
        }
    }

    fn list_id(&self, name: &str) -> Result<usize, PhraseError> {
        self.list_ids.get(name).copied().ok_or_else(|| PhraseError::UnknownList(name.to_owned()))
    }

    /// A list as a step names it.
    fn list_step(&self, name: &str) -> Result<u8, PhraseError> {
        Ok(u8::try_from(self.list_id(name)?).unwrap_or(u8::MAX))
    }

    /// The step that each part of a phrase stands for. A part whose words went into another one is in no
    /// row: all of these stand for the same.
    fn steps(&mut self, choices: &Choices<'_>) -> Result<Vec<Step>, PhraseError> {
        let mut atoms = Vec::new();
        let mut steps = Vec::with_capacity(choices.parts().len());
        for part in choices.parts() {
            steps.push(match part {
                Part::Words(words) if words.is_emptied() => {
                    let lexicon = &mut self.lexicon;
                    *self.emptied.get_or_insert_with(|| Step::Word(lexicon.atom(&Word::default())))
                }
                Part::Words(words) => {
                    atoms.clear();
                    atoms.extend(words.iter().map(|word| self.lexicon.atom(word)));
                    self.sets.step(&mut atoms)
                }
                Part::List(name) => Step::List(self.list_step(name)?),
                Part::Quantity(kinds) => Step::Quantity(Kinds(*kinds)),
                Part::Gap(width) => Step::Gap(*width),
                Part::Edge => Step::Edge(self.list_step(FILLER)?),
            });
        }
        Ok(steps)
    }

    /// Compiles everything.
    #[must_use]
    pub fn build(mut self) -> PhraseSet<T> {
        self.patterns.shrink();
        let mut lists = vec![0u128; self.lexicon.len()];
        for (list, members) in self.list_atoms.iter().enumerate() {
            for atom in members {
                if let Some(lists) = lists.get_mut(*atom as usize) {
                    *lists |= 1 << list;
                }
            }
        }
        let of_atom = |atom: Atom| lists.get(atom as usize).copied().unwrap_or(0);
        let (mut lexicon, counts) = self.lexicon.build(of_atom);
        let costs = Costs::of(&lexicon, &counts, lists.len(), self.list_ids.len());
        let atom_bits = AtomBits::new(&costs.atoms);
        self.sets.mark(&atom_bits);
        let filed = Filed::of(&self.patterns, &self.sets, &costs, &atom_bits);
        let places = Places { atoms: lists.len(), lists: self.list_ids.len() };
        let keys = filed.keys.build(&self.sets);
        let phrases = Waiting::of(places.count(), &filed.phrases, &filed.anchors);
        let in_lists = Waiting::of(places.atoms, &filed.in_lists, &filed.anchors);
        let leads = Index { places, keys: &keys, phrases: &phrases, in_lists: &in_lists };
        lexicon.known.file(&atom_bits, &leads);
        PhraseSet {
            beginners: 1 << self.list_ids.get(BEGINNERS).copied().unwrap_or(MOST_LISTS),
            places,
            keys,
            phrases,
            in_lists,
            expression_owners: self
                .expressions
                .iter()
                .map(|(_, id, owner)| (*id, *owner))
                .collect(),
            expressions: Expressions::of(self.expressions.into_iter().map(|(own, ..)| own)),
            list_ids: self.list_ids,
            sets: self.sets,
            patterns: self.patterns,
            lexicon,
        }
    }
}

/// The steps of a row.
fn packed(row: &[u32], steps: &[Step]) -> impl Iterator<Item = Packed> {
    row.iter().filter_map(|part| steps.get(*part as usize)).map(|step| Packed::from(*step))
}

/// Where words lead to.
struct Index<'i> {
    places: Places,
    keys: &'i Keys,
    phrases: &'i Waiting,
    in_lists: &'i Waiting,
}

impl Leads for Index<'_> {
    fn keys(&self, atoms: &[Atom], lists: u128) -> impl Iterator<Item = Key> {
        let of_atoms = atoms.iter().flat_map(|atom| self.keys.of_atom(*atom)).copied();
        of_atoms.chain(self.keys.of_lists(lists))
    }

    fn phrases(&self, atoms: &[Atom], lists: u128) -> impl Iterator<Item = Run> {
        let of_atoms = atoms.iter().map(|atom| *atom as usize);
        let of_lists = bits(lists).map(|list| self.places.list(list));
        of_atoms.chain(of_lists).filter_map(|place| self.phrases.run(place))
    }

    fn in_lists(&self, atoms: &[Atom]) -> impl Iterator<Item = Run> {
        atoms.iter().filter_map(|atom| self.in_lists.run(*atom as usize))
    }
}
