//! Doubles: what stands twice where once is meant.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::Set;
use super::references::is_fact;
use crate::phrases::MOST_ROWS;
use crate::phrases::syntax::{self, Part};
use crate::responses::problem::{Place, Problem};
use crate::responses::{Role, Sign, raw};

/// Combinations of the same name, and red flags named like a fact.
pub(super) fn ids(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let mut seen = Seen::default();
    for file in &set.raw.combinations {
        for row in &file.raw.combination {
            let what = || format!("two combinations are named `{}`", row.id.get_ref());
            let remedy = "give one of them another name";
            let place = (file.path.as_path(), row.id.span());
            seen.add(row.id.get_ref().into(), place, what, remedy, problems);
        }
    }
    for file in set.raw.red_flags.iter().filter(|file| is_fact(&file.id)) {
        let what = format!("the red flag `{}` is named like a fact", file.id);
        let remedy = "give the file another name, since combinations tell them apart by it";
        problems.push(Problem::new(Place::whole(&file.path), what, remedy));
    }
}

/// Buttons that could stand in one row and read alike.
pub(super) fn labels(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let mut titles = Seen::default();
    for file in &set.raw.topics {
        titles.label(&file.path, &file.raw.title, "two topics have the same title", problems);
    }
    let mut signs = Seen::default();
    for file in &set.raw.red_flags {
        if let Some(short) = &file.raw.short {
            signs.label(&file.path, short, "two red flags read alike on the lists", problems);
        }
    }
    for file in &set.raw.questions {
        let mut choices = Seen::default();
        for label in file.raw.choices.values() {
            choices.label(&file.path, label, "two choices read alike", problems);
        }
    }
}

/// Phrases that stand in two topics, twice in one list, or among their own look-alikes.
pub(super) fn phrases(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, list) in lists(set) {
        let mut seen = Seen::with_room(list.len());
        for phrase in list {
            let what = || format!("`{}` stands twice in this list", phrase.get_ref());
            let place = (file, phrase.span());
            seen.add(folded(phrase), place, what, "take one of them out", problems);
        }
    }
    let Some(compiled) = set.compiled else { return };
    for [(first, a), (second, b)] in compiled.phrases.twins() {
        let Some((what, remedy)) = clash(a, b) else { continue };
        let (Some(first), Some(second)) = (compiled.place(first), compiled.place(second)) else {
            continue;
        };
        let problem = Problem::new(second.clone(), what, remedy);
        problems.push(problem.also(first.clone(), "the same here"));
    }
}

/// What is wrong when two phrases stand for the same words.
fn clash(a: Sign, b: Sign) -> Option<(&'static str, &'static str)> {
    (a.is_hidden_by(b) || b.is_hidden_by(a)).then_some((
        "this phrase and a look-alike stand for the same words, so it never counts",
        "take it out of `phrases` or out of `not`",
    ))
}

