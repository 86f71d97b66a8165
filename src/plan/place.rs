//! Where somebody says that they are: a city is one clock, and so is "UTC+2"; a country may have several,
//! and so has "5 hours behind". What has several is asked about.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::reading::{self, is_in};
use super::zone::{self, Named, Zone};

/// So many zones fit into one menu.
const MOST: usize = 24;
/// As the key of zones that are so many minutes ahead of the universal clock.
const AHEAD: &str = "utc";

const HOUR: i32 = 60;
const A_DAY: i32 = 24 * HOUR;
/// No clock is further ahead of the universal one, in minutes.
const FURTHEST: i32 = 14 * HOUR;
/// What clocks differ by: whole and half hours.
const STEP: i32 = 30;

/// What a message says of the clock somebody lives by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// One zone.
    One(Zone),
    /// One of several, by a key for [`zones`].
    OneOf(String),
}

/// What a message says of it, as the answer to the question which zone is theirs.
pub(super) fn answered(text: &str, zone: &TimeZone, now: Timestamp) -> Option<Place> {
    let clock = || clock_here(text, now).or_else(|| apart(text, zone, now)).map(OneOf::key);
    named(text).or_else(|| clock().map(Place::OneOf))
}

/// What a message names of it.
pub(super) fn named(text: &str) -> Option<Place> {
    if let Some(minutes) = offset(text) {
        let several = || Place::OneOf(OneOf(minutes).key());
        return Some(zone::ahead(minutes).map_or_else(several, Place::One));
    }
    let place = |text: &str| match zone::named(text)? {
        Named::Zone(zone) => Some(Place::One(zone)),
        Named::Shared(name) => Some(Place::OneOf(name.replace(' ', "_"))),
    };
    // "Lisbon, not Paris".
    let first = text.split_once(" not ").and_then(|(first, _)| place(first));
    // "Pacific" is one of four clocks, where nothing else is said.
    let bare = || reading::words(text).len() <= 2;
    first.or_else(|| place(text)).or_else(|| bare().then(|| place(&format!("{text} time")))?)
}

/// The zones of a key, those that are most used first.
pub(super) fn zones(key: &str, now: Timestamp) -> Vec<String> {
    let Some(minutes) = key.strip_prefix(AHEAD).and_then(|minutes| minutes.parse::<i32>().ok())
    else {
        return zone::of_name(&key.replace('_', " "), MOST);
    };
    let near = |most: i32| {
        zone::used().into_iter().filter(move |zone| {
            (zone.rules().to_offset(now).seconds() / 60 - minutes).abs() <= most
        })
    };
    let all = |most: i32| near(most).map(String::from).take(MOST).collect::<Vec<_>>();
    let exact = all(0);
    if exact.is_empty() { all(STEP) } else { exact }
}

/// Zones that are so many minutes ahead.
struct OneOf(i32);

impl OneOf {
    fn key(self) -> String {
        format!("{AHEAD}{:+}", self.0)
    }
}

/// "GMT+2", "utc -5", "UTC+5:30": minutes ahead.
fn offset(text: &str) -> Option<i32> {
    let text = text.to_lowercase();
    let name = ["utc", "gmt"].into_iter().find_map(|name| text.split_once(name))?;
    let (sign, rest) = match name.1.trim_start().split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-" | "−" | "–", rest) => (-1, rest),
        _ => return None,
    };
    let digits = rest.trim_start();
    let end = digits.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'));
    let number = digits.get(..end.unwrap_or(digits.len()))?.trim_end_matches(['.', ':']);
    let (hours, minutes) = match number.split_once([':', '.']) {
        Some((hours, "5")) => (hours, 30),
        Some((hours, minutes)) => (hours, minutes.parse().ok()?),
        None => (number, 0),
    };
    let hours: i32 = hours.parse().ok().filter(|hours| *hours <= FURTHEST / HOUR)?;
    Some(sign * (hours * HOUR + minutes))
}

