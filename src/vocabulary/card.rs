//! The cards: texts that are shown at a fixed point of the flow.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

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
    /// Said to who answers the emergency card with something else than a sign.
    SentNow,
    /// The same for the card that sends to a doctor today.
    SentToday,
    /// Said to who is with doctors already, or was told by them where to go.
    InCare,
    /// Instead of self-care, after an emergency that a doctor has seen.
    AfterCare,
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
    /// What was said is kept; the open question still stands.
    Noted,
    /// A list was affirmed by a plain yes: which of it?
    WhichFits,
    /// What was told after the advice is kept, and the advice stands.
    StillHolds,
    /// In private at last, and nothing is known yet.
    TellMe,
    /// What was told is forgotten, and a new case may begin.
    StartedOver,
    /// It was not about the person: taken back.
    TakenBack,
    /// The person is answered no more, unless they speak to Charley.
    OptedOut,
    /// Nothing was understood.
    NotUnderstood,
    /// The same, of who has a plan: what is new about the leg, or what is wished of the plan.
    PlanUnclear,
    /// Nothing was understood as an answer to the open question, which stands below.
    UnclearAnswer,
    /// Some of the signs that were asked about are answered; the others stand below.
    FewerSigns,
    /// A question about danger signs cannot be left out.
    CannotSkip,
    /// Understood, and not about leg cramps.
    OffTopic,
    /// Understood as a question about the answer before, which nothing more is known of.
    NoMore,
    /// Asked of a remedy or a cause whether it brings on a sign of an emergency, of which nothing is
    /// known.
    SignAskedNow,
    /// The same of a sign that has to be seen the same day.
    SignAskedToday,
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
    /// A plan begins.
    PlanBegun,
    /// What becomes of a wish that came with the yes to a plan.
    PlanWish,
    /// A plan was asked for before it can be offered.
    PlanComes,
    /// What is done, what is now and what comes next.
    PlanStatus,
    /// No plan is there.
    PlanNone,
    /// A plan was stopped and erased.
    PlanStopped,
    /// A plan rests.
    PlanPaused,
    /// A plan rests because of a danger sign.
    PlanHeld,
    /// A plan goes on.
    PlanResumed,
    /// Two check-ins in a row were not answered.
    PlanSilence,
    /// A check-in comes late.
    PlanLate,
    /// A check-in comes again later.
    PlanSnoozed,
    /// A check-in comes again later, and later than was asked for, because of quiet hours.
    PlanMoved,
    /// A check-in is left out.
    PlanSkipped,
    /// Several evenings in a row were missed.
    PlanMissed,
    /// It is worse, and no danger sign is there.
    PlanWorse,
    /// It cramped again: the plan begins anew.
    PlanAgain,
    /// A plan is over.
    PlanDone,
    /// How somebody is reminded.
    PlanSettings,
    /// Which time zones there are.
    PlanZones,
    /// What to show a doctor.
    PlanSummary,
    /// What was answered is kept already, or belongs to what is over.
    PlanPast,
    /// The danger signs go first, in a word.
    PlanFirst,
    /// How the check-ins work.
    PlanAbout,
    /// How they may come otherwise.
    PlanTimes,
    /// What is to be done comes later, or was done in part.
    PlanNotYet,
    /// What was told between two check-ins is well.
    PlanTold,
    /// It is sore or limps between two check-ins, and no danger sign is there.
    PlanSore,
    /// No plan for a minor.
    PlanMinor,
    /// No plan of stretches in pregnancy before a midwife was asked.
    PlanPregnant,
    /// Which number to call in an emergency, asked before any card sent there.
    EmergencyNumbers,
    /// A plan ends, since somebody under 18 has it.
    PlanEndsMinor,
    /// A plan rests in pregnancy, until a midwife was asked.
    PlanMidwife,
    /// What a blood thinner means for a plan that runs.
    PlanThinner,
    /// What another medicine or an illness means for a plan that runs.
    PlanMedicine,
    /// No plan of stretches for whoever was told not to stretch.
    PlanNoStretch,
}
