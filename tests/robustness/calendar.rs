//! What falls due is right by the clock of every zone there is, above all when that clock is changed.

use charley::plan::calendar::{QuietHours, When, due, next_daily, next_weekly};
use charley::plan::zone::{Zone, search};
use jiff::civil::{Time, Weekday, time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::{cases, in_time};

/// All zones of the bundled database.
fn any_zone() -> impl Strategy<Value = TimeZone> {
    let database = TimeZoneDatabase::bundled();
    let names: Vec<String> = database.available().map(|name| name.as_str().to_owned()).collect();
    assert!(names.len() > 500, "{}", names.len());
    prop::sample::select(names).prop_map(|name| TimeZoneDatabase::bundled().get(&name).unwrap())
}

/// A zone, and a whole minute from 2020 to 2035 in it; most often a day or less from a change of
/// its clock.
fn zone_and_minute() -> impl Strategy<Value = (TimeZone, Timestamp)> {
    let minutes = 26_297_280..34_187_040_i64;
    let day = SignedDuration::from_hours(24).as_mins();
    (any_zone(), minutes, -day..day, 0..4).prop_map(|(zone, minute, off, how)| {
        let random = Timestamp::from_second(minute * 60).unwrap();
        let change = zone.following(random).next().map(|change| change.timestamp());
        let near = change.filter(|_| how > 0).map(|change| change + off.minutes());
        (
            zone,
            near.filter(|near| *near < Timestamp::from_second(2_051_222_400).unwrap())
                .unwrap_or(random),
        )
    })
}

fn any_clock() -> impl Strategy<Value = Time> {
    (0..24_i8, 0..60_i8).prop_map(|(hour, minute)| time(hour, minute, 0, 0))
}

/// The first minute from this one on of which something holds, found by trying all.
fn first_minute(from: Timestamp, holds: impl Fn(Timestamp) -> bool) -> Timestamp {
    (0..20_000_i64).map(|minute| from + minute.minutes()).find(|minute| holds(*minute)).unwrap()
}

/// Whether the clock of this date shows this now and has not shown it before, or skipped it and is
/// just behind the gap.
fn shows_first(zone: &TimeZone, moment: Timestamp, clock: Time) -> bool {
    let shown = zone.to_datetime(moment);
    let before = zone.to_datetime(moment - 1.minutes());
    let skipped = before < shown.date().to_datetime(clock) && clock < shown.time();
    if skipped {
        return true;
    }
    let earlier = zone.to_ambiguous_timestamp(shown).earlier().unwrap();
    shown.time() == clock && earlier == moment
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn what_is_moved_comes_at_the_first_minute_that_is_not_quiet(
        (zone, at) in zone_and_minute(),
        from in any_clock(),
        until in any_clock(),
    ) {
        let hours = QuietHours { from, until };
        let moved = hours.moved(at, &zone);
        let loud = |minute| !hours.contains(zone.to_datetime(minute).time());
        prop_assert!(loud(moved));
        prop_assert!(at <= moved && at.duration_until(moved) < SignedDuration::from_hours(48));
        prop_assert_eq!(moved, first_minute(at, loud));
        prop_assert_eq!(hours.moved(moved, &zone), moved);
    }

    #[test]
    fn a_second_within_quiet_hours_is_moved_to_the_same_end(
        (zone, at) in zone_and_minute(),
        nanosecond in 0..60_000_000_000_i64,
    ) {
        let hours = QuietHours::default();
        let within = at + nanosecond.nanoseconds();
        let moved = hours.moved(within, &zone);
        prop_assert!(within <= moved);
        let expected = hours.moved(at, &zone);
        prop_assert_eq!(moved, if expected == at { within } else { expected });
    }

    #[test]
    fn a_step_after_some_hours_comes_after_just_these(
        (zone, start) in zone_and_minute(),
        hours in 0..1_000_i64,
    ) {
        let hours = SignedDuration::from_hours(hours);
        prop_assert_eq!(due(When::Elapsed(hours), start, &zone), start + hours);
    }

    #[test]
    fn a_step_by_the_clock_keeps_its_day_and_clock_but_in_a_gap(
        (zone, start) in zone_and_minute(),
        day in 0..60_i16,
        at in any_clock(),
    ) {
        let moment = due(When::Clock { day, at }, start, &zone);
        let asked = (zone.to_datetime(start).date() + day.days()).to_datetime(at);
        let shown = zone.to_datetime(moment);
        if zone.to_timestamp(asked).is_ok_and(|there| zone.to_datetime(there) == asked) {
            prop_assert_eq!(shown, asked);
        } else {
            prop_assert!(shown > asked, "{} for {}", shown, asked);
            let before = zone.to_datetime(moment - 1.nanosecond());
            prop_assert!(before < asked, "{} was shown before {}", before, asked);
        }
        prop_assert!(day == 0 || moment > start);
    }

    #[test]
    fn steps_fall_due_in_their_order(
        (zone, start) in zone_and_minute(),
        steps in prop::collection::btree_set((0..6_i16, any_clock()), 2..8),
    ) {
        let moments: Vec<Timestamp> = steps
            .into_iter()
            .map(|(day, at)| due(When::Clock { day, at }, start, &zone))
            .collect();
        prop_assert!(moments.is_sorted(), "{:?}", moments);
        let quiet = QuietHours::default();
        prop_assert!(moments.iter().map(|at| quiet.moved(*at, &zone)).is_sorted());
    }

    #[test]
    fn what_comes_every_day_comes_at_the_next_minute_of_its_clock(
        (zone, last) in zone_and_minute(),
        at in any_clock(),
    ) {
        let next = next_daily(last, at, &zone);
        prop_assert_eq!(due(When::Daily { at }, last, &zone), next);
        let wanted = |minute| shows_first(&zone, minute, at);
        prop_assert_eq!(next, first_minute(last + 1.minutes(), wanted));
    }

    #[test]
    fn what_comes_every_week_comes_within_a_week_on_its_day(
        (zone, last) in zone_and_minute(),
        at in any_clock(),
        day in 1..8_i8,
    ) {
        let on = Weekday::from_monday_one_offset(day).unwrap();
        let next = next_weekly(last, on, at, &zone);
        prop_assert_eq!(due(When::Weekly { on, at }, last, &zone), next);
        prop_assert!(last < next && last.duration_until(next) <= SignedDuration::from_hours(8 * 24));
        prop_assert!(shows_first(&zone, next, at));
        prop_assert_eq!(zone.to_datetime(next).weekday(), on);
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn whatever_is_typed_finds_zones_that_there_are(
        words in prop_oneof!["\\PC{0,80}", "[a-zA-Z/_ ]{0,20}"],
        most in 0..26_usize,
    ) {
        let found = in_time(|| search(&words, most));
        prop_assert!(found.len() <= most);
        for place in found {
            let again = Zone::parse(place.zone.name());
            prop_assert_eq!(again.as_ref(), Ok(&place.zone));
        }
        if let Err(unknown) = Zone::parse(&words) {
            prop_assert!(unknown.to_string().chars().count() < 200);
        }
    }
}