/// Whether a message tells what the clock shows where somebody is, rather than when they want something.
pub(super) fn tells_clock(text: &str) -> bool {
    reading::words(text).iter().any(|word| is_in("here its time oclock clock", word))
}

/// "It is 6pm here": how far that clock is ahead.
fn clock_here(text: &str, now: Timestamp) -> Option<OneOf> {
    let [time] = super::habits::times(text).try_into().ok()?;
    let shown = |time: Time| i32::from(time.hour()) * HOUR + i32::from(time.minute());
    let universal = shown(TimeZone::UTC.to_datetime(now).time());
    let ahead = (shown(time) - universal).rem_euclid(A_DAY);
    let ahead = if ahead > 12 * HOUR { ahead - A_DAY } else { ahead };
    // Nobody says the minute of a clock.
    tells_clock(text).then(|| OneOf((ahead + STEP / 2).div_euclid(STEP) * STEP))
}

/// "I'm 5 hours behind".
fn apart(text: &str, zone: &TimeZone, now: Timestamp) -> Option<OneOf> {
    let words = reading::words(text);
    let has = |list: &str| words.iter().any(|word| is_in(list, word));
    let sign = match (has("behind earlier"), has("ahead later")) {
        (true, false) => -1,
        (false, true) => 1,
        _ => return None,
    };
    let hours =
        words.iter().find_map(|word| reading::count(word.trim_end_matches(['h', 'r', 's'])))?;
    let own = zone.to_offset(now).seconds() / 60;
    let ahead = own + sign * i32::from(hours) * HOUR;
    (has("hour hours hr hrs h") && ahead.abs() <= FURTHEST).then_some(OneOf(ahead))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-27T22:55Z";

    fn read(text: &str) -> Vec<String> {
        let now = NOW.parse().unwrap();
        match answered(text, &TimeZone::UTC, now) {
            Some(Place::One(zone)) => vec![String::from(zone)],
            Some(Place::OneOf(key)) => zones(&key, now),
            None => Vec::new(),
        }
    }

    #[test]
    fn a_place_with_one_clock_is_that_clock() {
        for (said, zone) in [
            ("england", "Europe/London"),
            ("im in the uk", "Europe/London"),
            ("UK", "Europe/London"),
            ("GMT", "Europe/London"),
            ("London, UK", "Europe/London"),
            ("uh no, sydney australia", "Australia/Sydney"),
            ("pacific", "America/Los_Angeles"),
            ("central", "America/Chicago"),
            ("texas", "America/Chicago"),
            ("california", "America/Los_Angeles"),
            ("im in central london", "Europe/London"),
            ("im at utc+2", "Etc/GMT-2"),
            ("GMT +1", "Etc/GMT-1"),
            ("UTC-5", "Etc/GMT+5"),
            ("UTC-7 here", "Etc/GMT+7"),
            ("utc+0", "UTC"),
            ("sorry I meant Rome not Paris", "Europe/Rome"),
        ] {
            assert_eq!(read(said), [zone], "{said}");
        }
    }

    #[test]
    fn what_has_several_clocks_is_asked_about() {
        for (said, one, other) in [
            ("im in the US", "America/New_York", "America/Los_Angeles"),
            ("usa", "America/Chicago", "America/Denver"),
            ("australia", "Australia/Sydney", "Australia/Perth"),
            ("canada", "America/Toronto", "America/Vancouver"),
            ("no its 6pm here", "America/New_York", "America/Toronto"),
            ("no im 5 hours behind", "America/New_York", "America/Toronto"),
        ] {
            let zones = read(said);
            assert!(zones.len() <= MOST, "{said}");
            for zone in [one, other] {
                assert!(zones.iter().any(|name| name == zone), "{said}: {zone} in {zones:?}");
            }
        }
        assert!(read("utc+5:30").iter().any(|name| name == "Asia/Kolkata"));
    }

    #[test]
    fn other_words_are_no_place() {
        for said in ["what", "and is swimming ok", "it is fine", "thanks", "it went after 2 hours"]
        {
            assert_eq!(read(said), [""; 0], "{said}");
        }
    }
}
