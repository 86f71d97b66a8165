//! What code fixes of cards and questions: their placeholders and choices, and the word
//! lists that code asks for. A file with other keys would be shown with holes.

use crate::vocabulary::{Card, Flag, Question, Urgency};

/// Placeholders that every text of a card, topic or question may hold.
pub const GENERAL: &[&str] = &["emergency", "nurse-line", "club"];

/// Word lists that code asks for by name.
pub const WORD_LISTS: &[&str] = &[
    "cramp",
    "leg_cramp",
    "leg",
    "calf",
    "hamstring",
    "quad",
    "groin",
    "foot",
    "other_muscle",
    "other_body",
    "person",
    "exercise",
    "filler",
    "night",
    "figurative",
    "pain",
    "clot",
    "muscle",
    "other_context",
];

/// Plans that code asks for by name.
pub const PLANS: &[&str] = &["relief", "short", "full", "night"];

/// Topics that code asks for by name.
pub const TOPICS: &[&str] = &[
    "book_a_visit",
    "cramp_report",
    "crisis",
    "emergency_signs",
    "help",
    "other_chatter",
    "other_languages",
    "pregnancy",
    "relief",
    "remedies_with_illness",
    "see_doctor",
    "sore_next_day",
    "thanks",
];

/// What a topic may count as: the `intent` of its file.
pub const LABELS: &[&str] = &[
    "cramp_report",
    "relief",
    "cause",
    "prevention",
    "recovery",
    "stretching",
    "massage",
    "ice",
    "strength",
    "heat",
    "hydration",
    "electrolytes",
    "pickle_juice",
    "spray",
    "pain_medicine",
    "keto",
    "nutrition",
    "warm_up",
    "nocturnal_info",
    "see_doctor",
    "reminders",
    "help",
    "thanks",
    "greeting",
    "none",
];

/// What a topic of small talk may count as: the others speak of legs and of what helps.
pub const SMALL_TALK: &[&str] = &["reminders", "help", "thanks", "greeting", "none"];

/// The button that shows where an answer comes from.
pub const SOURCES: &str = "Sources";

/// The button that shows more of an answer.
pub const MORE: &str = "Tell me more";

/// The button for whoever was seen by a doctor.
pub const CHECKED: &str = "A doctor has checked it";

/// Files that stand alone, each once.
pub const SINGLE_FILES: &[&str] = &[
    "combinations",
    "facts",
    "follow_ups",
    "talk",
    "answers",
    "context",
    "sources",
    "numbers",
    "club",
];

impl Card {
    /// The placeholders its text must hold; besides these only the general ones mean anything.
    #[must_use]
    pub const fn placeholders(self) -> &'static [&'static str] {
        match self {
            Self::Relief => &["place", "stretch", "taste", "after", "emergency"],
            Self::Emergency => &["emergency", "sign", "stay", "first-aid"],
            Self::SameDay => &["nurse-line", "sign", "until", "emergency"],
            Self::SentNow => &["line", "emergency"],
            Self::SentToday => &["line", "nurse-line", "emergency"],
            Self::InCare => &["line", "emergency"],
            Self::SeeDoctor => &["reason", "with"],
            Self::SafetyNet
            | Self::Maternity
            | Self::AfterCare
            | Self::SignAskedNow
            | Self::EmergencyNumbers => &["emergency"],
            Self::AdviceNocturnal
            | Self::ScheduleShort
            | Self::ScheduleFull
            | Self::ScheduleNight
            | Self::Goodbye
            | Self::ComesAndGoes
            | Self::Silence
            | Self::Stopped
            | Self::WelcomeBack
            | Self::Noted
            | Self::WhichFits
            | Self::StillHolds
            | Self::TellMe
            | Self::StartedOver
            | Self::TakenBack
            | Self::OptedOut
            | Self::NotUnderstood
            | Self::UnclearAnswer
            | Self::FewerSigns
            | Self::CannotSkip
            | Self::NoMore
            | Self::SignAskedToday
            | Self::OffTopic
            | Self::MinorNote
            | Self::PregnancyNote
            | Self::DoctorVisit
            | Self::ChildUnder8
            | Self::SourcesHeading
            | Self::PlanNone
            | Self::PlanStopped
            | Self::PlanPaused
            | Self::PlanHeld
            | Self::PlanSkipped
            | Self::PlanDone
            | Self::PlanMissed
            | Self::PlanZones
            | Self::PlanPast
            | Self::PlanComes
            | Self::PlanAbout
            | Self::PlanTimes
            | Self::PlanNotYet
            | Self::PlanMinor
            | Self::PlanPregnant
            | Self::PlanEndsMinor
            | Self::PlanMidwife
            | Self::PlanThinner
            | Self::PlanMedicine
            | Self::PlanUnclear
            | Self::PlanNoStretch => &[],
            Self::AdviceExercise | Self::AdviceOther => &["since"],
            Self::SecondCramp => &["rest"],
            Self::WalkOut => &["walk"],
            Self::StillLocked | Self::KeepHolding => &["hold"],
            Self::PlanSilence | Self::PlanWorse | Self::PlanSore => &["emergency"],
            Self::PlanBegun => &["plan", "quiet", "rows"],
            Self::PlanStatus => &["plan", "state", "rows"],
            Self::PlanWish => &["line"],
            Self::PlanFirst => &["told", "noted"],
            Self::PlanResumed
            | Self::PlanLate
            | Self::PlanSnoozed
            | Self::PlanAgain
            | Self::PlanTold => &["when"],
            Self::PlanMoved => &["when", "quiet"],
            Self::PlanSettings => &[
                "zone", "hours", "quiet", "bedtime", "stretch", "at", "days", "names", "often",
                "by", "when",
            ],
            Self::PlanSummary => &["plan", "began", "cramps", "rows"],
        }
    }
}

