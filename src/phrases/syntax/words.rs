//! The words that one part of a phrase can be.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

/// One word, or the beginning of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word<'p> {
    /// Its letters, prepared.
    pub text: Cow<'p, str>,
    /// Whether any ending may follow.
    pub open: bool,
}

/// One of these words: mostly a single one, which needs no memory of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OneOf<'p> {
    /// Just this.
    Word([Word<'p>; 1]),
    /// Any of several.
    Any(Vec<Word<'p>>),
}

impl OneOf<'_> {
    /// Whether its words went into another part.
    #[must_use]
    pub fn is_emptied(&self) -> bool {
        self.first().is_none_or(|word| word.text.is_empty())
    }
}

impl<'p> Deref for OneOf<'p> {
    type Target = [Word<'p>];

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Word(word) => word,
            Self::Any(words) => words,
        }
    }
}

impl DerefMut for OneOf<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::Word(word) => word,
            Self::Any(words) => words,
        }
    }
}
