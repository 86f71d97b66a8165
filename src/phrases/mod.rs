//! What to look for: all phrases of all files, compiled once and found in one pass.
//!
//! Each pattern waits at its rarest part (its anchor). A message's words are looked up once; only
//! where an anchor stands is the rest of its pattern compared, left and right. So ordinary talk
//! costs one look-up a word, and ten times as many phrases cost hardly more.

mod lexicon;
mod pattern;
mod quantity;
mod spelling;
pub mod syntax;

use std::ops::Range;

use regex::{Regex, RegexSet};
use rustc_hash::FxHashMap;
use thiserror::Error;

pub use lexicon::WordId;
pub use quantity::{Kinds, Quantity};
pub use syntax::SyntaxError;

use crate::message::Words;
use lexicon::{Atom, Lexicon, LexiconBuilder};
use pattern::{Anchor, Pattern, Step};
use syntax::Part;

/// Most word lists there can be: each is a bit.
const MOST_LISTS: usize = 127;
/// Largest compiled regular expression, in bytes.
const LARGEST_REGEX: usize = 64 * 1024;

/// Why a phrase cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PhraseError {
    /// It is not written as a phrase can be.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// It names a word list that does not exist.
    #[error("unknown word list `{0}`")]
    UnknownList(String),
    /// Word lists name each other in a circle.
    #[error("word list `{0}` holds itself")]
    Circle(String),
    /// There are too many word lists.
    #[error("more than {MOST_LISTS} word lists")]
    TooManyLists,
    /// The regular expression is wrong or too large.
    #[error("bad regular expression: {0}")]
    Regex(String),
}

/// A phrase, by the order in which it was added: a find can be traced back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhraseId(pub u32);

/// A phrase found in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// Who looked for it.
    pub owner: T,
    /// The phrase.
    pub phrase: PhraseId,
    /// The words it was found in.
    pub tokens: Range<usize>,
}

/// A message as the phrases see it: each word looked up once.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The word each token is known as.
    pub words: Vec<WordId>,
    lists: Vec<u128>,
    all_lists: u128,
    spans: Vec<ListSpan>,
    /// Numbers with a meaning.
    pub quantities: Vec<Quantity>,
}

/// An entry of several words of a word list, found in a message.
#[derive(Clone, Copy, Debug)]
struct ListSpan {
    list: usize,
    start: usize,
    end: usize,
}

/// All phrases, compiled. `T` is who looks for a phrase.
#[derive(Clone, Debug)]
pub struct PhraseSet<T> {
    lexicon: Lexicon,
    list_ids: FxHashMap<String, usize>,
    patterns: Vec<Pattern<Owner<T>>>,
    by_atom: Vec<Vec<Anchor>>,
    by_list: Vec<Vec<Anchor>>,
    by_quantity: Vec<Anchor>,
    list_patterns: Vec<Vec<Anchor>>,
    beginners: u128,
    regexes: RegexSet,
    regex_owners: Vec<(Regex, PhraseId, T)>,
}

/// What a pattern's find is for.
#[derive(Clone, Copy, Debug)]
enum Owner<T> {
    /// An entry of several words of a word list.
    List(usize),
    /// A phrase of a file.
    Phrase(PhraseId, T),
}

/// The name of the built-in list of words that may begin a quantity.
const BEGINNERS: &str = "(quantity)";

/// Collects phrases and word lists.
#[derive(Clone, Debug)]
pub struct PhraseSetBuilder<T> {
    lexicon: LexiconBuilder,
    list_ids: FxHashMap<String, usize>,
    list_atoms: Vec<Vec<Atom>>,
    rows: Vec<(Vec<Step>, Owner<T>)>,
    regexes: Vec<(String, PhraseId, T)>,
    phrases: u32,
    counts: FxHashMap<String, u32>,
}

