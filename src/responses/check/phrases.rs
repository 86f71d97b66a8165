//! Phrases that would fire on nearly everything.

use std::collections::BTreeMap;

use super::Set;
use crate::message::Words;
use crate::phrases::PhraseId;
use crate::phrases::syntax::{self, Part};
use crate::responses::compile::{Compiled, topic_files};
use crate::responses::problem::{Place, Problem};
use crate::responses::{Role, Sign, raw};

/// Sentences of ordinary club chatter, one a line: no phrase of a topic or red flag may find one.
const CHATTER: &str = include_str!("../chatter.txt");

/// What tells of no danger sign, though it names what every message is about.
const PLAIN: &[&str] = &[
    "my leg",
    "my legs",
    "my calf",
    "my calves",
    "my thigh",
    "my hamstring",
    "my quad",
    "my foot",
    "my toes",
    "my knee",
    "my muscle",
    "I have cramp",
    "a cramp in my leg",
    "a cramp in my calf",
    "cramp after the run",
    "cramp after the race",
];

/// Sentences of chatter that a phrase of a topic may find: a club talks of beer now and then, and
/// topics count in messages about cramps only. A red flag may find none.
const MOST_CHATTER: usize = 2;

/// Words that say nothing by themselves, in order.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "being", "but", "by", "can", "could", "did", "do", "does", "doing", "for", "from",
    "get", "gets", "got", "had", "has", "have", "he", "her", "here", "his", "how", "i", "if", "im",
    "in", "into", "is", "it", "its", "ive", "just", "like", "me", "my", "of", "on", "or", "our",
    "please", "she", "should", "so", "some", "than", "that", "thats", "the", "their", "them",
    "then", "there", "these", "they", "this", "those", "to", "too", "us", "very", "was", "we",
    "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
];

/// Phrases one pattern of which is made of function words only.
pub(super) fn function_words(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let lists = empty_lists(set);
    let topics = set.raw.topics.iter().filter(|file| !file.raw.chat);
    let topics = topics.map(|file| (&file.path, &file.raw.phrases));
    let flags = set.raw.red_flags.iter().flat_map(|file| {
        let own = [&file.raw.phrases, &file.raw.unsure, &file.raw.fine];
        own.map(|phrases| (&file.path, phrases))
    });
    for (path, phrases) in topics.chain(flags) {
        for phrase in phrases.iter().filter(|phrase| says_nothing(phrase, &lists)) {
            let what = format!("the phrase `{}` is made of function words only", phrase.get_ref());
            let remedy = "add a word that names the thing: this would fire on nearly everything";
            problems.push(Problem::new(Place::new(path, phrase.span()), what, remedy));
        }
    }
}

/// Look-alikes of red flags that are made of function words only: nearly every phrase holds one of
/// those, so the sign would be hidden nearly everywhere.
pub(super) fn hiding(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let lists = empty_lists(set);
    for file in &set.raw.red_flags {
        for phrase in file.raw.not.iter().filter(|phrase| says_nothing(phrase, &lists)) {
            let what =
                format!("the look-alike `{}` is made of function words only", phrase.get_ref());
            let remedy = "add the words around it: this would hide the sign nearly everywhere";
            problems.push(Problem::new(Place::new(&file.path, phrase.span()), what, remedy));
        }
    }
}

/// Whether a word says nothing by itself.
pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

fn is_empty(word: &syntax::Word<'_>) -> bool {
    !word.open && is_function_word(&word.text)
}

/// Word lists all of whose entries are function words.
fn empty_lists<'s>(set: &'s Set<'_>) -> Vec<&'s str> {
    let says_nothing = |words: &[raw::Text]| words.iter().all(|word| says_nothing(word, &[]));
    let lists = set.raw.words.iter().filter(|file| says_nothing(&file.raw.words));
    lists.map(|file| file.id.as_str()).collect()
}

/// Whether all that must be found for a phrase, in one of its patterns, is function words.
fn says_nothing(phrase: &raw::Text, lists: &[&str]) -> bool {
    let phrase: &str = phrase.get_ref();
    // "^ why $" finds no message that says more.
    let whole = phrase.starts_with('^') && phrase.ends_with('$');
    if whole || phrase.starts_with('/') || !may_say_nothing(phrase, lists) {
        return false;
    }
    let empty = |part: &Part<'_>| match part {
        Part::Words(words) => words.iter().all(is_empty),
        Part::List(name) => lists.contains(name),
        Part::Quantity(_) => false,
        Part::Gap(_) | Part::Edge => true,
    };
    syntax::patterns(phrase).is_ok_and(|all| all.holds_row_of(empty))
}

