//! What is kept of a plan: its steps with their times, the soreness numbers, counts. No text, and no
//! red flag.

use std::collections::BTreeMap;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::calendar::QuietHours;
use super::{Days, Reminder, What};
use crate::message::Address;

/// How long a plan is kept of which nothing is heard (`club-rule`).
const IDLE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long one is kept that rests because nobody answered (`club-rule`).
const SILENT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A plan that somebody agreed to, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Plan {
    /// The name of its file.
    pub name: String,
    /// Which plan it is: the second in which it began. Reminders and choices of another are void.
    pub run: i64,
    /// Whose it is, and the conversation that it talks in.
    pub to: Address,
    /// When the cramp was; offsets count from here.
    pub cramp: Timestamp,
    /// When it was agreed on.
    pub began: Timestamp,
    /// Where and when the person wants to be reminded.
    pub habits: Habits,
    /// Whether it goes on.
    pub state: State,
    /// Since when that is so.
    pub since: Timestamp,
    /// Whether the person said, after a danger sign, that a doctor has looked at it.
    #[serde(default)]
    pub seen: bool,
    /// Why all danger signs are to be asked for, while that was not answered: nothing else comes
    /// before.
    #[serde(default)]
    pub doubt: Option<Doubt>,
    /// Whether the person was asked last which time zone is theirs.
    #[serde(default)]
    pub asks_zone: bool,
    /// Whether that is still to be asked, when what waits for an answer was answered.
    #[serde(default)]
    pub zone_pending: bool,
    /// Everything dated, done and to come, by time.
    pub check_ins: Vec<CheckIn>,
    /// The check-in that waits for an answer.
    pub open: Option<Open>,
    /// What was answered in numbers since the cramp, by the question's name, oldest first.
    pub numbers: BTreeMap<String, Vec<u8>>,
    /// The numbers of before it, after an earlier cramp: for a doctor, and for no rule.
    #[serde(default)]
    pub earlier: BTreeMap<String, Vec<u8>>,
    /// How many cramps came after the first.
    pub cramps: u16,
    /// How many check-ins in a row were not answered.
    pub unanswered: u8,
    /// When the person last did something about it.
    pub heard: Timestamp,
}

/// Whether a plan goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It does.
    Running,
    /// Nothing comes until it is resumed.
    Paused(Paused),
}

/// Why a plan rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Paused {
    /// The person wants it so.
    ByMember,
    /// A danger sign: it goes on when a doctor has looked at it and the check is clear.
    ByDangerSign,
    /// Nobody answered.
    BySilence,
}

/// Why all danger signs are to be asked for before a plan goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// One of them may be there, as the person said to the short check.
    Sign,
    /// The leg is worse.
    Worse,
    /// It cramped again.
    Cramp,
    /// What the plan has them do hurts.
    Hurts,
    /// It is sore or limps, as they tell between two check-ins.
    Sore,
}

/// One dated step of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CheckIn {
    /// The step's name in the plan's file.
    pub step: String,
    /// Which time it comes: the first is 0.
    pub time: u16,
    /// When it is due.
    pub due: Timestamp,
    /// Whether that is later than it would be, because of quiet hours.
    #[serde(default)]
    pub moved: bool,
    /// How far it is.
    pub progress: Progress,
}

/// How far a check-in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// It is still to come.
    Planned,
    /// It was said.
    Said(Timestamp),
    /// It was answered.
    Answered(Timestamp),
    /// It does not come.
    Skipped(Why),
}

/// Why a check-in does not come, or not at its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Why {
    /// Its time was over when it could be said.
    TooLate,
    /// A later one came with it.
    Overtaken,
    /// The person wants it so.
    ByMember,
    /// It comes again later.
    Moved,
    /// The plan began after it.
    BeforeItBegan,
    /// The plan took another turn.
    NotNeeded,
    /// The danger signs were asked for instead, and had not been answered.
    InDoubt,
}

/// A check-in that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Open {
    /// The step's name.
    pub step: String,
    /// Which time.
    pub time: u16,
    /// When the danger signs were last asked for it, and none was there.
    pub clear: Option<Timestamp>,
    /// Whether its text is still to be said: the danger signs were asked for in its place.
    #[serde(default)]
    pub untold: bool,
    /// The answers so far, by the question's name.
    pub answers: BTreeMap<String, String>,
}

/// Where and when somebody wants to be reminded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Habits {
    /// The time zone's IANA name.
    pub zone: String,
    /// When nothing is said.
    pub quiet: QuietHours,
    /// When they go to bed.
    pub bedtime: Time,
    /// Fewer reminders: every other one of those that come again and again.
    pub fewer: bool,
    /// In the place where it was agreed on, and not directly.
    pub here: bool,
    /// On which days something comes.
    #[serde(default)]
    pub days: Days,
}

impl Habits {
    /// What holds until somebody says otherwise, in a zone; bed at 22:00 (`club-rule`).
    #[must_use]
    pub fn usual(zone: &str) -> Self {
        Self {
            zone: zone.to_owned(),
            quiet: QuietHours::default(),
            bedtime: Time::constant(22, 0, 0, 0),
            fewer: false,
            here: false,
            days: Days::default(),
        }
    }

    /// Their time zone; the universal one where its name means nothing any more.
    #[must_use]
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }
}

impl Plan {
    /// What is still to come, while it goes on: its check-ins, and the day on which it is forgotten.
    #[must_use]
    pub fn reminders(&self) -> Vec<Reminder> {
        let reminder = |due, what| Reminder { to: self.to, due, what, run: self.run };
        let running = self.state == State::Running;
        let planned = self.check_ins.iter().filter(|one| running && one.is_planned());
        let planned = planned.map(|one| reminder(one.due, one.what()));
        let idle = self.forgotten_at().map(|due| reminder(due, What::Forget));
        planned.chain(idle).collect()
    }

    /// When it is erased if nothing is heard.
    #[must_use]
    pub fn forgotten_at(&self) -> Option<Timestamp> {
        let idle = self.heard.checked_add(IDLE).ok()?;
        match self.state {
            State::Paused(Paused::BySilence) => self.since.checked_add(SILENT).ok(),
            State::Running | State::Paused(Paused::ByMember | Paused::ByDangerSign) => Some(idle),
        }
    }

    /// The check-in that comes next.
    #[must_use]
    pub fn next(&self) -> Option<&CheckIn> {
        self.check_ins.iter().filter(|one| one.is_planned()).min_by_key(|one| one.due)
    }

    /// Whether it rests because of a danger sign.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.state == State::Paused(Paused::ByDangerSign)
    }
}

impl Progress {
    /// Whether it was said, answered or not.
    #[must_use]
    pub const fn was_said(self) -> bool {
        matches!(self, Self::Said(_) | Self::Answered(_))
    }
}

impl CheckIn {
    /// Whether it is still to come.
    #[must_use]
    pub fn is_planned(&self) -> bool {
        self.progress == Progress::Planned
    }

    /// Since when it waits for an answer.
    pub(super) const fn waits_since(&self) -> Option<(Timestamp, &Self)> {
        match self.progress {
            Progress::Said(at) => Some((at, self)),
            Progress::Planned | Progress::Answered(_) | Progress::Skipped(_) => None,
        }
    }

    /// What its reminder is for.
    #[must_use]
    pub fn what(&self) -> What {
        What::CheckIn(self.step.clone(), self.time)
    }
}
