//! What a message can say besides red flags.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

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
    /// It sounds as if it were on at this moment ("calf cramp!!", "I'm stuck on the stairs").
    UnderWay,
    /// It has let go.
    Released,
    /// It has not let go.
    StillLocked,
    /// What was tried does not help: of a cramp that is on, it has not let go.
    NothingHelps,
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
    /// Still sore after more than three days.
    SoreForDays,
    /// Heat illness that is not better after 30 minutes.
    #[strum(serialize = "better_within_30_min_no")]
    NotBetterIn30Min,
    /// Red skin or an infection that spreads.
    Spreading,
    /// Very ill, all over.
    VeryUnwell,
    /// A jaw that is stiff.
    StiffJaw,
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
    /// Yes to an offer ("go ahead"), or done: of a sign it says nothing.
    Assent,
    /// What was said or pressed is taken back: "wrong button", "only asking".
    TakesBack,
    /// "it is" as the whole answer.
    ShortYes,
    /// "it isn't" as the whole answer.
    ShortNo,
    /// "nothing" or "all fine" as the whole answer.
    ShortNone,
    /// In good health: of the person, and nothing about danger signs.
    Healthy,
    /// "but": what follows may take an answer back.
    Reservation,
    /// "looks normal" as the answer to the question about one sign.
    LooksFine,
    /// "almost" as the answer to whether it has let go.
    NotQuite,
    /// "later" as the answer to an offer.
    Later,
    /// Wants to leave a question out.
    Skips,
    /// "the first list" as the answer to the check lists.
    FirstList,
    /// "the second list" as the answer to the check lists.
    SecondList,
    /// It happens again and again, now and then: no single cramp.
    Habit,
    /// Wants it to stop: stop, cancel, forget it.
    Stop,
    /// Wants to begin anew.
    StartOver,
    /// Asks where an answer comes from.
    AsksSource,
    /// Says of oneself what was spoken of: "that's me", "mine does", "I have that".
    PointsBack,
    // After a card that sends to a doctor:
    /// Asks whether it can wait.
    CanWait,
    /// Asks whether it is needed at all.
    AsksIfSure,
    /// Asks what to do, or not to do, until then.
    AsksMeanwhile,
    /// Nobody is open or to be reached.
    NobodyOpen,
    /// Will not go, or somebody will not.
    WillNotGo,
    /// Has called, is on the way, has an appointment.
    HasCalled,
    /// Somebody drives them there.
    GetsALift,
    /// Is far from any help.
    FarAway,
    /// Worries about what it costs.
    Costs,
    /// A doctor has looked at it.
    DoctorHasSeen,
    /// Takes a word back or explains a sign: "I meant sore", "that is sunburn".
    Explains,
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
    /// It has been locked for 15 minutes or more.
    #[strum(serialize = "over_15_minutes")]
    Over15Minutes,
    /// Both legs.
    BothLegs,
    /// Over 50 years old.
    #[strum(serialize = "age_over_50")]
    AgeOver50,
    // About a plan that runs, by phrases again:
    /// No more reminders.
    PlanStop,
    /// Asks when the next reminder comes, or how the plan stands.
    PlanNext,
    /// Reminders shall rest for a while.
    PlanPause,
    /// Reminders shall go on.
    PlanResume,
    /// All is well again, the plan is not needed any more.
    PlanFine,
    /// Fewer reminders.
    PlanFewer,
    /// How reminders come: time zone, quiet hours, bedtime, place.
    PlanSettings,
    /// It cramped again since the plan began.
    CrampedAgain,
    // Found by code again:
    /// "Calf", not "calves": one of them, as far as anybody says.
    OneCalf,
    // About a plan and its offer, by phrases again:
    /// What the plan has them do hurts, or brings a cramp.
    PlanHurts,
    /// Asks how that is done.
    PlanHow,
    /// Asks for a way to do it sitting down.
    PlanSeated,
    /// What is said of some of the reminders only: at night, so early, on Sundays.
    PlanLimit,
    /// Asks how the check-ins work.
    PlanAbout,
    /// Asks for a plan.
    PlanWish,
    /// Asks to see the schedule and nothing more.
    PlanShow,
    /// Agrees to a plan that was offered.
    PlanAgrees,
    /// What was to be done is done later, or in part.
    PlanNotYet,
    /// What was to be done is left out this time.
    PlanLeave,
    /// As it was at the last count.
    Unchanged,
    /// The whole message says that all is well with the leg.
    AllWell,
    /// The whole message says "fine", and not of what.
    Well,
    /// Was told not to stretch.
    NoStretch,
    /// Does not stand steadily.
    Unsteady,
    // After a card that sends to a doctor, as above:
    /// Is with doctors or paramedics: "they took him to hospital", "I'm staying in overnight".
    InCare,
    /// Was told by a doctor or a nurse on the phone where to go.
    ToldToGo,
    /// Asks which number to call.
    AsksNumber,
    /// On a bike at this moment.
    Riding,
    /// Asks which number to call in an emergency, before any card sent there.
    EmergencyNumber,
    // Of what was asked or shown before:
    /// "One of them does fit": some of the danger signs on the lists, whatever was answered first.
    SomeOfThese,
    /// Is out of the water, or off the road.
    GotOut,
    /// Turns from what is asked of all to a case at hand: "mine is", "she has it now".
    OwnCase,
    /// "Sorry, typo": puts right what was said of a person.
    Corrects,
}

impl Fact {
    /// Minutes from which a cramp that is on is no plain cramp (`nhs-cramp-10min`, `club-rule`).
    pub const TOO_LONG: u32 = 15;

    /// Minutes from which a cramp that is still on is longer than most (`nhs-cramp-10min`).
    pub const LONGER_THAN_MOST: u32 = 10;

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
                | Self::OneCalf
                | Self::Over24Hours
                | Self::Over15Minutes
                | Self::BothLegs
                | Self::AgeOver50
        )
    }
}
