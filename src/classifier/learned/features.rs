//! The features of a message that tables are learned over: its words, the pairs of words, and how long
//! words begin and end. What nobody wrote before mostly begins or ends as something that somebody did.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::FxHasher;

use crate::message::{Boundary, Words};

/// Letters of a beginning, for words that have more.
const BEGINNINGS: [usize; 3] = [3, 4, 5];

/// The same of an ending.
const ENDINGS: [usize; 2] = [3, 4];

/// One feature. Its name is a line's name in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Feature<'w> {
    Word(&'w str),
    Pair(&'w str, &'w str),
    Beginning(&'w str),
    Ending(&'w str),
}

impl<'w> Feature<'w> {
    /// The feature of this name.
    pub(super) fn named(name: &'w str) -> Self {
        let beginning = || name.strip_suffix('*').map(Self::Beginning);
        let ending = || name.strip_prefix('*').map(Self::Ending);
        let pair = || name.split_once(' ').map(|(one, next)| Self::Pair(one, next));
        pair().or_else(beginning).or_else(ending).unwrap_or(Self::Word(name))
    }

    /// What stands for it.
    pub(super) fn key(self) -> u64 {
        match self {
            Self::Word(word) => key_of((0_u8, word)),
            Self::Pair(one, next) => pair_key([one, next].map(|word| Self::Word(word).key())),
            Self::Beginning(letters) => key_of((1_u8, letters)),
            Self::Ending(letters) => key_of((2_u8, letters)),
        }
    }
}

/// What stands for a pair of words, each of which is told by its key.
pub(super) fn pair_key(words: [u64; 2]) -> u64 {
    key_of(words)
}

fn key_of(feature: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    feature.hash(&mut hasher);
    hasher.finish()
}

impl fmt::Display for Feature<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "{word}"),
            Self::Pair(one, next) => write!(f, "{one} {next}"),
            Self::Beginning(letters) => write!(f, "{letters}*"),
            Self::Ending(letters) => write!(f, "*{letters}"),
        }
    }
}

/// Words that begin a clause although nothing stands before them.
const OPENERS: [&str; 2] = ["but", "so"];

/// The clauses of a message, in order; together they are the whole of it.
pub(super) fn clauses(words: &Words) -> Vec<Range<usize>> {
    let mut clauses = Vec::with_capacity(words.tokens().len() / 4 + 1);
    let mut start = 0;
    for (at, token) in words.tokens().iter().enumerate().skip(1) {
        if token.boundary >= Boundary::Comma || OPENERS.contains(&words.word(token)) {
            clauses.push(start..at);
            start = at;
        }
    }
    clauses.push(start..words.tokens().len());
    clauses
}

/// The words of some tokens, and the pairs of those that stand side by side.
pub(super) fn whole(words: &Words, tokens: Range<usize>) -> impl Iterator<Item = Feature<'_>> {
    let alone = tokens.clone().map(|at| Feature::Word(words.at(at)));
    alone.chain(tokens.skip(1).filter_map(|at| across(words, at)))
}

/// The pair of a word and the one before it.
pub(super) fn across(words: &Words, at: usize) -> Option<Feature<'_>> {
    at.checked_sub(1).map(|before| Feature::Pair(words.at(before), words.at(at)))
}

/// Most parts that a word has.
pub(super) const MOST_PARTS: usize = BEGINNINGS.len() + ENDINGS.len();

/// How the words of some tokens begin and end.
pub(super) fn parts(words: &Words, tokens: Range<usize>) -> impl Iterator<Item = Feature<'_>> {
    tokens.flat_map(|at| parts_of(words.at(at)))
}

/// How a word begins and ends.
pub(super) fn parts_of(word: &str) -> impl Iterator<Item = Feature<'_>> {
    let shorter = move |letters: &usize| *letters < word.len();
    let beginning = move |letters| word.get(..letters).map(Feature::Beginning);
    let ending = move |letters| word.get(word.len() - letters..).map(Feature::Ending);
    let beginnings = BEGINNINGS.into_iter().filter(shorter).filter_map(beginning);
    beginnings.chain(ENDINGS.into_iter().filter(shorter).filter_map(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_or_a_but_begins_a_clause() {
        let words = Words::of("no swelling, but it is hot. so what");
        let texts: Vec<_> =
            clauses(&words).into_iter().map(|own| &words.text()[words.prepared(own)]).collect();
        assert_eq!(texts, ["no swelling", "but its hot", "so what"]);
    }

    #[test]
    fn a_name_names_its_feature() {
        let words = Words::of("my calves went");
        let all = whole(&words, 0..3).chain(parts(&words, 0..3));
        let names: Vec<String> = all.map(|feature| feature.to_string()).collect();
        let expected =
            "my calves went|my calves|calves went|cal*|calv*|calve*|*ves|*lves|wen*|*ent";
        assert_eq!(names.join("|").replacen('|', " ", 2), expected);
        for name in &names {
            assert_eq!(Feature::named(name).to_string(), *name);
        }
    }
}
