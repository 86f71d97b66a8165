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

/// What the nearest words of a pattern on one side of its anchor can be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guard {
    bits: u64,
    /// How many words it may be away; 0 when nothing need stand there, or nothing that has bits.
    reach: u8,
}

impl Guard {
    const NONE: Self = Self { bits: u64::MAX, reach: 0 };

    /// The guard for steps that are named from the anchor outwards.
    pub(super) fn of<'s>(
        steps: impl Iterator<Item = &'s Step>,
        sets: &WordSets,
        bits: &AtomBits,
    ) -> Self {
        let mut reach = 1_usize;
        for step in steps {
            let bits = match step {
                Step::Gap(width) => {
                    reach += usize::from(*width);
                    continue;
                }
                Step::Word(atom) => bits.of(&[*atom]),
                Step::Words(set) => sets.bits(*set),
                Step::List(_) | Step::Quantity(_) => return Self::NONE,
            };
            let reach = u8::try_from(reach.min(FARTHEST + 1)).unwrap_or(u8::MAX);
            return if usize::from(reach) > FARTHEST { Self::NONE } else { Self { bits, reach } };
        }
        Self::NONE
    }
}

/// What stands left and right of a place, up to each distance.
pub(super) struct Around([[u64; FARTHEST + 1]; 2]);

impl Around {
    pub(super) fn of(reading: &Reading, at: &Range<usize>) -> Self {
        let mut around = [[u64::MAX; FARTHEST + 1], [u64::MAX; FARTHEST + 1]];
        let [left, right] = &mut around;
        let before = reading.room_before(at.start);
        let mut bits = 0;
        for (distance, near) in left.iter_mut().enumerate().skip(1) {
            if distance <= before {
                bits |= reading.bits(at.start - distance);
            }
            *near = bits;
        }
        let after = reading.room_after(at.end);
        bits = 0;
        for (distance, near) in right.iter_mut().enumerate().skip(1) {
            if distance <= after {
                bits |= reading.bits(at.end + distance - 1);
            }
            *near = bits;
        }
        Self(around)
    }

    /// Whether what must stand near by may be there.
    pub(super) fn may_meet(&self, guards: &[Guard; 2]) -> bool {
        guards.iter().zip(&self.0).all(|(guard, near)| {
            near.get(usize::from(guard.reach)).is_some_and(|near| near & guard.bits != 0)
        })
    }
}
