//! What somebody says of how they want to be reminded, in their own words.

use jiff::Timestamp;
use jiff::civil::Time;

use super::hours::{beside as beside_hours, hours};
use super::place::{self, Place};
use super::time_or_place::{is_bare_time, is_to_come};
use super::{Days, Habits, Plan, Press, hints, reading};
use crate::responses::TalkLists;
use crate::understanding::Understanding;
use crate::vocabulary::{Fact, Talk};

/// A bare number from one to the other may be an hour (`club-rule`).
const EARLIEST: i8 = 7;
const LATEST: i8 = 12;
/// Longest message, in words, that answers which time zone is theirs.
const LONGEST_PLACE: usize = 8;
/// The same by a bare yes or no.
const LONGEST_BARE: usize = 4;
/// Longest message, in words, that may be a place nobody here knows (`club-rule`).
const LONGEST_UNKNOWN: usize = 2;

impl Plan {
    /// What a message answers when they were asked last which time zone is theirs.
    #[must_use]
    pub fn zone_in_words(
        &self,
        talk: &TalkLists,
        text: &str,
        said: &Understanding,
        now: Timestamp,
    ) -> Option<Press> {
        if !self.asks_zone || said.length > LONGEST_PLACE {
            return None;
        }
        let place = place::answered(text, &self.habits.time_zone(), now);
        if let Some(place) = place.filter(|_| !is_to_come(talk, text)) {
            let zone = zone_press(place);
            // "What does UTC mean?" asks about the one that is offered.
            let offered = zone == Press::Zone(self.habits.zone.clone());
            if offered && asks_what(text) {
                return Some(Press::Zones);
            }
            // "It is 6 pm in London" tells the time that it is there.
            let wished = !place::tells_clock(text) && place::named(text).is_some();
            return Some(match hours(talk, text, false) {
                Some(hours) if wished || !matches!(hours, Press::At(_)) => {
                    Press::Changes(vec![hours, zone])
                }
                Some(_) | None => zone,
            });
        }
        // "Ok, that's enough" says nothing of a zone.
        let more = [Fact::Stop, Fact::PlanStop, Fact::PlanPause, Fact::Later].into_iter();
        if more.into_iter().any(|fact| said.facts.contains(fact)) {
            return None;
        }
        let bare = |facts: &[Fact]| {
            said.length <= LONGEST_BARE && facts.iter().any(|fact| said.facts.contains(*fact))
        };
        // "And is swimming ok" asks something, and "ok" in it agrees to nothing.
        let agrees = bare(&[Fact::Yes, Fact::ShortYes, Fact::Assent]);
        let agrees = agrees && !super::is_question(text) && hints::agrees(talk, text);
        // "None" is said to danger signs, and to no zone.
        let none = said.facts.contains(Fact::NoneOfThese);
        match (agrees, bare(&[Fact::No]) && !none) {
            (_, true) => Some(Press::Zones),
            (true, false) => Some(Press::Zone(self.habits.zone.clone())),
            (false, false) => (hints::is_puzzled(talk, text) || is_unknown_place(text, said))
                .then_some(Press::Zones),
        }
    }
}

/// "What does UTC mean?", not "what about UTC".
fn asks_what(text: &str) -> bool {
    let words = reading::words(text);
    let first = words.first().is_some_and(|first| reading::is_in("what whats wat wot", first));
    first && !words.iter().any(|word| word == "about")
}

/// "Huddersfield", to the question which zone is theirs: a word or two that say nothing else.
fn is_unknown_place(text: &str, said: &Understanding) -> bool {
    // "3" counts.
    let counts = text.contains(|c: char| c.is_ascii_digit());
    let other = said.topics.first().is_some_and(|best| best.named) || said.is_relevant();
    let tells = !said.claims.is_empty() || said.muscle.is_some() || said.bare_minutes.is_some();
    let told = other || tells || counts;
    said.has_words && said.length <= LONGEST_UNKNOWN && !said.question && !told
}

