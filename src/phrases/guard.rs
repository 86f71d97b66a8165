//! Quick looks at what stands near an anchor, so that few patterns are compared at all.
//!
//! Each atom has one of 64 bits; the commonest have one to themselves. A pattern's nearest words
//! on each side of its anchor are a mask of bits, and so are the words that stand there.

use std::cmp::Reverse;
use std::ops::Range;

use super::lexicon::Atom;
use super::pattern::{Step, WordSets};
use super::reading::Reading;

/// Atoms that have a bit to themselves.
const OWN_BITS: u8 = 28;
/// Farthest word that is looked at.
const FARTHEST: usize = 15;

/// The bit of each atom.
#[derive(Clone, Debug)]
pub(super) struct AtomBits(Vec<u8>);

impl AtomBits {
    /// Bits for atoms that are as common as this.
    pub(super) fn new(costs: &[u32]) -> Self {
        let shared = usize::from(64 - OWN_BITS);
        let mut bits: Vec<u8> = (0..costs.len()).map(|at| OWN_BITS + (at % shared) as u8).collect();
        let mut common: Vec<usize> = (0..costs.len()).collect();
        common.sort_unstable_by_key(|at| (Reverse(costs.get(*at)), *at));
        for (at, own) in common.into_iter().zip(0..OWN_BITS) {
            if let Some(bit) = bits.get_mut(at) {
                *bit = own;
            }
        }
        Self(bits)
    }

    /// The bits of some atoms.
    pub(super) fn of(&self, atoms: &[Atom]) -> u64 {
        let bit = |atom: &Atom| self.0.get(*atom as usize).map_or(u64::MAX, |bit| 1 << bit);
        atoms.iter().fold(0, |bits, atom| bits | bit(atom))
    }
}

/// What the nearest words of a pattern on each side of its anchor, left and right, can be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guards {
    bits: [u64; 2],
    /// How many words each may be away; 0 when nothing need stand there, or nothing that has bits.
    reach: [u8; 2],
}

impl Guards {
    /// The guards for the steps on each side, named from the anchor outwards.
    pub(super) fn of<'s>(
        left: impl Iterator<Item = &'s Step>,
        right: impl Iterator<Item = &'s Step>,
        sets: &WordSets,
        bits: &AtomBits,
    ) -> Self {
        let (left, right) = (guard(left, sets, bits), guard(right, sets, bits));
        Self { bits: [left.0, right.0], reach: [left.1, right.1] }
    }
}

/// The bits that must stand on one side, and within how many words.
fn guard<'s>(steps: impl Iterator<Item = &'s Step>, sets: &WordSets, bits: &AtomBits) -> (u64, u8) {
    let mut reach = 1_usize;
    for step in steps {
        let bits = match step {
            Step::Gap(width) => {
                reach += usize::from(*width);
                continue;
            }
            Step::Word(atom) => bits.of(&[*atom]),
            Step::Words(set) => sets.bits(*set),
            Step::List(_) | Step::Quantity(_) => break,
        };
        return if reach <= FARTHEST { (bits, reach as u8) } else { (u64::MAX, 0) };
    }
    (u64::MAX, 0)
}

/// What stands left and right of a place, up to each distance.
pub(super) struct Around([[u64; FARTHEST + 1]; 2]);

impl Around {
    pub(super) fn of(reading: &Reading, at: &Range<usize>) -> Self {
        let before = reading.room_before(at.start).min(FARTHEST);
        let after = reading.room_after(at.end).min(FARTHEST);
        let left = reading.bits_of(at.start - before..at.start).iter().rev();
        Self([gathered(left), gathered(reading.bits_of(at.end..at.end + after).iter())])
    }

    /// Whether what must stand near by may be there.
    pub(super) fn may_meet(&self, guards: &Guards) -> bool {
        let near = |side: &[u64; FARTHEST + 1], reach: u8| side.get(usize::from(reach)).copied();
        let ([left, right], [to_left, to_right]) = (&self.0, guards.reach);
        let [on_left, on_right] = guards.bits;
        near(left, to_left).is_some_and(|near| near & on_left != 0)
            && near(right, to_right).is_some_and(|near| near & on_right != 0)
    }
}

/// All bits up to each distance; anything at distance 0.
fn gathered<'b>(words: impl Iterator<Item = &'b u64>) -> [u64; FARTHEST + 1] {
    let mut near = [0; FARTHEST + 1];
    let (mut bits, mut distance) = (0, 0);
    for (word, near) in words.zip(near.iter_mut().skip(1)) {
        bits |= word;
        *near = bits;
        distance += 1;
    }
    near.iter_mut().skip(distance + 1).for_each(|near| *near = bits);
    if let Some(here) = near.first_mut() {
        *here = u64::MAX;
    }
    near
}
