//! Doubles: what stands twice where once is meant.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use super::Set;
use super::references::is_fact;
use crate::responses::problem::{Place, Problem};
use crate::responses::{Role, Sign, raw};

/// Combinations of the same name, and red flags named like a fact.
pub(super) fn ids(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let mut seen = Seen::default();
    for file in &set.raw.combinations {
        for row in &file.raw.combination {
            let place = Place::new(&file.path, row.id.span());
            let what = || format!("two combinations are named `{}`", row.id.get_ref());
            let remedy = "give one of them another name";
            seen.add(row.id.get_ref().clone(), place, what, remedy, problems);
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
        let mut seen = Seen::default();
        for phrase in list {
            let what = || format!("the phrase `{}` stands twice in this list", phrase.get_ref());
            let place = Place::new(file, phrase.span());
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
    match (a, b) {
        (Sign::Topic(a, Role::Says), Sign::Topic(b, Role::Says)) if a != b => Some((
            "this phrase stands in two topics",
            "leave it in the topic it names, or make both more exact",
        )),
        _ if a.is_hidden_by(b) || b.is_hidden_by(a) => Some((
            "this phrase and a look-alike stand for the same words, so it never counts",
            "take it out of `phrases` or out of `not`",
        )),
        _ => None,
    }
}

/// All lists of phrases in which a phrase stands once.
fn lists<'s>(set: &'s Set<'_>) -> Vec<(&'s Path, &'s [raw::Text])> {
    let raw = set.raw;
    let topics = raw.topics.iter().flat_map(|file| {
        [&file.raw.phrases, &file.raw.not, &file.raw.examples].map(|list| (&file.path, list))
    });
    let flags = raw.red_flags.iter().flat_map(|file| {
        let raw = &file.raw;
        [&raw.phrases, &raw.unsure, &raw.not, &raw.examples, &raw.harmless]
            .map(|list| (&file.path, list))
    });
    let words = raw.words.iter().map(|file| (&file.path, &file.raw.words));
    let all = topics.chain(flags).chain(words);
    all.map(|(path, list)| (path.as_path(), list.as_slice())).collect()
}

/// A phrase without what makes no difference: capitals, apostrophes, spaces.
fn folded(phrase: &raw::Text) -> String {
    let mut folded = String::with_capacity(phrase.get_ref().len());
    for word in phrase.get_ref().split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let letters = word.chars().filter(|c| !matches!(c, '\'' | '’'));
        folded.extend(letters.flat_map(char::to_lowercase));
    }
    folded
}

/// Where each text was first seen.
#[derive(Default)]
struct Seen(BTreeMap<String, Place>);

impl Seen {
    fn add(
        &mut self,
        text: String,
        place: Place,
        what: impl FnOnce() -> String,
        remedy: &str,
        problems: &mut Vec<Problem>,
    ) {
        match self.0.entry(text) {
            Entry::Occupied(first) => {
                let problem = Problem::new(place, what(), remedy);
                problems.push(problem.also(first.get().clone(), "the first one"));
            }
            Entry::Vacant(new) => {
                new.insert(place);
            }
        }
    }

    fn label(&mut self, file: &Path, label: &raw::Text, what: &str, problems: &mut Vec<Problem>) {
        let place = Place::new(file, label.span());
        let remedy = "give one of them other words: members tell buttons apart by them";
        self.add(
            label.get_ref().trim().to_lowercase(),
            place,
            || what.to_owned(),
            remedy,
            problems,
        );
    }
}
