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
pub(super) struct Sieve<'s> {
    waiting: &'s Waiting,
    reading: &'s Reading,
    candidates: Vec<Candidate>,
}

impl<'s> Sieve<'s> {
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
    pub(super) fn sift(&mut self, mut left: impl FnMut(&'s Anchor, Range<usize>)) {
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
            self.reading.nearby.may_meet([own.start, own.end], &anchor.guards)
        })
    }
}
