//! A message as the phrases see it: each word looked up once.

use std::ops::Range;

use super::guard::{Nearby, QUANTITY, list_bit};
use super::keys::{Answered, Keys};
use super::known::Known;
use super::lexicon::WordId;
use super::quantity::{Kinds, Quantity};
use crate::message::{Boundary, Words};

/// A message as the phrases see it: each word looked up once.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The word each token is known as.
    pub words: Vec<WordId>,
    /// Numbers with a meaning, in order of place.
    pub quantities: Vec<Quantity>,
    /// The numbers within those, by themselves, in order of place.
    numbers: Vec<Quantity>,
    /// The lists that hold each word alone, a bit each.
    lists: Vec<u128>,
    /// The lists of which anything was found, a bit each.
    all_lists: u128,
    /// The bits of what each word satisfies, and of what begins or ends there.
    bits: Vec<u64>,
    pub(super) answered: Answered,
    pub(super) nearby: Nearby,
    /// Where the clause of each token begins and ends.
    clauses: Vec<[usize; 2]>,
    /// The entries of several words, by where they begin, and the same by where they end.
    spans: Vec<ListSpan>,
    by_end: Vec<ListSpan>,
}

/// An entry of several words of a word list, found in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ListSpan {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) list: u8,
}

impl Reading {
    /// A message whose words are known as these. Each step is taken for all words, so that their
    /// looks into far memory do not wait for one another.
    pub(super) fn of(words: &Words, ids: Vec<WordId>, known: &Known, keys: &Keys) -> Self {
        let lists: Vec<u128> = ids.iter().map(|id| known.lists(*id)).collect();
        let mut answered = Answered::nothing(keys);
        ids.iter().flat_map(|id| known.keys(*id)).for_each(|key| answered.add(*key));
        let mut reading = Self {
            all_lists: lists.iter().fold(0, |all, lists| all | lists),
            bits: ids.iter().map(|id| known.bits(*id)).collect(),
            nearby: Nearby::with_room(ids.len()),
            words: ids,
            lists,
            answered,
            ..Self::default()
        };
        reading.part(words);
        reading
    }

    /// Keeps the quantities, and the numbers within them.
    pub(super) fn count(&mut self, quantities: Vec<Quantity>, numbers: Vec<Quantity>, keys: &Keys) {
        let counted = || quantities.iter().chain(&numbers);
        let kinds = counted().fold(0, |kinds, quantity| kinds | quantity.kind.0);
        keys.of_quantities(Kinds(kinds)).for_each(|key| self.answered.add(key));
        for quantity in counted() {
            self.mark(&quantity.tokens, QUANTITY);
        }
        (self.quantities, self.numbers) = (quantities, numbers);
        self.look_around();
    }

    /// All quantities, and all numbers within them.
    pub(super) fn counted(&self) -> impl Iterator<Item = &Quantity> {
        self.quantities.iter().chain(&self.numbers)
    }

    /// Adds a bit to the first and the last of some words, where a neighbour looks for it.
    fn mark(&mut self, tokens: &Range<usize>, bit: u64) {
        for at in [tokens.start, tokens.end.wrapping_sub(1)] {
            if let Some(bits) = self.bits.get_mut(at) {
                *bits |= bit;
            }
        }
    }

    /// Notes where the clauses are.
    fn part(&mut self, words: &Words) {
        let tokens = words.tokens();
        self.clauses.reserve(tokens.len());
        for clause in tokens.chunk_by(|_, next| next.boundary < Boundary::Clause) {
            let start = self.clauses.len();
            let end = start + clause.len();
            self.clauses.resize(end, [start, end]);
        }
        self.look_around();
    }

    /// Notes what stands near each word, as far as anything is known yet.
    fn look_around(&mut self) {
        let clauses = self.clauses.chunk_by(|[start, _], [next, _]| start == next);
        let own = |[start, end]: &[usize; 2]| self.bits.get(*start..*end);
        self.nearby.note(clauses.filter_map(|clause| clause.first().and_then(own)));
    }

    /// Keeps the entries of several words.
    pub(super) fn keep(&mut self, mut spans: Vec<ListSpan>, keys: &Keys) {
        if spans.is_empty() {
            return;
        }
        spans.sort_unstable();
        spans.dedup();
        let lists = spans.iter().fold(0, |lists, span| lists | 1 << span.list);
        keys.of_lists(lists).for_each(|key| self.answered.add(key));
        self.all_lists |= lists;
        for span in &spans {
            self.mark(&(span.start..span.end), list_bit(usize::from(span.list)));
        }
        self.by_end.clone_from(&spans);
        self.by_end.sort_unstable_by_key(|span| span.end);
        self.spans = spans;
    }

    pub(super) fn spans(&self) -> &[ListSpan] {
        &self.spans
    }

    /// The entries of several words that begin at a token.
    pub(super) fn spans_from(&self, at: usize) -> &[ListSpan] {
        equal(&self.spans, at, |span| span.start)
    }

    /// The entries of several words that end before a token.
    pub(super) fn spans_to(&self, at: usize) -> &[ListSpan] {
        equal(&self.by_end, at, |span| span.end)
    }

    /// What is counted from a token on: a quantity, and a number that begins it.
    pub(super) fn counted_from(&self, at: usize) -> impl Iterator<Item = &Quantity> {
        self.counted_at(at, |quantity| quantity.tokens.start)
    }

    /// What is counted up to a token, which is not part of it.
    pub(super) fn counted_to(&self, at: usize) -> impl Iterator<Item = &Quantity> {
        self.counted_at(at, |quantity| quantity.tokens.end)
    }

    fn counted_at(
        &self,
        at: usize,
        place: fn(&Quantity) -> usize,
    ) -> impl Iterator<Item = &Quantity> {
        [&self.quantities, &self.numbers].into_iter().filter_map(move |counted| {
            let found = counted.binary_search_by_key(&at, place);
            counted.get(found.ok()?)
        })
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

    /// The bits of what a word satisfies.
    pub(super) fn bits(&self, at: usize) -> u64 {
        self.bits.get(at).copied().unwrap_or(0)
    }

    /// The word lists that hold the token at an index alone, a bit each.
    #[must_use]
    pub fn lists_at(&self, at: usize) -> u128 {
        self.lists.get(at).copied().unwrap_or(0)
    }

    /// Whether some tokens are entries of a list and nothing else.
    pub(super) fn is_all_of(&self, list: u8, mut tokens: Range<usize>) -> bool {
        let alone = |at: usize| self.lists_at(at) & 1 << list != 0;
        let within = |at: usize| {
            let holds = |span: &ListSpan| span.list == list && (span.start..span.end).contains(&at);
            self.spans.iter().any(holds)
        };
        tokens.all(|at| alone(at) || within(at))
    }

    /// The word lists of which anything was found, a bit each.
    #[must_use]
    pub fn all_lists(&self) -> u128 {
        self.all_lists
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

/// Those of some spans, which stand in order of a place, that have this one.
fn equal(spans: &[ListSpan], at: usize, place: fn(&ListSpan) -> usize) -> &[ListSpan] {
    let start = spans.partition_point(|span| place(span) < at);
    let rest = spans.get(start..).unwrap_or_default();
    let count = rest.iter().take_while(|span| place(span) == at).count();
    rest.get(..count).unwrap_or_default()
}
