//! The group of each feature: features that come together in every example share a number. A feature
//! is kept as half of its hash, at a place that the other half tells: eight bytes for each.

use super::features::Feature;
use super::table::NONE;

/// The groups of features: a table with open addressing, two thirds full. Most pairs of a message are not
/// in it, and are found not to be after five looks; where it is fuller there are many more.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    slots: Vec<Slot>,
    /// What makes the halves of all features differ.
    seed: u64,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    half: u32,
    /// [`NONE`] where the slot is free.
    group: u32,
}

impl Groups {
    /// Keeps features, each with its group.
    pub(super) fn of(features: &[(Feature, u32)]) -> Self {
        let mut seed = 0;
        loop {
            let free = Slot { half: 0, group: NONE };
            let mut groups = Self { slots: vec![free; features.len() * 3 / 2 + 1], seed };
            if features.iter().all(|(feature, group)| groups.add(*feature, *group)) {
                return groups;
            }
            // Two features looked alike.
            seed += 1;
        }
    }

    /// Adds a feature, if there is none that looks like it.
    fn add(&mut self, feature: Feature, group: u32) -> bool {
        let (half, round) = self.round(feature);
        for at in round {
            let Some(slot) = self.slots.get_mut(at) else { return false };
            if slot.group == NONE {
                *slot = Slot { half, group };
                return true;
            }
            if slot.half == half {
                return false;
            }
        }
        false
    }

    /// The half of a feature that is kept, and the slots from its own on, round and round.
    fn round(&self, feature: Feature) -> (u32, impl Iterator<Item = usize> + use<>) {
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let mixed = (feature.0 ^ self.seed).wrapping_mul(SPREAD);
        let mixed = (mixed ^ mixed >> 32).wrapping_mul(SPREAD);
        let count = self.slots.len();
        let home = ((u128::from(mixed) * count as u128) >> 64) as usize;
        ((mixed >> 8) as u32, (home..count).chain(0..home))
    }

    /// The group of a feature; [`NONE`] for one that no example holds.
    pub(super) fn get(&self, feature: Feature) -> u32 {
        let (half, round) = self.round(feature);
        for at in round {
            match self.slots.get(at) {
                Some(slot) if slot.group == NONE => return NONE,
                Some(slot) if slot.half == half => return slot.group,
                Some(_) => {}
                None => return NONE,
            }
        }
        NONE
    }

    /// How many features each of so many groups has.
    pub(super) fn sizes(&self, groups: usize) -> Vec<u32> {
        let mut sizes = vec![0; groups];
        for slot in &self.slots {
            if let Some(size) = sizes.get_mut(slot.group as usize) {
                *size += 1;
            }
        }
        sizes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrases::WordId;

    #[test]
    fn each_feature_has_its_group_and_no_other_has_one() {
        let pair = |at: u32| Feature::pair(WordId(at), WordId(at + 1));
        let features: Vec<(Feature, u32)> = (0..2_000).map(|at| (pair(at), at)).collect();
        let groups = Groups::of(&features);
        assert!(features.iter().all(|(feature, group)| groups.get(*feature) == *group));
        assert!((2_000..4_000).all(|at| groups.get(pair(at)) == NONE));
        assert_eq!(Groups::default().get(pair(1)), NONE);
    }

    #[test]
    fn the_features_of_a_group_are_counted() {
        let feature = |at: u32| Feature::pair(WordId(at), WordId(at));
        let all = (0..).map(feature).zip([0, 1, 0, 2, 0, 1, 2]);
        let groups = Groups::of(&all.collect::<Vec<_>>());
        assert_eq!(groups.sizes(3), [3, 2, 2]);
    }
}
