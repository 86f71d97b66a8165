//! Phrases that stand for the same words.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::PhraseId;
use super::lexicon::Atom;
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
        let mut alike: FxHashMap<u64, Vec<(&[Packed], G)>> = FxHashMap::default();
        for (own, owner) in self.patterns.iter() {
            let Owner::Phrase(_, owner) = owner else { continue };
            let Some(group) = group(owner) else { continue };
            let steps = self.patterns.steps().get(own.start as usize..own.end as usize);
            let steps = steps.unwrap_or_default();
            if self.choices(steps) <= MOST_ROWS {
                alike.entry(shape(steps)).or_default().push((steps, group));
            }
        }
        if alike.values().any(|patterns| self.meet(patterns, 0)) {
            return true;
        }
        let mut first: FxHashMap<&str, G> = FxHashMap::default();
        self.expressions.texts().zip(&self.expression_owners).any(|(text, (_, owner))| {
            group(*owner).is_some_and(|own| *first.entry(text).or_insert(own) != own)
        })
    }

    /// How many rows of words some steps stand for.
    fn choices(&self, steps: &[Packed]) -> usize {
        steps.iter().map(|step| self.atoms(*step).map_or(1, <[Atom]>::len)).product()
    }

    /// The words that a step stands for, where it is a choice.
    fn atoms(&self, step: Packed) -> Option<&[Atom]> {
        match step.step() {
            Step::Words(set) => Some(self.sets.atoms(set)),
            Step::Word(_) | Step::List(_) | Step::Quantity(_) | Step::Gap(_) | Step::Edge(_) => {
                None
            }
        }
    }

    /// Whether patterns of two groups, alike in shape, have a word in common for each step from one on:
    /// those that have this step's word in common are looked at further.
    fn meet<G: Copy + PartialEq>(&self, patterns: &[(&[Packed], G)], at: usize) -> bool {
        let Some((first, group)) = patterns.first() else { return false };
        if patterns.iter().all(|(_, other)| other == group) {
            return false;
        }
        if at >= first.len() {
            return true;
        }
        let mut by_word: Vec<(Packed, usize)> = Vec::new();
        for (number, (steps, _)) in patterns.iter().enumerate() {
            let Some(step) = steps.get(at) else { continue };
            match self.atoms(*step) {
                Some(atoms) => {
                    by_word.extend(atoms.iter().map(|atom| (Step::Word(*atom).into(), number)));
                }
                None => by_word.push((*step, number)),
            }
        }
        by_word.sort_unstable();
        by_word.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1).any(|same| {
            let same = same.iter().filter_map(|(_, number)| patterns.get(*number).copied());
            self.meet(&same.collect::<Vec<_>>(), at + 1)
        })
    }
}

/// What patterns must have in common to stand for the same words: how many steps, and the same where no
/// word is meant.
fn shape(steps: &[Packed]) -> u64 {
    let mut hasher = FxHasher::default();
    steps.len().hash(&mut hasher);
    for step in steps {
        match step.step() {
            Step::Word(_) | Step::Words(_) => None,
            Step::List(_) | Step::Quantity(_) | Step::Gap(_) | Step::Edge(_) => Some(step),
        }
        .hash(&mut hasher);
    }
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
            ("brown", "brown pee"),
            ("/pee/", "/wee/"),
        ] {
            assert!(!share(one, other), "{one} {other}");
        }
    }
}
