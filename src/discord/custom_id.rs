//! What travels in a button: whose it is, which conversation it belongs to, and what it means.

use crate::message::{Address, PersonId, PlaceId};

/// The version of the shape; a later one reads what this one wrote, or says that it cannot.
const VERSION: &str = "1";

/// Stands for the choice in a menu: there it is the values that were picked that say it.
const PICKED: &str = "*";

/// The id of something that only this person may press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CustomId {
    /// Whose it is, and whose conversation goes on by it.
    pub(super) of: Address,
    /// The choice; `None` in a menu.
    pub(super) choice: Option<String>,
}

/// Not an id that this version understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outdated;

impl CustomId {
    /// A button that means this choice.
    pub(super) fn button(of: Address, choice: &str) -> Self {
        Self { of, choice: Some(choice.to_owned()) }
    }

    /// A menu.
    pub(super) fn menu(of: Address) -> Self {
        Self { of, choice: None }
    }

    /// From what Discord gives back.
    pub(super) fn read(id: &str) -> Result<Self, Outdated> {
        let mut parts = id.splitn(4, '.');
        let mut next = || parts.next().ok_or(Outdated);
        if next()? != VERSION {
            return Err(Outdated);
        }
        let number = |text: &str| u64::from_str_radix(text, 16).map_err(|_| Outdated);
        let of = Address { person: PersonId(number(next()?)?), place: PlaceId(number(next()?)?) };
        let choice = Some(next()?).filter(|choice| *choice != PICKED).map(str::to_owned);
        Ok(Self { of, choice })
    }
}

impl std::fmt::Display for CustomId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let choice = self.choice.as_deref().unwrap_or(PICKED);
        write!(f, "{VERSION}.{:x}.{:x}.{choice}", self.of.person.0, self.of.place.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_as_it_went() {
        let of = Address { person: PersonId(u64::MAX), place: PlaceId(1) };
        for id in [CustomId::button(of, "answer:check:none"), CustomId::menu(of)] {
            assert_eq!(CustomId::read(&id.to_string()), Ok(id));
        }
    }

    /// Longest id that Discord takes, in characters.
    const LONGEST: usize = 100;

    #[test]
    fn the_longest_id_fits() {
        let of = Address { person: PersonId(u64::MAX), place: PlaceId(u64::MAX) };
        let longest = CustomId::button(of, &"x".repeat(64)).to_string();
        assert!(longest.len() <= LONGEST, "{}", longest.len());
    }

    #[test]
    fn what_another_version_wrote_is_outdated() {
        for id in ["", "0.1.1.yes", "2.1.1.yes", "1.1.yes", "1.zz.1.yes", "yes"] {
            assert_eq!(CustomId::read(id), Err(Outdated), "{id}");
        }
    }
}