/// Words that name two topics: such a message would get either answer.
pub(super) fn topics(set: &Set<'_>, problems: &mut Vec<Problem>) {
    // Nearly always there are none, and what was compiled tells so without writing any words out.
    let topic = |sign: Sign| match sign {
        Sign::Topic(topic, Role::Says | Role::SaysByNegation) => Some(topic),
        Sign::Topic(..)
        | Sign::Flag(..)
        | Sign::Fact(..)
        | Sign::FollowUp(..)
        | Sign::Cue(..)
        | Sign::End => None,
    };
    if set.compiled.is_some_and(|compiled| !compiled.phrases.may_share(topic)) {
        return;
    }
    let mut first: FxHashMap<String, (&str, Spot<'_>)> = FxHashMap::default();
    for file in &set.raw.topics {
        for phrase in &file.raw.phrases {
            let mut shared: BTreeMap<(PathBuf, usize), (String, Place)> = BTreeMap::new();
            for row in rows(phrase.get_ref()) {
                match first.entry(row) {
                    Entry::Vacant(new) => {
                        new.insert((&file.id, (file.path.as_path(), phrase.span())));
                    }
                    Entry::Occupied(known) if known.get().0 != file.id => {
                        let (path, span) = &known.get().1;
                        let other = (known.key().clone(), Place::new(path, span.clone()));
                        shared.entry((path.to_path_buf(), span.start)).or_insert(other);
                    }
                    Entry::Occupied(_) => {}
                }
            }
            problems.extend(shared.into_values().map(|(row, other)| {
                let what = format!("two topics have the phrase `{row}`");
                let remedy = "leave it in the topic it names, or make both more exact";
                let place = Place::new(&file.path, phrase.span());
                Problem::new(place, what, remedy).also(other, "the same here")
            }));
        }
    }
}

/// Examples that stand in two topics: they teach that a message asks for either.
pub(super) fn examples(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let mut first: FxHashMap<Cow<'_, str>, Spot<'_>> = FxHashMap::default();
    for file in &set.raw.topics {
        for example in &file.raw.examples {
            let spot = (file.path.as_path(), example.span());
            let (path, span) = first.entry(folded(example)).or_insert(spot);
            if *path != file.path {
                let what = "two topics have this example";
                let remedy = "leave it in the topic that it asks for";
                let problem = Problem::new(Place::new(&file.path, example.span()), what, remedy);
                problems.push(problem.also(Place::new(path, span.clone()), "the same here"));
            }
        }
    }
}

/// Every row of words a phrase stands for, written out.
fn rows(phrase: &str) -> Vec<String> {
    if phrase.starts_with('/') {
        return vec![phrase.to_owned()];
    }
    let Ok(choices) = syntax::patterns(phrase) else { return Vec::new() };
    choices.rows().flat_map(|parts| written_out(&parts)).collect()
}

fn written_out(parts: &[&Part<'_>]) -> Vec<String> {
    let mut rows = vec![String::new()];
    for part in parts {
        let choices: Vec<String> = match part {
            Part::Words(words) => words
                .iter()
                .map(|word| format!("{}{}", word.text, if word.open { "*" } else { "" }))
                .collect(),
            Part::List(name) => vec![format!("{{{name}}}")],
            Part::Quantity(kinds) => vec![format!("{{{kinds}}}")],
            Part::Gap(width) => vec![format!("...{width}")],
            Part::Edge => vec!["^".to_owned()],
        };
        if rows.len() * choices.len() > MOST_ROWS {
            return Vec::new();
        }
        let join = |row: &String, choice: &String| match row.as_str() {
            "" => choice.clone(),
            row => format!("{row} {choice}"),
        };
        rows = rows.iter().flat_map(|row| choices.iter().map(|c| join(row, c))).collect();
    }
    rows
}

/// All lists of phrases in which a phrase stands once.
fn lists<'s>(set: &'s Set<'_>) -> Vec<(&'s Path, &'s [raw::Text])> {
    let raw = set.raw;
    let topics = raw.topics.iter().flat_map(|file| {
        let raw = &file.raw;
        [&raw.phrases, &raw.not, &raw.examples, &raw.related, &raw.sources]
            .map(|list| (&file.path, list))
    });
    let flags = raw.red_flags.iter().flat_map(|file| {
        let raw = &file.raw;
        [
            &raw.phrases,
            &raw.unsure,
            &raw.fine,
            &raw.answers,
            &raw.explained_by,
            &raw.not,
            &raw.examples,
            &raw.harmless,
            &raw.sources,
        ]
        .map(|list| (&file.path, list))
    });
    let words = raw.words.iter().map(|file| (&file.path, &file.raw.words));
    let all = topics.chain(flags).chain(words);
    all.map(|(path, list)| (path.as_path(), list.as_slice())).collect()
}

/// A phrase without what makes no difference: capitals, apostrophes, spaces.
fn folded(phrase: &raw::Text) -> Cow<'_, str> {
    let text: &str = phrase.get_ref();
    if is_folded(text) {
        return text.into();
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for letter in word.chars().filter(|c| !matches!(c, '\'' | '’')) {
            if letter.is_ascii() {
                folded.push(letter.to_ascii_lowercase());
            } else {
                folded.extend(letter.to_lowercase());
            }
        }
    }
    folded.into()
}

/// Whether folding leaves a text as it is.
fn is_folded(text: &str) -> bool {
    let mut before = b' ';
    let stays = text.bytes().all(|byte| {
        let before = std::mem::replace(&mut before, byte);
        match byte {
            b' ' => before != b' ',
            b'A'..=b'Z' | b'\'' => false,
            _ => byte.is_ascii_graphic(),
        }
    });
    stays && before != b' '
}

/// A place that is not yet told to anybody.
type Spot<'s> = (&'s Path, Range<usize>);

/// Where each text was first seen.
#[derive(Default)]
struct Seen<'s>(FxHashMap<Cow<'s, str>, Spot<'s>>);

impl<'s> Seen<'s> {
    /// Room for so many texts.
    fn with_room(texts: usize) -> Self {
        let mut seen = Self::default();
        seen.0.reserve(texts);
        seen
    }

    fn add(
        &mut self,
        text: Cow<'s, str>,
        place: Spot<'s>,
        what: impl FnOnce() -> String,
        remedy: &str,
        problems: &mut Vec<Problem>,
    ) {
        match self.0.entry(text) {
            Entry::Occupied(first) => {
                let (path, span) = first.get().clone();
                let problem = Problem::new(Place::new(place.0, place.1), what(), remedy);
                problems.push(problem.also(Place::new(path, span), "the first one"));
            }
            Entry::Vacant(new) => {
                new.insert(place);
            }
        }
    }

    fn label(
        &mut self,
        file: &'s Path,
        label: &raw::Text,
        what: &str,
        problems: &mut Vec<Problem>,
    ) {
        let place = (file, label.span());
        let remedy = "give one of them other words: members tell buttons apart by them";
        self.add(
            label.get_ref().trim().to_lowercase().into(),
            place,
            || what.to_owned(),
            remedy,
            problems,
        );
    }
}
