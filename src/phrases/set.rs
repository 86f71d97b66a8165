//! All phrases, compiled, and how they are found in a message.

use std::ops::Range;

use regex::{Regex, RegexSet};
use rustc_hash::FxHashMap;

use super::anchors::bits_of;
use super::guard::Around;
use super::lexicon::Lexicon;
use super::pattern::{Matcher, Pattern, Step, WordSets};
use super::quantity;
use super::reading::{ListSpan, Reading};
use super::waiting::{Anchor, Waiting};
use super::{Found, PhraseId};
use crate::message::Words;

/// All phrases, compiled. `T` is who looks for a phrase.
#[derive(Clone, Debug)]
pub struct PhraseSet<T> {
    pub(super) lexicon: Lexicon,
    pub(super) list_ids: FxHashMap<String, usize>,
    pub(super) sets: WordSets,
    pub(super) steps: Vec<Step>,
    pub(super) patterns: Vec<Pattern<Owner<T>>>,
    /// Where phrases wait, by the number of an atom, a list or a kind of quantity.
    pub(super) by_atom: Waiting,
    pub(super) by_list: Waiting,
    pub(super) by_quantity: Waiting,
    /// Where the entries of several words of word lists wait.
    pub(super) in_lists: Waiting,
    /// How many atoms there are.
    pub(super) atoms: usize,
    pub(super) beginners: u128,
    pub(super) regexes: RegexSet,
    pub(super) regex_owners: Vec<(Regex, PhraseId, T)>,
}

/// What a pattern's find is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Owner<T> {
    /// An entry of several words of a word list.
    List(u8),
    /// A phrase of a file.
    Phrase(PhraseId, T),
}

impl<T: Copy> PhraseSet<T> {
    /// The bit of a word list, to be asked of a [`Reading`]; 0 when there is no such list.
    #[must_use]
    pub fn list_bit(&self, name: &str) -> u128 {
        self.list_ids.get(name).map_or(0, |id| 1 << id)
    }

    /// Phrases that stand for the same row of words as an earlier one, each with that one.
    #[must_use]
    pub fn twins(&self) -> Vec<[(PhraseId, T); 2]> {
        let mut first: FxHashMap<&[Step], (PhraseId, T)> = FxHashMap::default();
        first.reserve(self.patterns.len());
        let mut twins = Vec::new();
        for pattern in &self.patterns {
            let Owner::Phrase(phrase, owner) = pattern.owner else { continue };
            let steps = self.steps.get(pattern.first as usize..pattern.end as usize);
            let known = *first.entry(steps.unwrap_or_default()).or_insert((phrase, owner));
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

    /// Looks every word up once and finds the entries of word lists. Ordinary talk ends here.
    #[must_use]
    pub fn read(&self, words: &Words) -> Reading {
        let mut reading = Reading::of(words, self.atoms);
        for token in words.tokens() {
            let id = self.lexicon.find(words, token);
            reading.push(id, &self.lexicon);
        }
        reading.part(words);
        let spans = self.list_spans(&reading);
        reading.keep(spans);
        reading
    }

    /// Finds the quantities, then all phrases.
    #[must_use]
    pub fn find(&self, words: &Words, reading: &mut Reading) -> Vec<Found<T>> {
        let digit = |i: usize| words.at(i).as_bytes().first().is_some_and(u8::is_ascii_digit);
        let may_begin = |i: usize| reading.lists_at(i) & self.beginners != 0 || digit(i);
        let quantities = quantity::find(words, may_begin);
        reading.count(quantities);
        let mut found = Vec::new();
        self.find_phrases(reading, &mut found);
        self.find_regexes(words, &mut found);
        found
    }

    /// The entries of several words of word lists.
    fn list_spans(&self, reading: &Reading) -> Vec<ListSpan> {
        let mut spans = Vec::new();
        let mut add = |owner: Owner<T>, tokens: Range<usize>| {
            if let Owner::List(list) = owner {
                spans.push(ListSpan { list, start: tokens.start, end: tokens.end });
            }
        };
        for (at, id) in reading.words.iter().enumerate() {
            let (at, mut around) = (at..at + 1, None);
            for atom in self.lexicon.atoms(*id) {
                let groups = (&self.in_lists, *atom as usize);
                self.compare(reading, groups, &at, &mut around, &mut add);
            }
        }
        spans
    }

    fn find_phrases(&self, reading: &Reading, found: &mut Vec<Found<T>>) {
        let mut add = |owner: Owner<T>, tokens: Range<usize>| {
            if let Owner::Phrase(phrase, owner) = owner {
                found.push(Found { owner, phrase, tokens });
            }
        };
        for (at, id) in reading.words.iter().enumerate() {
            let (tokens, mut around) = (at..at + 1, None);
            for atom in self.lexicon.atoms(*id) {
                let groups = (&self.by_atom, *atom as usize);
                self.compare(reading, groups, &tokens, &mut around, &mut add);
            }
            for list in bits(reading.lists_at(at)) {
                self.compare(reading, (&self.by_list, list), &tokens, &mut around, &mut add);
            }
        }
        for span in reading.spans() {
            let groups = (&self.by_list, usize::from(span.list));
            self.compare(reading, groups, &(span.start..span.end), &mut None, &mut add);
        }
        for quantity in &reading.quantities {
            for kind in bits_of(quantity.kind) {
                let groups = (&self.by_quantity, kind as usize);
                self.compare(reading, groups, &quantity.tokens, &mut None, &mut add);
            }
        }
    }

    /// Compares the patterns that wait at a place with what stands left and right. What is cheap is
    /// asked first; `around` is looked at once for all places that stand at the same words.
    fn compare(
        &self,
        reading: &Reading,
        groups: (&Waiting, usize),
        at: &Range<usize>,
        around: &mut Option<Around>,
        mut found: impl FnMut(Owner<T>, Range<usize>),
    ) {
        let (waiting, place) = groups;
        let present = &reading.present;
        for group in waiting.at(place).iter().filter(|group| present.has_lists(group)) {
            let mut has_other = None;
            for anchor in waiting.anchors(group) {
                let around = around.get_or_insert_with(|| Around::of(reading, at));
                if !around.may_meet(&anchor.guards) {
                    continue;
                }
                if !*has_other.get_or_insert_with(|| present.has_other(group, &self.sets)) {
                    break;
                }
                if let Some((owner, tokens)) = self.spread(reading, anchor, at) {
                    found(owner, tokens);
                }
            }
        }
    }

    /// Compares one pattern.
    fn spread(
        &self,
        reading: &Reading,
        anchor: &Anchor,
        at: &Range<usize>,
    ) -> Option<(Owner<T>, Range<usize>)> {
        let matcher = Matcher { lexicon: &self.lexicon, sets: &self.sets, reading };
        let pattern = self.patterns.get(anchor.pattern as usize)?;
        let step = anchor.step as usize;
        let left = self.steps.get(pattern.first as usize..step).unwrap_or_default();
        let right = self.steps.get(step + 1..pattern.end as usize).unwrap_or_default();
        Some((pattern.owner, matcher.spread(left, at, right)?))
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
}

/// The indices of the bits that are set.
pub(super) fn bits(mask: u128) -> impl Iterator<Item = usize> {
    let mut left = mask;
    std::iter::from_fn(move || {
        (left != 0).then(|| {
            let index = left.trailing_zeros() as usize;
            left &= left - 1;
            index
        })
    })
}
