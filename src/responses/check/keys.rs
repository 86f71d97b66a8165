//! Keys that code fixes: the choices of a question, the parts of a card.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use super::Set;
use crate::responses::problem::{Place, Problem, did_you_mean, nearest};
use crate::responses::raw;
use crate::vocabulary::{Card, Question};

/// Choices that are missing or unknown.
pub(super) fn choices(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.questions {
        let Ok(question) = Question::from_str(&file.id) else { continue };
        let keys = Keys { set, file: &file.path, table: "choices", what: "choice" };
        keys.compare(&file.raw.choices, question.choices(), problems);
    }
}

/// Parts that are missing or unknown, and cases of them.
pub(super) fn parts(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.cards {
        let Ok(card) = Card::from_str(&file.id) else { continue };
        for (part, cases) in card.parts() {
            let table = format!("parts.{part}");
            match file.raw.parts.get(*part) {
                Some(texts) => {
                    let keys = Keys { set, file: &file.path, table: &table, what: "case" };
                    keys.compare(texts, cases, problems);
                }
                None => problems.push(Problem::new(
                    set.place(&file.path, &file.raw.text),
                    format!("part `{part}` is missing"),
                    format!("add a table `[{table}]` with {}", cases.join(", ")),
                )),
            }
        }
        let known = || card.parts().iter().map(|(part, _)| *part);
        for part in file.raw.parts.keys().filter(|part| !known().any(|known| known == *part)) {
            let place = set.heading(&file.path, &format!("parts.{part}"));
            let remedy = did_you_mean(part, known());
            problems.push(Problem::new(place, format!("unknown part `{part}`"), remedy));
        }
    }
}

/// One table whose keys code fixes.
struct Keys<'k> {
    set: &'k Set<'k>,
    file: &'k Path,
    table: &'k str,
    what: &'k str,
}

impl Keys<'_> {
    fn compare(
        &self,
        there: &BTreeMap<String, raw::Text>,
        known: &[&'static str],
        problems: &mut Vec<Problem>,
    ) {
        let missing: Vec<&str> =
            known.iter().copied().filter(|key| !there.contains_key(*key)).collect();
        let unknown: Vec<(&String, &raw::Text)> =
            there.iter().filter(|(key, _)| !known.contains(&key.as_str())).collect();
        // Where one is missing and one is too many, this one was meant.
        let only = missing.first().copied().filter(|_| missing.len() == 1 && unknown.len() == 1);
        let meant = |key: &str| only.or_else(|| nearest(key, missing.iter().copied()));
        let misspelt: Vec<&str> = unknown.iter().filter_map(|(key, _)| meant(key)).collect();
        for key in missing.iter().filter(|key| !misspelt.contains(key)) {
            let what = format!("{} `{key}` is missing", self.what);
            let remedy = format!("add a line `{key} = \"...\"` under `[{}]`", self.table);
            problems.push(Problem::new(self.place(), what, remedy));
        }
        for (key, text) in unknown {
            let what = format!("unknown {} `{key}`", self.what);
            let remedy = match meant(key) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => did_you_mean(key, known.iter().copied()),
            };
            problems.push(Problem::new(self.set.key_place(self.file, key, text), what, remedy));
        }
    }

    fn place(&self) -> Place {
        self.set.heading(self.file, self.table)
    }
}
