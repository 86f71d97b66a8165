//! Patterns at the places where they wait. What they need stands apart from the rest and close
//! together, so that a message passes quickly over what it cannot hold.

use super::grouped::Grouped;
use super::guard::Guards;
use super::keys::{Answered, Needs};

/// Where a pattern waits: its rarest step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    pub(super) pattern: u32,
    /// The step, counted among all steps of all patterns.
    pub(super) step: u32,
    /// How many steps the pattern has before it and after it; so many that nothing is found are as
    /// good as more.
    pub(super) sides: [u8; 2],
    /// The parts of its guards, side by side, so that an anchor fills half a line of a cache.
    guard_reach: [u8; 2],
    guard_bits: [u64; 2],
}

impl Anchor {
    /// A pattern that waits at a step, has so many steps on each side, and is guarded so.
    pub(super) const fn new(pattern: u32, step: u32, sides: [u8; 2], guards: Guards) -> Self {
        let Guards { bits, reach } = guards;
        Self { pattern, step, sides, guard_reach: reach, guard_bits: bits }
    }

    /// What must stand near by.
    pub(super) const fn guards(&self) -> Guards {
        Guards { bits: self.guard_bits, reach: self.guard_reach }
    }
}

/// Where the patterns that wait at one place begin and end.
pub(super) type Run = [u32; 2];

/// Most patterns that are looked at in one go: a bit each.
const AT_ONCE: usize = 64;

/// Anchors by the number of the place where they wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    places: Grouped<()>,
    needs: Vec<Needs>,
    anchors: Vec<Anchor>,
}

impl Waiting {
    /// Puts anchors, each named with its place, where they wait; there are `count` places.
    pub(super) fn of(count: usize, filed: &[(u32, u32)], all: &[(Needs, Anchor)]) -> Self {
        let order = Grouped::of(count, filed);
        let sorted = || order.all().iter().filter_map(|id| all.get(*id as usize));
        let (mut needs, mut anchors) = (Vec::new(), Vec::new());
        needs.reserve_exact(filed.len());
        anchors.reserve_exact(filed.len());
        needs.extend(sorted().map(|(needs, _)| *needs));
        anchors.extend(sorted().map(|(_, anchor)| *anchor));
        Self { places: order.emptied(), needs, anchors }
    }

    /// What waits at a place; nothing where nobody does.
    pub(super) fn run(&self, place: usize) -> Option<Run> {
        let range = self.places.range(place);
        (!range.is_empty()).then_some([range.start, range.end])
    }

    /// What the anchors of a run need, in their order.
    pub(super) fn needs(&self, [start, end]: Run) -> &[Needs] {
        self.needs.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The anchors of a run of which a message has all that they need.
    pub(super) fn met<'w>(
        &'w self,
        [start, end]: Run,
        answered: &'w Answered,
    ) -> impl Iterator<Item = u32> + 'w {
        let needs = self.needs([start, end]);
        needs.chunks(AT_ONCE).zip((start..).step_by(AT_ONCE)).flat_map(|(needs, first)| {
            let mut met = needs.iter().rev().fold(0, |met, own| met << 1 | answered.meets(*own));
            std::iter::from_fn(move || {
                let at = (met != 0).then(|| met.trailing_zeros())?;
                met &= met - 1;
                Some(first + at)
            })
        })
    }

    /// An anchor by its number.
    pub(super) fn anchor(&self, at: u32) -> Option<&Anchor> {
        self.anchors.get(at as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrases::guard::AtomBits;
    use crate::phrases::keys::{ALWAYS, Keys};
    use crate::phrases::pattern::WordSets;

    fn anchor(pattern: u32) -> Anchor {
        let (sets, bits) = (WordSets::default(), AtomBits::new(&[]));
        let guards = Guards::of([].into_iter(), [].into_iter(), &sets, &bits);
        Anchor::new(pattern, 0, [0, 0], guards)
    }

    #[test]
    fn at_each_place_those_wait_that_were_filed_there_and_nowhere_else() {
        let all: Vec<_> = (0..3).map(|pattern| ([ALWAYS; 2], anchor(pattern))).collect();
        let waiting = Waiting::of(4, &[(2, 0), (0, 1), (2, 2)], &all);
        let answered = Answered::nothing(&Keys::default());
        let at = |place: usize| -> Vec<u32> {
            let met = waiting.run(place).into_iter().flat_map(|run| waiting.met(run, &answered));
            met.filter_map(|at| waiting.anchor(at)).map(|anchor| anchor.pattern).collect()
        };
        assert_eq!([0, 1, 2, 3, 4].map(at), [vec![1], vec![], vec![0, 2], vec![], vec![]]);
        assert_eq!(waiting.run(1), None);
    }

    #[test]
    fn of_a_long_run_just_those_are_met_whose_needs_are_answered() {
        let key = |at: u32| if at.is_multiple_of(3) { ALWAYS } else { 7 };
        let all: Vec<_> = (0..200).map(|at| ([key(at), ALWAYS], anchor(at))).collect();
        let filed: Vec<(u32, u32)> = (0..200).map(|at| (0, at)).collect();
        let waiting = Waiting::of(1, &filed, &all);
        let run = waiting.run(0).unwrap();
        let mut answered = Answered::nothing(&Keys::default());
        let met: Vec<u32> = waiting.met(run, &answered).collect();
        assert_eq!(met, (0..200_u32).step_by(3).collect::<Vec<_>>());
        answered.add(7);
        assert_eq!(waiting.met(run, &answered).count(), 200);
    }
}