impl Question {
    /// The placeholders its text must hold.
    #[must_use]
    pub const fn placeholders(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["list-1", "list-2"],
            Self::Clarify => &["question"],
            Self::StillThere => &["sign"],
            Self::PlanOffer => &["days"],
            Self::Zone => &["zone"],
            Self::List2
            | Self::Rest
            | Self::Released
            | Self::When
            | Self::Context
            | Self::LetGo3
            | Self::LetGo10
            | Self::Rescreen
            | Self::Reminder
            | Self::Which
            | Self::WhatIf
            | Self::Offer
            | Self::Sore => &[],
        }
    }

    /// The keys of its choices, in the order in which they are shown.
    #[must_use]
    pub const fn choices(self) -> &'static [&'static str] {
        match self {
            // The first two stand first, so that the numbers at a terminal are those of the lists.
            Self::Check => &["list-1", "list-2", "none", "not-sure"],
            Self::List2 | Self::Which => &["not-sure"],
            Self::Clarify | Self::StillThere | Self::WhatIf | Self::Sore => {
                &["yes", "no", "not-sure"]
            }
            Self::Rest => &["none", "some", "not-sure"],
            Self::Released | Self::LetGo10 => &["yes", "no", "comes-and-goes"],
            Self::When => &[
                "running",
                "right-after",
                "in-bed",
                "other",
                "today",
                "yesterday",
                "days",
                "longer",
            ],
            Self::Context => &[
                "minor",
                "pregnant",
                "medicine",
                "condition",
                "recurrent",
                "clot-risk",
                "none",
                "not-sure",
            ],
            Self::LetGo3 => &["yes", "no", "worse"],
            Self::PlanOffer => &["yes", "show", "no"],
            Self::Rescreen => &["none", "some"],
            Self::Reminder => &[
                "worse", "later", "hour", "tonight", "tomorrow", "skip", "fewer", "pause",
                "resume", "stop", "status", "fine", "settings", "summary", "zones",
            ],
            Self::Zone => &["right", "other"],
            Self::Offer => &["private", "not-me", "never"],
        }
    }
}

impl Flag {
    /// The check list it must stand on (`red-flags.md`, section 6), if any.
    #[must_use]
    pub const fn list(self) -> Option<u8> {
        match self {
            Self::ChestPainOrBreathless
            | Self::CollapseOrConfusion
            | Self::WholeBodyCramps
            | Self::DarkUrine
            | Self::BladderOrBowel
            | Self::ColdOrPaleFoot => Some(1),
            Self::Swelling
            | Self::RednessOrWarmth
            | Self::Weakness
            | Self::Numbness
            | Self::Bruising
            | Self::BackPain
            | Self::PopOrTear
            | Self::CannotBearWeight
            | Self::UnrelentingPain
            | Self::InfectionOrFever => Some(2),
            Self::CompartmentTight
            | Self::ExertionalSickling
            | Self::ClotRisk
            | Self::HeatOrOverdrinking
            | Self::FluidLoss
            | Self::Recurrent
            | Self::Claudication
            | Self::MuscleWasting
            | Self::Medication
            | Self::Condition
            | Self::Pregnancy
            | Self::Child
            | Self::TwitchingOrSystemic
            | Self::BonePain => None,
        }
    }
}

/// The level that the signs of a check list have.
#[must_use]
pub const fn level_of_list(list: u8) -> Urgency {
    match list {
        1 => Urgency::Emergency,
        2 => Urgency::Urgent,
        _ => Urgency::None,
    }
}
