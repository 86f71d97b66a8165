//! The lists of plain words by which code tells what a short answer says.

use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// A list of `answers.toml`.
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
pub enum Answering {
    /// Says yes.
    Yes,
    /// Says that it was done, which is a yes as well.
    Done,
    /// Says no, or that there is none.
    No,
    /// The same as the first word, before something mild: "no just a bit sore".
    FirstNo,
    /// May stand beside a yes or no, and changes nothing.
    BesideYesOrNo,
    /// Agrees to a time zone that is named, as a yes does.
    ZoneIsRight,
    /// Asks what is meant, where nothing else is said.
    Puzzled,
    /// Says that all is well, of a walk and of what a danger sign is about.
    Well,
    /// Says the same of a walk or a stretch.
    WentWell,
    /// What is well where there is none of it: "no problems".
    Trouble,
    /// Says that it is better.
    Better,
    /// May stand beside that.
    BesideBetter,
    /// Says that it is gone.
    Gone,
    /// May stand beside that.
    BesideGone,
    /// Says that there is none of them.
    None,
    /// Says so where it stands with the words for them: "no other signs".
    BareNo,
    /// The words for them.
    Signs,
    /// Says it as a number.
    Zero,
    /// What "none of those" is made of.
    OfTheList,
    /// May stand beside a "no" that is a number: "not at all", "none this week".
    BesideNone,
    /// A 9.
    Dreadful,
    /// A 7.
    ALot,
    /// A 5.
    Quite,
    /// A 3.
    ALittle,
    /// A 1.
    Hardly,
    /// May stand beside them.
    BesideDegree,
    /// May stand beside a figure: "about a 2".
    BesideCount,
    /// Behind a number: it is a time or a distance, and no answer.
    Units,
    /// Before a number: it is a place in a row, and no answer.
    Places,
    /// Behind a number of something that is counted by days: a time, and no soreness.
    Days,
    /// What "every night" is made of.
    EveryNight,
    /// It holds somebody back, and is no reason for a rest.
    Mild,
    /// It is a reason for a rest.
    Bad,
    /// It ended early, behind "had to".
    Stopped,
    /// Nearly as always, and not quite.
    Nearly,
    /// Tells of a limp.
    Limps,
    /// The cramp itself.
    Cramp,
    /// It cramped.
    Cramped,
    /// Stands before a cramp that did not come, or not now: "if it cramps".
    InCase,
    /// The night, or sleep.
    Night,
    /// The stretch.
    Stretch,
    /// What a message about the night or the stretch is made of, beside the cramp.
    BesideNight,
    /// It was not done.
    Forgot,
    /// The same behind a "not": "have not done it".
    ToDo,
    /// Sport that was done, which is more than a walk.
    SportDone,
    /// A task of a plan that is a run itself.
    Runs,
    /// Somebody has run.
    Ran,
    /// Other words for sport that somebody wants to do.
    Sport,
    /// Asks whether it is allowed.
    AsksLeave,
    /// Words of questions that say nothing of what they ask about.
    Common,
    /// Words of a choice that tell it from no other.
    BesideChoice,
    /// Says nothing by itself.
    Small,
    /// Is said out of courtesy, or that all is well.
    Courtesy,
    /// Tells of the cramp, which is known.
    OfTheCramp,
    /// May stand beside a yes as well.
    BesideYes,
    /// Tells of something that is no sign: "no, just old".
    Harmless,
    /// Says that what a sign is about is well, as the words of `well` do.
    Fit,
    /// Says so in other words: "foot is warm", "walking about".
    AsItShould,
    /// What a sign may be about, and is no sign where it is well: "walking fine".
    Checked,
    /// The same, of which the colour is told.
    Pee,
    /// The colours it has where it is well.
    PeeColour,
    /// Tells of somebody's days, and of no leg: "the kids are ill".
    OfLife,
    /// Parts of the body that the signs are about: who names one says more than no.
    OfTheBody,
    /// May stand before a "no" that answers: "wait, no".
    BeforeNo,
    /// May stand behind a "none", and belongs to it: "none on either list".
    AfterNo,
    /// May stand beside an age, as the words of `small` and `courtesy` do.
    BesideAge,
    /// Says that the age is not reached yet: "17 next week".
    NotYetOfAge,
    /// May stand beside a length of time.
    BesideMinutes,
    /// Cries out for pain: few words with one of these among them tell of a cramp that is on.
    Ouch,
    /// Cries for help.
    Help,
    /// What is shouted with one of these among it is no cramp that is on: "free of cramps!!!".
    NotShouted,
    /// Stands before a "no" that belongs to the cry and denies nothing: "oh god no, my foot is blue".
    Swears,
}

impl Answering {
    /// The id used in files, e.g. `beside_none`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.into()
    }
}
