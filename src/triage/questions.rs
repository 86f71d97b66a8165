//! A set of questions: those that were asked, and those that were answered.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::vocabulary::Question;

/// A set of questions, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Questions(u32);

impl Questions {
    /// Adds one.
    pub fn insert(&mut self, question: Question) {
        self.0 |= 1 << (question as u16);
    }

    /// Whether it is in.
    #[must_use]
    pub const fn contains(self, question: Question) -> bool {
        self.0 & (1 << (question as u16)) != 0
    }

    /// Those of them that a test picks.
    #[must_use]
    pub fn that(self, is_wanted: impl Fn(Question) -> bool) -> Self {
        let mut picked = Self::default();
        let all = Question::VARIANTS.iter().copied();
        all.filter(|q| self.contains(*q) && is_wanted(*q)).for_each(|q| picked.insert(q));
        picked
    }

    /// How many there are.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }
}