/// What may be moved with a clock.
const TIMES: &str = "time times reminders messages";

/// Another place that somebody tells of: "I moved to Spain", "I'm in New York by the way".
#[must_use]
pub fn moved(talk: &TalkLists, text: &str) -> Option<Press> {
    let words = reading::words(text);
    // "Can I race when I'm in Boston?"
    let of_times = |word: &String| talk.has(Talk::OfZone, word) || reading::is_in(TIMES, word);
    let asks = super::is_question(text) && !words.iter().any(of_times);
    let tells = talk.list(Talk::MovedTo).is_in(&words) && !asks;
    let press = place::named(text).filter(|_| tells).map(zone_press)?;
    Some(if is_to_come(talk, text) { Press::Travels } else { press })
}

/// What shall be otherwise; how it is now, where a message does not say. Of a plan for the evening
/// "at 11" is 23:00.
#[must_use]
pub(super) fn wished(talk: &TalkLists, text: &str, evening: bool) -> Press {
    if place::named(text).is_some() && is_to_come(talk, text) {
        return Press::Settings;
    }
    let days = Days::wished(talk, text).map(Press::Days);
    // "After 6pm, not on Sundays": the "not" is none of the hour.
    let timed = |clause: &&str| !times(clause).is_empty();
    let apart = || reading::clauses(text).into_iter().find(timed);
    let apart = || hours(talk, apart().filter(|_| days.is_some())?, evening);
    let changes =
        [hours(talk, text, evening).or_else(apart), place_of(talk, text), zone(text), days];
    let mut changes: Vec<Press> = changes.into_iter().flatten().collect();
    match changes.len() {
        0 => Press::Settings,
        1 => changes.remove(0),
        _ => Press::Changes(changes),
    }
}

/// The same of somebody who has a plan: the days that are left add up with those of before, and who
/// tells only when the day ends keeps its beginning.
#[must_use]
pub fn wished_anew(talk: &TalkLists, text: &str, evening: bool, before: &Habits) -> Press {
    let beside = |press: Press| match press {
        Press::Days(days) => Press::Days(days.beside(talk, text, before.days)),
        Press::Quiet(hours) => Press::Quiet(beside_hours(text, hours, before.quiet)),
        other => other,
    };
    match wished(talk, text, evening) {
        Press::Settings if place::named(text).is_some() && is_to_come(talk, text) => Press::Travels,
        Press::Changes(all) => Press::Changes(all.into_iter().map(beside).collect()),
        one => beside(one),
    }
}

/// What takes the place of a time that was told before: "no wait, ten", "actually 9:30". A bare number is
/// one only where nothing else counts.
#[must_use]
pub fn corrected(talk: &TalkLists, text: &str, counts: bool) -> Option<String> {
    let lower = text.to_lowercase();
    let mut rest = lower.as_str();
    while let Some((first, next)) = rest.split_once([' ', ',']) {
        if !talk.has(Talk::CorrectsTime, first.trim_end_matches(|c: char| !c.is_alphanumeric())) {
            break;
        }
        rest = next.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    if rest.len() == lower.len() {
        return None;
    }
    let at = format!("at {rest}");
    let known = |word: String| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || HOURS.contains(&word.as_str())
            || talk.has(Talk::BesideTime, &word)
    };
    let hour = |time: &Time| (EARLIEST..=LATEST).contains(&time.hour());
    let hours = times(&at);
    let bare = !counts && words_of(rest).all(known) && hours.len() == 1 && hours.iter().all(hour);
    (bare || is_bare_time(talk, rest)).then_some(at)
}

/// "remind me here", "message me directly".
fn place_of(talk: &TalkLists, text: &str) -> Option<Press> {
    let says = |list: Talk| words_of(text).any(|word| talk.has(list, &word));
    if says(Talk::Here) {
        Some(Press::Here)
    } else if says(Talk::Directly) {
        Some(Press::Direct)
    } else {
        None
    }
}

/// "my time zone is Berlin".
fn zone(text: &str) -> Option<Press> {
    place::named(text).map(zone_press)
}

