//! Where each pattern waits: under its rarest part, with what else must be there.

use std::ops::Range;

use super::guard::{AtomBits, Guards};
use super::lexicon::{Atom, Lexicon};
use super::pattern::{Pattern, Step, WordSets};
use super::quantity::Kinds;
use super::set::{Owner, bits};
use super::waiting::{Anchor, Needs, Other};

/// How rare a word list and a quantity are taken to be before any example is counted.
const USUAL_LIST: u32 = 50;
const USUAL_QUANTITY: u32 = 200;

/// How common each atom and list is in the examples.
pub(super) struct Costs {
    pub(super) atoms: Vec<u32>,
    lists: Vec<u32>,
}

impl Costs {
    pub(super) fn of(
        lexicon: &Lexicon,
        counts: &[(Box<str>, u32)],
        atoms: usize,
        lists: usize,
    ) -> Self {
        let mut costs = Self { atoms: vec![1; atoms], lists: vec![USUAL_LIST; lists] };
        for (word, count) in counts {
            let id = lexicon.exact(word);
            for atom in lexicon.atoms(id) {
                if let Some(cost) = costs.atoms.get_mut(*atom as usize) {
                    *cost += count;
                }
            }
            for list in bits(lexicon.lists(id)) {
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
            Step::List(_) | Step::Quantity(_) | Step::Gap(_) => None,
        }
    }
}

/// The anchors, each with where it waits.
#[derive(Default)]
pub(super) struct Filed {
    pub(super) anchors: Vec<(Needs, Anchor)>,
    /// The number of the place, and that of the anchor.
    pub(super) by_atom: Vec<(u32, u32)>,
    pub(super) by_list: Vec<(u32, u32)>,
    pub(super) by_quantity: Vec<(u32, u32)>,
    pub(super) in_lists: Vec<(u32, u32)>,
}

impl Filed {
    /// Files each pattern under its rarest step.
    pub(super) fn of<T>(
        patterns: &[Pattern<Owner<T>>],
        steps: &[Step],
        sets: &WordSets,
        costs: &Costs,
        bits: &AtomBits,
    ) -> Self {
        let mut filed = Self::default();
        for (pattern, id) in patterns.iter().zip(0..) {
            let in_list = matches!(pattern.owner, Owner::List(_));
            let row = Row { steps, own: pattern.first..pattern.end, sets, costs };
            let Some(step) = row.rarest(|step| costs.of_step(step, sets, in_list), None) else {
                continue;
            };
            let anchor = u32::try_from(filed.anchors.len()).unwrap_or(u32::MAX);
            filed.anchors.push(row.anchor(id, step, bits));
            let words = if in_list { &mut filed.in_lists } else { &mut filed.by_atom };
            match steps.get(step as usize) {
                Some(Step::Word(atom)) => words.push((*atom, anchor)),
                Some(Step::Words(set)) => {
                    words.extend(sets.atoms(*set).iter().map(|atom| (*atom, anchor)));
                }
                Some(Step::List(list)) => filed.by_list.push((u32::from(*list), anchor)),
                Some(Step::Quantity(kinds)) => {
                    let kinds = bits_of(*kinds).map(|kind| (kind, anchor));
                    filed.by_quantity.extend(kinds);
                }
                Some(Step::Gap(_)) | None => {}
            }
        }
        filed
    }
}

/// The numbers of some kinds of quantities.
pub(super) fn bits_of(kinds: Kinds) -> impl Iterator<Item = u32> {
    (0..u16::BITS).filter(move |kind| kinds.0 & 1 << kind != 0)
}

/// The steps of one pattern among all steps.
struct Row<'r> {
    steps: &'r [Step],
    own: Range<u32>,
    sets: &'r WordSets,
    costs: &'r Costs,
}

impl Row<'_> {
    /// The step that costs least, but for one.
    fn rarest(&self, cost: impl Fn(Step) -> Option<u32>, but: Option<u32>) -> Option<u32> {
        let others = self.own.clone().filter(|at| Some(*at) != but);
        let costed = others.filter_map(|at| Some((cost(*self.steps.get(at as usize)?)?, at)));
        costed.min().map(|(_, at)| at)
    }

    fn slice(&self, range: Range<u32>) -> &[Step] {
        self.steps.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// The pattern waiting at a step, and what else it needs.
    fn anchor(&self, pattern: u32, step: u32, bits: &AtomBits) -> (Needs, Anchor) {
        let left = self.slice(self.own.start..step).iter().rev();
        let right = self.slice(step + 1..self.own.end).iter();
        let guards = Guards::of(left, right, self.sets, bits);
        (self.needs(step), Anchor { pattern, step, guards })
    }

    /// What a pattern that waits at a step needs beside it.
    fn needs(&self, step: u32) -> Needs {
        let mut needs = Needs::default();
        for step in self.slice(self.own.clone()) {
            match step {
                Step::List(list) => needs.lists |= 1 << list,
                Step::Quantity(kinds) => needs.quantities = *kinds,
                Step::Word(_) | Step::Words(_) | Step::Gap(_) => {}
            }
        }
        let words_only = |step| self.costs.of_step(step, self.sets, true);
        let other = self.rarest(words_only, Some(step));
        needs.other = match other.and_then(|at| self.steps.get(at as usize)) {
            Some(Step::Word(atom)) => Other::Word(*atom),
            Some(Step::Words(set)) => Other::Words(*set),
            Some(Step::List(_) | Step::Quantity(_) | Step::Gap(_)) | None => Other::None,
        };
        needs
    }
}
