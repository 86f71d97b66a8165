//! The timers of a cramp that is on.

use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// A timer of a cramp that is on. Its step in `responses/plans/relief.toml` has the same name.
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
pub enum Timer {
    /// 3 minutes into a cramp: has it let go?
    #[strum(serialize = "let_go_3")]
    LetGo3,
    /// 10 minutes into a cramp: still locked? (`nhs-cramp-10min`)
    #[strum(serialize = "let_go_10")]
    LetGo10,
    /// 15 minutes into a cramp: too long for a plain cramp, or nobody answered.
    #[strum(serialize = "let_go_15")]
    LetGo15,
}

impl Timer {
    /// The name of its step, e.g. `let_go_3`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.into()
    }
}