impl<T: Copy> PhraseSetBuilder<T> {
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
            rows: Vec::new(),
            regexes: Vec::new(),
            phrases: 0,
            counts: FxHashMap::default(),
        };
        let id = builder.list_ids.get(BEGINNERS).copied().unwrap_or_default();
        for word in quantity::BEGINNERS {
            let word = syntax::Word { text: (*word).to_owned(), open: false };
            let atom = builder.lexicon.atom(&word);
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
        for parts in syntax::patterns(entry)? {
            let steps = self.steps(&parts)?;
            match steps.as_slice() {
                [Step::Words(atoms)] => atoms.iter().for_each(|atom| self.put(id, *atom)),
                [Step::List(other)] if *other == id => {
                    return Err(PhraseError::Circle(list.to_owned()));
                }
                _ => self.rows.push((steps, Owner::List(id))),
            }
        }
        Ok(())
    }

    /// Adds a phrase that `owner` looks for. `/…/` is a regular expression over the prepared text.
    ///
    /// # Errors
    /// Says what is wrong with the phrase.
    pub fn add(&mut self, phrase: &str, owner: T) -> Result<PhraseId, PhraseError> {
        self.add_each(phrase, |_| owner)
    }

    /// The same, where the owner depends on the pattern a phrase is multiplied out to.
    ///
    /// # Errors
    /// Says what is wrong with the phrase.
    pub fn add_each(
        &mut self,
        phrase: &str,
        owner: impl Fn(&[Part]) -> T,
    ) -> Result<PhraseId, PhraseError> {
        let id = PhraseId(self.phrases);
        if let Some(pattern) = phrase.strip_prefix('/').and_then(|p| p.strip_suffix('/')) {
            self.add_regex(pattern, id, owner(&[]))?;
        } else {
            for parts in syntax::patterns(phrase)? {
                let steps = self.steps(&parts)?;
                self.rows.push((steps, Owner::Phrase(id, owner(&parts))));
            }
        }
        self.phrases += 1;
        Ok(id)
    }

    fn add_regex(&mut self, pattern: &str, id: PhraseId, owner: T) -> Result<(), PhraseError> {
        let pattern = format!("(?-u){pattern}");
        let built = regex::RegexBuilder::new(&pattern).size_limit(LARGEST_REGEX).build();
        match built {
            Ok(regex) if regex.is_match("") => {
                Err(PhraseError::Regex("it matches the empty text".to_owned()))
            }
            Ok(_) => {
                self.regexes.push((pattern, id, owner));
                Ok(())
            }
            Err(regex::Error::CompiledTooBig(limit)) => {
                Err(PhraseError::Regex(format!("it compiles to more than {limit} bytes")))
            }
            Err(error) => {
                let text = error.to_string();
                let last = text.lines().last().unwrap_or_default();
                Err(PhraseError::Regex(last.trim_start_matches("error: ").to_owned()))
            }
        }
    }

    /// Counts the words of an example, so that they have ids and anchors can be chosen well.
    pub fn add_example(&mut self, words: &Words) {
        for token in words.tokens() {
            let word = words.word(token);
            self.lexicon.plain(word);
            *self.counts.entry(word.to_owned()).or_default() += 1;
        }
    }

    fn list_id(&self, name: &str) -> Result<usize, PhraseError> {
        self.list_ids.get(name).copied().ok_or_else(|| PhraseError::UnknownList(name.to_owned()))
    }

    fn steps(&mut self, parts: &[Part]) -> Result<Vec<Step>, PhraseError> {
        parts.iter().map(|part| self.step(part)).collect()
    }

    fn step(&mut self, part: &Part) -> Result<Step, PhraseError> {
        Ok(match part {
            Part::Words(words) => {
                let mut atoms: Vec<Atom> = words.iter().map(|w| self.lexicon.atom(w)).collect();
                atoms.sort_unstable();
                Step::Words(atoms.into())
            }
            Part::List(name) => Step::List(self.list_id(name)?),
            Part::Quantity(kinds) => Step::Quantity(Kinds(*kinds)),
            Part::Gap(width) => Step::Gap(*width),
        })
    }

    /// Compiles everything.
    #[must_use]
    pub fn build(self) -> PhraseSet<T> {
        let atoms = self.lexicon.len();
        let mut bits = vec![0u128; atoms];
        for (list, members) in self.list_atoms.iter().enumerate() {
            for atom in members {
                if let Some(bits) = bits.get_mut(*atom as usize) {
                    *bits |= 1 << list;
                }
            }
        }
        let lexicon = self.lexicon.build(|atom| bits.get(atom as usize).copied().unwrap_or(0));
        let mut set = PhraseSet {
            beginners: 1 << self.list_ids.get(BEGINNERS).copied().unwrap_or(MOST_LISTS),
            by_atom: vec![Vec::new(); atoms],
            by_list: vec![Vec::new(); self.list_ids.len()],
            list_patterns: vec![Vec::new(); atoms],
            by_quantity: Vec::new(),
            patterns: Vec::with_capacity(self.rows.len()),
            regexes: RegexSet::new(self.regexes.iter().map(|(p, ..)| p)).unwrap_or_default(),
            regex_owners: self
                .regexes
                .iter()
                .filter_map(|(p, id, owner)| Some((Regex::new(p).ok()?, *id, *owner)))
                .collect(),
            list_ids: self.list_ids,
            lexicon,
        };
        let cost = set.costs(&self.counts, atoms);
        for (steps, owner) in self.rows {
            set.anchor(steps, owner, &cost);
        }
        set
    }
}

