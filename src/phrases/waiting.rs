//! Patterns at the places where they wait. What they need stands apart from the rest and close
//! together, so that a message passes quickly over what it cannot hold.

use super::guard::Guards;
use super::keys::{Answered, Needs};
use super::shelves::Shelves;

/// Where a pattern waits: its rarest step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    pub(super) pattern: u32,
    /// The step, counted among all steps of all patterns.
    pub(super) step: u32,
    /// How many steps the pattern has before it and after it; so many that nothing is found are as
    /// good as more.
    pub(super) sides: [u8; 2],
    /// What must stand near by.
    pub(super) guards: Guards,
}

/// Where the patterns that wait at one place begin and end.
pub(super) type Run = [u32; 2];

/// Most patterns that are looked at in one go: a bit each.
const AT_ONCE: usize = 64;

/// Anchors by the number of the place where they wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    places: Shelves<()>,
    needs: Vec<Needs>,
    anchors: Vec<Anchor>,
}

impl Waiting {
    /// Puts anchors, each named with its place, where they wait; there are `count` places.
    pub(super) fn of(count: usize, filed: &[(u32, u32)], all: &[(Needs, Anchor)]) -> Self {
        let order = Shelves::of(count, filed);
        let sorted = || order.all().iter().filter_map(|id| all.get(*id as usize));
        let needs = sorted().map(|(needs, _)| *needs).collect();
        let anchors = sorted().map(|(_, anchor)| *anchor).collect();
        Self { places: order.emptied(), needs, anchors }
    }

    /// What waits at a place; nothing where nobody does.
    pub(super) fn run(&self, place: usize) -> Option<Run> {
        let range = self.places.range(place);
        (!range.is_empty()).then_some([range.start, range.end])
    }

    /// The anchors of a run of which a message has all that they need.
    pub(super) fn met<'w>(
        &'w self,
        [start, end]: Run,
        answered: &'w Answered,
    ) -> impl Iterator<Item = u32> + 'w {
        let needs = self.needs.get(start as usize..end as usize).unwrap_or_default();
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
