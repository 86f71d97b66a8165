//! Phrases that stand for the same words.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::PhraseId;
use super::pattern::{Packed, Step};
use super::set::{Owner, PhraseSet};

/// Most rows of words one pattern stands for, when they are compared word by word.
pub const MOST_ROWS: usize = 512;

impl<T: Copy + PartialEq> PhraseSet<T> {
    /// Phrases that stand for the same row of words as an earlier one, each with that one.
    #[must_use]
    pub fn twins(&self) -> Vec<[(PhraseId, T); 2]> {
        let mut first: FxHashMap<&[Packed], (PhraseId, T)> = FxHashMap::default();
        first.reserve(self.patterns.len());
        let mut twins = Vec::new();
        for (own, owner) in self.patterns.iter() {
            let Owner::Phrase(phrase, owner) = owner else { continue };
            let steps = self.patterns.steps().get(own.start as usize..own.end as usize);
            let known = *first.entry(steps.unwrap_or_default()).or_insert((phrase, owner));
            if known.0 != phrase {
                twins.push([known, (phrase, owner)]);
            }
        }
        twins
    }

    /// Whether phrases of two groups may stand for the same words, one word for each part; where it
    /// says no, none do. Nothing is asked of what is in no group.
    #[must_use]
    pub fn may_share<G: Copy + PartialEq>(&self, group: impl Fn(T) -> Option<G>) -> bool {
        let mut first: FxHashMap<u64, G> = FxHashMap::default();
        let mut is_shared = |row: u64, own: G| *first.entry(row).or_insert(own) != own;
        let mut rows = Vec::new();
        for (own, owner) in self.patterns.iter() {
            let Owner::Phrase(_, owner) = owner else { continue };
            let Some(group) = group(owner) else { continue };
            let steps = self.patterns.steps().get(own.start as usize..own.end as usize);
            self.written_out(steps.unwrap_or_default(), &mut rows);
            if rows.iter().any(|row| is_shared(*row, group)) {
                return true;
            }
        }
        self.expressions.texts().zip(&self.expression_owners).any(|(text, (_, owner))| {
            group(*owner).is_some_and(|group| is_shared(number(text), group))
        })
    }

    /// The rows of words that some steps stand for, a number each; none where there are too many.
    fn written_out(&self, steps: &[Packed], rows: &mut Vec<u64>) {
        rows.clear();
        rows.push(0);
        for step in steps {
            let Step::Words(set) = step.step() else {
                for row in rows.iter_mut() {
                    *row = number((*row, *step));
                }
                continue;
            };
            let (atoms, before) = (self.sets.atoms(set), rows.len());
            if before * atoms.len() > MOST_ROWS {
                rows.clear();
                return;
            }
            for word in atoms.iter().map(|atom| Packed::from(Step::Word(*atom))) {
                rows.extend_from_within(..before);
                let new = rows.iter_mut().rev().take(before);
                new.for_each(|row| *row = number((*row, word)));
            }
            rows.drain(..before);
        }
    }
}

fn number(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use crate::phrases::PhraseSetBuilder;

    fn share(one: &str, other: &str) -> bool {
        let mut builder = PhraseSetBuilder::new(["leg"]).unwrap();
        builder.add(one, 1).unwrap();
        builder.add(other, 2).unwrap();
        builder.add(one, 0).unwrap();
        builder.build().may_share(|owner| Some(owner).filter(|owner| *owner > 0))
    }

    #[test]
    fn phrases_share_words_where_a_choice_of_each_is_the_same() {
        for (one, other) in [
            ("brown pee", "brown pee"),
            ("(brown|cola) pee", "(tea|cola) pee"),
            ("{leg} ...2 (sore|numb|cold)", "{leg} ...2 (a b|cold)"),
            ("/pee/", "/pee/"),
        ] {
            assert!(share(one, other), "{one} {other}");
        }
    }

    #[test]
    fn phrases_of_one_group_share_nothing_and_neither_do_those_of_other_words() {
        for (one, other) in [
            ("brown pee", "pee brown"),
            ("(brown|cola) pee", "(brown|cola) (wee|piss)"),
            ("{leg} ...2 sore", "{leg} ...3 sore"),
            ("swell*", "swell"),
            ("/pee/", "/wee/"),
        ] {
            assert!(!share(one, other), "{one} {other}");
        }
    }
}