/// A quick look at how it is written, since few phrases get further: where all of a phrase must be
/// found, one word that says something settles it, and so does a bracket each choice of which
/// holds one.
fn may_say_nothing(phrase: &str, lists: &[&str]) -> bool {
    let bytes = phrase.as_bytes();
    let (mut depth, mut word_start) = (0_usize, 0);
    let (mut choice_says, mut choices_say) = (false, true);
    for (at, sign) in bytes.iter().copied().chain([b' ']).enumerate() {
        if !matches!(sign, b' ' | b'(' | b')' | b'|' | b'?' | b'~' | b'.') {
            continue;
        }
        let says = || !is_nothing(phrase.get(word_start..at).unwrap_or_default(), lists);
        match depth {
            0 if sign == b'|' => return true,
            0 if says() => return false,
            1 => choice_says = choice_says || says(),
            _ => {}
        }
        word_start = at + 1;
        match (sign, depth) {
            (b'(', _) => {
                depth += 1;
                if depth == 1 {
                    (choice_says, choices_say) = (false, true);
                }
            }
            (b')' | b'|', 1) => {
                choices_say &= std::mem::take(&mut choice_says);
                depth -= usize::from(sign == b')');
                if depth == 0 && choices_say && bytes.get(at + 1) != Some(&b'?') {
                    return false;
                }
            }
            (b')', _) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    true
}

/// Whether a word of a phrase, as it is written, is sure to say nothing or not plain to see.
fn is_nothing(word: &str, lists: &[&str]) -> bool {
    let name = word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    name.map_or_else(
        || {
            let stem = word.strip_suffix('*').unwrap_or(word);
            let is_plain = !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_lowercase());
            !is_plain || stem.len() == word.len() && FUNCTION_WORDS.binary_search(&word).is_ok()
        },
        |name| lists.contains(&name),
    )
}

/// Phrases that fire on ordinary chatter and are not held back by a look-alike. Small talk may.
pub(super) fn chatter(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let Some(compiled) = set.compiled else { return };
    for ((phrase, most), sentences) in fired(set, compiled) {
        let (Some(place), Some(first)) = (compiled.place(phrase), sentences.first()) else {
            continue;
        };
        let is_told = problems.iter().any(|problem| problem.place == *place);
        if sentences.len() > most && !is_told {
            let more = match sentences.len() {
                1 => String::new(),
                count => format!(" and {} more", count - 1),
            };
            let what = format!("this phrase fires on ordinary chatter: \"{first}\"{more}");
            let remedy =
                "say more of what is meant (`{leg} ...3 swollen`), or add a look-alike to `not`";
            problems.push(Problem::new(place.clone(), what, remedy));
        }
    }
}

/// The sentences each phrase fires on, and how many of them it may.
fn fired<'c>(set: &Set<'_>, compiled: &Compiled) -> BTreeMap<(PhraseId, usize), Vec<&'c str>> {
    let mut fired: BTreeMap<(PhraseId, usize), Vec<&str>> = BTreeMap::new();
    let plain = PLAIN.iter().map(|sentence| (*sentence, true));
    let chatter = CHATTER.lines().filter(|line| !line.is_empty()).map(|line| (line, false));
    for (sentence, is_plain) in plain.chain(chatter) {
        let words = Words::of(sentence);
        let mut reading = compiled.phrases.read(&words);
        let found = compiled.phrases.find(&words, &mut reading);
        for hit in found.iter().filter(|hit| !hit.is_look_alike(&found)) {
            let Some(most) = most(set, hit.owner).filter(|most| !is_plain || *most == 0) else {
                continue;
            };
            let sentences = fired.entry((hit.phrase, most)).or_default();
            if sentences.last() != Some(&sentence) {
                sentences.push(sentence);
            }
        }
    }
    fired
}

/// How many sentences of chatter a phrase may fire on; nothing when any number is right.
fn most(set: &Set<'_>, sign: Sign) -> Option<usize> {
    match sign {
        Sign::Flag(_, Role::Says | Role::SaysByNegation) => Some(0),
        Sign::Topic(topic, Role::Says | Role::SaysByNegation) => {
            let chat = topic_files(set.raw).get(usize::from(topic.0)).is_some_and(|f| f.raw.chat);
            (!chat).then_some(MOST_CHATTER)
        }
        Sign::Flag(..)
        | Sign::Topic(..)
        | Sign::Fact(..)
        | Sign::FollowUp(..)
        | Sign::Cue(..)
        | Sign::End => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_stand_in_order() {
        assert!(FUNCTION_WORDS.is_sorted());
    }

    #[test]
    fn the_quick_look_settles_what_plainly_says_something() {
        for phrase in ["my leg", "(leg|calf*) is", "{leg} is", "(the (a|b)|leg) so leg"] {
            assert!(!may_say_nothing(phrase, &["so"]), "{phrase}");
        }
        for phrase in ["my (leg)?", "(leg|the) is", "{so} is", "is|leg", "((leg)) is"] {
            assert!(may_say_nothing(phrase, &["so"]), "{phrase}");
        }
    }
}
