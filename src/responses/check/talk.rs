//! `talk.toml` and `answers.toml`: the lists that code knows, of plain words.

use std::str::FromStr;

use strum::VariantArray;

use super::{Set, names};
use crate::responses::problem::{Place, Problem, did_you_mean};
use crate::responses::read::File;
use crate::responses::talk::RawLists;
use crate::vocabulary::{Answering, Talk};

/// Lists that are missing, and names that code does not know.
pub(super) fn lists(set: &Set<'_>, problems: &mut Vec<Problem>) {
    lists_of::<Talk>(set, &set.raw.talk, problems);
    lists_of::<Answering>(set, &set.raw.answers, problems);
}

/// The same for one file and the lists that it must hold.
fn lists_of<L>(set: &Set<'_>, files: &[File<RawLists>], problems: &mut Vec<Problem>)
where
    L: VariantArray + Copy + Into<&'static str> + FromStr,
{
    let known: Vec<&str> = L::VARIANTS.iter().map(|list| (*list).into()).collect();
    for file in files {
        let there: Vec<&str> = file.raw.keys().map(String::as_str).collect();
        for id in names::missing(&known, &there) {
            let what = format!("the list `{id}` is missing");
            let remedy = format!("add a line `{id} = [...]`");
            problems.push(Problem::new(Place::whole(&file.path), what, remedy));
        }
        for (name, entries) in &file.raw {
            if L::from_str(name).is_err() {
                let place = entries.first().map(|entry| set.key_place(&file.path, name, entry));
                let place = place.unwrap_or_else(|| Place::whole(&file.path));
                let remedy = did_you_mean(name, known.iter().copied());
                problems.push(Problem::new(place, format!("unknown list `{name}`"), remedy));
            }
        }
    }
}

/// Entries with signs of phrases, which are not compared here, and entries without a word.
pub(super) fn entries(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\'' | '’');
    for file in set.raw.talk.iter().chain(&set.raw.answers) {
        for entry in file.raw.values().flatten() {
            let text: &str = entry.get_ref();
            if text.trim().is_empty() || !text.chars().all(is_plain) {
                let what = format!("`{text}` is not made of plain words");
                let remedy = "write letters, digits and spaces; signs of phrases mean nothing here";
                problems.push(Problem::new(set.place(&file.path, entry), what, remedy));
            }
        }
    }
}
