//! When a cramp began, from how long ago it was said to be.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::understanding::Onset;

/// The moment that is meant, said at `at` by somebody whose clock is that of `zone`. "On Saturday", on
/// a Saturday, is today or a week ago, and nobody says which.
pub(super) fn began(onset: Onset, at: Timestamp, zone: &str) -> Option<Timestamp> {
    const DAY: i64 = 1_440;
    let minutes = match onset {
        Onset::On(day) => {
            let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
            let days = i64::from(day.until(zone.to_datetime(at).weekday()));
            (days > 0).then_some(days * DAY)?
        }
        Onset::Minutes(_)
        | Onset::Since(_)
        | Onset::Today
        | Onset::LastNight
        | Onset::Yesterday => i64::from(onset.minutes_at_least()),
    };
    minutes_before(at, minutes)
}

pub(super) fn minutes_before(at: Timestamp, minutes: i64) -> Option<Timestamp> {
    at.checked_sub(SignedDuration::from_mins(minutes)).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;

    use super::*;

    #[test]
    fn a_day_of_the_week_is_the_one_of_the_club() {
        // A Saturday evening in London is a Sunday morning in Auckland.
        let at: Timestamp = "2026-11-28T19:00:00Z".parse().unwrap();
        let days = |day, zone| {
            began(Onset::On(day), at, zone).map(|began| at.duration_since(began).as_hours() / 24)
        };
        assert_eq!(days(Weekday::Saturday, "Pacific/Auckland"), Some(1));
        assert_eq!(days(Weekday::Saturday, "Europe/London"), None);
        assert_eq!(days(Weekday::Friday, "Europe/London"), Some(1));
        assert_eq!(days(Weekday::Friday, "Pacific/Auckland"), Some(2));
        assert_eq!(days(Weekday::Friday, "nowhere"), Some(1));
    }
}
