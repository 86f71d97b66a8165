//! What must stand somewhere in a message for a pattern to be found in it, as numbers: each word,
//! word set, list and quantity that a pattern needs beside its anchor is a key. A message notes the
//! keys that it answers, a bit each, so that one look says whether a pattern can be there.

use super::grouped::Grouped;
use super::lexicon::Atom;
use super::pattern::{Step, WordSets};
use super::quantity::Kinds;
use super::set::bits;

/// What a pattern needs, by its number.
pub(super) type Key = u32;

/// The key that every message answers.
pub(super) const ALWAYS: Key = 0;

/// The two rarest things that a pattern needs beside its anchor.
pub(super) type Needs = [Key; 2];

/// Numbers the keys.
#[derive(Debug)]
pub(super) struct KeysBuilder {
    next: Key,
    /// The key of each atom, set and list; [`ALWAYS`] for one that no pattern needs.
    atoms: Vec<Key>,
    sets: Vec<Key>,
    lists: Vec<Key>,
    quantities: Vec<(Kinds, Key)>,
}

impl KeysBuilder {
    pub(super) fn new(atoms: usize, sets: usize, lists: usize) -> Self {
        Self {
            next: ALWAYS + 1,
            atoms: vec![ALWAYS; atoms],
            sets: vec![ALWAYS; sets],
            lists: vec![ALWAYS; lists],
            quantities: Vec::new(),
        }
    }

    /// The key of a step.
    pub(super) fn key(&mut self, step: Step) -> Key {
        let known = match step {
            Step::Word(atom) => self.atoms.get_mut(atom as usize),
            Step::Words(set) => self.sets.get_mut(set as usize),
            Step::List(list) => self.lists.get_mut(usize::from(list)),
            Step::Quantity(kinds) => {
                let at = self.quantities.iter().position(|(known, _)| *known == kinds);
                let at = at.unwrap_or_else(|| {
                    self.quantities.push((kinds, ALWAYS));
                    self.quantities.len() - 1
                });
                self.quantities.get_mut(at).map(|(_, key)| key)
            }
            Step::Gap(_) | Step::Edge(_) => None,
        };
        let Some(known) = known else { return ALWAYS };
        if *known == ALWAYS {
            *known = self.next;
            self.next += 1;
        }
        *known
    }

    pub(super) fn build(self, sets: &WordSets) -> Keys {
        let own = (0..).zip(&self.atoms).map(|(atom, key)| (atom, *key));
        let of_sets = (0..).zip(&self.sets).filter(|(_, key)| **key != ALWAYS);
        let of_sets =
            of_sets.flat_map(|(set, key)| sets.atoms(set).iter().map(|atom| (*atom, *key)));
        let all: Vec<(Atom, Key)> = own.chain(of_sets).filter(|(_, key)| *key != ALWAYS).collect();
        Keys {
            count: self.next as usize,
            by_atom: Grouped::of(self.atoms.len(), &all),
            lists: self.lists,
            quantities: self.quantities,
        }
    }
}

/// All keys, and what answers them.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    count: usize,
    by_atom: Grouped<Key>,
    lists: Vec<Key>,
    quantities: Vec<(Kinds, Key)>,
}

impl Keys {
    /// The keys that an atom answers.
    pub(super) fn of_atom(&self, atom: Atom) -> &[Key] {
        self.by_atom.at(atom as usize)
    }

    /// The keys that entries of some lists answer, a bit each.
    pub(super) fn of_lists(&self, lists: u128) -> impl Iterator<Item = Key> {
        let key = |list: usize| self.lists.get(list).copied().filter(|key| *key != ALWAYS);
        bits(lists).filter_map(key)
    }

    /// The keys that quantities of some kinds answer.
    pub(super) fn of_quantities(&self, kinds: Kinds) -> impl Iterator<Item = Key> {
        let meets = move |(needed, key): &(Kinds, Key)| needed.meets(kinds).then_some(*key);
        self.quantities.iter().filter_map(meets)
    }
}

/// The keys that a message answers, a bit each.
#[derive(Clone, Debug, Default)]
pub(super) struct Answered(Vec<u64>);

