//! When we come back: a plan that somebody agreed to, its dated check-ins, and the reminders that
//! bring them.

mod acts;
mod agreed;
mod agreement;
mod answered;
mod answers;
mod away;
mod besides;
pub mod calendar;
mod consent;
mod count;
mod course;
mod dates;
mod days;
mod early;
mod ending;
mod habits;
mod hints;
mod hours;
mod labels;
mod outcome;
mod pausing;
mod place;
mod press;
mod putting_off;
mod reading;
mod routine;
mod settings;
mod time_or_place;
mod timeline;
mod wording;
pub mod zone;

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use crate::message::Address;
use crate::vocabulary::Timer;

pub use agreed::{CheckIn, Doubt, Habits, Open, Paused, Plan, Progress, State, Why};
pub use agreement::{Wish, agrees_and_wishes, begins_at, only_wishes};
pub use answers::has_number;
pub use away::{from as comes_from, is_away, is_off_today, tomorrow, until as away_until};
pub use consent::{asks_after_all, consent, is_question};
pub use days::Days;
pub use ending::{is_farewell, is_half_stop, keeps_some};
use habits::wished;
pub use habits::{corrected, moved, wished_anew};
pub use hints::{names_none, tells_of_nights};
pub use outcome::{Asks, Outcome, Saying};
pub use press::{Press, Snooze};
pub use putting_off::{put_off, put_off_until, skips_this};
pub use time_or_place::{is_bare_time, only_place, only_when};
pub use timeline::{Row, RowStage, Timeline};

/// What a reminder is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A timer of a cramp that is on.
    Timer(Timer),
    /// A step of the plan, and which time it comes: the first is 0.
    CheckIn(String, u16),
    /// What is kept of a plan is erased: nothing was heard for too long.
    Forget,
}

/// As it is stored: `let_go_3`, `check_in/day_1/0`, `forget`.
impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timer(timer) => timer.fmt(f),
            Self::CheckIn(step, time) => write!(f, "check_in/{step}/{time}"),
            Self::Forget => f.write_str("forget"),
        }
    }
}

/// What another version of this program wrote.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no reminder of this version")]
pub struct UnknownReminder(String);

impl FromStr for What {
    type Err = UnknownReminder;

    fn from_str(text: &str) -> Result<Self, UnknownReminder> {
        let unknown = || UnknownReminder(text.to_owned());
        match text.split('/').collect::<Vec<_>>().as_slice() {
            ["forget"] => Ok(Self::Forget),
            ["check_in", step, time] => {
                let time = time.parse().map_err(|_| unknown())?;
                Ok(Self::CheckIn((*step).to_owned(), time))
            }
            [timer] => timer.parse().map(Self::Timer).map_err(|_| unknown()),
            _ => Err(unknown()),
        }
    }
}

/// One dated thing to come back for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reminder {
    /// Whose conversation it belongs to.
    pub to: Address,
    /// When it is due.
    pub due: Timestamp,
    /// What it is for.
    pub what: What,
    /// Which run it belongs to: the number of the case for a timer, of the plan for all else. What
    /// belongs to an earlier run is void.
    pub run: i64,
}

impl Reminder {
    /// Whether it belongs to a plan, and not to one conversation about a cramp that is on.
    #[must_use]
    pub const fn is_of_plan(&self) -> bool {
        match self.what {
            What::Timer(_) => false,
            What::CheckIn(..) | What::Forget => true,
        }
    }
}

/// A reminder whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub reminder: Reminder,
    /// The time at which it is taken up: later than it was due after an outage.
    pub now: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reminder_is_for_is_read_as_it_was_written() {
        let all = [
            (What::Timer(Timer::LetGo10), "let_go_10"),
            (What::CheckIn("day_1".to_owned(), 12), "check_in/day_1/12"),
            (What::Forget, "forget"),
        ];
        for (what, text) in all {
            assert_eq!(what.to_string(), text);
            assert_eq!(text.parse(), Ok(what));
        }
        for unknown in ["", "let_go", "check_in/day_1", "check_in/day_1/x", "forget/2"] {
            assert!(unknown.parse::<What>().is_err(), "{unknown}");
        }
    }
}
