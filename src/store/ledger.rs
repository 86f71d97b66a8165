//! What became of reminders, for whoever looks after Charley. No step of a plan is named: it would say
//! something of somebody's health.

use jiff::Timestamp;
use serde::Serialize;

use crate::message::PersonId;

/// What became of a reminder.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Fate {
    /// It is still to come.
    Planned,
    /// It was decided on, and is on its way.
    Said,
    /// It arrived.
    Sent,
    /// It could not be brought, or not be read.
    Failed,
    /// It did not come, for a reason.
    Skipped,
    /// It was answered.
    Answered,
}

/// The sum of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many there are of each.
    pub counts: Vec<(Fate, u64)>,
    /// When the earliest that is still to come is due, or was.
    pub oldest_due: Option<Timestamp>,
    /// Why some have failed, the commonest first.
    pub failures: Vec<(String, u64)>,
}

/// One reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub person: PersonId,
    /// When it is due, or was.
    pub due: Timestamp,
    /// What became of it.
    pub fate: Fate,
    /// Why it failed or was skipped.
    pub reason: Option<String>,
    /// How often it was taken up.
    pub tried: u32,
}

/// Which of those that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one of this number.
    One(i64),
    /// All of them.
    All,
}
