//! Where each pattern waits: under its rarest part, with what else must be there.

use std::ops::Range;

use super::guard::{AtomBits, Guards};
use super::keys::{ALWAYS, KeysBuilder, Needs};
use super::lexicon::{Atom, Lexicon, WordId};
use super::pattern::{Packed, Patterns, Step, WordSets};
use super::quantity::Kinds;
use super::set::{Owner, bits};
use super::waiting::Anchor;

/// How rare a word list and a quantity are taken to be before any example is counted.
const USUAL_LIST: u32 = 50;
const USUAL_QUANTITY: u32 = 200;

/// A word set that is more than one in so many words of the examples stands in most messages: to need
/// it beside something rarer says too little for what noting it costs.
const COMMON: u32 = 128;

/// How common each atom and list is in the examples.
pub(super) struct Costs {
    pub(super) atoms: Vec<u32>,
    lists: Vec<u32>,
    /// How common a word set may be that is needed beside something rarer.
    most: u32,
}

impl Costs {
    pub(super) fn of(
        lexicon: &Lexicon,
        counts: &[(WordId, u32)],
        atoms: usize,
        lists: usize,
    ) -> Self {
        let most = counts.iter().map(|(_, count)| count).sum::<u32>() / COMMON + USUAL_QUANTITY;
        let mut costs = Self { atoms: vec![1; atoms], lists: vec![USUAL_LIST; lists], most };
        for (id, count) in counts {
            for atom in lexicon.known.atoms(*id) {
                if let Some(cost) = costs.atoms.get_mut(*atom as usize) {
                    *cost += count;
                }
            }
            for list in bits(lexicon.known.lists(*id)) {
                if let Some(cost) = costs.lists.get_mut(list) {
                    *cost += count;
                }
            }
        }
        costs
    }

    /// What it costs to wait at a step; nothing where nobody can wait. Entries of lists are found
    /// before lists and quantities are, so that they wait at words.
    fn of_step(&self, step: Step, sets: &WordSets, in_list: bool) -> Option<u32> {
        let of_atom = |atom: &Atom| self.atoms.get(*atom as usize).copied().unwrap_or(1);
        match step {
            Step::Word(atom) => Some(of_atom(&atom)),
            Step::Words(set) => Some(sets.atoms(set).iter().map(of_atom).sum()),
            Step::List(list) if !in_list => self.lists.get(usize::from(list)).map(|c| c + 1),
            Step::Quantity(_) if !in_list => Some(USUAL_QUANTITY),
            Step::List(_) | Step::Quantity(_) | Step::Gap(_) | Step::Edge(_) => None,
        }
    }
}

/// The anchors, each with where it waits.
pub(super) struct Filed {
    pub(super) anchors: Vec<(Needs, Anchor)>,
    /// The number of the place, and that of the anchor: phrases wait at atoms, lists and kinds of
    /// quantities.
    pub(super) phrases: Vec<(u32, u32)>,
    /// The entries of word lists wait at atoms.
    pub(super) in_lists: Vec<(u32, u32)>,
    pub(super) keys: KeysBuilder,
}

