//! A message that is a time of the day, a place, or both, and nothing else: "22:30", "8am Chicago", "7 in the
//! evening, UK time". It says when and by which clock something shall come, whatever is asked just then.

use super::habits::{HOURS, times, words_of, zone_press};
use super::{Press, is_question, place, reading, wished, zone};
use crate::responses::TalkLists;
use crate::understanding::weekday_of;
use crate::vocabulary::{Answering, Talk};

/// Longest message, in words, that is a place and nothing else.
const LONGEST_PLACE: usize = 6;
/// The parts of a day.
const PARTS: [Talk; 4] = [Talk::Noon, Talk::Morning, Talk::Afternoon, Talk::Evening];

/// Before this hour of a morning nobody wants to be written to (`club-rule`).
const FIRST_HOUR: u8 = 5;

fn is_part_of_day(talk: &TalkLists, word: &str) -> bool {
    PARTS.iter().any(|list| talk.has(*list, word))
}

/// Whether a message is a time of the day and nothing else, but perhaps the place whose clock is meant:
/// "22:30", "9 pm please", "bed at half ten", "8am Chicago".
#[must_use]
pub fn is_bare_time(talk: &TalkLists, text: &str) -> bool {
    let text = text.replace(['\'', '’'], "");
    let words: Vec<String> = words_of(&text).collect();
    let of_clock =
        |word: &String| [Talk::OfClock, Talk::Bed].iter().any(|list| talk.has(*list, word));
    let part = |word: &String| is_part_of_day(talk, word);
    let clock = |word: &String| {
        let half = word.ends_with("am") || word.ends_with("pm");
        of_clock(word) || part(word) || word == "oclock" || half && word.len() > 2
    };
    // "After work, say 6".
    let pair = |one: &str, two: &str| {
        words.windows(2).any(|w| matches!(w, [a, b] if a == one && b == two))
    };
    let plain = pair("after", "work") || pair("at", "night") || text.contains(':');
    let known = |word: &String| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || of_clock(word)
            || part(word)
            || talk.has(Talk::BesideTime, word)
            || HOURS.contains(&word.as_str())
    };
    // "A 7 in the evening" is no hour.
    let of_scale = words
        .windows(2)
        .any(|w| matches!(w, [before, number] if is_of_scale(talk, before, number)));
    // "3 in the morning" tells how it was then.
    let morning = words.iter().any(|word| talk.has(Talk::Morning, word));
    let first = i8::try_from(FIRST_HOUR).unwrap_or_default();
    let hour = |time: &jiff::civil::Time| !morning || time.hour() >= first;
    let times = times(&text);
    (plain || words.iter().any(clock))
        && !of_scale
        && times.len() == 1
        && times.iter().all(hour)
        && is_known_or_place(&text, &words, known)
}

/// The clock of a message that names a place and nothing else: "New York", "im in Dublin".
#[must_use]
pub fn only_place(talk: &TalkLists, text: &str) -> Option<Press> {
    let text = text.replace(['\'', '’'], "");
    let words: Vec<String> = words_of(&text).collect();
    let known = |word: &String| talk.has(Talk::BesidePlace, word);
    let alone = matches!(words.as_slice(), [word] if zone::is_word_as_well(word));
    let only = words.len() <= LONGEST_PLACE && is_known_or_place(&text, &words, known);
    let free = only && !alone && !is_question(&text) && !is_to_come(talk, &text);
    place::named(&text).filter(|_| free).map(zone_press)
}

/// What a message that is nothing else says of when and by which clock something shall come.
#[must_use]
pub fn only_when(talk: &TalkLists, text: &str, evening: bool) -> Option<Press> {
    let timed = || is_bare_time(talk, text).then(|| wished(talk, text, evening));
    only_place(talk, text).or_else(timed).filter(|press| *press != Press::Settings)
}

/// Whether all words are known, or belong to a place.
fn is_known_or_place(text: &str, words: &[String], known: impl Fn(&String) -> bool) -> bool {
    let left: Vec<&String> = words.iter().filter(|word| !known(word)).collect();
    if left.is_empty() {
        return true;
    }
    let places = zone::words_of_places(&format!("{text} time"));
    left.into_iter().all(|word| places.contains(word)) && place::named(text).is_some()
}

