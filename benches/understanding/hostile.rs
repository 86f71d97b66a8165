//! Texts that somebody might send to make Charley slow. The same on every run.

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// How many hostile texts there are.
pub(crate) const COUNT: usize = 10_000;
/// Longest text, in characters.
const LONGEST: usize = 4_000;
/// Shortest one: below it, what a message costs by being a message decides.
const SHORTEST: usize = 200;

const EMOJI: &[&str] = &["🦵", "🏃🏽‍♀️", "😂", "💧", "👨‍👩‍👧‍👦", "🆘", "🩸", "🇬🇧", "🥵", "💀"];
const BRACKETS: &[&str] = &["(", ")", "[", "]", "{", "}", "<", ">", "`", "*", "_", "~", "|", "\""];
const LETTERS: &[&str] = &["a", "e", "m", "z", "i", "A", "é", "а"];
const MARKS: &[&str] = &["\u{300}", "\u{33f}", "\u{489}", "\u{36f}", "\u{200d}", "\u{200b}"];
const SIGNS: &[&str] = &[".", "?", "!", ",", ";", ":", "-", "--", "...", "\n", "'", "/", "&", "%"];
/// Words that many phrases and word lists hold.
const LOADED: &[&str] = &[
    "leg", "calf", "calves", "cramp", "cramps", "swollen", "numb", "no", "not", "never", "if",
    "my", "sister", "pain", "cant", "walk", "foot", "left", "right", "lower", "night", "every",
    "for", "hours", "weeks", "since", "hot", "red", "cold", "blue", "back", "chest", "water",
    "blood", "the", "and", "or", "but", "without", "is", "it", "was", "feel", "still", "both",
    "same", "one",
];
/// Entries of several words that overlap: parts of the body, persons, times, drinks.
const ENTRIES: &[&str] = &[
    "lower leg",
    "lower left leg",
    "back of my leg",
    "back of the knee",
    "ball of my foot",
    "iced tea",
    "black coffee",
    "my mother in law",
    "my best mate",
    "cold as ice",
    "last night",
    "middle of the night",
    "pins and needles",
    "dead leg",
    "charley horse",
    "blood clot",
];
const NUMBERS: &[&str] = &[
    "1",
    "2",
    "3",
    "20",
    "1000",
    "1.5",
    "3:15",
    "half",
    "two",
    "a couple of",
    "min",
    "hours",
    "weeks",
    "times",
    "a week",
    "km",
    "am",
    "years old",
    "to",
    "or",
    "every",
    "night",
    "since",
];

/// All hostile texts, from a fixed seed, mixed with the examples of the response files.
pub(crate) fn texts(examples: &[&str]) -> Vec<String> {
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    (0..COUNT).map(|at| text(at, examples, &mut random)).collect()
}

fn text(at: usize, examples: &[&str], random: &mut TestRng) -> String {
    let spread = LONGEST - SHORTEST + 1;
    let length = if at.is_multiple_of(4) { LONGEST } else { SHORTEST + below(random, spread) };
    let kinds = 14;
    let text = match at % kinds {
        0 => of(EMOJI, "", length, random),
        1 => of(&[pick(LETTERS, random)], "", length, random),
        2 => zalgo(length, random),
        3 => of(&[pick(examples, random)], " ", length, random),
        4 => of(LOADED, " ", length, random),
        5 => of(&[pick(LOADED, random), pick(LOADED, random)], " ", length, random),
        6 => nested(length, random),
        7 => of(LOADED, "", length, random),
        8 => of(NUMBERS, " ", length, random),
        9 => of(ENTRIES, " ", length, random),
        10 => of(examples, " ", length, random),
        11 => of(SIGNS, pick(LETTERS, random), length, random),
        12 => slips(length, random),
        _ => any_unicode(length, random),
    };
    text.chars().take(length).collect()
}

fn below(random: &mut TestRng, end: usize) -> usize {
    random.next_u32() as usize % end.max(1)
}

fn pick<'t>(from: &[&'t str], random: &mut TestRng) -> &'t str {
    from.get(below(random, from.len())).copied().unwrap_or_default()
}

/// Pieces at random until it is long enough.
fn of(pieces: &[&str], between: &str, length: usize, random: &mut TestRng) -> String {
    let mut text = String::new();
    while text.len() < length {
        text.push_str(pick(pieces, random));
        text.push_str(between);
        if text.is_empty() {
            break;
        }
    }
    text
}

fn zalgo(length: usize, random: &mut TestRng) -> String {
    let mut text = String::new();
    while text.len() < length {
        for letter in pick(LOADED, random).chars() {
            text.push(letter);
            (0..below(random, 8)).for_each(|_| text.push_str(pick(MARKS, random)));
        }
        text.push(' ');
    }
    text
}

fn nested(length: usize, random: &mut TestRng) -> String {
    let bracket = pick(BRACKETS, random);
    let deep = bracket.repeat(length / 2);
    format!("{deep}{}{deep}", of(LOADED, bracket, length / 4, random))
}

/// Words one slip away from known ones, and drawn out.
fn slips(length: usize, random: &mut TestRng) -> String {
    let mut text = String::new();
    while text.len() < length {
        let mut word: Vec<char> = pick(LOADED, random).chars().collect();
        let at = below(random, word.len());
        match below(random, 4) {
            0 => word.insert(at, 'q'),
            1 => drop(word.remove(at)),
            2 => word.swap(0, at),
            _ => (0..5).for_each(|_| word.insert(at, 'e')),
        }
        text.extend(word);
        text.push(' ');
    }
    text
}

fn any_unicode(length: usize, random: &mut TestRng) -> String {
    let any = |_| char::from_u32(random.next_u32() % 0x11_0000).unwrap_or(' ');
    (0..length).map(any).collect()
}
