//! Whether a text may hold an entry of some word lists at all, told without preparing it: ordinary
//! talk ends here. Its words are looked up as they stand; one that is neither ours nor common English
//! is tried as a slip. What is not plain may hold anything. Where an entry of several words waits,
//! the rest of what it needs is looked for as well.

use super::grouped::Grouped;
use super::keys::{Answered, Key};
use super::lexicon::{Lexicon, WordId};
use super::set::{Owner, PhraseSet};
use crate::message::{Letters, MADE_WORDS, Skim, TAKEN};

/// Words without one of which no text holds an entry of some word lists.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    lists: u128,
    /// The words of the lexicon that are on one of the lists, or at which an entry of several words
    /// waits.
    leading: WordBits,
    /// Those of them that are no entry by themselves.
    waiting: WordBits,
    /// What each word answers of all that the entries need that wait.
    answers: Grouped<Key>,
    /// What words that only preparing makes or finds may answer.
    given: Answered,
    /// Whether preparing may make such a word out of others: then every text may pass.
    open: bool,
}

/// A bit for each word of the lexicon.
#[derive(Clone, Debug, Default)]
struct WordBits(Vec<u64>);

impl WordBits {
    fn of(count: usize, is_such: impl Fn(WordId) -> bool) -> Self {
        let mut all = vec![0; count / 64 + 1];
        for (id, at) in (0..).map(WordId).zip(0..count) {
            if is_such(id)
                && let Some(bits) = all.get_mut(at / 64)
            {
                *bits |= 1 << (at % 64);
            }
        }
        Self(all)
    }

    fn holds(&self, id: WordId) -> bool {
        self.0.get(id.0 as usize / 64).is_some_and(|bits| bits & 1 << (id.0 % 64) != 0)
    }
}

impl<T: Copy + PartialEq> PhraseSet<T> {
    /// The gate of some word lists, a bit each.
    #[must_use]
    pub fn gate(&self, lists: u128) -> Gate {
        let count = self.word_count();
        let is_entry = |id: WordId| self.lexicon.known.lists(id) & lists != 0;
        let waits = |id: WordId| self.waits(id, lists, None);
        let leading = WordBits::of(count, |id| is_entry(id) || waits(id));
        let waiting = WordBits::of(count, |id| !is_entry(id) && waits(id));
        let needed = self.needed(|id| waiting.holds(id));
        let answers = self.answers(&needed);
        let made = || MADE_WORDS.iter().map(|word| self.lexicon.exact(word));
        let mut given = Answered::nothing(&self.keys);
        made().chain(self.lexicon.not_plain()).for_each(|id| self.answer(id, &mut given));
        let given = given.up_to(&needed);
        let open = made().any(|id| leading.holds(id));
        Gate { lists, leading, waiting, answers, given, open }
    }

    /// What the entries of several words need that wait at some words.
    fn needed(&self, waits: impl Fn(WordId) -> bool) -> Answered {
        let mut needed = Answered::nothing(&self.keys);
        let waiting = (0..).map(WordId).take(self.word_count()).filter(|id| waits(*id));
        let runs = waiting.flat_map(|id| self.lexicon.known.in_lists(id));
        let needs = runs.flat_map(|run| self.in_lists.needs(*run)).flatten();
        needs.for_each(|key| needed.add(*key));
        needed
    }

    /// What each word answers of that.
    fn answers(&self, needed: &Answered) -> Grouped<Key> {
        let all = (0..).map(WordId).take(self.word_count());
        let keys = |id| self.lexicon.known.keys(id).iter().filter(|key| needed.holds(**key));
        let answers: Vec<_> = all.flat_map(|id| keys(id).map(move |key| (id.0, *key))).collect();
        Grouped::of(self.word_count(), &answers)
    }

    /// Whether an entry of several words, on one of the lists, waits at a word; where it is said what
    /// a text answers, one that may stand in the text.
    fn waits(&self, id: WordId, lists: u128, answered: Option<&Answered>) -> bool {
        let is_on = |anchor: u32| {
            let pattern = self.in_lists.anchor(anchor).map(|anchor| anchor.pattern);
            match pattern.and_then(|at| self.patterns.owner(at)) {
                Some(Owner::List(list)) => lists & 1 << list != 0,
                Some(Owner::Phrase(..)) | None => false,
            }
        };
        let mut runs = self.lexicon.known.in_lists(id).iter();
        match answered {
            Some(answered) => runs.any(|run| self.in_lists.met(*run, answered).any(is_on)),
            None => runs.any(|[start, end]| (*start..*end).any(is_on)),
        }
    }

    fn answer(&self, id: WordId, answered: &mut Answered) {
        self.lexicon.known.keys(id).iter().for_each(|key| answered.add(*key));
    }

    /// Whether a text may hold an entry of the gate's lists; where it says no, there is none.
    #[must_use]
    pub fn may_pass(&self, gate: &Gate, text: &str) -> bool {
        let (mut skim, mut words) = (Skim::of(text), [WordId::UNKNOWN; TAKEN]);
        let (mut waits, mut met) = (false, 0);
        while skim.takes() {
            for (word, id) in skim.words().iter().zip(&mut words) {
                *id = self.known_as(*word);
                let leads = gate.leading.holds(*id);
                if leads && !gate.waiting.holds(*id) {
                    return true;
                }
                waits |= leads;
            }
            met += skim.words().len();
        }
        let may_complete = || words.get(..met).is_none_or(|words| self.completes(gate, words));
        gate.open || skim.is_unclear() || waits && may_complete()
    }

    /// Whether a text of these words may hold what the entries need that wait at some of them.
    fn completes(&self, gate: &Gate, words: &[WordId]) -> bool {
        let mut answered = gate.given.clone();
        for id in words {
            gate.answers.at(id.0 as usize).iter().for_each(|key| answered.add(*key));
        }
        let mut waiting = words.iter().filter(|id| gate.waiting.holds(**id));
        waiting.any(|id| self.waits(*id, gate.lists, Some(&answered)))
    }

    /// What a word is known as.
    fn known_as(&self, word: Letters<'_>) -> WordId {
        let packed = word.packed().and_then(|key| self.lexicon.packed(key));
        packed.unwrap_or_else(|| spelled(&self.lexicon, word.text))
    }
}

/// What a word is known as that no packed word is.
#[inline(never)]
fn spelled(lexicon: &Lexicon, word: &str) -> WordId {
    let letters = word.chars().filter(char::is_ascii_alphabetic);
    lexicon.find_plain(&letters.map(|letter| letter.to_ascii_lowercase()).collect::<String>())
}
