//! The word lists that code asks for by name.

use super::Sign;
use crate::phrases::PhraseSet;

/// Word lists that code asks for by name, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lists {
    /// Cramp, spasm, charley horse.
    pub cramp: u128,
    /// Cramps that are in a leg by their name.
    pub leg_cramp: u128,
    /// Any part of leg or foot.
    pub leg: u128,
    /// The calf.
    pub calf: u128,
    /// Front or back of the thigh.
    pub hamstring: u128,
    /// Front of the thigh.
    pub quad: u128,
    /// The inner thigh.
    pub groin: u128,
    /// Foot and toes.
    pub foot: u128,
    /// Other muscles of the leg and hip.
    pub other_muscle: u128,
    /// Parts of the body that are not a leg, and what cramps there.
    pub other_body: u128,
    /// Relatives, mates, patients.
    pub person: u128,
    /// Exercise words.
    pub exercise: u128,
    /// Night words.
    pub night: u128,
    /// Cramp in another sense: cramped rooms, style.
    pub figurative: u128,
    /// Pain words.
    pub pain: u128,
    /// Blood clot words.
    pub clot: u128,
    /// Muscles, no part named.
    pub muscle: u128,
    /// Talk of the womb and the gut.
    pub other_context: u128,
}

impl Lists {
    /// The lists of a set; a list that it does not know is empty.
    pub(super) fn of(phrases: &PhraseSet<Sign>) -> Self {
        Self {
            cramp: phrases.list_bit("cramp"),
            leg_cramp: phrases.list_bit("leg_cramp"),
            leg: phrases.list_bit("leg"),
            calf: phrases.list_bit("calf"),
            hamstring: phrases.list_bit("hamstring"),
            quad: phrases.list_bit("quad"),
            groin: phrases.list_bit("groin"),
            foot: phrases.list_bit("foot"),
            other_muscle: phrases.list_bit("other_muscle"),
            other_body: phrases.list_bit("other_body"),
            person: phrases.list_bit("person"),
            exercise: phrases.list_bit("exercise"),
            night: phrases.list_bit("night"),
            figurative: phrases.list_bit("figurative"),
            pain: phrases.list_bit("pain"),
            clot: phrases.list_bit("clot"),
            muscle: phrases.list_bit("muscle"),
            other_context: phrases.list_bit("other_context"),
        }
    }

    /// The lists of which a message about a leg cramp holds something.
    #[must_use]
    pub const fn of_cramps(&self) -> u128 {
        self.cramp | self.leg | self.clot | self.muscle
    }
}
