//! One pattern, and how it is compared with a message from its anchor outwards.

use std::ops::Range;

use super::Reading;
use super::lexicon::Atom;
use super::quantity::Kinds;
use crate::message::{Boundary, Words};

/// One step of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// One of these words.
    Words(Box<[Atom]>),
    /// An entry of a word list.
    List(usize),
    /// A quantity.
    Quantity(Kinds),
    /// Up to so many words of any kind.
    Gap(u8),
}

/// A row of steps and who looks for it.
#[derive(Clone, Debug)]
pub(super) struct Pattern<O> {
    pub(super) steps: Box<[Step]>,
    pub(super) owner: O,
}

/// Where a pattern waits: its rarest step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    pub(super) pattern: u32,
    pub(super) step: u32,
}

/// Positions reached, as bits counted from the anchor: a pattern spans less than 64 words a side.
type Reached = u64;

pub(super) struct Matcher<'m, 'a> {
    pub(super) words: &'m Words,
    pub(super) reading: &'m Reading,
    pub(super) atoms: &'m dyn Fn(usize) -> &'a [Atom],
}

impl Matcher<'_, '_> {
    /// The words a pattern covers when its step `anchor` stands at `at`; the shortest cover.
    pub(super) fn spread(
        &self,
        steps: &[Step],
        anchor: usize,
        at: Range<usize>,
    ) -> Option<Range<usize>> {
        let (left, right) = steps.split_at_checked(anchor)?;
        let end = self.forward(right.get(1..)?, at.end)?;
        let start = self.backward(left, at.start)?;
        Some(start..end)
    }

    /// Where the steps can end, counted forward from `from`; all ways are followed at once.
    fn forward(&self, steps: &[Step], from: usize) -> Option<usize> {
        let mut reached: Reached = 1;
        let room = self.room(from, Side::Right);
        for step in steps {
            reached = self.advance(step, reached, from, room, Side::Right);
            if reached == 0 {
                return None;
            }
        }
        Some(from + reached.trailing_zeros() as usize)
    }

    fn backward(&self, steps: &[Step], from: usize) -> Option<usize> {
        let mut reached: Reached = 1;
        let room = self.room(from, Side::Left);
        for step in steps.iter().rev() {
            reached = self.advance(step, reached, from, room, Side::Left);
            if reached == 0 {
                return None;
            }
        }
        Some(from - reached.trailing_zeros() as usize)
    }

    /// How many words there are to the end (or beginning) of the sentence, at most 62.
    fn room(&self, from: usize, side: Side) -> usize {
        let tokens = self.words.tokens();
        let starts_sentence =
            |i: usize| tokens.get(i).is_none_or(|t| t.boundary >= Boundary::Clause);
        let free = |ahead: &usize| match side {
            Side::Right => !starts_sentence(from + ahead),
            Side::Left => from > *ahead && !starts_sentence(from - ahead),
        };
        (0..62).take_while(free).count()
    }

    fn advance(
        &self,
        step: &Step,
        reached: Reached,
        from: usize,
        room: usize,
        side: Side,
    ) -> Reached {
        let within: Reached = (1 << (room + 1)) - 1;
        if let Step::Gap(width) = step {
            let spread = (0..=*width).fold(0, |all, by| all | (reached << by));
            return spread & within;
        }
        let mut next = 0;
        let mut left = reached;
        while left != 0 {
            let offset = left.trailing_zeros() as usize;
            left &= left - 1;
            next |= self.lengths(step, from, offset, side) << offset;
        }
        next & within
    }

    /// The lengths with which a step can match at an offset, as bits.
    fn lengths(&self, step: &Step, from: usize, offset: usize, side: Side) -> Reached {
        let Some(at) = side.index(from, offset) else { return 0 };
        match step {
            Step::Words(wanted) => {
                let atoms = (self.atoms)(at);
                Reached::from(atoms.iter().any(|atom| wanted.contains(atom))) << 1
            }
            Step::List(list) => {
                let single = Reached::from(self.reading.lists_at(at) & (1 << list) != 0) << 1;
                let spans = self.reading.spans.iter().filter(|span| span.list == *list);
                spans.fold(single, |all, span| all | span_bit(span.start..span.end, at, side))
            }
            Step::Quantity(kinds) => {
                let fitting = self.reading.quantities.iter().filter(|q| q.kind.meets(*kinds));
                fitting.fold(0, |all, q| all | span_bit(q.tokens.clone(), at, side))
            }
            Step::Gap(_) => 0,
        }
    }
}

fn span_bit(span: Range<usize>, at: usize, side: Side) -> Reached {
    let touches = match side {
        Side::Right => span.start == at,
        Side::Left => span.end == at + 1,
    };
    if touches && span.len() < 62 { 1 << span.len() } else { 0 }
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

impl Side {
    /// The token next to be compared after `offset` tokens on this side of `from`.
    fn index(self, from: usize, offset: usize) -> Option<usize> {
        match self {
            Self::Right => Some(from + offset),
            Self::Left => from.checked_sub(offset + 1),
        }
    }
}