impl Filed {
    /// Files each pattern under its rarest step.
    pub(super) fn of<T: Copy + PartialEq>(
        patterns: &Patterns<Owner<T>>,
        sets: &WordSets,
        costs: &Costs,
        bits: &AtomBits,
    ) -> Self {
        let places = Places { atoms: costs.atoms.len(), lists: costs.lists.len() };
        let mut filed = Self {
            anchors: Vec::with_capacity(patterns.len()),
            phrases: Vec::with_capacity(patterns.len() * 2),
            in_lists: Vec::new(),
            keys: KeysBuilder::new(places.atoms, sets.len(), places.lists),
        };
        let steps = patterns.steps();
        let all = |of_lists| {
            let own = patterns.iter().zip(0..);
            let own = own.map(|((own, owner), id)| (own, id, matches!(owner, Owner::List(_))));
            own.filter(move |(_, _, in_list)| *in_list == of_lists)
        };
        // Those of lists first, so that what they need has the lowest numbers.
        for (own, id, in_list) in all(true).chain(all(false)) {
            let row = Row { steps, own, sets, costs };
            let Some(step) = row.rarest(|step| costs.of_step(step, sets, in_list), &[]) else {
                continue;
            };
            let anchor = u32::try_from(filed.anchors.len()).unwrap_or(u32::MAX);
            filed.anchors.push(row.anchor(id, step, bits, &mut filed.keys));
            let waiting = if in_list { &mut filed.in_lists } else { &mut filed.phrases };
            let mut wait = |place: usize| waiting.push((place as u32, anchor));
            match steps.get(step as usize).map(|packed| packed.step()) {
                Some(Step::Word(atom)) => wait(atom as usize),
                Some(Step::Words(set)) => {
                    sets.atoms(set).iter().for_each(|atom| wait(*atom as usize));
                }
                Some(Step::List(list)) => wait(places.list(usize::from(list))),
                Some(Step::Quantity(kinds)) => {
                    bits_of(kinds).for_each(|kind| wait(places.kind(kind)));
                }
                Some(Step::Gap(_) | Step::Edge(_)) | None => {}
            }
        }
        filed
    }
}

/// The numbers of the places where phrases wait: atoms, then lists, then kinds of quantities.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    pub(super) atoms: usize,
    pub(super) lists: usize,
}

impl Places {
    pub(super) const fn list(self, list: usize) -> usize {
        self.atoms + list
    }

    pub(super) const fn kind(self, kind: u32) -> usize {
        self.atoms + self.lists + kind as usize
    }

    pub(super) const fn count(self) -> usize {
        self.kind(u16::BITS)
    }
}

/// The numbers of some kinds of quantities.
pub(super) fn bits_of(kinds: Kinds) -> impl Iterator<Item = u32> {
    (0..u16::BITS).filter(move |kind| kinds.0 & 1 << kind != 0)
}

/// The steps of one pattern among all steps.
struct Row<'r> {
    steps: &'r [Packed],
    own: Range<u32>,
    sets: &'r WordSets,
    costs: &'r Costs,
}

impl Row<'_> {
    /// The step that costs least, but for some.
    fn rarest(&self, cost: impl Fn(Step) -> Option<u32>, but: &[u32]) -> Option<u32> {
        let others = self.own.clone().filter(|at| !but.contains(at));
        let step = |at: u32| self.steps.get(at as usize).map(|packed| packed.step());
        let costed = others.filter_map(|at| Some((cost(step(at)?)?, at)));
        costed.min().map(|(_, at)| at)
    }

    fn slice(&self, range: Range<u32>) -> impl DoubleEndedIterator<Item = Step> {
        let own = self.steps.get(range.start as usize..range.end as usize);
        own.unwrap_or_default().iter().map(|packed| packed.step())
    }

    /// The pattern waiting at a step, and what else it needs.
    fn anchor(
        &self,
        pattern: u32,
        step: u32,
        bits: &AtomBits,
        keys: &mut KeysBuilder,
    ) -> (Needs, Anchor) {
        let left = self.slice(self.own.start..step).rev();
        let right = self.slice(step + 1..self.own.end);
        let guards = Guards::of(left, right, self.sets, bits);
        let sides = [step - self.own.start, self.own.end - step - 1];
        let sides = sides.map(|side| u8::try_from(side).unwrap_or(u8::MAX));
        (self.needs(step, keys), Anchor::new(pattern, step, sides, guards))
    }

    /// The rarest of what a pattern that waits at a step needs beside it.
    fn needs(&self, step: u32, keys: &mut KeysBuilder) -> Needs {
        let cost = |step| self.costs.of_step(step, self.sets, false);
        let says = |step: Step| {
            let is_set = matches!(step, Step::Words(_));
            cost(step).filter(|cost| !is_set || *cost <= self.costs.most)
        };
        let one = self.rarest(cost, &[step]);
        let two = one.and_then(|one| self.rarest(says, &[step, one]));
        [one, two].map(|at| {
            let step = at.and_then(|at| self.steps.get(at as usize));
            step.map_or(ALWAYS, |packed| keys.key(packed.step()))
        })
    }
}
