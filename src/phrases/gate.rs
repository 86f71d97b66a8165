//! Whether a text may hold an entry of some word lists at all, told without preparing it: ordinary
//! talk ends here. Its words are looked up as they stand; one that is neither ours nor common English
//! is tried as a slip. What is not plain may hold anything.

use super::lexicon::{Lexicon, WordId};
use super::packed::{LONGEST, push};
use super::set::{Owner, PhraseSet};
use crate::message::{MADE_WORDS, Skimmed, skim};

/// Words without one of which no text holds an entry of some word lists.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    /// A bit for each word of the lexicon.
    words: Vec<u64>,
    /// Whether preparing may make such a word out of others: then every text may pass.
    open: bool,
}

impl Gate {
    fn holds(&self, id: WordId) -> bool {
        self.words.get(id.0 as usize / 64).is_some_and(|bits| bits & 1 << (id.0 % 64) != 0)
    }
}

impl<T: Copy> PhraseSet<T> {
    /// The gate of some word lists, a bit each.
    #[must_use]
    pub fn gate(&self, lists: u128) -> Gate {
        let mut words = vec![0; self.lexicon.len() / 64 + 1];
        for (id, at) in (0..).map(WordId).zip(0..self.lexicon.len()) {
            if self.leads_to(id, lists)
                && let Some(bits) = words.get_mut(at / 64)
            {
                *bits |= 1 << (at % 64);
            }
        }
        let gate = Gate { words, open: false };
        let open = MADE_WORDS.iter().any(|word| gate.holds(self.lexicon.exact(word)));
        Gate { open, ..gate }
    }

    /// Whether a word is on one of the lists, or an entry of several words waits at it.
    fn leads_to(&self, id: WordId, lists: u128) -> bool {
        let owner = |pattern: u32| self.patterns.get(pattern as usize).map(|p| p.owner);
        let is_on = |pattern: u32| match owner(pattern) {
            Some(Owner::List(list)) => lists & 1 << list != 0,
            Some(Owner::Phrase(..)) | None => false,
        };
        let waits = |atom: u32| self.in_lists.patterns(atom as usize).any(is_on);
        self.lexicon.lists(id) & lists != 0
            || self.lexicon.atoms(id).iter().any(|atom| waits(*atom))
    }

    /// Whether a text may hold an entry of the gate's lists; where it says no, there is none.
    #[must_use]
    pub fn may_pass(&self, gate: &Gate, text: &str) -> bool {
        let leads = |met: Skimmed<'_>| match met {
            Skimmed::Word(word) => gate.holds(lookup(&self.lexicon, word, "")),
            Skimmed::Joined(one, two) => gate.holds(lookup(&self.lexicon, one, two)),
            Skimmed::Sign(word) => gate.holds(self.lexicon.exact(word)),
            Skimmed::Unclear => true,
        };
        gate.open || skim(text).any(leads)
    }
}

/// What letters in one or two pieces are known as.
fn lookup(lexicon: &Lexicon, one: &str, two: &str) -> WordId {
    if one.len() + two.len() <= LONGEST {
        let key = one.bytes().fold(0, push);
        if let Some(id) = lexicon.packed(two.bytes().fold(key, push)) {
            return id;
        }
    }
    lexicon.find_plain(&[one, two].concat().to_ascii_lowercase())
}
