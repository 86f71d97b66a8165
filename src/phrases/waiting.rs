//! Patterns at the places where they wait. Neighbours that need the same other things in a message
//! stand in one group, so that one look passes over all of them.

use super::guard::Guards;
use super::lexicon::Atom;
use super::pattern::WordSets;
use super::quantity::Kinds;
use super::shelves::Shelves;

/// Where a pattern waits: its rarest step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    pub(super) pattern: u32,
    /// The step, counted among all steps of all patterns.
    pub(super) step: u32,
    /// What must stand near by.
    pub(super) guards: Guards,
}

/// The rarest word of a pattern beside the one that it waits at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Other {
    /// It has no other word.
    #[default]
    None,
    /// This one.
    Word(Atom),
    /// One of a set.
    Words(u32),
}

/// What must stand somewhere in a message for a pattern to be found there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// Something of each of these word lists.
    pub(super) lists: u128,
    /// A quantity of one of these kinds; any when there are none.
    pub(super) quantities: Kinds,
    pub(super) other: Other,
}

/// Neighbours with the same needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    needs: Needs,
    /// Where its anchors begin and end.
    anchors: [u32; 2],
}

/// Anchors by the number of the place where they wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    groups: Shelves<Group>,
    anchors: Vec<Anchor>,
}

impl Waiting {
    /// Puts anchors, each named with its place, where they wait; there are `count` places.
    pub(super) fn of(count: usize, filed: &[(u32, u32)], all: &[(Needs, Anchor)]) -> Self {
        let places = Shelves::of(count, filed);
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut anchors = Vec::with_capacity(filed.len());
        let mut groups = Vec::new();
        for at in 0..count {
            let mut last: Option<Group> = None;
            for (needs, anchor) in places.at(at).iter().filter_map(|id| all.get(*id as usize)) {
                let here = place(anchors.len());
                anchors.push(*anchor);
                match &mut last {
                    Some(group) if group.needs == *needs => group.anchors[1] = here + 1,
                    _ => {
                        let group = Group { needs: *needs, anchors: [here, here + 1] };
                        groups.extend(last.replace(group).map(|group| (place(at), group)));
                    }
                }
            }
            groups.extend(last.map(|group| (place(at), group)));
        }
        Self { groups: Shelves::of(count, &groups), anchors }
    }

    /// The groups at a place.
    pub(super) fn at(&self, place: usize) -> &[Group] {
        self.groups.at(place)
    }

    /// The anchors of a group.
    pub(super) fn anchors(&self, group: &Group) -> &[Anchor] {
        let [start, end] = group.anchors;
        self.anchors.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The patterns that wait at a place.
    pub(super) fn patterns(&self, place: usize) -> impl Iterator<Item = u32> {
        let [first, last] = [self.groups.at(place).first(), self.groups.at(place).last()];
        let range = first.zip(last).map(|(first, last)| first.anchors[0]..last.anchors[1]);
        let range = range.unwrap_or_default();
        let anchors = self.anchors.get(range.start as usize..range.end as usize);
        anchors.unwrap_or_default().iter().map(|anchor| anchor.pattern)
    }
}

/// What stands in a message at all.
#[derive(Clone, Debug, Default)]
pub(super) struct Present {
    /// The atoms that its words satisfy, a bit each.
    atoms: Vec<u64>,
    pub(super) lists: u128,
    pub(super) quantities: Kinds,
}

impl Present {
    /// Nothing, of so many atoms.
    pub(super) fn nothing(atoms: usize) -> Self {
        Self { atoms: vec![0; atoms / 64 + 1], ..Self::default() }
    }

    /// Notes a word with the atoms it satisfies and the lists that hold it.
    pub(super) fn add(&mut self, atoms: &[Atom], lists: u128) {
        for atom in atoms {
            if let Some(bits) = self.atoms.get_mut(*atom as usize / 64) {
                *bits |= 1 << (atom % 64);
            }
        }
        self.lists |= lists;
    }

    fn holds(&self, atom: Atom) -> bool {
        self.atoms.get(atom as usize / 64).is_some_and(|bits| bits & 1 << (atom % 64) != 0)
    }

    /// Whether there are the lists and quantities that a group needs.
    pub(super) fn has_lists(&self, group: &Group) -> bool {
        let needs = &group.needs;
        let any = needs.quantities == Kinds::default();
        needs.lists & !self.lists == 0 && (any || needs.quantities.meets(self.quantities))
    }

    /// Whether there is the other word that a group needs.
    pub(super) fn has_other(&self, group: &Group, sets: &WordSets) -> bool {
        match group.needs.other {
            Other::None => true,
            Other::Word(atom) => self.holds(atom),
            Other::Words(set) => sets.atoms(set).iter().any(|atom| self.holds(*atom)),
        }
    }
}
