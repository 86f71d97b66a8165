//! Sifts the patterns that wait at the words of a message until few are left to compare. Each step
//! looks at many of them, so that their looks into far memory do not wait for one another.

use std::ops::Range;

use super::reading::Reading;
use super::waiting::{Anchor, Run, Waiting};

/// How many patterns are sifted at once, at least.
const ENOUGH: usize = 64;

/// A pattern that may stand where it waits.
#[derive(Clone, Copy, Debug, Default)]
struct Candidate {
    anchor: u32,
    /// The words that it waits at.
    start: u32,
    end: u32,
}

/// The patterns that may stand in a message.
pub(super) struct Prefilter<'s> {
    waiting: &'s Waiting,
    reading: &'s Reading,
    candidates: Vec<Candidate>,
}

impl<'s> Prefilter<'s> {
    pub(super) fn new(waiting: &'s Waiting, reading: &'s Reading) -> Self {
        Self { waiting, reading, candidates: Vec::with_capacity(ENOUGH + ENOUGH / 4) }
    }

    /// Puts in what waits at some words, as far as all that it needs stands somewhere.
    pub(super) fn put(&mut self, run: Run, tokens: Range<usize>) {
        let (start, end) = (tokens.start as u32, tokens.end as u32);
        for anchor in self.waiting.met(run, &self.reading.answered) {
            self.candidates.push(Candidate { anchor, start, end });
        }
    }

    /// Whether there is enough in it to be sifted.
    pub(super) const fn is_full(&self) -> bool {
        self.candidates.len() >= ENOUGH
    }

    /// Takes out all that is left when what must stand near by is asked for.
    pub(super) fn drain(&mut self, mut left: impl FnMut(&'s Anchor, Range<usize>)) {
        // Each is kept or written over: what is not there to be foreseen costs no guess.
        let mut kept = 0;
        for at in 0..self.candidates.len() {
            let own = self.candidates.get(at).copied().unwrap_or_default();
            if let Some(free) = self.candidates.get_mut(kept) {
                *free = own;
            }
            kept += usize::from(self.may_stand(own));
        }
        for own in self.candidates.drain(..).take(kept) {
            if let Some(anchor) = self.waiting.anchor(own.anchor) {
                left(anchor, own.start as usize..own.end as usize);
            }
        }
    }

    fn may_stand(&self, own: Candidate) -> bool {
        let anchor = self.waiting.anchor(own.anchor);
        anchor.is_some_and(|anchor| {
            self.reading.nearby.may_meet([own.start, own.end], anchor.guards())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrases::guard::{AtomBits, Guards};
    use crate::phrases::keys::{ALWAYS, Answered, Keys};
    use crate::phrases::pattern::{Step, WordSets};

    /// Patterns that wait at word 0, each with the word that must follow at once.
    fn waiting(followers: &[u32], bits: &AtomBits) -> Waiting {
        let sets = WordSets::default();
        let anchor = |(pattern, follower): (u32, &u32)| {
            let guards =
                Guards::of([].into_iter(), [Step::Word(*follower)].into_iter(), &sets, bits);
            ([ALWAYS; 2], Anchor::new(pattern, 0, [0, 1], guards))
        };
        let all: Vec<_> = (0..).zip(followers).map(anchor).collect();
        let filed: Vec<(u32, u32)> = (0..followers.len() as u32).map(|at| (0, at)).collect();
        Waiting::of(1, &filed, &all)
    }

    /// A message of these words, in one clause.
    fn reading(words: &[u32], bits: &AtomBits) -> Reading {
        let mut reading = Reading::default();
        reading.answered = Answered::nothing(&Keys::default());
        let near: Vec<u64> = words.iter().map(|word| bits.of(&[*word])).collect();
        reading.nearby.note([near.as_slice()].into_iter());
        reading
    }

    fn left(prefilter: &mut Prefilter<'_>) -> Vec<(u32, Range<usize>)> {
        let mut left = Vec::new();
        prefilter.drain(|anchor, at| left.push((anchor.pattern, at)));
        left
    }

    #[test]
    fn what_does_not_stand_near_by_falls_through_and_the_rest_keeps_its_order() {
        let bits = AtomBits::new(&[1; 4]);
        let waiting = waiting(&[1, 2, 1, 3], &bits);
        let reading = reading(&[0, 1, 0, 3], &bits);
        let mut prefilter = Prefilter::new(&waiting, &reading);
        let run = waiting.run(0).unwrap();
        prefilter.put(run, 0..1);
        prefilter.put(run, 2..3);
        assert_eq!(left(&mut prefilter), [(0, 0..1), (2, 0..1), (3, 2..3)]);
    }

    #[test]
    fn a_sieve_that_is_full_is_empty_once_it_was_sifted() {
        let bits = AtomBits::new(&[1; 2]);
        let waiting = waiting(&[1; ENOUGH], &bits);
        let reading = reading(&[0, 1], &bits);
        let mut prefilter = Prefilter::new(&waiting, &reading);
        assert!(!prefilter.is_full());
        prefilter.put(waiting.run(0).unwrap(), 0..1);
        assert!(prefilter.is_full());
        assert_eq!(left(&mut prefilter).len(), ENOUGH);
        assert!(!prefilter.is_full() && left(&mut prefilter).is_empty());
    }
}
