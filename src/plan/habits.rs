//! What somebody says of how they want to be reminded, in their own words.

use jiff::civil::Time;

use super::calendar::QuietHours;
use super::{Plan, Press, zone};
use crate::understanding::Understanding;
use crate::vocabulary::Fact;

/// Longest message, in words, that answers which time zone is theirs.
const LONGEST_PLACE: usize = 8;
/// The same by a bare yes or no.
const LONGEST_BARE: usize = 4;

impl Plan {
    /// What a message answers when they were asked last which time zone is theirs.
    #[must_use]
    pub fn zone_in_words(&self, text: &str, said: &Understanding) -> Option<Press> {
        if !self.asks_zone || said.length > LONGEST_PLACE {
            return None;
        }
        if let Some(zone) = zone::named_in(text) {
            return Some(Press::Zone(zone.name().to_owned()));
        }
        let bare = |facts: &[Fact]| {
            said.length <= LONGEST_BARE && facts.iter().any(|fact| said.facts.contains(*fact))
        };
        // "Ok, that's enough" says nothing of a zone.
        let more = [Fact::Stop, Fact::PlanStop, Fact::PlanPause, Fact::Later].into_iter();
        if more.into_iter().any(|fact| said.facts.contains(fact)) {
            return None;
        }
        let agrees = [Fact::Yes, Fact::ShortYes, Fact::Assent];
        match (bare(&agrees), bare(&[Fact::No, Fact::NoneOfThese])) {
            (_, true) => Some(Press::Zones),
            (true, false) => Some(Press::Zone(self.habits.zone.clone())),
            (false, false) => None,
        }
    }
}

/// What shall be otherwise; how it is now, where a message does not say.
#[must_use]
pub fn wished(text: &str) -> Press {
    let changes = [hours(text), place(text), zone(text)];
    let mut changes: Vec<Press> = changes.into_iter().flatten().collect();
    match changes.len() {
        0 => Press::Settings,
        1 => changes.remove(0),
        _ => Press::Changes(changes),
    }
}

/// "quiet hours 10pm to 7", "only between 9 and 20:00", "bedtime 23:00", "at 7am", "in the evening".
fn hours(text: &str) -> Option<Press> {
    let says = |wanted: &str| words_of(text).any(|word| word == wanted);
    let refuses = ["dont", "don", "not", "no", "never", "stop"].into_iter().any(says);
    let begins_with_digit = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
    let alone = words_of(text).filter(begins_with_digit).count() == 1;
    let named = || PARTS.iter().find(|(part, _)| words_of(text).any(|word| word == *part));
    let (from, until) = match times(text).as_slice() {
        [time] if says("bedtime") || says("bed") => return Some(Press::Bedtime(*time)),
        // "Not before 9" is "from 9 on".
        [time] if alone && refuses == says("before") && !says("until") => {
            return Some(Press::At(*time));
        }
        [] if !refuses => return named().map(|(_, hour)| Press::At(*hour)),
        [open, close] if says("only") => (*close, *open),
        [from, until] => (*from, *until),
        _ => return None,
    };
    (from != until).then_some(Press::Quiet(QuietHours { from, until }))
}

/// What a part of the day means (`club-rule`).
const PARTS: [(&str, Time); 6] = [
    ("morning", Time::constant(8, 0, 0, 0)),
    ("mornings", Time::constant(8, 0, 0, 0)),
    ("afternoon", Time::constant(14, 0, 0, 0)),
    ("afternoons", Time::constant(14, 0, 0, 0)),
    ("evening", Time::constant(18, 0, 0, 0)),
    ("evenings", Time::constant(18, 0, 0, 0)),
];

/// "remind me here", "message me directly".
fn place(text: &str) -> Option<Press> {
    let says = |words: &[&str]| words_of(text).any(|word| words.contains(&word.as_str()));
    if says(&["here", "channel"]) {
        Some(Press::Here)
    } else if says(&["dm", "dms", "direct", "directly", "privately"]) {
        Some(Press::Direct)
    } else {
        None
    }
}

/// "my time zone is Berlin".
fn zone(text: &str) -> Option<Press> {
    zone::named_in(text).map(|zone| Press::Zone(zone.name().to_owned()))
}

/// The times of day in a text: "22:00", "10.30pm", "10 pm", "9 in the evening", "7".
fn times(text: &str) -> Vec<Time> {
    let words: Vec<String> = words_of(text).collect();
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let half = |at: usize| match (word(at + 1), word(at + 2), word(at + 3)) {
        ("am" | "pm", ..) => Some(word(at + 1)),
        ("in", "the", "afternoon" | "evening") | ("at", "night", _) => Some("pm"),
        _ => None,
    };
    (0..words.len()).filter_map(|at| clock(word(at), half(at))).collect()
}

/// Words and numbers; a point or colon within a number belongs to it.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let ends = |c: char| !(c.is_alphanumeric() || matches!(c, ':' | '.'));
    let words = text.split(ends).map(|word| word.trim_matches(['.', ':']).to_lowercase());
    words.filter(|word| !word.is_empty())
}

/// A word as a time of day, with the half of the day that may stand behind it.
fn clock(word: &str, half: Option<&str>) -> Option<Time> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let half = Some(&word[digits.len()..]).filter(|own| !own.is_empty()).or(half);
    let (hour, minute) = digits.split_once([':', '.']).unwrap_or((digits, "0"));
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

    #[test]
    fn wishes_in_words_are_the_same_as_choices() {
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
            ("dont message me before 9", "plan:at:09:00"),
            ("no messages in the evening", "plan:settings"),
            ("quiet hours 25 to 7", "plan:settings"),
        ] {
            assert_eq!(wished(text).id(), wish, "{text}");
        }
    }
}
