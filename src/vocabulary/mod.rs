//! The closed words that code and response files share: flags, levels, facts, cards and questions.
//!
//! Topics are open (a new file is a new topic); everything here is closed, because it is safety:
//! a new red flag or card stops the build where a decision is due.

mod sets;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

pub use sets::{FactSet, FlagId, FlagSet};

/// How soon somebody has to act, from the least to the most pressing.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "snake_case")]
pub enum Urgency {
    /// Nothing to act on: the message is not about a leg cramp.
    #[default]
    None,
    /// A plain cramp: self-care and the safety net.
    SelfCare,
    /// Book an appointment.
    SeeDoctor,
    /// Seen by somebody today.
    Urgent,
    /// Call the emergency number now.
    Emergency,
}

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

/// When the cramp happens.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
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
pub enum Setting {
    /// Not said.
    #[default]
    Unknown,
    /// During or right after exercise.
    Exercise,
    /// In bed, asleep, at night.
    Nocturnal,
    /// Plainly said, but neither.
    Other,
    /// Plainly both.
    Both,
}

/// What was said of a sign: only `Affirmed` and `Doubted` raise a flag, only `Denied` clears one.
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
    JsonSchema,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Status {
    /// Said to be so.
    Affirmed,
    /// "a bit", "maybe", "not sure if": counts as affirmed.
    Doubted,
    /// Said not to be so.
    Denied,
    /// Was so, and is over.
    Past,
    /// "what if", "can it cause": not said of anybody.
    Hypothetical,
    /// True of somebody the message is not about.
    SomeoneElse,
}

impl Status {
    /// Whether a claim with this status raises its flag: doubt affirms.
    #[must_use]
    pub const fn raises(self) -> bool {
        match self {
            Self::Affirmed | Self::Doubted => true,
            Self::Denied | Self::Past | Self::Hypothetical | Self::SomeoneElse => false,
        }
    }
}

/// Something a message can say besides red flags: where it is in the course of a cramp, where and
/// when, which muscle, and what else decides a level.
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
pub enum Fact {
    /// Words that tell a cramp without the word ("calf locked solid").
    CrampLike,
    /// It is cramping at this moment.
    Now,
    /// It has let go.
    Released,
    /// It has not let go.
    StillLocked,
    /// It comes and goes.
    ComesAndGoes,
    /// It gets worse.
    Worse,
    /// It is over: some time ago, fine now.
    Over,
    /// It happens during or right after exercise.
    Exercise,
    /// It happens in bed, asleep, at night.
    Nocturnal,
    /// It happens at a desk, in a car, all day: neither exercise nor night.
    Elsewhere,
    /// In the middle of a run or race, at this moment.
    Running,
    /// At the wheel.
    Driving,
    /// In the water.
    Swimming,
    /// In bed at this moment.
    InBed,
    /// The left or the right one, or "one".
    OneSide,
    /// Both sides.
    BothSides,
    /// Sore or tender since.
    Sore,
    /// Walks with a limp.
    Limp,
    /// Let go within a minute or so, no pain since.
    ShortAndPainless,
    /// A second cramp in one session.
    SecondCramp,
    /// The first one ever.
    FirstEver,
    /// The muscle is still hard.
    HardMuscle,
    /// No moment of cramping is remembered.
    NoClearCramp,
    /// A race or another very hard effort.
    BigEffort,
    /// Very sore, worse than usual.
    SevereSoreness,
    /// Takes a statin.
    Statin,
    /// Takes a blood thinner.
    BloodThinner,
    /// Flu or another virus now or just before.
    ViralIllness,
    /// Cramps in more than one region.
    SeveralRegions,
    /// Sweats heavily.
    HeavySweat,
    /// Dizzy or light-headed.
    Dizzy,
    /// Vomiting.
    Vomiting,
    /// A headache.
    Headache,
    /// Cannot stand on tiptoe.
    CannotTiptoe,
    /// A child that will not walk.
    RefusesToWalk,
    /// Pain at rest.
    PainAtRest,
    /// A sudden change of something old.
    SuddenChange,
    /// A wound on the foot.
    FootWound,
    /// Diabetes or known artery disease.
    DiabetesOrPad,
    /// Legs gave out, quit, went soft; had to lie down.
    GaveOut,
    /// Eats keto or low-carb.
    Keto,
    /// Sudden swelling of face or hands, vision change or bad headache in pregnancy.
    PreEclampsia,
    /// Kidney, heart, liver or blood-pressure trouble: no advice on salt.
    SaltRisk,
    /// "yes" as the answer to a question.
    Yes,
    /// "no" as the answer to a question.
    No,
    /// "not sure" as the answer to a question.
    NotSure,
    /// "none of these" as the answer to a list.
    NoneOfThese,
    /// Wants it to stop: stop, cancel, forget it.
    Stop,
    /// Asks where an answer comes from.
    AsksSource,
    /// Said or asked in general, not of somebody.
    General,
    /// Asks for help, advice, tips.
    AsksHelp,
    /// A mention in passing: "but finished", "lol", "glad that's over".
    InPassing,
    // Found by code, not by phrases:
    /// One-sided calf pain.
    OneSidedCalfPain,
    /// It has hurt for more than 24 hours.
    #[strum(serialize = "over_24_hours")]
    Over24Hours,
    /// It has been locked for more than 15 minutes.
    #[strum(serialize = "over_15_minutes")]
    Over15Minutes,
    /// Both legs.
    BothLegs,
    /// Over 50 years old.
    #[strum(serialize = "age_over_50")]
    AgeOver50,
    /// Heat illness that is not better after 30 minutes.
    #[strum(serialize = "better_within_30_min_no")]
    NotBetterIn30Min,
}