/// How common each atom and list is in the examples.
struct Costs {
    atoms: Vec<u32>,
    lists: Vec<u32>,
}

impl<T: Copy> PhraseSet<T> {
    fn costs(&self, counts: &FxHashMap<String, u32>, atoms: usize) -> Costs {
        let mut costs = Costs { atoms: vec![1; atoms], lists: vec![50; self.list_ids.len()] };
        for (word, count) in counts {
            let Some(entry) = self.lexicon.entry(self.lexicon.exact(word)) else { continue };
            for atom in &entry.atoms {
                if let Some(cost) = costs.atoms.get_mut(*atom as usize) {
                    *cost += count;
                }
            }
            for list in bits(entry.lists) {
                if let Some(cost) = costs.lists.get_mut(list) {
                    *cost += count;
                }
            }
        }
        costs
    }

    /// Files a pattern under its rarest part.
    fn anchor(&mut self, steps: Vec<Step>, owner: Owner<T>, costs: &Costs) {
        let is_list = matches!(owner, Owner::List(_));
        let cost = |step: &Step| match step {
            Step::Words(atoms) => {
                let cost = |a: &Atom| costs.atoms.get(*a as usize).copied().unwrap_or(1);
                Some(atoms.iter().map(cost).sum::<u32>())
            }
            Step::List(list) if !is_list => costs.lists.get(*list).map(|c| c + 1),
            Step::Quantity(_) if !is_list => Some(200),
            Step::List(_) | Step::Quantity(_) | Step::Gap(_) => None,
        };
        let costed = steps.iter().enumerate().filter_map(|(at, step)| Some((cost(step)?, at)));
        let Some((_, at)) = costed.min() else { return };
        let pattern = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        let anchor = Anchor { pattern, step: u32::try_from(at).unwrap_or(0) };
        let by_atom = if is_list { &mut self.list_patterns } else { &mut self.by_atom };
        match steps.get(at) {
            Some(Step::Words(atoms)) => {
                for atom in atoms {
                    by_atom[*atom as usize].push(anchor);
                }
            }
            Some(Step::List(list)) => self.by_list[*list].push(anchor),
            Some(Step::Quantity(_)) => self.by_quantity.push(anchor),
            Some(Step::Gap(_)) | None => return,
        }
        self.patterns.push(Pattern { steps: steps.into(), owner });
    }

    /// The bit of a word list, to be asked of a [`Reading`]; 0 when there is no such list.
    #[must_use]
    pub fn list_bit(&self, name: &str) -> u128 {
        self.list_ids.get(name).map_or(0, |id| 1 << id)
    }

    /// Phrases that stand for the same row of words as an earlier one, each with that one.
    #[must_use]
    pub fn twins(&self) -> Vec<[(PhraseId, T); 2]> {
        let mut first: FxHashMap<&[Step], (PhraseId, T)> = FxHashMap::default();
        let mut twins = Vec::new();
        for pattern in &self.patterns {
            let Owner::Phrase(phrase, owner) = pattern.owner else { continue };
            let known = *first.entry(&pattern.steps).or_insert((phrase, owner));
            if known.0 != phrase {
                twins.push([known, (phrase, owner)]);
            }
        }
        twins
    }

