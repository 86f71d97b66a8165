//! Where a member's clock stands: time zones by their name, by a city, and by what was nearly typed.

use std::collections::BTreeSet;
use std::fmt;

use deunicode::deunicode;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

/// Zones and the places that are known to follow them; the file says how it is laid out.
const TABLE: &str = include_str!("zones.txt");

/// As much of what somebody typed as is looked at: the longest name has 32 characters.
const LONGEST: usize = 60;

/// How many zones are offered around a club's, so that all fit into one select of 25.
const MOST_LIKELY: usize = 20;

/// How many of these are of other countries and show the same as the club's clock, so that there is
/// room for its neighbours.
const MOST_ALIKE: usize = 12;

/// A zone of another continent is offered as if its clock were an hour and a half further off.
const ACROSS: i32 = 90 * 60;

/// Names of the table that are words of their own as well, in what people write in lower case.
const WORDS_AS_WELL: &[&str] = &[
    "america", "cat", "ct", "eat", "et", "la", "mt", "nice", "pt", "split", "us", "wake", "wat",
    "wet",
];

/// A time zone that there is.
///
/// It is written as its name, and knows the rules that the bundled database has for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(TimeZone);

/// A name that is no time zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{typed}` is no time zone; {}",
    match nearest {
        Some(place) => format!("did you mean `{}`?", place.zone),
        None => "give the name of one, such as `Europe/London`".to_owned(),
    }
)]
pub struct UnknownZone {
    /// What was typed, cut where it is longer than any name.
    pub typed: String,
    /// What was most likely meant.
    pub nearest: Option<Place>,
}

/// A zone as somebody knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// A city, a country or a short name, as it is written: `Köln`.
    pub name: String,
    /// The zone whose clock it follows.
    pub zone: Zone,
}

impl Zone {
    /// The zone of this name, however its letters are cased.
    ///
    /// Short names are not taken: `EST` is a zone without summer time, and whoever types it hardly
    /// means that one.
    ///
    /// # Errors
    ///
    /// With the nearest zone there is, which for a city is its zone.
    pub fn parse(name: &str) -> Result<Self, UnknownZone> {
        let whole = name.contains('/') || name.eq_ignore_ascii_case("utc");
        let found = whole.then(|| known(name)).flatten();
        found.ok_or_else(|| UnknownZone {
            typed: shortened(name).to_owned(),
            nearest: search(name, 1).pop(),
        })
    }

    /// The clock that everybody agrees on.
    #[must_use]
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// What it is called: `America/New_York`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// What it is called for people: `America/New York`, and `UTC+2` for a clock that is always so far
    /// ahead, whose name counts the other way round: `Etc/GMT-2`.
    #[must_use]
    pub fn shown(name: &str) -> String {
        let hours = name.strip_prefix(FIXED).and_then(|west| west.parse::<i8>().ok());
        hours.map_or_else(|| name.replace('_', " "), |west| format!("UTC{:+}", -west))
    }

    /// The city that it is named after: `New York`.
    #[must_use]
    pub fn city(&self) -> String {
        city(self.name())
    }