impl Answered {
    /// A message that answers nothing but what every one does.
    pub(super) fn nothing(keys: &Keys) -> Self {
        let mut answered = Self(vec![0; keys.count / 64 + 1]);
        answered.add(ALWAYS);
        answered
    }

    pub(super) fn add(&mut self, key: Key) {
        if let Some(bits) = self.0.get_mut(key as usize / 64) {
            *bits |= 1 << (key % 64);
        }
    }

    /// Without what lies above the highest key of another: nobody asks for it.
    pub(super) fn up_to(mut self, other: &Self) -> Self {
        let highest = other.0.iter().rposition(|bits| *bits != 0);
        self.0.truncate(highest.map_or(0, |at| at + 1));
        self
    }

    /// 1 where a message has all that is needed, else 0.
    pub(super) fn meets(&self, [one, two]: Needs) -> u64 {
        self.bit(one) & self.bit(two)
    }

    /// Whether a key is among them.
    pub(super) fn holds(&self, key: Key) -> bool {
        self.bit(key) == 1
    }

    fn bit(&self, key: Key) -> u64 {
        self.0.get(key as usize / 64).map_or(0, |bits| bits >> (key % 64) & 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 5] =
        [Step::Word(0), Step::Word(1), Step::Words(0), Step::List(3), Step::Quantity(Kinds(0b110))];

    /// The keys of the steps above, where the set is of the words 1 and 2.
    fn keys() -> (Keys, [Key; 5]) {
        let mut sets = WordSets::default();
        sets.step(&mut vec![2, 1]);
        let mut builder = KeysBuilder::new(4, sets.len(), 5);
        let own = STEPS.map(|step| builder.key(step));
        assert_eq!(STEPS.map(|step| builder.key(step)), own);
        (builder.build(&sets), own)
    }

    #[test]
    fn each_step_has_a_key_of_its_own_and_a_gap_needs_nothing() {
        let (_, mut own) = keys();
        own.sort_unstable();
        assert_eq!(own, [1, 2, 3, 4, 5]);
        assert_eq!(KeysBuilder::new(1, 0, 0).key(Step::Gap(2)), ALWAYS);
    }

    #[test]
    fn a_word_answers_its_own_key_and_those_of_its_sets() {
        let (keys, [zero, one, set, ..]) = keys();
        let all: Vec<&[Key]> = (0..5).map(|atom| keys.of_atom(atom)).collect();
        assert_eq!(all, [&[zero][..], &[one, set], &[set], &[], &[]]);
    }

    #[test]
    fn lists_and_quantities_answer_theirs_where_a_pattern_needs_them() {
        let (keys, [.., list, quantity]) = keys();
        assert_eq!(keys.of_lists(1 << 3 | 1 << 4).collect::<Vec<_>>(), [list]);
        assert_eq!(keys.of_quantities(Kinds(0b10)).collect::<Vec<_>>(), [quantity]);
        assert_eq!(keys.of_quantities(Kinds(0b1)).count(), 0);
    }

    #[test]
    fn what_lies_above_all_that_is_asked_for_is_left_out() {
        let keys = Keys { count: 200, ..Keys::default() };
        let [mut asked, mut answered] = [(); 2].map(|()| Answered::nothing(&keys));
        asked.add(70);
        answered.add(69);
        answered.add(150);
        let answered = answered.up_to(&asked);
        assert!(answered.holds(69) && answered.holds(ALWAYS) && !answered.holds(150));
    }

    #[test]
    fn a_need_is_met_when_both_of_its_keys_are_answered() {
        let keys = Keys { count: 130, ..Keys::default() };
        let mut answered = Answered::nothing(&keys);
        for key in [63, 64, 129] {
            answered.add(key);
        }
        let met = |needs: Needs| answered.meets(needs) == 1;
        assert!(met([ALWAYS, ALWAYS]) && met([63, ALWAYS]) && met([64, 129]));
        assert!(!met([62, ALWAYS]) && !met([64, 128]) && !met([130, 63]));
    }
}