    /// How many words have an id.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.lexicon.len()
    }

    /// Whether any phrase or example holds this word as it stands.
    #[must_use]
    pub fn word_id(&self, word: &str) -> WordId {
        self.lexicon.exact(word)
    }

    /// Looks every word up once and finds the entries of word lists. Ordinary talk ends here.
    #[must_use]
    pub fn read(&self, words: &Words) -> Reading {
        let count = words.tokens().len();
        let mut reading = Reading {
            words: Vec::with_capacity(count),
            lists: Vec::with_capacity(count),
            ..Reading::default()
        };
        for token in words.tokens() {
            let mut id = self.lexicon.exact(words.word(token));
            if id == WordId::UNKNOWN {
                id = self.lexicon.near(words, token);
            }
            let lists = self.lexicon.entry(id).map_or(0, |entry| entry.lists);
            reading.words.push(id);
            reading.lists.push(lists);
            reading.all_lists |= lists;
        }
        self.find_entries(words, &mut reading);
        reading
    }

    /// Finds the quantities, then all phrases.
    #[must_use]
    pub fn find(&self, words: &Words, reading: &mut Reading) -> Vec<Found<T>> {
        let digit = |i: usize| words.at(i).as_bytes().first().is_some_and(u8::is_ascii_digit);
        let beginners = self.beginners;
        let lists = &reading.lists;
        let may_begin = |i: usize| lists.get(i).is_some_and(|l| l & beginners != 0) || digit(i);
        reading.quantities = quantity::find(words, may_begin);
        let mut found = Vec::new();
        self.find_phrases(words, reading, &mut found);
        self.find_regexes(words, &mut found);
        found
    }

    fn find_entries(&self, words: &Words, reading: &mut Reading) {
        let mut spans = Vec::new();
        for at in 0..reading.words.len() {
            for atom in self.atoms(reading, at) {
                for anchor in self.list_patterns.get(*atom as usize).into_iter().flatten() {
                    let Some((pattern, tokens)) = self.compare(words, reading, *anchor, at..at + 1)
                    else {
                        continue;
                    };
                    if let Owner::List(list) = pattern.owner {
                        spans.push(ListSpan { list, start: tokens.start, end: tokens.end });
                    }
                }
            }
        }
        for span in &spans {
            reading.all_lists |= 1 << span.list;
        }
        reading.spans = spans;
    }

    fn find_phrases(&self, words: &Words, reading: &Reading, found: &mut Vec<Found<T>>) {
        for at in 0..reading.words.len() {
            for atom in self.atoms(reading, at) {
                let anchors = self.by_atom.get(*atom as usize).map_or(&[][..], Vec::as_slice);
                self.try_anchors(words, reading, anchors, &(at..at + 1), found);
            }
            for list in bits(reading.lists.get(at).copied().unwrap_or(0)) {
                let anchors = self.by_list.get(list).map_or(&[][..], Vec::as_slice);
                self.try_anchors(words, reading, anchors, &(at..at + 1), found);
            }
        }
        for span in &reading.spans {
            let anchors = self.by_list.get(span.list).map_or(&[][..], Vec::as_slice);
            self.try_anchors(words, reading, anchors, &(span.start..span.end), found);
        }
        for quantity in &reading.quantities {
            for anchor in &self.by_quantity {
                let step = self.patterns.get(anchor.pattern as usize);
                let step = step.and_then(|p| p.steps.get(anchor.step as usize));
                if matches!(step, Some(Step::Quantity(kinds)) if kinds.meets(quantity.kind)) {
                    self.try_anchors(words, reading, &[*anchor], &quantity.tokens, found);
                }
            }
        }
    }

    fn try_anchors(
        &self,
        words: &Words,
        reading: &Reading,
        anchors: &[Anchor],
        at: &Range<usize>,
        found: &mut Vec<Found<T>>,
    ) {
        for anchor in anchors {
            if let Some((pattern, tokens)) = self.compare(words, reading, *anchor, at.clone())
                && let Owner::Phrase(phrase, owner) = pattern.owner
            {
                found.push(Found { owner, phrase, tokens });
            }
        }
    }

    fn find_regexes(&self, words: &Words, found: &mut Vec<Found<T>>) {
        if self.regexes.is_empty() {
            return;
        }
        for index in self.regexes.matches(words.text()) {
            let Some((regex, phrase, owner)) = self.regex_owners.get(index) else { continue };
            let Some(hit) = regex.find(words.text()) else { continue };
            let overlaps = |i: &usize| {
                let place = words.prepared(*i..*i + 1);
                place.start < hit.end() && place.end > hit.start()
            };
            let mut tokens = (0..words.tokens().len()).filter(overlaps);
            if let Some(first) = tokens.next() {
                let last = tokens.next_back().unwrap_or(first);
                found.push(Found { owner: *owner, phrase: *phrase, tokens: first..last + 1 });
            }
        }
    }

    fn atoms(&self, reading: &Reading, at: usize) -> &[Atom] {
        let id = reading.words.get(at).copied().unwrap_or(WordId::UNKNOWN);
        self.lexicon.entry(id).map_or(&[], |entry| &entry.atoms)
    }

    fn compare(
        &self,
        words: &Words,
        reading: &Reading,
        anchor: Anchor,
        at: Range<usize>,
    ) -> Option<(&Pattern<Owner<T>>, Range<usize>)> {
        let pattern = self.patterns.get(anchor.pattern as usize)?;
        let matcher = pattern::Matcher { words, reading, atoms: &|i| self.atoms(reading, i) };
        let tokens = matcher.spread(&pattern.steps, anchor.step as usize, at)?;
        Some((pattern, tokens))
    }
}

