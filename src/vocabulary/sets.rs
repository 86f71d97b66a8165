//! Sets of red flags and of facts, a bit each.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

use super::{Fact, Flag};

/// A red flag of a loaded set: those of the core list first, in their order, then a club's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FlagId(pub u8);

impl FlagId {
    /// Most flags a set can hold.
    pub const MOST: usize = 64;

    /// How many of them are on the core list.
    pub const CORE: usize = Flag::VARIANTS.len();

    /// The flag of the core list this is, if it is one.
    #[must_use]
    pub fn core(self) -> Option<Flag> {
        Flag::VARIANTS.get(usize::from(self.0)).copied()
    }

    /// Whether it is an emergency of the core list.
    #[must_use]
    pub fn is_emergency(self) -> bool {
        self.core().is_some_and(Flag::is_emergency)
    }

    /// Whether it says whom it hits, not how it is.
    #[must_use]
    pub fn is_circumstance(self) -> bool {
        self.core().is_some_and(Flag::is_circumstance)
    }
}

impl From<Flag> for FlagId {
    fn from(flag: Flag) -> Self {
        Self(flag as u8)
    }
}

/// A set of red flags.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct FlagSet(pub u64);

impl FlagSet {
    /// A set of one.
    #[must_use]
    pub fn only(flag: impl Into<FlagId>) -> Self {
        Self(1 << flag.into().0)
    }

    /// Adds one.
    pub fn insert(&mut self, flag: impl Into<FlagId>) {
        self.0 |= 1 << flag.into().0;
    }

    /// Takes one out.
    pub fn remove(&mut self, flag: impl Into<FlagId>) {
        self.0 &= !(1 << flag.into().0);
    }

    /// Whether it is in.
    #[must_use]
    pub fn contains(self, flag: impl Into<FlagId>) -> bool {
        self.0 & (1 << flag.into().0) != 0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// All in order.
    pub fn iter(self) -> impl Iterator<Item = FlagId> {
        ones(self.0).map(FlagId)
    }

    /// All of either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those that are in the other as well.
    #[must_use]
    pub const fn among(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl FromIterator<FlagId> for FlagSet {
    fn from_iter<I: IntoIterator<Item = FlagId>>(flags: I) -> Self {
        let mut set = Self::default();
        flags.into_iter().for_each(|flag| set.insert(flag));
        set
    }
}

/// Facts of one word of a set.
const FACTS_A_WORD: usize = u64::BITS as usize;

/// A set of facts, with room for every one that there is. It is kept by their names.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(into = "Vec<Fact>", from = "Kept")]
pub struct FactSet([u64; Fact::VARIANTS.len().div_ceil(FACTS_A_WORD)]);

/// A set of facts as it is kept, or as it was kept before, a bit each.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Names(Vec<Fact>),
    Bits(u64),
}

impl From<Kept> for FactSet {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Names(facts) => facts.into_iter().collect(),
            // There were not more of them then than one word holds.
            Kept::Bits(bits) => {
                let held = Fact::VARIANTS.iter().take(FACTS_A_WORD).enumerate();
                held.filter(|(at, _)| bits & (1 << at) != 0).map(|(_, fact)| *fact).collect()
            }
        }
    }
}

impl FromIterator<Fact> for FactSet {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        let mut set = Self::default();
        facts.into_iter().for_each(|fact| set.insert(fact));
        set
    }
}

impl From<FactSet> for Vec<Fact> {
    fn from(set: FactSet) -> Self {
        set.iter().collect()
    }
}

impl FactSet {
    /// Adds one.
    pub fn insert(&mut self, fact: Fact) {
        let (word, bit) = Self::place(fact);
        self.0[word] |= bit;
    }

    /// Takes one out.
    pub fn remove(&mut self, fact: Fact) {
        let (word, bit) = Self::place(fact);
        self.0[word] &= !bit;
    }

    /// Whether it is in.
    #[must_use]
    pub const fn contains(self, fact: Fact) -> bool {
        let (word, bit) = Self::place(fact);
        self.0[word] & bit != 0
    }

    /// All in order.
    pub fn iter(self) -> impl Iterator<Item = Fact> {
        let words = self.0.into_iter().enumerate();
        let places = words.flat_map(|(word, bits)| ones(bits).map(move |bit| (word, bit)));
        let fact = |(word, bit)| Fact::VARIANTS.get(word * FACTS_A_WORD + usize::from(bit));
        places.filter_map(fact).copied()
    }

    /// The word that holds a fact, and its bit there.
    const fn place(fact: Fact) -> (usize, u64) {
        let at = fact as usize;
        (at / FACTS_A_WORD, 1 << (at % FACTS_A_WORD))
    }
}

/// The places of the bits that are set, in order.
fn ones(bits: u64) -> impl Iterator<Item = u8> {
    let mut left = bits;
    std::iter::from_fn(move || {
        let first = u8::try_from(left.trailing_zeros()).ok().filter(|_| left != 0)?;
        left &= left - 1;
        Some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_kept_by_name_and_read_as_they_were_kept_before() {
        let mut facts = FactSet::default();
        facts.insert(Fact::Sore);
        facts.insert(Fact::CrampedAgain);
        let kept = serde_json::to_value(facts).unwrap();
        assert_eq!(kept, serde_json::json!(["sore", "cramped_again"]));
        assert_eq!(serde_json::from_value::<FactSet>(kept).unwrap(), facts);
        let before: FactSet = serde_json::from_str("3").unwrap();
        assert!(before.contains(Fact::CrampLike) && before.contains(Fact::Now));
    }
}
