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
    /// The hours in which somebody is written to.
    #[must_use]
    pub const fn awake(&self) -> Self {
        Self { from: self.until, until: self.from }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    /// The moment that a clock with its offset shows: `2026-03-28T22:30+01`.
    fn at(shown: &str) -> Timestamp {
        shown.parse().unwrap()
    }

    fn clock(hour: i8, minute: i8) -> Time {
        time(hour, minute, 0, 0)
    }

    fn quiet(from: Time, until: Time) -> QuietHours {
        QuietHours { from, until }
    }

    #[track_caller]
    fn moves(hours: QuietHours, place: &str, from: &str, to: &str) {
        assert_eq!(hours.moved(at(from), &zone(place)), at(to), "{from} in {place}");
    }

    #[track_caller]
    fn falls(when: When, place: &str, start: &str, to: &str) {
        assert_eq!(due(when, at(start), &zone(place)), at(to), "{when:?} from {start} in {place}");
    }

    fn on_day(day: i16, hour: i8, minute: i8) -> When {
        When::Clock { day, at: clock(hour, minute) }
    }

    #[test]
    fn quiet_hours_span_midnight_and_end_before_their_end() {
        let night = QuietHours::default();
        for (shown, is_quiet) in [
            (clock(20, 59), false),
            (clock(21, 0), true),
            (clock(0, 0), true),
            (clock(7, 59), true),
            (clock(8, 0), false),
        ] {
            assert_eq!(night.contains(shown), is_quiet, "{shown}");
        }
        let siesta = quiet(clock(13, 0), clock(15, 0));
        assert!(siesta.contains(clock(14, 0)));
        assert!(!siesta.contains(clock(12, 0)) && !siesta.contains(clock(16, 0)));
        assert!(!quiet(clock(8, 0), clock(8, 0)).contains(clock(8, 0)));
    }

    #[test]
    fn a_time_in_quiet_hours_moves_to_their_end_and_no_other_does() {
        let night = QuietHours::default();
        moves(night, "UTC", "2026-06-01T22:30:00Z", "2026-06-02T08:00:00Z");
        moves(night, "UTC", "2026-06-02T02:00:00Z", "2026-06-02T08:00:00Z");
        moves(night, "UTC", "2026-06-02T08:00:00Z", "2026-06-02T08:00:00Z");
        moves(night, "UTC", "2026-06-02T20:59:59Z", "2026-06-02T20:59:59Z");
        moves(night, "Asia/Kathmandu", "2026-06-01T23:00+05:45", "2026-06-02T08:00+05:45");
    }

    #[test]
    fn a_night_in_which_the_clock_is_changed_ends_by_the_clock() {
        let night = QuietHours::default();
        for (place, from, to) in [
            ("Europe/Berlin", "2026-03-28T22:30+01", "2026-03-29T08:00+02"),
            ("Europe/Berlin", "2026-10-24T22:30+02", "2026-10-25T08:00+01"),
            ("America/New_York", "2026-03-07T23:00-05", "2026-03-08T08:00-04"),
            ("America/New_York", "2026-10-31T23:00-04", "2026-11-01T08:00-05"),
            ("Australia/Lord_Howe", "2026-10-03T21:00+10:30", "2026-10-04T08:00+11"),
            ("Australia/Lord_Howe", "2026-04-04T21:00+11", "2026-04-05T08:00+10:30"),
            ("Africa/Casablanca", "2026-02-14T23:00+01", "2026-02-15T08:00+00"),
            ("Africa/Casablanca", "2026-03-21T23:00+00", "2026-03-22T08:00+01"),
            ("Asia/Tehran", "2022-03-21T22:00+03:30", "2022-03-22T08:00+04:30"),
            ("Asia/Tehran", "2023-03-21T22:00+03:30", "2023-03-22T08:00+03:30"),
            // Samoa moved across the date line and had no 30 December.
            ("Pacific/Apia", "2011-12-29T22:00-10", "2011-12-31T08:00+14"),
        ] {
            moves(night, place, from, to);
        }
    }

    #[test]
    fn quiet_hours_that_end_while_the_clock_is_changed_end_at_the_first_moment_that_is_not() {
        let until = |hour, minute| quiet(clock(21, 0), clock(hour, minute));
        // There is no half past two.
        moves(until(2, 30), "Europe/Berlin", "2026-03-29T01:00+01", "2026-03-29T03:00+02");
        // There are two of them.
        moves(until(2, 30), "Europe/Berlin", "2026-10-25T01:00+02", "2026-10-25T02:30+02");
        // Past the first, it is quiet again when the clock was put back.
        moves(until(2, 30), "Europe/Berlin", "2026-10-25T02:10+01", "2026-10-25T02:30+01");
        // All that is not quiet falls into the gap.
        let most = quiet(clock(2, 45), clock(2, 15));
        moves(most, "Europe/Berlin", "2026-03-29T01:00+01", "2026-03-30T02:15+02");
        // The clock is put back to a time that is not quiet.
        let most = quiet(clock(1, 45), clock(1, 20));
        moves(most, "Australia/Lord_Howe", "2026-04-05T01:50+11", "2026-04-05T01:30+10:30");
    }

    #[test]
    fn hours_that_passed_are_hours_whatever_the_clock_shows() {
        let day = When::Elapsed(SignedDuration::from_hours(24));
        falls(day, "Europe/Berlin", "2026-03-28T18:00+01", "2026-03-29T19:00+02");
        falls(day, "Europe/Berlin", "2026-10-24T18:00+02", "2026-10-25T17:00+01");
    }

    #[test]
    fn a_step_by_the_clock_keeps_its_clock() {
        falls(on_day(1, 18, 0), "Europe/Berlin", "2026-03-28T10:00+01", "2026-03-29T18:00+02");
        falls(on_day(0, 9, 0), "Europe/Berlin", "2026-03-28T10:00+01", "2026-03-28T09:00+01");
        // The day is that of the member: in New York it is still Friday.
        falls(on_day(1, 8, 0), "America/New_York", "2026-06-06T02:00Z", "2026-06-06T08:00-04");
        falls(on_day(14, 8, 0), "America/New_York", "2026-02-28T22:00-05", "2026-03-14T08:00-04");
    }

    #[test]
    fn a_clock_that_skips_or_repeats_the_time_shows_it_once() {
        for (place, hour, minute, start, to) in [
            ("Europe/Berlin", 2, 30, "2026-03-28T12:00+01", "2026-03-29T03:00+02"),
            ("Europe/Berlin", 2, 30, "2026-10-24T12:00+02", "2026-10-25T02:30+02"),
            ("America/New_York", 2, 0, "2026-03-07T12:00-05", "2026-03-08T03:00-04"),
            ("America/New_York", 1, 59, "2026-10-31T12:00-04", "2026-11-01T01:59-04"),
            ("Australia/Lord_Howe", 2, 15, "2026-10-03T12:00+10:30", "2026-10-04T02:30+11"),
            ("Australia/Lord_Howe", 1, 45, "2026-04-04T12:00+11", "2026-04-05T01:45+11"),
            ("Asia/Tehran", 0, 15, "2022-03-21T12:00+03:30", "2022-03-22T01:00+04:30"),
            ("Africa/Casablanca", 2, 30, "2026-02-14T12:00+01", "2026-02-15T02:30+01"),
            ("Pacific/Apia", 8, 0, "2011-12-29T12:00-10", "2011-12-31T00:00+14"),
        ] {
            falls(on_day(1, hour, minute), place, start, to);
        }
    }

    #[test]
    fn what_comes_every_day_comes_once_a_day() {
        let berlin = zone("Europe/Berlin");
        let next = |from: &str, hour, minute| next_daily(at(from), clock(hour, minute), &berlin);
        assert_eq!(next("2026-06-01T12:00+02", 21, 30), at("2026-06-01T21:30+02"));
        assert_eq!(next("2026-06-01T21:30+02", 21, 30), at("2026-06-02T21:30+02"));
        assert_eq!(next("2026-10-25T02:30+02", 2, 30), at("2026-10-26T02:30+01"));
        assert_eq!(next("2026-03-28T21:30+01", 21, 30), at("2026-03-29T21:30+02"));
        let nightly = When::Daily { at: clock(21, 30) };
        falls(nightly, "Europe/Berlin", "2026-06-01T22:00+02", "2026-06-02T21:30+02");
        falls(nightly, "Pacific/Apia", "2011-12-29T21:30-10", "2011-12-31T00:00+14");
    }

    #[test]
    fn what_comes_every_week_comes_on_its_day() {
        let sundays = When::Weekly { on: Weekday::Sunday, at: clock(18, 0) };
        falls(sundays, "Europe/Berlin", "2026-03-28T12:00+01", "2026-03-29T18:00+02");
        falls(sundays, "Europe/Berlin", "2026-03-29T18:00+02", "2026-04-05T18:00+02");
        falls(sundays, "Europe/Berlin", "2026-03-29T17:59+02", "2026-03-29T18:00+02");
        // In Auckland it is Monday.
        falls(sundays, "Pacific/Auckland", "2026-06-07T13:00Z", "2026-06-14T18:00+12");
    }

    #[test]
    fn at_the_end_of_time_nothing_falls_over() {
        let zone = zone("Europe/Berlin");
        for moment in [Timestamp::MIN, Timestamp::MAX] {
            assert!(QuietHours::default().moved(moment, &zone) >= moment);
            assert!(next_daily(moment, clock(8, 0), &zone) >= moment);
            for when in [on_day(i16::MAX, 8, 0), When::Elapsed(SignedDuration::MAX)] {
                assert!(due(when, moment, &zone) >= moment);
            }
        }
    }
}