/// Whether a number is a time of the day, or a part of one: "7 in the evening", "8:30", "half 7". "A 7 in the
/// evening" counts.
pub(super) fn is_of_clock(talk: &TalkLists, words: &[String], at: usize) -> bool {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let before = |back: usize| at.checked_sub(back).map_or("", word);
    let part = |at: usize| is_part_of_day(talk, word(at));
    let own = reading::count(word(at)).unwrap_or_default();
    let minutes = |word: &str| matches!(word, "00" | "15" | "30" | "45");
    let hour = |word: &str| word.parse::<u8>().is_ok_and(|hour| hour <= 24) && !minutes(word);
    if minutes(word(at)) && hour(before(1)) || hour(word(at)) && minutes(word(at + 1)) {
        return true;
    }
    let past = matches!(before(1), "past" | "to") && matches!(before(2), "half" | "quarter");
    // "Every evening at 7".
    let led = matches!(before(1), "at" | "about" | "around" | "by");
    let led = led && at.checked_sub(2).is_some_and(part);
    let in_part = |at: usize| part(at) && (!talk.has(Talk::Morning, word(at)) || own >= FIRST_HOUR);
    let behind = match word(at + 1) {
        "in" | "tomorrow" | "each" | "every" => {
            in_part(at + 2) || word(at + 2) == "the" && in_part(at + 3)
        }
        "at" => word(at + 2) == "night" && own > reading::NIGHTS,
        _ => false,
    };
    past || led || before(1) == "half" || behind && !is_of_scale(talk, before(1), word(at))
}

/// Whether a number behind such a word is none of a clock: "a 7", "soreness 4".
pub(super) fn is_of_scale(talk: &TalkLists, before: &str, number: &str) -> bool {
    let of_it = [Answering::Trouble, Answering::Mild, Answering::Bad];
    let leads = reading::is_in("a an", before) || of_it.iter().any(|list| talk.has(*list, before));
    leads && reading::count(number).is_some()
}

/// "I'm moving to Toronto next week": what is not so yet changes nothing today. "Tomorrow morning please, I'm
/// in Toronto" is so by now.
pub(super) fn is_to_come(talk: &TalkLists, text: &str) -> bool {
    let when = |word: &String| {
        [Talk::BesideWish, Talk::SaysWhen].iter().any(|list| talk.has(*list, word))
            || word.starts_with(|c: char| c.is_ascii_digit())
    };
    let only_when = |clause: &str| reading::words(clause).iter().all(when);
    let comes = |clause: &str| {
        let words = reading::words(clause);
        let day = |word: &String| weekday_of(word).is_some();
        let leads = |word: &String| reading::is_in("on next this from", word);
        let on_day =
            words.windows(2).any(|two| matches!(two, [on, next] if leads(on) && day(next)));
        on_day || talk.list(Talk::ToCome).is_in(&words)
    };
    let clauses = reading::clauses(text);
    let apart = clauses.len() > 1 && clauses.iter().any(|clause| place::named(clause).is_some());
    if !apart {
        return comes(text);
    }
    clauses.into_iter().any(|clause| comes(clause) && !only_when(clause))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    #[test]
    fn a_time_with_its_place_is_a_time_and_nothing_else() {
        let talk = shipped_talk();
        for said in [
            "7 in the evening",
            "7 in the evening, uk time",
            "around 6 in the evening",
            "8:30 in the evening",
            "6 o'clock",
            "8am Chicago",
            "at 6pm, I'm in London",
            "half past seven, new york time",
            "every evening at 7",
            "9 at night please",
        ] {
            assert!(is_bare_time(&talk, said), "{said}");
        }
        for said in [
            "a 7 in the evening",
            "7",
            "it hurt at 7pm in London",
            "worse at 6 in the evening",
            "3 nights",
            "sore 5 in the morning",
            "3 in the morning",
            "pain chicago 8am",
        ] {
            assert!(!is_bare_time(&talk, said), "{said}");
        }
    }

    #[test]
    fn a_place_alone_is_its_clock() {
        let talk = shipped_talk();
        let told = |said| only_place(&talk, said).map(|press| press.id());
        assert_eq!(told("New York").as_deref(), Some("plan:zone:America/New_York"));
        assert_eq!(told("im in Dublin").as_deref(), Some("plan:zone:Europe/Dublin"));
        assert_eq!(told("berlin time please").as_deref(), Some("plan:zone:Europe/Berlin"));
        for said in [
            "nice",
            "Nice",
            "numb in Dublin",
            "can i race in London?",
            "3",
            "yes",
            "next week in Rome",
        ] {
            assert_eq!(told(said), None, "{said}");
        }
    }
}
