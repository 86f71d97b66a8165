//! What a question asks that leans on the answer before it.

use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// What is asked of a topic that was just spoken of, in words that do not name it: "how much?",
/// "and for kids?".
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum Aspect {
    /// "how much?", "how many?"
    HowMuch,
    /// "how often?", "every day?"
    HowOften,
    /// "how long for?"
    HowLong,
    /// "how soon does it work?"
    HowSoon,
    /// "when?", "before or after?"
    When,
    /// "how do I do that?"
    HowTo,
    /// "which kind?"
    Which,
    /// "why?"
    Why,
    /// "does it make the leg weak?", "do they warm the skin?"
    Effects,
    /// "is it safe?", "any side effects?"
    Safety,
    /// "really?", "is that proven?"
    Proof,
    /// "is it worth it?", "so should I or not?"
    Verdict,
    /// "what else?", "what does work then?"
    WhatElse,
    /// "tell me more", "go on"
    More,
    /// "and at night?"
    AtNight,
    /// "and during a run?"
    InSport,
    /// "and for kids?"
    ForMinors,
    /// "and in pregnancy?"
    InPregnancy,
    /// "and for older people?"
    ForOlder,
    /// "with my tablets?"
    WithMedicine,
    /// "and if it is still sore?": said as well to whoever told so.
    WhileSore,
    /// "and if nothing hurts any more?": the same.
    OnceWell,
}

impl Aspect {
    /// The id used in files, e.g. `how_much`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.into()
    }
}