impl Reading {
    /// The word lists that hold the token at an index alone, a bit each.
    #[must_use]
    pub fn lists_at(&self, at: usize) -> u128 {
        self.lists.get(at).copied().unwrap_or(0)
    }

    /// The word lists of which anything was found, a bit each.
    #[must_use]
    pub fn all_lists(&self) -> u128 {
        self.all_lists
    }

    /// Where entries of the lists in `bits` stand, in order of place.
    #[must_use]
    pub fn entries(&self, mask: u128) -> Vec<Range<usize>> {
        let single = (0..self.lists.len()).filter(|at| self.lists_at(*at) & mask != 0);
        let mut entries: Vec<Range<usize>> = single.map(|at| at..at + 1).collect();
        let spans = self.spans.iter().filter(|span| mask & (1 << span.list) != 0);
        entries.extend(spans.map(|span| span.start..span.end));
        entries.sort_unstable_by_key(|range| (range.start, range.end));
        entries
    }
}

/// The indices of the bits that are set.
fn bits(mask: u128) -> impl Iterator<Item = usize> {
    let mut left = mask;
    std::iter::from_fn(move || {
        (left != 0).then(|| {
            let index = left.trailing_zeros() as usize;
            left &= left - 1;
            index
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(lists: &[(&str, &[&str])], phrases: &[&'static str]) -> PhraseSet<&'static str> {
        let mut builder = PhraseSetBuilder::new(lists.iter().map(|(name, _)| *name)).unwrap();
        for (name, entries) in lists {
            for entry in *entries {
                builder.add_entry(name, entry).unwrap();
            }
        }
        for phrase in phrases {
            builder.add(phrase, *phrase).unwrap();
        }
        builder.build()
    }

    fn hits(set: &PhraseSet<&'static str>, text: &str) -> Vec<(String, &'static str)> {
        let words = Words::of(text);
        let mut reading = set.read(&words);
        let found = set.find(&words, &mut reading);
        let show =
            |f: Found<&'static str>| (words.text()[words.prepared(f.tokens)].to_owned(), f.owner);
        found.into_iter().map(show).collect()
    }

    const LEG: &[(&str, &[&str])] = &[("leg", &["calf", "calves", "lower leg*", "leg*"])];

    #[test]
    fn a_gap_joins_words_within_a_sentence_only() {
        let set = set(LEG, &["{leg} ...3 swollen"]);
        assert_eq!(hits(&set, "my calf is very swollen").len(), 1);
        assert_eq!(hits(&set, "my calf. I am very swollen").len(), 0);
        assert_eq!(hits(&set, "calf is a bit too much swollen").len(), 0);
    }

    #[test]
    fn entries_of_several_words_count_as_one() {
        let set = set(LEG, &["swollen {leg}"]);
        let found = hits(&set, "a swollen lower leg");
        assert!(found.contains(&("swollen lower leg".to_owned(), "swollen {leg}")), "{found:?}");
    }

    #[test]
    fn quantities_stand_for_lists() {
        let set = set(&[], &["locked ...3 {15-min-plus}", "{often}"]);
        assert_eq!(hits(&set, "locked for about 20 mins").len(), 1);
        assert_eq!(hits(&set, "locked for about 2 mins").len(), 0);
        assert_eq!(hits(&set, "every single night").len(), 1);
    }

    #[test]
    fn typos_and_endings_are_found() {
        let set = set(LEG, &["swoll*", "hamstring"]);
        assert_eq!(hits(&set, "hamstrng swolleeen").len(), 2);
    }

    #[test]
    fn a_regular_expression_reads_the_prepared_text() {
        let set = set(&[], &["/pee (looks )?like (coke|tea)/"]);
        let found = hits(&set, "My PEE looks like tea!");
        assert_eq!(found, [("pee looks like tea".to_owned(), "/pee (looks )?like (coke|tea)/")]);
    }

    #[test]
    fn faults_name_their_cause() {
        let mut builder = PhraseSetBuilder::<u8>::new([]).unwrap();
        let unknown = builder.add("{leg} hurts", 0);
        assert_eq!(unknown, Err(PhraseError::UnknownList("leg".to_owned())));
        assert!(matches!(builder.add("/(/", 0), Err(PhraseError::Regex(_))));
        assert!(matches!(builder.add("/x*/", 0), Err(PhraseError::Regex(_))));
        assert!(matches!(builder.add("/(a{90}){90}/", 0), Err(PhraseError::Regex(_))));
    }
}