/// One zone, or the question which of several it is.
pub(super) fn zone_press(place: Place) -> Press {
    match place {
        Place::One(zone) => Press::Zone(zone.name().to_owned()),
        Place::OneOf(key) => Press::ZonesOf(key),
    }
}

/// The times of day in a text: "22:00", "10.30pm", "10 pm", "9 in the evening", "7".
pub(super) fn times(text: &str) -> Vec<Time> {
    let words = in_figures(&words_of(text).collect::<Vec<_>>());
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let half = |at: usize| match (word(at + 1), word(at + 2), word(at + 3)) {
        ("am" | "pm", ..) => Some(word(at + 1)),
        ("in", "the", "afternoon" | "evening") | ("at", "night", _) => Some("pm"),
        _ => None,
    };
    // "GMT+2" is no two o'clock.
    let of_zone =
        |at: usize| at > 0 && matches!(word(at - 1), "gmt" | "utc" | "zone" | "timezone" | "tz");
    let own = (0..words.len()).filter(|at| !of_zone(*at));
    own.filter_map(|at| clock(word(at), half(at))).collect()
}

/// The hours of a clock in words.
pub(super) const HOURS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// "Half ten", "quarter to eleven", "ten past midnight" and "at ten" in figures.
pub(super) fn in_figures(words: &[String]) -> Vec<String> {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let hour = |at: usize| {
        let named = HOURS.iter().position(|hour| *hour == word(at)).map(|at| at + 1);
        let midnight = (word(at) == "midnight").then_some(0);
        let named = named.or(midnight);
        named.or_else(|| word(at).parse().ok().filter(|hour| (1..=12).contains(hour)))
    };
    let minutes = |at: usize| match word(at) {
        "quarter" => Some(15),
        "twenty" => Some(20),
        named => reading::count(named).filter(|minutes| matches!(minutes, 5 | 10 | 20)),
    };
    let mut figures = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let led = at > 0 && matches!(word(at - 1), "at" | "about" | "around" | "by" | "bedtime");
        let (figure, taken) = match (word(at), word(at + 1), hour(at + 1), hour(at + 2)) {
            ("half", "past", _, Some(hour)) => (format!("{hour}:30"), 3),
            ("half", _, Some(hour), _) => (format!("{hour}:30"), 2),
            (_, "past", _, Some(hour)) if let Some(minutes) = minutes(at) => {
                (format!("{hour}:{minutes:02}"), 3)
            }
            // "From 10 to 6" are two times.
            (own, "to", _, Some(hour))
                if let Some(minutes) = minutes(at).filter(|_| led || own == "quarter") =>
            {
                (format!("{}:{}", (hour + 10) % 12 + 1, 60 - minutes), 3)
            }
            (own, ..) => match hour(at).filter(|_| led && own != "midnight") {
                Some(hour) => (hour.to_string(), 1),
                None => (own.to_owned(), 1),
            },
        };
        figures.push(figure);
        at += taken;
    }
    figures
}

/// Words and numbers; a point or colon within a number belongs to it.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = String> {
    let ends = |c: char| !(c.is_alphanumeric() || matches!(c, ':' | '.'));
    let words = text.split(ends).map(|word| word.trim_matches(['.', ':']).to_lowercase());
    words.filter(|word| !word.is_empty())
}

