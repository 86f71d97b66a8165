//! Quick looks at what stands near an anchor, so that few patterns are compared at all.
//!
//! Each atom and each word list has one of 64 bits; the commonest atoms have one to themselves, and
//! so have quantities. A pattern's nearest part on each side of its anchor is a mask of bits, and so
//! is what stands there.

use std::cmp::Reverse;

use super::lexicon::Atom;
use super::pattern::{Step, WordSets};
use super::set::bits;

/// Atoms that have a bit to themselves.
const OWN_BITS: u8 = 24;
/// The bit of all quantities.
pub(super) const QUANTITY: u64 = 1 << OWN_BITS;
/// The first of the bits that word lists share, and that of those that atoms share.
const LISTS: u8 = OWN_BITS + 1;
const ATOMS: u8 = LISTS + 18;
/// Farthest word that is looked at.
const FARTHEST: usize = 7;

/// The bit of each atom.
#[derive(Clone, Debug)]
pub(super) struct AtomBits(Vec<u8>);

impl AtomBits {
    /// Bits for atoms that are as common as this.
    pub(super) fn new(costs: &[u32]) -> Self {
        let shared = usize::from(64 - ATOMS);
        let mut bits: Vec<u8> = (0..costs.len()).map(|at| ATOMS + (at % shared) as u8).collect();
        let mut common: Vec<usize> = (0..costs.len()).collect();
        let place = |at: &usize| (Reverse(costs.get(*at)), *at);
        let few = usize::from(OWN_BITS).min(common.len());
        // The others need no order.
        if few < common.len() {
            common.select_nth_unstable_by_key(few, place);
        }
        common.truncate(few);
        common.sort_unstable_by_key(place);
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

/// The bit of a word list.
pub(super) const fn list_bit(list: usize) -> u64 {
    1 << (LISTS as usize + list % (ATOMS - LISTS) as usize)
}

/// The bits of word lists.
pub(super) fn list_bits(lists: u128) -> u64 {
    bits(lists).fold(0, |all, list| all | list_bit(list))
}

/// What the nearest words of a pattern on each side of its anchor, left and right, can be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guards {
    pub(super) bits: [u64; 2],
    /// How many words each may be away; 0 when nothing need stand there, or nothing that has bits.
    pub(super) reach: [u8; 2],
}

impl Guards {
    /// The guards for the steps on each side, named from the anchor outwards.
    pub(super) fn of(
        left: impl Iterator<Item = Step>,
        right: impl Iterator<Item = Step>,
        sets: &WordSets,
        bits: &AtomBits,
    ) -> Self {
        let (left, right) = (guard(left, sets, bits), guard(right, sets, bits));
        Self { bits: [left.0, right.0], reach: [left.1, right.1] }
    }
}

/// The bits that must stand on one side, and within how many words.
fn guard(steps: impl Iterator<Item = Step>, sets: &WordSets, bits: &AtomBits) -> (u64, u8) {
    let mut reach = 1_usize;
    for step in steps {
        let bits = match step {
            Step::Gap(width) => {
                reach += usize::from(width);
                continue;
            }
            Step::Word(atom) => bits.of(&[atom]),
            Step::Words(set) => sets.bits(set),
            Step::List(list) => list_bit(usize::from(list)),
            Step::Quantity(_) => QUANTITY,
            Step::Edge(_) => break,
        };
        return if reach <= FARTHEST { (bits, reach as u8) } else { (u64::MAX, 0) };
    }
    (u64::MAX, 0)
}

/// The bits of the words up to each distance on one side of a word; anything at distance 0.
type Near = [u64; FARTHEST + 1];

/// Where a clause ends, nothing is near.
const NOTHING: Near = {
    let mut near = [0; FARTHEST + 1];
    near[0] = u64::MAX;
    near
};

/// What stands left and right of each word of a message, within its clause.
#[derive(Clone, Debug, Default)]
pub(super) struct Nearby(Vec<[Near; 2]>);

impl Nearby {
    /// Room for so many words.
    pub(super) fn with_room(words: usize) -> Self {
        Self(Vec::with_capacity(words))
    }

    /// Notes what stands near each word, clause by clause.
    pub(super) fn note<'b>(&mut self, clauses: impl Iterator<Item = &'b [u64]>) {
        self.0.clear();
        for bits in clauses {
            let start = self.0.len();
            let mut near = NOTHING;
            for bits in bits {
                self.0.push([near, NOTHING]);
                near = farther(*bits, &near);
            }
            near = NOTHING;
            let words = self.0.get_mut(start..).unwrap_or_default();
            for ([_, right], bits) in words.iter_mut().zip(bits).rev() {
                *right = near;
                near = farther(*bits, &near);
            }
        }
    }

    /// Whether what must stand near the words from `start` to `end` may be there.
    pub(super) fn may_meet(&self, [start, end]: [u32; 2], guards: Guards) -> bool {
        let [to_left, to_right] = guards.reach.map(usize::from);
        let [on_left, on_right] = guards.bits;
        let near = |word: u32| self.0.get(word as usize).unwrap_or(&[NOTHING; 2]);
        let left = near(start)[0].get(to_left).copied().unwrap_or_default();
        let right = near(end.wrapping_sub(1))[1].get(to_right).copied().unwrap_or_default();
        left & on_left != 0 && right & on_right != 0
    }
}

/// What is near a word whose neighbour has these bits and this near itself.
fn farther(bits: u64, near: &Near) -> Near {
    let mut farther = [bits; FARTHEST + 1];
    for (own, beyond) in farther.iter_mut().skip(2).zip(near.iter().skip(1)) {
        *own |= beyond;
    }
    farther[0] = u64::MAX;
    farther
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_near_by_are_those_of_the_clause_up_to_the_distance() {
        let mut nearby = Nearby::default();
        nearby.note([&[1, 2, 4][..], &[8]].into_iter());
        let side = |at: usize, side: usize| nearby.0[at][side];
        assert_eq!(side(0, 1)[1..4], [2, 6, 6]);
        assert_eq!(side(2, 0)[1..4], [2, 3, 3]);
        assert_eq!([side(2, 1), side(3, 0), side(3, 1)], [NOTHING; 3]);
    }
}
