//! One pattern, and how it is compared with a message from its anchor outwards.

use std::ops::{BitOr, Range};

use rustc_hash::FxHashMap;

use super::guard::AtomBits;
use super::lexicon::{Atom, Lexicon};
use super::quantity::{Kinds, Quantity};
use super::reading::Reading;

/// One step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// This word.
    Word(Atom),
    /// One of the words of a set.
    Words(u32),
    /// An entry of a word list.
    List(u8),
    /// A quantity.
    Quantity(Kinds),
    /// Up to so many words of any kind.
    Gap(u8),
    /// Entries of a word list, and nothing else, up to an end of the message.
    Edge(u8),
}

/// A step in half the room: what it is in the upper bits, which one in the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Packed(u32);

impl Packed {
    const BITS: u32 = 29;
    const WORDS: u32 = 1;
    const LIST: u32 = 2;
    const QUANTITY: u32 = 3;
    const GAP: u32 = 4;
    const EDGE: u32 = 5;

    const fn new(kind: u32, which: u32) -> Self {
        Self(kind << Self::BITS | which & ((1 << Self::BITS) - 1))
    }

    /// The step.
    pub(super) const fn step(self) -> Step {
        let which = self.0 & ((1 << Self::BITS) - 1);
        match self.0 >> Self::BITS {
            0 => Step::Word(which),
            Self::WORDS => Step::Words(which),
            Self::LIST => Step::List(which as u8),
            Self::QUANTITY => Step::Quantity(Kinds(which as u16)),
            Self::GAP => Step::Gap(which as u8),
            _ => Step::Edge(which as u8),
        }
    }
}

impl From<Step> for Packed {
    fn from(step: Step) -> Self {
        match step {
            Step::Word(atom) => Self::new(0, atom),
            Step::Words(set) => Self::new(Self::WORDS, set),
            Step::List(list) => Self::new(Self::LIST, u32::from(list)),
            Step::Quantity(kinds) => Self::new(Self::QUANTITY, u32::from(kinds.0)),
            Step::Gap(width) => Self::new(Self::GAP, u32::from(width)),
            Step::Edge(list) => Self::new(Self::EDGE, u32::from(list)),
        }
    }
}

/// Sets of words, each kept once. Their atoms stand in order.
#[derive(Clone, Debug, Default)]
pub(super) struct WordSets {
    ids: FxHashMap<Box<[Atom]>, u32>,
    atoms: Vec<Atom>,
    sets: Vec<WordSet>,
}

#[derive(Clone, Copy, Debug)]
struct WordSet {
    start: u32,
    end: u32,
    /// The bits of its atoms: most words are seen not to be in the set.
    bits: u64,
}

impl WordSets {
    /// The step for these atoms.
    pub(super) fn step(&mut self, atoms: &mut Vec<Atom>) -> Step {
        atoms.sort_unstable();
        atoms.dedup();
        if let [atom] = atoms.as_slice() {
            return Step::Word(*atom);
        }
        if let Some(id) = self.ids.get(atoms.as_slice()) {
            return Step::Words(*id);
        }
        let start = place(self.atoms.len());
        self.atoms.extend_from_slice(atoms);
        let id = place(self.sets.len());
        self.sets.push(WordSet { start, end: place(self.atoms.len()), bits: 0 });
        self.ids.insert(atoms.as_slice().into(), id);
        Step::Words(id)
    }

    pub(super) fn len(&self) -> usize {
        self.sets.len()
    }

    /// The atoms of a set.
    pub(super) fn atoms(&self, set: u32) -> &[Atom] {
        let Some(set) = self.sets.get(set as usize) else { return &[] };
        self.atoms.get(set.start as usize..set.end as usize).unwrap_or_default()
    }

    /// The bits of a set's atoms.
    pub(super) fn bits(&self, set: u32) -> u64 {
        self.sets.get(set as usize).map_or(0, |set| set.bits)
    }

    /// Notes the bits of all atoms. There are no more sets to come.
    pub(super) fn mark(&mut self, bits: &AtomBits) {
        self.ids = FxHashMap::default();
        self.atoms.shrink_to_fit();
        self.sets.shrink_to_fit();
        let atoms = &self.atoms;
        for set in &mut self.sets {
            set.bits = bits.of(atoms.get(set.start as usize..set.end as usize).unwrap_or_default());
        }
    }

    fn holds_any(&self, set: u32, atoms: &[Atom]) -> bool {
        let set = self.atoms(set);
        atoms.iter().any(|atom| set.binary_search(atom).is_ok())
    }
}

/// All patterns, each a row of steps that somebody looks for. `O` is who does.
#[derive(Clone, Debug)]
pub(super) struct Patterns<O> {
    steps: Vec<Packed>,
    all: Vec<Pattern>,
    owners: Vec<O>,
}

#[derive(Clone, Copy, Debug)]
struct Pattern {
    /// Where its steps begin; they end where those of the next begin.
    first: u32,
    owner: u32,
}

impl<O> Default for Patterns<O> {
    fn default() -> Self {
        Self { steps: Vec::new(), all: Vec::new(), owners: Vec::new() }
    }
}

