//! The parts of cards: placeholders whose words depend on the case, and the cases that code knows.

use crate::vocabulary::Card;

/// A part of a card and the cases it has words for. `none` may be empty.
pub type Part = (&'static str, &'static [&'static str]);

impl Card {
    /// The parts its file must have: placeholders whose words depend on the case.
    #[must_use]
    pub fn parts(self) -> &'static [Part] {
        match self {
            Self::Relief => RELIEF,
            Self::SentNow | Self::SentToday => SENT,
            Self::InCare => IN_CARE,
            Self::SeeDoctor => VISIT,
            Self::StillLocked => HOLD,
            Self::KeepHolding => KEEP,
            Self::WalkOut => WALK,
            Self::Emergency => STAY,
            Self::SecondCramp => REST,
            Self::AdviceExercise | Self::AdviceOther => SINCE,
            Self::PlanWish => WISH,
            Self::PlanFirst => FIRST,
            Self::PlanStatus => STATUS,
            Self::PlanBegun => BEGUN,
            Self::PlanSettings => SETTINGS,
            _ => &[],
        }
    }
}

const RELIEF: &[Part] = &[
    ("place", &["running", "riding", "sport", "in_bed", "driving", "swimming", "elsewhere"]),
    ("stretch", &["calf", "hamstring", "quad", "groin", "foot", "other", "unknown", "not_allowed"]),
    ("taste", &["anyone", "taste_only", "none"]),
    (
        "after",
        &["running", "riding", "sport", "in_bed", "driving", "swimming", "elsewhere", "second"],
    ),
];

const HOLD: &[Part] = &[("hold", &["stretch", "not_allowed", "swimming", "driving"])];

const KEEP: &[Part] = &[("hold", &["stretch", "longer", "not_allowed", "swimming", "driving"])];

const WALK: &[Part] = &[("walk", &["elsewhere", "swimming", "driving"])];

const STAY: &[Part] = &[("stay", &["elsewhere", "swimming", "driving"])];

const SINCE: &[Part] =
    &[("since", &["fresh", "a_day", "three_days", "sore", "sore_later", "any_day", "over"])];

const WISH: &[Part] = &[(
    "line",
    &["one_a_day", "one_look", "every_other", "until", "zone", "zone_later", "unknown"],
)];

const REST: &[Part] = &[("rest", &["in_bed", "elsewhere"])];

const VISIT: &[Part] = &[("with", &["anyone", "medicine", "pregnancy", "child"])];

const SENT: &[Part] = &[(
    "line",
    &[
        "can_wait",
        "asks_if_sure",
        "asks_meanwhile",
        "asks_help",
        "nobody_open",
        "asks_number",
        "far_away",
        "costs",
        "gets_a_lift",
        "will_not_go",
        "has_called",
        "if_not_called",
        "asks_after_call",
        "told_after_call",
        "doctor_has_seen",
        "over",
        "stop",
        "anything_else",
    ],
)];

const IN_CARE: &[Part] = &[("line", &["in_care", "told_to_go"])];

const FIRST: &[Part] = &[("told", &["none", "cramp", "noted"])];
const STATUS: &[Part] = &[
    ("state", &["running", "by_member", "by_danger_sign", "by_silence"]),
    ("stage", &["done", "now", "next", "moved", "left_out"]),
];
const BEGUN: &[Part] = &[("row", &["moved", "none"])];
const SETTINGS: &[Part] = &[
    ("by", &["directly", "here"]),
    ("often", &["none", "fewer"]),
    ("days", &["none", "only"]),
    ("stretch", &["none", "evening"]),
];
