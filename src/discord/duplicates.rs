//! What comes twice: a press that somebody's finger made twice, and an event that Discord repeats.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// How long a press or command can be answered.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(15);

/// The same press so soon after the first is the same press.
const DOUBLE_PRESS: SignedDuration = SignedDuration::from_secs(5);

/// What was pressed and told lately, by the real time.
#[derive(Default)]
pub(super) struct Duplicates {
    pressed: Mutex<HashMap<(u64, u64, String), Timestamp>>,
    told: Mutex<HashMap<u64, Timestamp>>,
}

impl Duplicates {
    /// Whether Discord has told us of this press or command before.
    pub(super) fn is_told_again(&self, interaction: u64, now: Timestamp) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.retain(|_, at| now.duration_since(*at) < TOKEN_LIFE);
        told.insert(interaction, now).is_some()
    }

    /// Whether somebody pressed the same on a message a moment ago.
    pub(super) fn is_double(
        &self,
        message: u64,
        person: u64,
        choice: &str,
        now: Timestamp,
    ) -> bool {
        let mut pressed = self.pressed.lock().unwrap_or_else(PoisonError::into_inner);
        pressed.retain(|_, at| now.duration_since(*at) < DOUBLE_PRESS);
        pressed.insert((message, person, choice.to_owned()), now).is_some()
    }
}