impl<O: Copy + PartialEq> Patterns<O> {
    /// Adds a pattern. Those of one owner had better come one after the other.
    pub(super) fn push(&mut self, steps: impl Iterator<Item = Packed>, owner: O) {
        let first = place(self.steps.len());
        self.steps.extend(steps);
        let last = self.owners.len().saturating_sub(2);
        let known = self.owners.iter().skip(last).position(|known| *known == owner);
        let at = known.map_or(self.owners.len(), |at| last + at);
        if known.is_none() {
            self.owners.push(owner);
        }
        self.all.push(Pattern { first, owner: place(at) });
    }

    /// Gives back what is not needed. There are no more patterns to come.
    pub(super) fn shrink(&mut self) {
        self.steps.shrink_to_fit();
        self.all.shrink_to_fit();
        self.owners.shrink_to_fit();
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The steps of all patterns, one after the other.
    pub(super) fn steps(&self) -> &[Packed] {
        &self.steps
    }

    /// Who looks for a pattern.
    pub(super) fn owner(&self, pattern: u32) -> Option<O> {
        let pattern = self.all.get(pattern as usize)?;
        self.owners.get(pattern.owner as usize).copied()
    }

    /// Each pattern: which steps are its own, and who looks for it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Range<u32>, O)> {
        let ends = self.all.iter().skip(1).map(|next| next.first);
        let ends = ends.chain([place(self.steps.len())]);
        self.all.iter().zip(ends).filter_map(|(pattern, end)| {
            Some((pattern.first..end, *self.owners.get(pattern.owner as usize)?))
        })
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Positions reached, as bits counted from the anchor: a pattern spans less than 64 words a side.
type Reached = u64;

/// Most words on one side of an anchor.
const FARTHEST: usize = 62;

#[derive(Clone, Copy)]
pub(super) struct Matcher<'m> {
    pub(super) lexicon: &'m Lexicon,
    pub(super) sets: &'m WordSets,
    pub(super) reading: &'m Reading,
}

impl Matcher<'_> {
    /// The words that `left`, an anchor at `at`, and `right` cover; the shortest cover.
    pub(super) fn spread(
        &self,
        left: &[Packed],
        at: &Range<usize>,
        right: &[Packed],
    ) -> Option<Range<usize>> {
        let end = at.end + self.reach(right.iter(), at.end, Side::Right)?;
        let start = at.start - self.reach(left.iter().rev(), at.start, Side::Left)?;
        Some(start..end)
    }

    /// How few words the steps can cover on one side; all ways are followed at once.
    fn reach<'s>(
        &self,
        steps: impl Iterator<Item = &'s Packed>,
        from: usize,
        side: Side,
    ) -> Option<usize> {
        let mut reached: Reached = 1;
        let room = match side {
            Side::Right => self.reading.room_after(from),
            Side::Left => self.reading.room_before(from),
        };
        let within: Reached = (1 << (room.min(FARTHEST) + 1)) - 1;
        for step in steps {
            reached = self.advance(step.step(), reached, from, side) & within;
            if reached == 0 {
                return None;
            }
        }
        Some(reached.trailing_zeros() as usize)
    }

    fn advance(&self, step: Step, reached: Reached, from: usize, side: Side) -> Reached {
        if let Step::Gap(width) = step {
            return (0..=width).fold(0, |all, by| all | (reached << by));
        }
        let mut next = 0;
        let mut left = reached;
        while left != 0 {
            let offset = left.trailing_zeros() as usize;
            left &= left - 1;
            if let Step::Edge(list) = step {
                let rest = side.rest(from, offset, self.reading.words.len());
                next |= Reached::from(self.reading.is_all_of(list, rest)) << offset;
            } else if let Some(at) = side.index(from, offset) {
                next |= self.lengths(step, at, side) << offset;
            }
        }
        next
    }

    /// The lengths with which a step can stand at a token, as bits.
    fn lengths(&self, step: Step, at: usize, side: Side) -> Reached {
        match step {
            Step::Word(atom) => Reached::from(self.atoms(at).contains(&atom)) << 1,
            Step::Words(set) => {
                let likely = self.reading.bits(at) & self.sets.bits(set) != 0;
                Reached::from(likely && self.sets.holds_any(set, self.atoms(at))) << 1
            }
            Step::List(list) => {
                let single = Reached::from(self.reading.lists_at(at) & 1 << list != 0) << 1;
                let spans = match side {
                    Side::Right => self.reading.spans_from(at),
                    Side::Left => self.reading.spans_to(at + 1),
                };
                let own = spans.iter().filter(|span| span.list == list);
                own.fold(single, |all, span| all | bit(span.end - span.start))
            }
            Step::Quantity(kinds) => {
                let length =
                    |q: &Quantity| if q.kind.meets(kinds) { bit(q.tokens.len()) } else { 0 };
                match side {
                    Side::Right => self.reading.counted_from(at).map(length).fold(0, BitOr::bitor),
                    Side::Left => self.reading.counted_to(at + 1).map(length).fold(0, BitOr::bitor),
                }
            }
            Step::Gap(_) | Step::Edge(_) => 0,
        }
    }

    fn atoms(&self, at: usize) -> &[Atom] {
        self.reading.words.get(at).map_or(&[], |id| self.lexicon.known.atoms(*id))
    }
}

fn bit(length: usize) -> Reached {
    if length < FARTHEST { 1 << length } else { 0 }
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

    /// The tokens of a message that are left on this side after those.
    fn rest(self, from: usize, offset: usize, all: usize) -> Range<usize> {
        match self {
            Self::Right => from + offset..all,
            Self::Left => 0..from.saturating_sub(offset),
        }
    }
}
