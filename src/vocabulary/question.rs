//! The questions of the interview.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

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
    /// Below what was said in a channel: help in private, and how to be left alone.
    Offer,
    /// Did it leave soreness or a limp? Decides which schedule fits.
    Sore,
    /// The danger signs in short, before a check-in of a plan goes on.
    Rescreen,
    /// What can be pressed below a check-in, and when to come back to it.
    Reminder,
    /// Which time zone somebody lives in.
    Zone,
}