/// A word as a time of day, with the half of the day that may stand behind it.
fn clock(word: &str, half: Option<&str>) -> Option<Time> {
    if word == "midnight" {
        return Some(Time::midnight());
    }
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let own = &word[digits.len()..];
    let half = Some(own).filter(|own| !matches!(*own, "" | "ish")).or(half);
    // "1130" is half past eleven.
    let pair = || digits.split_at_checked(digits.len().checked_sub(2).filter(|at| *at > 0)?);
    let whole = digits.len() > 2 && digits.chars().all(|c| c.is_ascii_digit());
    let (hour, minute) = match digits.split_once([':', '.']) {
        Some(parts) => parts,
        None if whole => pair()?,
        None => (digits, "0"),
    };
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half {
        None if hour <= 24 => hour % 24,
        Some("am") if hour <= 12 => hour % 12,
        Some("pm") if hour <= 12 => hour % 12 + 12,
        _ => return None,
    };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    #[test]
    fn wishes_in_words_are_the_same_as_choices() {
        let talk = shipped_talk();
        for (text, wish) in [
            ("quiet hours 22:00-07:00 please", "plan:quiet:22:00-07:00"),
            ("no messages between 10pm and 7 am", "plan:quiet:22:00-07:00"),
            ("quiet hours from 21.30 to 8", "plan:quiet:21:30-08:00"),
            ("only ping me after 9 in the morning and before 8pm", "plan:quiet:20:00-09:00"),
            ("no pings from 9 in the evening to 7", "plan:quiet:21:00-07:00"),
            ("my bedtime is 11 pm", "plan:bedtime:23:00"),
            ("change my time zone to Berlin", "plan:zone:Europe/Berlin"),
            ("remind me here", "plan:here"),
            ("message me directly", "plan:direct"),
            ("time zone Madrid, and remind me here", "plan:here plan:zone:Europe/Madrid"),
            ("dont message me at night", "plan:settings"),
            ("can you message me at 7am", "plan:at:07:00"),
            ("change the time to 8pm", "plan:at:20:00"),
            ("i mean evenings", "plan:at:18:00"),
            ("dont message me before 9", "plan:from:09:00"),
            ("no messages in the evening", "plan:quiet:18:00-08:00"),
            ("not in the mornings please", "plan:quiet:21:00-12:00"),
            ("nothing after 8pm", "plan:quiet:20:00-08:00"),
            ("evenings, im busy in the day", "plan:at:18:00"),
            ("evenings please, about 7", "plan:at:19:00"),
            ("the afternoon suits, 3ish", "plan:at:15:00"),
            ("at 7am, the evening is no good", "plan:settings"),
            ("quiet hours 25 to 7", "plan:settings"),
            ("can you write at lunch instead", "plan:at:12:00"),
            ("write to me at 7 in the morning", "plan:at:07:00"),
            ("i go to bed about 1130", "plan:bedtime:23:30"),
            ("my bedtime is 10", "plan:bedtime:22:00"),
            ("my bedtime is 1 am", "plan:bedtime:01:00"),
            ("i go to bed about half ten", "plan:bedtime:22:30"),
            ("bed at ten", "plan:bedtime:22:00"),
            ("bed by quarter to eleven", "plan:bedtime:22:45"),
            ("quarter to one is my bedtime", "plan:bedtime:00:45"),
            ("leave me alone before 7am", "plan:from:07:00"),
            ("my time zone is usa", "plan:zones:usa"),
            ("can you remind me at 9 instead of 8", "plan:at:09:00"),
            ("too early, i go to bed at midnight", "plan:bedtime:00:00"),
            ("id rather not get it on sundays", "plan:days:Mon,Tue,Wed,Thu,Fri,Sat"),
            ("can you do 9pm, i go to bed early", "plan:at:21:00"),
            ("can you do 10.30pm, i go to bed at 11", "plan:at:22:30"),
            ("i go to bed at 11, so 10.30pm is better", "plan:at:22:30"),
            ("message me after 9", "plan:from:09:00"),
            ("dont message me until 9", "plan:from:09:00"),
            ("around 9 in the morning", "plan:at:09:00"),
            ("9pm please because i go to bed early", "plan:at:21:00"),
            ("early please, bed at 9pm", "plan:bedtime:21:00"),
            ("can you come later, 10ish", "plan:at:10:00"),
            ("stop the nightly ones but keep sunday", "plan:days:Sun"),
            ("drop the evening ones and keep the sunday count", "plan:days:Sun"),
            ("drop the sunday one", "plan:days:Mon,Tue,Wed,Thu,Fri,Sat"),
            ("between 9 and 6", "plan:quiet:18:00-09:00"),
            ("not before 9 and not after 6", "plan:quiet:18:00-09:00"),
            ("not after 6 and not before 9", "plan:quiet:18:00-09:00"),
            ("before noon", "plan:quiet:12:00-08:00"),
            ("not before noon", "plan:from:12:00"),
            ("before 11", "plan:quiet:11:00-08:00"),
            ("mornings only", "plan:quiet:12:00-08:00"),
            ("only in the afternoon", "plan:quiet:18:00-14:00"),
            ("nothing between 9 and 5pm", "plan:quiet:09:00-17:00"),
            ("between 5 and 7", "plan:quiet:19:00-17:00"),
            ("ping me after 6", "plan:from:18:00"),
            ("ping me after 6am", "plan:from:06:00"),
            ("i go to bed at ten past midnight", "plan:bedtime:00:10"),
            ("bed at twenty to eleven", "plan:bedtime:22:40"),
            ("quiet hours from 10 to 6", "plan:quiet:10:00-06:00"),
            ("at 9pm i'm in bed by half 9", "plan:at:21:00"),
            ("check in at 6 instead", "plan:at:18:00"),
            ("after work, say 6", "plan:from:18:00"),
            ("no earlier than 8", "plan:from:08:00"),
        ] {
            assert_eq!(wished(&talk, text, false).id(), wish, "{text}");
        }
    }

    #[test]
    fn of_a_plan_for_the_evening_the_later_time_is_meant() {
        let talk = shipped_talk();
        for (text, wish) in [
            ("remind me at 11 instead", "plan:at:23:00"),
            ("remind me at 9:30", "plan:at:21:30"),
            ("remind me at 12", "plan:at:00:00"),
            ("remind me at 21:00", "plan:at:21:00"),
            ("remind me at 9am", "plan:at:09:00"),
            ("not after 9pm", "plan:at:21:00"),
            ("nothing before 8 in the morning ta", "plan:from:08:00"),
            ("please dont text me before 9", "plan:from:09:00"),
            ("no stretch before 9", "plan:from:21:00"),
        ] {
            assert_eq!(wished(&talk, text, true).id(), wish, "{text}");
        }
    }

    #[test]
    fn a_time_takes_the_place_of_the_last_one() {
        let talk = shipped_talk();
        for text in
            ["no 9:45", "actually 9", "actually 9:30", "no wait, ten", "oh no, 9:45 is better"]
        {
            assert!(corrected(&talk, text, false).is_some(), "{text}");
        }
        for text in ["9", "no 3", "actually it hurts", "no, worse at 9", "actually 9 nights"] {
            assert_eq!(corrected(&talk, text, false), None, "{text}");
        }
        assert_eq!(corrected(&talk, "no, 9", true), None);
    }

    #[test]
    fn who_ends_the_day_keeps_its_beginning() {
        let talk = shipped_talk();
        let mut habits = Habits::usual("UTC");
        habits.quiet.until = Time::constant(10, 0, 0, 0);
        let told = |text| wished_anew(&talk, text, false, &habits).id();
        assert_eq!(told("and not after 8 in the evening"), "plan:quiet:20:00-10:00");
        assert_eq!(told("and none after 7pm"), "plan:quiet:19:00-10:00");
        assert_eq!(told("in the evening not the morning"), "plan:at:18:00");
    }

    #[test]
    fn who_tells_where_they_are_gets_that_clock() {
        let talk = shipped_talk();
        let told = |text| moved(&talk, text).map(|press| press.id());
        let new_york = "plan:zone:America/New_York";
        assert_eq!(told("im in new york by the way").as_deref(), Some(new_york));
        assert_eq!(told("i moved to spain").as_deref(), Some("plan:zone:Europe/Madrid"));
        assert_eq!(told("new york marathon was great"), None);
        assert_eq!(told("im in pain"), None);
        assert_eq!(told("im moving to toronto next week").as_deref(), Some("plan:travels"));
    }
}
