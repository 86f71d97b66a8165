//! The red flags of the core list, and the least urgency of each.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::Urgency;

/// A danger sign. The order is the order in which one is named when several hold.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Flag {
    /// Chest pain or trouble breathing.
    ChestPainOrBreathless,
    /// Fainted, confused, fitting, not waking properly.
    CollapseOrConfusion,
    /// Several regions of the body cramp at once.
    WholeBodyCramps,
    /// Brown, red or very little pee.
    DarkUrine,
    /// Saddle numbness, or bladder or bowel out of control.
    BladderOrBowel,
    /// A cold, pale or blue foot.
    ColdOrPaleFoot,
    /// A hard, very painful muscle that gets worse.
    CompartmentTight,
    /// Sickle cell trait or disease with weak legs or trouble breathing in effort.
    ExertionalSickling,
    /// Swelling of the leg.
    Swelling,
    /// Red, darker or hot skin.
    RednessOrWarmth,
    /// Weakness of the leg.
    Weakness,
    /// Numbness or tingling.
    Numbness,
    /// A bruise.
    Bruising,
    /// Back pain with leg signs.
    BackPain,
    /// A pop, a snap, a tear.
    PopOrTear,
    /// The leg cannot be stood on.
    CannotBearWeight,
    /// A cramp or pain that does not let go.
    UnrelentingPain,
    /// Travel, surgery, hormones and the like that make a clot likelier.
    ClotRisk,
    /// Fever, chills, a wound.
    InfectionOrFever,
    /// Heat illness or too much water.
    HeatOrOverdrinking,
    /// Vomiting or diarrhoea.
    FluidLoss,
    /// Keeps coming back.
    Recurrent,
    /// Comes with walking, goes with rest.
    Claudication,
    /// A muscle that has become thinner.
    MuscleWasting,
    /// Takes a prescription medicine.
    Medication,
    /// Has a long-term condition.
    Condition,
    /// Pregnant, or gave birth in the last 12 weeks.
    Pregnancy,
    /// Under 18.
    Child,
    /// Twitching at rest for weeks, weight loss and the like.
    TwitchingOrSystemic,
    /// One sore spot on the bone.
    BonePain,
}

impl Flag {
    /// Whether it calls for an ambulance at once, whatever a response file says.
    #[must_use]
    pub const fn is_emergency(self) -> bool {
        matches!(self.floor(), Urgency::Emergency)
    }

    /// Whether it says whom it hits, not how it is.
    #[must_use]
    pub const fn is_circumstance(self) -> bool {
        matches!(self, Self::Child | Self::Pregnancy | Self::Medication | Self::Condition)
    }

    /// The lowest urgency a response file may give this flag (`content` floor of the core list).
    #[must_use]
    pub const fn floor(self) -> Urgency {
        match self {
            Self::ChestPainOrBreathless
            | Self::CollapseOrConfusion
            | Self::WholeBodyCramps
            | Self::DarkUrine
            | Self::BladderOrBowel
            | Self::ColdOrPaleFoot
            | Self::CompartmentTight
            | Self::ExertionalSickling => Urgency::Emergency,
            Self::Swelling
            | Self::RednessOrWarmth
            | Self::Weakness
            | Self::Numbness
            | Self::Bruising
            | Self::BackPain
            | Self::PopOrTear
            | Self::CannotBearWeight
            | Self::UnrelentingPain
            | Self::ClotRisk
            | Self::InfectionOrFever
            | Self::HeatOrOverdrinking
            | Self::FluidLoss => Urgency::Urgent,
            Self::Recurrent
            | Self::Claudication
            | Self::MuscleWasting
            | Self::Medication
            | Self::Condition
            | Self::Pregnancy
            | Self::Child
            | Self::TwitchingOrSystemic
            | Self::BonePain => Urgency::SeeDoctor,
        }
    }

    /// The id used in files and labels, e.g. `dark_urine`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.into()
    }
}