impl Fact {
    /// The id used in files, e.g. `still_locked`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.into()
    }

    /// Whether code derives it, so that no file has phrases for it.
    #[must_use]
    pub const fn is_derived(self) -> bool {
        matches!(
            self,
            Self::OneSidedCalfPain
                | Self::Over24Hours
                | Self::Over15Minutes
                | Self::BothLegs
                | Self::AgeOver50
                | Self::NotBetterIn30Min
        )
    }
}

/// A text shown at a fixed point of the flow: `cards/NAME.toml`.
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
pub enum Card {
    /// Relief now.
    Relief,
    /// Call the emergency number.
    Emergency,
    /// Seen today.
    SameDay,
    /// Book a visit.
    SeeDoctor,
    /// What to watch for; ends every self-care answer.
    SafetyNet,
    /// Self-care after an exercise cramp.
    AdviceExercise,
    /// Self-care after a night cramp.
    AdviceNocturnal,
    /// Self-care after any other cramp.
    AdviceOther,
    /// What to do after a short and painless cramp.
    ScheduleShort,
    /// What to do after a cramp that left soreness.
    ScheduleFull,
    /// Six weeks of stretching against night cramps.
    ScheduleNight,
    /// It has not let go: hold on, change position.
    StillLocked,
    /// It is on, and nothing is left to ask: hold, and what comes next.
    KeepHolding,
    /// It has let go: walk it out.
    WalkOut,
    /// It comes and goes.
    ComesAndGoes,
    /// A second cramp in one session.
    SecondCramp,
    /// Nobody answered.
    Silence,
    /// The member wants no more of it.
    Goodbye,
    /// The member said stop.
    Stopped,
    /// Back after hours.
    WelcomeBack,
    /// Nothing was understood.
    NotUnderstood,
    /// Understood, and not about leg cramps.
    OffTopic,
    /// Added for under-18s.
    MinorNote,
    /// Added in pregnancy.
    PregnancyNote,
    /// What to bring to the doctor.
    DoctorVisit,
    /// Signs of pre-eclampsia.
    Maternity,
    /// A child under 8.
    #[strum(serialize = "child_under_8")]
    ChildUnder8,
    /// Above a list of sources.
    SourcesHeading,
}

/// A question of the interview: `questions/NAME.toml`.
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
pub enum Question {
    /// Q1: the two lists of danger signs.
    Check,
    /// Which sign of list 2.
    #[strum(serialize = "list_2")]
    List2,
    /// The one question that clears a flag.
    Clarify,
    /// The other signs on the lists, after one was cleared.
    Rest,
    /// Q2: has it let go?
    Released,
    /// Q3: when does it hit, and when was it?
    When,
    /// Q4: age, pregnancy, medicine, condition, recurrence, clot risk.
    Context,
    /// 3 minutes in: has it let go?
    #[strum(serialize = "let_go_3")]
    LetGo3,
    /// 10 minutes in: still locked?
    #[strum(serialize = "let_go_10")]
    LetGo10,
    /// A sign was there in the last 2 days: is it still?
    StillThere,
    /// Shall I show the schedule?
    PlanOffer,
    /// Which sign, of both lists.
    Which,
    /// After a "what if": is it happening now?
    WhatIf,
    /// Did it leave soreness or a limp? Decides which schedule fits.
    Sore,
}

macro_rules! ids {
    ($($kind:ty),+) => {$(
        impl $kind {
            /// The id used in files.
            #[must_use]
            pub fn id(self) -> &'static str {
                self.into()
            }
        }
    )+};
}
ids!(Card, Question, Setting, Status, Urgency);
