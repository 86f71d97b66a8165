//! When a step falls due: so many hours after the beginning, or by the clock on a member's wall,
//! and never in the hours in which that member sleeps.
//!
//! Summer time is no special case here. An hour that is skipped has a first moment after it, an
//! hour that comes twice has a first one, and both are what counts.

use jiff::civil::{Date, DateTime, Time, Weekday, time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};

/// When a step falls due, as seen from the moment at which a plan begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// So long after the beginning; a change of summer time moves its clock.
    Elapsed(SignedDuration),
    /// By the clock, so many days after the date of the beginning.
    ///
    /// On day 0 that may be before the beginning.
    Clock {
        /// 0 is the day of the beginning.
        day: i16,
        /// What the clock shows.
        at: Time,
    },
    /// Every day by the clock, for the first time after the beginning.
    Daily {
        /// What the clock shows.
        at: Time,
    },
    /// On one day of every week by the clock, for the first time after the beginning.
    Weekly {
        /// Which day.
        on: Weekday,
        /// What the clock shows.
        at: Time,
    },
}

/// The hours of a day in which nobody is written to; they may span midnight.
///
/// Their end is no longer quiet, and of two equal times no hour is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QuietHours {
    /// When they begin.
    pub from: Time,
    /// When they end.
    pub until: Time,
}

impl Default for QuietHours {
    /// From nine in the evening to eight in the morning.
    fn default() -> Self {
        Self { from: time(21, 0, 0, 0), until: time(8, 0, 0, 0) }
    }
}

impl QuietHours {
    /// Whether the clock shows one of these hours.
    #[must_use]
    pub fn contains(&self, clock: Time) -> bool {
        let begun = self.from <= clock;
        let lasting = clock < self.until;
        if self.from <= self.until { begun && lasting } else { begun || lasting }
    }

    /// The first moment from this one on that is not quiet: the same one, or the end of the hours.
    #[must_use]
    pub fn moved(&self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let mut at = at;
        loop {
            let clock = zone.to_datetime(at).time();
            if !self.contains(clock) {
                return at;
            }
            let end = after(at, forward(clock, self.until));
            match zone.following(at).next() {
                // The clock is put forward or back before it shows the end, and is read anew.
                Some(change) if change.timestamp() <= end => at = change.timestamp(),
                Some(_) | None => return end,
            }
        }
    }
}

/// The moment at which a step falls due in a plan that begins at `start`.
#[must_use]
pub fn due(when: When, start: Timestamp, zone: &TimeZone) -> Timestamp {
    match when {
        When::Elapsed(time) => after(start, time),
        When::Clock { day, at } => {
            let day = Span::new().days(day);
            moment(zone.to_datetime(start).date().saturating_add(day).to_datetime(at), zone)
        }
        When::Daily { at } => next_daily(start, at, zone),
        When::Weekly { on, at } => next_weekly(start, on, at, zone),
    }
}

/// The next moment after `last` at which the clock shows `at`, counted once a date.
#[must_use]
pub fn next_daily(last: Timestamp, at: Time, zone: &TimeZone) -> Timestamp {
    next(last, at, zone, |_| true)
}

/// The next moment after `last` at which the clock shows `at` on this day of the week.
#[must_use]
pub fn next_weekly(last: Timestamp, on: Weekday, at: Time, zone: &TimeZone) -> Timestamp {
    next(last, at, zone, |date| date.weekday() == on)
}

/// How many dates to look through: a week, one that has passed, and one that a zone skipped when
/// it moved across the date line.
const DATES: i8 = 9;

fn next(last: Timestamp, at: Time, zone: &TimeZone, wanted: impl Fn(Date) -> bool) -> Timestamp {
    let today = zone.to_datetime(last).date();
    let dates = (0..DATES).map(|days| today.saturating_add(Span::new().days(days)));
    let moments = dates.filter(|date| wanted(*date)).map(|date| moment(date.to_datetime(at), zone));
    moments.into_iter().find(|moment| *moment > last).unwrap_or(Timestamp::MAX)
}

/// The moment at which the clock shows this: the first of two, or the first after a gap.
fn moment(shown: DateTime, zone: &TimeZone) -> Timestamp {
    match zone.to_ambiguous_timestamp(shown).offset() {
        AmbiguousOffset::Unambiguous { offset } => at_offset(shown, offset),
        AmbiguousOffset::Fold { before, .. } => at_offset(shown, before),
        AmbiguousOffset::Gap { before, after } => {
            // With the later offset it is read as a moment shortly before the change.
            let change = zone.following(at_offset(shown, after)).next();
            change.map_or_else(|| at_offset(shown, before), |change| change.timestamp())
        }
    }
}

/// Far outside any plan, the nearest moment there is.
fn at_offset(shown: DateTime, offset: Offset) -> Timestamp {
    let edge = if shown.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    offset.to_timestamp(shown).unwrap_or(edge)
}

fn after(at: Timestamp, time: SignedDuration) -> Timestamp {
    let edge = if time.is_negative() { Timestamp::MIN } else { Timestamp::MAX };
    at.checked_add(time).unwrap_or(edge)
}

/// How long a clock takes from one time to another, at most a day.
fn forward(from: Time, to: Time) -> SignedDuration {
    let time = from.duration_until(to);
    if time.is_negative() { time + SignedDuration::from_hours(24) } else { time }
}
