//! The lists of plain words by which code tells what is said around a plan.

use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// A list of `talk.toml`.
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
pub enum Talk {
    /// Agrees.
    Yes,
    /// Agrees where nobody is thanked: "ok thanks" may end the talk as well.
    AllRight,
    /// Agrees where a wish follows: "fine, but not before 9".
    Fine,
    /// Asks for it, also where it was declined before.
    CheckOnMe,
    /// Begins a wish, and no question: "can you check on me".
    CanYou,
    /// Declines where it comes first.
    No,
    /// Declines wherever it stands.
    Declining,
    /// May stand beside a yes or no, and changes nothing.
    BesideAnswer,
    /// Thanks or takes leave: an "ok" beside it agrees to nothing.
    Thanks,
    /// Names what a "no" declines, or thanks for it; what stands around it is heard for itself: "no
    /// thanks, can I swim".
    NamesNo,
    /// Begins what is said besides a "no". One word each.
    Joins,
    /// Agrees after a refusal.
    AfterAll,
    /// May stand beside that.
    BesideAfterAll,
    /// Takes leave.
    Goodbye,
    /// May stand beside it, and changes nothing.
    BesideGoodbye,
    /// Wants no more of something, and perhaps not of all.
    HalfStop,
    /// May stand beside that.
    BesideHalfStop,
    /// Keeps some of what is stopped, or names a part of it. Days of the week do so too.
    KeepsSome,
    /// Lets a plan that rests go on.
    GoesOn,
    /// Names the plan: "end my plan" is answered where there is none.
    Plan,
    /// Begins a wish that sounds like a question: "can you pause it". One word each.
    AsksPolitely,
    /// Wants nothing today.
    Skips,
    /// The day on which nothing is wanted.
    ThisDay,
    /// What is not wanted.
    WhatComes,
    /// May stand beside them, and changes nothing.
    BesideSkip,
    /// Is away, and wants nothing until they are back.
    Away,
    /// Wants no more of what may be had besides.
    EndsOffer,
    /// Wants it.
    WantsOffer,
    /// Wants it in few words: "ice too", "yes ice".
    Nods,
    /// Tells of the leg, or of a time that is over: no wish.
    OfTheLeg,
    /// Takes something out.
    Refuses,
    /// What is sent.
    Reminders,
    /// Says when or where by itself, or stands before the time.
    SaysWhen,
    /// Wants few messages.
    Few,
    /// Asleep, or at night: nothing comes then anyway.
    Asleep,
    /// Where nobody looks at messages.
    AtWork,
    /// May stand in a wish.
    BesideWish,
    /// Takes a time or a part of the day out.
    TakesOut,
    /// Says that a part of the day does not suit: "mornings are bad".
    Unfit,
    /// Takes days of the week out: "not on Sundays".
    TakesDaysOut,
    /// Lets some in again: "stop it, only keep Sunday".
    LetsDaysIn,
    /// What means 12:00.
    Noon,
    /// What means 08:00.
    Morning,
    /// What means 14:00.
    Afternoon,
    /// What means 18:00.
    Evening,
    /// Going to bed.
    Bed,
    /// Makes a time of a number: "half past 9", "10 pm".
    OfClock,
    /// May stand beside a time that is all that is said.
    BesideTime,
    /// Is not sure whether a plan is wanted.
    InTwoMinds,
    /// Asks how it goes on: while a plan runs, that is meant.
    AsksHowOn,
    /// May stand beside a place that is all that is said.
    BesidePlace,
    /// Where it comes: where they write.
    Here,
    /// Or by direct message.
    Directly,
    /// Puts off what waits, before so many hours.
    PutsOff,
    /// Says that it is about this one time: "not now", "ask me after 6".
    ThisOnce,
    /// Says that it is about every day, and no one time.
    EveryDay,
    /// Asks for what the plan has to come.
    AsksPlan,
    /// Asks by which clock something comes.
    AsksZone,
    /// Takes back the time that was told before.
    CorrectsTime,
    /// Leaves out what waits.
    SkipsThis,
    /// Says that something is not so yet.
    ToCome,
    /// Names a clock, or where somebody lives.
    OfZone,
    /// How somebody says where they are now, and with it by which clock.
    MovedTo,
}

impl Talk {
    /// The id used in files, e.g. `half_stop`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.into()
    }
}