    /// What its clocks do.
    #[must_use]
    pub fn rules(&self) -> &TimeZone {
        &self.0
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl TryFrom<String> for Zone {
    type Error = UnknownZone;

    fn try_from(name: String) -> Result<Self, UnknownZone> {
        Self::parse(&name)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}

impl fmt::Display for Place {
    /// `Munich (Europe/Berlin)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name == self.zone.name() {
            return f.write_str(&self.name);
        }
        write!(f, "{} ({})", self.name, self.zone)
    }
}

/// The zones that members of a club most likely live in, for a select of at most 25.
///
/// The club's own comes first, then the others of its country, then widely used ones the more the
/// nearer their clock and their continent are; UTC is the last.
#[must_use]
pub fn likely(club: &Zone, now: Timestamp) -> Vec<Zone> {
    let used = rows().filter(|row| !row.places.is_empty() && row.name != club.name());
    let country = rows().find(|row| row.name == club.name()).and_then(|row| row.country());
    let zones = used.filter_map(|row| Some((known(row.name)?, row)));
    let others = zones.filter(|(zone, _)| zone.name() != "UTC");
    let mut others: Vec<(i32, Zone)> = others
        .map(|(zone, row)| {
            let compatriot = country.is_some() && row.country() == country;
            (if compatriot { -1 } else { distance(club, &zone, now) }, zone)
        })
        .collect();
    others.sort_by_key(|(distance, _)| *distance);
    let mut alike = 0;
    others.retain(|(distance, _)| {
        alike += usize::from(*distance == 0);
        *distance != 0 || alike <= MOST_ALIKE
    });
    let others = others.into_iter().map(|(_, zone)| zone).take(MOST_LIKELY);
    let last = Some(Zone::utc()).filter(|utc| utc != club);
    std::iter::once(club.clone()).chain(others).chain(last).collect()
}

/// The places that were most likely meant, the likeliest first, one for each zone.
///
/// Case, accents and what stands between words do not matter. A name that begins with the words
/// comes before one that holds them; only where no name has them, a slip of one is looked for.
#[must_use]
pub fn search(words: &str, most: usize) -> Vec<Place> {
    let typed = folded(shortened(words));
    if typed.is_empty() {
        return Vec::new();
    }
    let mut found = matches(words, |name| rank(&typed, name));
    if found.is_empty() {
        found = matches(words, |name| slips(&typed, name));
    }
    let best = found.into_iter().take(most);
    best.filter_map(|(name, zone)| Some(Place { name, zone: known(&zone)? })).collect()
}

/// The clock that is always so many minutes ahead of the universal one, where there is such a zone: of whole
/// hours.
#[must_use]
pub fn ahead(minutes: i32) -> Option<Zone> {
    match (minutes / 60, minutes % 60) {
        (0, 0) => Some(Zone::utc()),
        (hours, 0) => known(&format!("{FIXED}{:+}", -hours)),
        _ => None,
    }
}

/// What the names of such clocks begin with; behind it stands how far they are behind the universal one.
const FIXED: &str = "Etc/GMT";

/// What a message names of where somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A place with one clock.
    Zone(Zone),
    /// A country with several, as it is written.
    Shared(String),
}

/// The zones of a place of this name, in the order in which they are offered.
#[must_use]
pub fn of_name(name: &str, most: usize) -> Vec<String> {
    let name = folded(name);
    let has = |row: &Row| row.names().any(|own| folded(&own) == name);
    rows().filter(has).map(|row| row.name.to_owned()).take(most).collect()
}

/// The zones that are widely used.
#[must_use]
pub fn used() -> Vec<Zone> {
    let used = rows().filter(|row| !row.places.is_empty() && row.name != "UTC");
    used.filter_map(|row| known(row.name)).collect()
}

/// The zone of a place that is named in a message, or the country where that has several; of several
/// places the longest name, and a city before its country.
///
/// A name that is a word of its own as well is one where it is written as a name, or stands after
/// "in": "Nice", "im in nice", but not "nice of you".
#[must_use]
pub fn named(message: &str) -> Option<Named> {
    let message = shortened(message);
    let said = format!(" {} ", folded(message));
    let as_written = |name: &str| message.split(|c: char| !c.is_alphanumeric()).any(|w| w == name);
    let is_named = |name: &str| {
        let plain = folded(name);
        let is_sure = !WORDS_AS_WELL.contains(&plain.as_str())
            || as_written(name)
            || said.contains(&format!(" in {plain} "))
            || said.contains(&format!(" in the {plain} "));
        (is_sure && said.contains(&format!(" {plain} "))).then_some(plain.len())
    };
    let found = |row: &Row| -> Vec<(usize, String, &'static str)> {
        let named = row.names().filter_map(|name| Some((is_named(&name)?, name)));
        named.map(|(length, name)| (length, folded(&name), row.name)).collect()
    };
    let found: Vec<_> = rows().flat_map(|row| found(&row)).collect();
    let is_shared =
        |name: &str, zone: &str| found.iter().any(|(_, other, of)| other == name && *of != zone);
    let one = found.iter().filter(|(_, name, zone)| !is_shared(name, zone));
    let one = one.max_by_key(|(length, ..)| *length).and_then(|(.., zone)| known(zone));
    let shared = || found.iter().max_by_key(|(length, ..)| *length);
    one.map(Named::Zone).or_else(|| Some(Named::Shared(shared()?.1.clone())))
}

