//! A message as the phrases see it: each word looked up once.

use std::ops::Range;

use super::lexicon::{Lexicon, WordId};
use super::quantity::{Kinds, Quantity};
use super::shelves::Shelves;
use super::waiting::Present;
use crate::message::{Boundary, Words};

/// A message as the phrases see it: each word looked up once.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The word each token is known as.
    pub words: Vec<WordId>,
    /// Numbers with a meaning, in order of place.
    pub quantities: Vec<Quantity>,
    lists: Vec<u128>,
    /// The bits of what each word satisfies.
    bits: Vec<u64>,
    pub(super) present: Present,
    /// Where the clause of each token begins and ends.
    clauses: Vec<[usize; 2]>,
    spans: Vec<ListSpan>,
    by_start: Shelves<ListSpan>,
    by_end: Shelves<ListSpan>,
}

/// An entry of several words of a word list, found in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ListSpan {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) list: u8,
}

impl Reading {
    /// A message of which no word is known yet; there are so many atoms.
    pub(super) fn of(words: &Words, atoms: usize) -> Self {
        let count = words.tokens().len();
        Self {
            words: Vec::with_capacity(count),
            lists: Vec::with_capacity(count),
            bits: Vec::with_capacity(count),
            present: Present::nothing(atoms),
            ..Self::default()
        }
    }

    /// The next word, as the lexicon knows it.
    pub(super) fn push(&mut self, word: WordId, lexicon: &Lexicon) {
        let (bits, lists) = (lexicon.bits(word), lexicon.lists(word));
        self.words.push(word);
        self.lists.push(lists);
        self.bits.push(bits);
        self.present.add(lexicon.atoms(word), lists);
    }

    /// Keeps the quantities.
    pub(super) fn count(&mut self, quantities: Vec<Quantity>) {
        let kinds = quantities.iter().fold(0, |kinds, quantity| kinds | quantity.kind.0);
        self.present.quantities = Kinds(kinds);
        self.quantities = quantities;
    }

    /// Notes where the clauses are; before that, there is no room around any word.
    pub(super) fn part(&mut self, words: &Words) {
        self.clauses = clauses(words);
    }

    /// Keeps the entries of several words.
    pub(super) fn keep(&mut self, mut spans: Vec<ListSpan>) {
        if spans.is_empty() {
            return;
        }
        spans.sort_unstable();
        spans.dedup();
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let count = self.words.len() + 1;
        let by = |at: fn(&ListSpan) -> usize| {
            spans.iter().map(|span| (place(at(span)), *span)).collect::<Vec<_>>()
        };
        self.by_start = Shelves::of(count, &by(|span| span.start));
        self.by_end = Shelves::of(count, &by(|span| span.end));
        for span in &spans {
            self.present.lists |= 1 << span.list;
        }
        self.spans = spans;
    }

    pub(super) fn spans(&self) -> &[ListSpan] {
        &self.spans
    }

    /// The entries of several words that begin at a token.
    pub(super) fn spans_from(&self, at: usize) -> &[ListSpan] {
        self.by_start.at(at)
    }

    /// The entries of several words that end before a token.
    pub(super) fn spans_to(&self, at: usize) -> &[ListSpan] {
        self.by_end.at(at)
    }

    /// The quantity that begins at a token.
    pub(super) fn quantity_from(&self, at: usize) -> Option<&Quantity> {
        let found = self.quantities.binary_search_by_key(&at, |quantity| quantity.tokens.start);
        self.quantities.get(found.ok()?)
    }

    /// The quantity that ends before a token.
    pub(super) fn quantity_to(&self, at: usize) -> Option<&Quantity> {
        let found = self.quantities.binary_search_by_key(&at, |quantity| quantity.tokens.end);
        self.quantities.get(found.ok()?)
    }

    /// How many words there are from a token on to the end of its clause; none where one begins.
    pub(super) fn room_after(&self, from: usize) -> usize {
        match self.clauses.get(from) {
            Some([start, end]) if *start < from => end - from,
            Some(_) | None => 0,
        }
    }

    /// How many words there are before a token back to the beginning of its clause.
    pub(super) fn room_before(&self, from: usize) -> usize {
        self.clauses.get(from).map_or(0, |[start, _]| from - start)
    }

    /// The bits of what some words satisfy.
    pub(super) fn bits_of(&self, tokens: Range<usize>) -> &[u64] {
        self.bits.get(tokens).unwrap_or_default()
    }

    /// The bits of what a word satisfies.
    pub(super) fn bits(&self, at: usize) -> u64 {
        self.bits.get(at).copied().unwrap_or(0)
    }

    /// The word lists that hold the token at an index alone, a bit each.
    #[must_use]
    pub fn lists_at(&self, at: usize) -> u128 {
        self.lists.get(at).copied().unwrap_or(0)
    }

    /// The word lists of which anything was found, a bit each.
    #[must_use]
    pub fn all_lists(&self) -> u128 {
        self.present.lists
    }

    /// Where entries of the lists in `bits` stand, in order of place.
    #[must_use]
    pub fn entries(&self, mask: u128) -> Vec<Range<usize>> {
        if self.all_lists() & mask == 0 {
            return Vec::new();
        }
        let single = (0..self.lists.len()).filter(|at| self.lists_at(*at) & mask != 0);
        let mut entries: Vec<Range<usize>> = single.map(|at| at..at + 1).collect();
        let spans = self.spans.iter().filter(|span| mask & 1 << span.list != 0);
        let alone = entries.len();
        entries.extend(spans.map(|span| span.start..span.end));
        if entries.len() > alone {
            entries.sort_unstable_by_key(|range| (range.start, range.end));
        }
        entries
    }
}

/// For each token, where its clause begins and ends.
fn clauses(words: &Words) -> Vec<[usize; 2]> {
    let tokens = words.tokens();
    let mut clauses = Vec::with_capacity(tokens.len());
    for clause in tokens.chunk_by(|_, next| next.boundary < Boundary::Clause) {
        let start = clauses.len();
        clauses.resize(start + clause.len(), [start, start + clause.len()]);
    }
    clauses
}
