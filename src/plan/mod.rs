//! When we come back: a reminder is one dated step of what was agreed.

pub mod calendar;
pub mod zone;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::message::Address;

/// What a reminder is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 3 minutes into a cramp: has it let go?
    LetGo3,
    /// 10 minutes into a cramp: still locked? (`nhs-cramp-10min`)
    LetGo10,
    /// 15 minutes into a cramp: too long for a plain cramp, or nobody answered.
    LetGo15,
}

/// One dated step, for one conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reminder {
    /// Whose conversation it belongs to.
    pub to: Address,
    /// When it is due.
    pub due: Timestamp,
    /// What it is for.
    pub step: Step,
    /// Which case of that conversation it belongs to; a reminder of an earlier case is void.
    pub case: u32,
}