/// The words of a message that are words of places it names: those of "8am Chicago" are "chicago".
#[must_use]
pub fn words_of_places(message: &str) -> BTreeSet<String> {
    let said = format!(" {} ", folded(shortened(message)));
    let names = rows().flat_map(|row| row.names().map(|name| folded(&name)).collect::<Vec<_>>());
    let named = names.filter(|name| said.contains(&format!(" {name} ")));
    named.flat_map(|name| name.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Whether a word is the name of a place, and a word of its own as well.
#[must_use]
pub fn is_word_as_well(word: &str) -> bool {
    WORDS_AS_WELL.contains(&word)
}

/// A row of the table.
struct Row {
    name: &'static str,
    places: Vec<&'static str>,
}

impl Row {
    /// The row of a line such as `Europe/Rome: Italy, Milan`.
    fn read(line: &'static str) -> Option<Self> {
        let (name, places) = line.split_once(':').filter(|_| !line.starts_with('#'))?;
        let places = places.split(',').map(str::trim).filter(|place| !place.is_empty());
        Some(Self { name, places: places.collect() })
    }

    /// All that it is called, and the places in it.
    fn names(&self) -> impl Iterator<Item = String> {
        let own = [city(self.name), self.name.to_owned()];
        own.into_iter().chain(self.places.iter().map(|place| (*place).to_owned()))
    }

    /// Where several zones share a country, it is the first place of each.
    fn country(&self) -> Option<&'static str> {
        self.places.first().copied()
    }
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().filter_map(Row::read)
}

/// What is found in the table, the best first, as the place that matched and the name of its zone.
///
/// Old names such as `US/Pacific` have no row; they are looked for where somebody types a slash.
fn matches<K: Ord>(words: &str, rank: impl Fn(&str) -> Option<K>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for row in rows() {
        let ranked = row.names().filter_map(|name| Some((rank(&folded(&name))?, name)));
        if let Some((rank, name)) = ranked.min_by(|a, b| a.0.cmp(&b.0)) {
            found.push((rank, name, row.name.to_owned()));
        }
    }
    if words.contains('/') {
        let database = TimeZoneDatabase::bundled();
        let names = database.available().map(|name| name.as_str().to_owned());
        let listed: BTreeSet<&str> = rows().map(|row| row.name).collect();
        let old = names.filter(|name| name.contains('/') && !listed.contains(name.as_str()));
        found.extend(old.filter_map(|name| Some((rank(&folded(&name))?, name.clone(), name))));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.into_iter().map(|(_, name, zone)| (name, zone)).collect()
}

/// How well a name has the words that were typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Same,
    Begins,
    BeginsAWord,
    Within,
    /// The words have the name: "Berlin, Germany".
    Around,
}

/// Both without accents, in lower case, with single spaces.
fn rank(typed: &str, name: &str) -> Option<Rank> {
    let spaced = |text: &str| format!(" {text}");
    let around = name.len() >= 4 && spaced(typed).contains(&spaced(name));
    match name.find(typed) {
        Some(0) if name.len() == typed.len() => Some(Rank::Same),
        Some(0) => Some(Rank::Begins),
        Some(_) if name.contains(&spaced(typed)) => Some(Rank::BeginsAWord),
        Some(_) if typed.len() > 2 => Some(Rank::Within),
        Some(_) | None => around.then_some(Rank::Around),
    }
}

/// How many letters are wrong in what may be a slip of a name, or of its beginning.
fn slips(typed: &str, name: &str) -> Option<usize> {
    let length = typed.chars().count();
    let most = match length {
        0..4 => return None,
        4..8 => 1,
        8.. => 2,
    };
    let beginning: String = name.chars().take(length + 1).collect();
    let beginnings = [name, beginning.as_str(), beginning.get(..length).unwrap_or(name)];
    let fewest = beginnings.map(|name| strsim::osa_distance(typed, name)).into_iter().min()?;
    (fewest <= most).then_some(fewest)
}

/// Without accents, in lower case, with single spaces in place of all that is no letter or digit.
fn folded(text: &str) -> String {
    let accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    let letters = text.chars().filter(|c| !accent(c) && !['\'', '’', '.'].contains(c));
    let letters: String = letters.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let plain = deunicode(&letters).to_ascii_lowercase();
    plain.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortened(text: &str) -> &str {
    let text = text.trim();
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

fn known(name: &str) -> Option<Zone> {
    TimeZoneDatabase::bundled().get(name).ok().map(Zone)
}

fn city(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).replace('_', " ")
}

/// How far another clock is off, in seconds.
fn distance(club: &Zone, other: &Zone, now: Timestamp) -> i32 {
    let offset = |zone: &Zone| zone.rules().to_offset(now).seconds();
    let continent = |zone: &Zone| zone.name().split('/').next().map(str::to_owned);
    let across = if continent(club) == continent(other) { 0 } else { ACROSS };
    (offset(club) - offset(other)).abs() + across
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::parse(name).unwrap()
    }

    #[track_caller]
    fn finds(words: &str, first: &str) {
        let found = search(words, 5);
        assert_eq!(found.first().map(Place::to_string).as_deref(), Some(first), "{words}");
    }

    fn names(found: &[Place]) -> Vec<&str> {
        found.iter().map(|place| place.zone.name()).collect()
    }

    #[test]
    fn every_row_is_a_zone_of_the_bundled_database_and_stands_once() {
        let mut seen = BTreeSet::new();
        for row in rows() {
            assert_eq!(known(row.name).map(String::from).as_deref(), Some(row.name));
            assert!(seen.insert(row.name), "{} stands twice", row.name);
        }
        assert!(seen.len() > 400, "{}", seen.len());
        let lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        assert_eq!(lines.count(), seen.len(), "a line is no row");
    }

    #[test]
    fn a_place_is_found_among_other_words() {
        for (said, zone) in [
            ("im in berlin", Some("Europe/Berlin")),
            ("no, New York time please", Some("America/New_York")),
            ("Europe/Paris", Some("Europe/Paris")),
            ("München!", Some("Europe/Berlin")),
            ("im in nice", Some("Europe/Paris")),
            ("Nice", Some("Europe/Paris")),
            ("thanks, that is nice of you", None),
            ("i eat late", None),
            ("my berliner was good", None),
        ] {
            let found = match named(said) {
                Some(Named::Zone(zone)) => Some(String::from(zone)),
                Some(Named::Shared(_)) | None => None,
            };
            assert_eq!(found.as_deref(), zone, "{said}");
        }
    }

    #[test]
    fn every_place_finds_its_zone() {
        for row in rows() {
            for place in row.places.iter().copied().chain([row.name]) {
                let found = search(place, 25);
                assert!(names(&found).contains(&row.name), "{place}: {found:?}");
            }
        }
    }

    #[test]
    fn a_city_is_found_by_its_name_its_beginning_and_without_its_accents() {
        finds("Berlin", "Berlin (Europe/Berlin)");
        finds("berl", "Berlin (Europe/Berlin)");
        finds("new_york", "New York (America/New_York)");
        finds("  NEW   york ", "New York (America/New_York)");
        finds("york", "New York (America/New_York)");
        finds("são paulo", "Sao Paulo (America/Sao_Paulo)");
        finds("st johns", "St Johns (America/St_Johns)");
        finds("europe/ber", "Europe/Berlin");
        finds("Sa\u{303}o Paulo", "Sao Paulo (America/Sao_Paulo)");
        finds("UTC", "UTC");
    }

    #[test]
    fn a_city_without_a_zone_of_its_own_is_found_by_the_one_it_follows() {
        finds("Manchester", "Manchester (Europe/London)");
        finds("munich", "Munich (Europe/Berlin)");
        finds("munchen", "München (Europe/Berlin)");
        finds("San Francisco", "San Francisco (America/Los_Angeles)");
        finds("Iten", "Iten (Africa/Nairobi)");
        finds("Germany", "Germany (Europe/Berlin)");
        finds("EST", "EST (America/New_York)");
    }

    #[test]
    fn a_slip_still_finds_what_was_meant() {
        finds("amsterdm", "Amsterdam (Europe/Amsterdam)");
        finds("Manchster", "Manchester (Europe/London)");
        finds("Muenchen", "München (Europe/Berlin)");
        finds("Sigapore", "Singapore (Asia/Singapore)");
        finds("pairs", "Paris (Europe/Paris)");
        finds("europe/berln", "Europe/Berlin");
        finds("los angelse", "Los Angeles (America/Los_Angeles)");
    }

    #[test]
    fn a_city_is_found_within_what_somebody_says_about_it() {
        finds("Berlin, Germany", "Berlin (Europe/Berlin)");
        finds("I live in Cape Town", "Cape Town (Africa/Johannesburg)");
    }

    #[test]
    fn what_begins_with_the_words_comes_first_and_no_zone_comes_twice() {
        let found = search("lo", 25);
        assert_eq!(found[0].zone.name(), "Europe/London", "{found:?}");
        let zones = names(&found);
        let once: BTreeSet<&str> = zones.iter().copied().collect();
        assert_eq!(once.len(), zones.len());
        let usa = search("usa", 25);
        assert_eq!(names(&usa)[..2], ["America/New_York", "America/Chicago"]);
        assert!(names(&usa).contains(&"Pacific/Honolulu"));
    }

    #[test]
    fn no_more_are_found_than_were_asked_for_and_nonsense_finds_nothing() {
        assert_eq!(search("a", 25).len(), 25);
        assert_eq!(search("a", 3).len(), 3);
        for nonsense in ["", "  ", "/", "???", "xyzzyplugh", "\u{202e}", "🦵", &"x".repeat(10_000)]
        {
            assert_eq!(search(nonsense, 25), [], "{nonsense}");
        }
    }

    #[test]
    fn an_old_name_is_found_and_taken_where_it_is_typed_in_full() {
        finds("us/pac", "US/Pacific");
        assert_eq!(zone("us/pacific").name(), "US/Pacific");
        assert!(search("calcutta", 25).iter().all(|place| place.zone.name() == "Asia/Kolkata"));
    }

    #[test]
    fn a_name_is_taken_however_it_is_cased() {
        assert_eq!(zone("EUROPE/berlin").name(), "Europe/Berlin");
        assert_eq!(zone("utc"), Zone::utc());
        let zone = zone("America/Argentina/Buenos_Aires");
        assert_eq!(zone.city(), "Buenos Aires");
    }

    #[test]
    fn a_name_that_is_none_names_the_nearest() {
        let told = |name: &str| Zone::parse(name).unwrap_err().to_string();
        let meant = |name: &str| format!("`{name}` is no time zone; did you mean `Europe/Berlin`?");
        for typed in ["Europe/Berln", "Berlin", "Munich", "CET"] {
            assert_eq!(told(typed), meant(typed));
        }
        let none = "is no time zone; give the name of one, such as `Europe/London`";
        assert_eq!(told("Atlantis/Poseidonis"), format!("`Atlantis/Poseidonis` {none}"));
        assert_eq!(told(&"é".repeat(5_000)), format!("`{}` {none}", "é".repeat(LONGEST)));
    }

    #[test]
    fn a_zone_is_kept_as_its_name() {
        let kept = serde_json::to_string(&zone("Europe/Berlin")).unwrap();
        assert_eq!(kept, "\"Europe/Berlin\"");
        assert_eq!(serde_json::from_str::<Zone>(&kept).unwrap(), zone("Europe/Berlin"));
        let fault = serde_json::from_str::<Zone>("\"Berlin\"").unwrap_err();
        assert!(fault.to_string().contains("did you mean `Europe/Berlin`?"), "{fault}");
    }

    #[test]
    fn the_likely_ones_are_those_around_the_club() {
        let summer = "2026-07-01T12:00Z".parse().unwrap();
        let offered = |club: &str| -> Vec<String> {
            likely(&zone(club), summer).into_iter().map(String::from).collect()
        };
        for (club, holds) in [
            ("Europe/London", vec!["Europe/Dublin", "Europe/Lisbon", "Europe/Paris"]),
            ("Europe/Berlin", vec!["Europe/London", "Europe/Vienna", "Europe/Athens"]),
            ("America/Chicago", vec!["America/New_York", "Pacific/Honolulu", "America/Toronto"]),
            ("Asia/Singapore", vec!["Asia/Kuala_Lumpur", "Asia/Hong_Kong", "Australia/Perth"]),
            ("Australia/Sydney", vec!["Australia/Perth", "Pacific/Auckland"]),
            ("Africa/Nairobi", vec!["Africa/Kampala", "Africa/Johannesburg"]),
            ("Pacific/Chatham", vec!["Pacific/Auckland", "Australia/Sydney"]),
        ] {
            let offered = offered(club);
            assert_eq!(offered.first().map(String::as_str), Some(club));
            assert_eq!(offered.last().map(String::as_str), Some("UTC"));
            assert_eq!(offered.len(), 2 + MOST_LIKELY);
            for name in holds {
                assert!(offered.iter().any(|zone| zone == name), "{club}: {name} in {offered:?}");
            }
            let once: BTreeSet<&String> = offered.iter().collect();
            assert_eq!(once.len(), offered.len());
        }
        assert_eq!(offered("UTC").iter().filter(|name| *name == "UTC").count(), 1);
    }
}
