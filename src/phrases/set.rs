//! All phrases, compiled, and how they are found in a message.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::anchors::{Places, bits_of};
use super::expressions::Expressions;
use super::keys::Keys;
use super::lexicon::{Lexicon, WordId};
use super::pattern::{Matcher, Patterns, WordSets};
use super::prefilter::Prefilter;
use super::reading::{ListSpan, Reading};
use super::waiting::{Anchor, Run, Waiting};
use super::{Found, PhraseId, quantity};
use crate::message::Words;

/// All phrases, compiled. `T` is who looks for a phrase.
#[derive(Clone, Debug)]
pub struct PhraseSet<T> {
    pub(super) lexicon: Lexicon,
    pub(super) list_ids: FxHashMap<String, usize>,
    pub(super) sets: WordSets,
    pub(super) patterns: Patterns<Owner<T>>,
    pub(super) keys: Keys,
    pub(super) places: Places,
    /// Where phrases wait.
    pub(super) phrases: Waiting,
    /// Where the entries of several words of word lists wait.
    pub(super) in_lists: Waiting,
    pub(super) beginners: u128,
    pub(super) expressions: Expressions,
    pub(super) expression_owners: Vec<(PhraseId, T)>,
}

/// What a pattern's find is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner<T> {
    /// An entry of several words of a word list.
    List(u8),
    /// A phrase of a file.
    Phrase(PhraseId, T),
}

impl<T: Copy + PartialEq> PhraseSet<T> {
    /// The bit of a word list, to be asked of a [`Reading`]; 0 when there is no such list.
    #[must_use]
    pub fn list_bit(&self, name: &str) -> u128 {
        self.list_ids.get(name).map_or(0, |id| 1 << id)
    }

    /// How many words have an id.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.lexicon.known.len()
    }

    /// What each word is known as.
    #[must_use]
    pub fn know(&self, words: &Words) -> Vec<WordId> {
        words.tokens().iter().map(|token| self.lexicon.find(words, token)).collect()
    }

    /// Looks every word up once and finds the entries of word lists. Ordinary talk ends here.
    #[must_use]
    pub fn read(&self, words: &Words) -> Reading {
        let ids = self.know(words);
        let mut reading = Reading::of(words, ids, &self.lexicon.known, &self.keys);
        let spans = self.list_spans(&reading);
        reading.keep(spans, &self.keys);
        reading
    }

    /// Finds the quantities, then all phrases.
    #[must_use]
    pub fn find(&self, words: &Words, reading: &mut Reading) -> Vec<Found<T>> {
        let digit = |i: usize| words.at(i).as_bytes().first().is_some_and(u8::is_ascii_digit);
        let may_begin = |i: usize| reading.lists_at(i) & self.beginners != 0 || digit(i);
        let quantities = quantity::find(words, may_begin);
        let numbers = quantity::numbers_within(words, &quantities);
        reading.count(quantities, numbers, &self.keys);
        let mut found = Vec::with_capacity(words.tokens().len());
        self.find_phrases(reading, &mut found);
        self.find_expressions(words, &mut found);
        found
    }

    /// The entries of several words of word lists.
    fn list_spans(&self, reading: &Reading) -> Vec<ListSpan> {
        let mut spans = Vec::new();
        let add = |owner: Owner<T>, tokens: Range<usize>| {
            if let Owner::List(list) = owner {
                spans.push(ListSpan { list, start: tokens.start, end: tokens.end });
            }
        };
        let words = reading.words.iter().enumerate();
        let runs = words.flat_map(|(at, id)| {
            self.lexicon.known.in_lists(*id).iter().map(move |run| (*run, at..at + 1))
        });
        self.compare(&self.in_lists, reading, runs, add);
        spans
    }

    fn find_phrases(&self, reading: &Reading, found: &mut Vec<Found<T>>) {
        let add = |owner: Owner<T>, tokens: Range<usize>| {
            if let Owner::Phrase(phrase, owner) = owner {
                found.push(Found { owner, phrase, tokens });
            }
        };
        let words = reading.words.iter().enumerate();
        let at_words = words.flat_map(|(at, id)| {
            self.lexicon.known.phrases(*id).iter().map(move |run| (*run, at..at + 1))
        });
        let at_spans = reading.spans().iter().filter_map(|span| {
            let run = self.phrases.run(self.places.list(usize::from(span.list)))?;
            Some((run, span.start..span.end))
        });
        let at_quantities = reading.counted().flat_map(|quantity| {
            let runs =
                bits_of(quantity.kind).filter_map(|kind| self.phrases.run(self.places.kind(kind)));
            runs.map(|run| (run, quantity.tokens.clone()))
        });
        self.compare(&self.phrases, reading, at_words.chain(at_spans).chain(at_quantities), add);
    }

    /// Compares the patterns that wait at some words with what stands left and right of them.
    fn compare(
        &self,
        waiting: &Waiting,
        reading: &Reading,
        runs: impl Iterator<Item = (Run, Range<usize>)>,
        mut found: impl FnMut(Owner<T>, Range<usize>),
    ) {
        let mut prefilter = Prefilter::new(waiting, reading);
        let mut compare = |anchor: &Anchor, at: Range<usize>| {
            if let Some((owner, tokens)) = self.spread(reading, anchor, &at) {
                found(owner, tokens);
            }
        };
        runs.for_each(|(run, at)| {
            prefilter.put(run, at);
            if prefilter.is_full() {
                prefilter.drain(&mut compare);
            }
        });
        prefilter.drain(compare);
    }

    /// Compares one pattern.
    fn spread(
        &self,
        reading: &Reading,
        anchor: &Anchor,
        at: &Range<usize>,
    ) -> Option<(Owner<T>, Range<usize>)> {
        let matcher = Matcher { lexicon: &self.lexicon, sets: &self.sets, reading };
        let step = anchor.step as usize;
        let [before, after] = anchor.sides.map(usize::from);
        let steps = self.patterns.steps();
        let left = steps.get(step.checked_sub(before)?..step)?;
        let right = steps.get(step + 1..step + 1 + after)?;
        let tokens = matcher.spread(left, at, right)?;
        Some((self.patterns.owner(anchor.pattern)?, tokens))
    }

    fn find_expressions(&self, words: &Words, found: &mut Vec<Found<T>>) {
        for (index, [start, end]) in self.expressions.find(words.text()) {
            let Some((phrase, owner)) = self.expression_owners.get(index) else { continue };
            let overlaps = |i: &usize| {
                let place = words.prepared(*i..*i + 1);
                place.start < end && place.end > start
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
