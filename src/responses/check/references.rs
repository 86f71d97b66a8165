//! References: what one file names stands in another.

use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;

use jiff::tz::TimeZoneDatabase;
use strum::VariantArray;

use super::Set;
use crate::responses::fixed::LABELS;
use crate::responses::problem::{Place, Problem, did_you_mean, did_you_mean_or, nearest};
use crate::responses::raw;
use crate::vocabulary::{Fact, Flag};

/// Sources that do not stand in `sources.toml`.
pub(super) fn sources(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let Some(known) = set.raw.sources.first() else { return };
    for (file, sources) in set.source_lists() {
        for source in sources.iter().filter(|source| !known.raw.contains_key(source.get_ref())) {
            let what = format!("unknown source `{}`", source.get_ref());
            let names = known.raw.keys().map(String::as_str);
            let remedy = match nearest(source.get_ref(), names) {
                Some(near) => {
                    format!("did you mean `{near}`? (a new source is a new table in sources.toml)")
                }
                None => "write one that stands in sources.toml, or add a table there".to_owned(),
            };
            problems.push(Problem::new(Place::new(file, source.span()), what, remedy));
        }
    }
}

/// Topics that another topic names and that are not there, or are the topic itself.
pub(super) fn named_topics(set: &Set<'_>, problems: &mut Vec<Problem>) {
    if set.raw.lacks("topics") {
        return;
    }
    let topics = set.raw.topics.iter().map(|file| file.id.as_str());
    let known: BTreeSet<&str> = topics.chain(set.broken_in("topics")).collect();
    for file in &set.raw.topics {
        for name in file.raw.related.iter().chain(file.raw.instead.named()) {
            let id = name.get_ref().as_str();
            let (what, remedy) = if id == file.id {
                (format!("topic `{id}` names itself"), "take it out".to_owned())
            } else if known.contains(id) {
                continue;
            } else {
                let otherwise = format!("there is no `topics/{id}.toml`: take the name out");
                let remedy = did_you_mean_or(id, known.iter().copied(), otherwise);
                (format!("unknown topic `{id}`"), remedy)
            };
            problems.push(Problem::new(Place::new(&file.path, name.span()), what, remedy));
        }
    }
}

/// Red flags that a topic says it speaks of, and that are not there.
pub(super) fn signs(set: &Set<'_>, problems: &mut Vec<Problem>) {
    if set.raw.lacks("red_flags") {
        return;
    }
    let core = Flag::VARIANTS.iter().map(|flag| flag.id());
    let own = set.raw.red_flags.iter().map(|file| file.id.as_str());
    let known: BTreeSet<&str> = core.chain(own).chain(set.broken_in("red_flags")).collect();
    for file in &set.raw.topics {
        for name in file.raw.signs.iter().filter(|name| !known.contains(name.get_ref().as_str())) {
            let what = format!("unknown red flag `{}`", name.get_ref());
            let remedy = did_you_mean_or(
                name.get_ref(),
                known.iter().copied(),
                "the names are those of the files in `red_flags/`",
            );
            problems.push(Problem::new(Place::new(&file.path, name.span()), what, remedy));
        }
    }
}

/// A region that does not stand in `numbers.toml`.
pub(super) fn region(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let Some(numbers) = set.raw.numbers.first() else { return };
    for file in &set.raw.club {
        let Some(region) = &file.raw.region else { continue };
        if !numbers.raw.regions.contains_key(region.get_ref()) {
            let what = format!("unknown region `{}`", region.get_ref());
            // Whom members are told to call hangs on it: nothing is guessed by spelling.
            let known = numbers.raw.regions.iter();
            let known = known.map(|(id, region)| format!("{id} ({})", region.name));
            let remedy = format!("one of: {}", known.collect::<Vec<_>>().join(", "));
            problems.push(Problem::new(Place::new(&file.path, region.span()), what, remedy));
        }
    }
}

/// A club's name that says nothing, or in which something shall be filled in.
pub(super) fn club(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.club {
        let Some(name) = &file.raw.name else { continue };
        let (what, remedy) = if !name.get_ref().contains(char::is_alphanumeric) {
            ("this name is empty", "write your club's name, or take the line out")
        } else if name.get_ref().contains(['{', '}']) {
            ("nothing is filled in here", "write the name without braces")
        } else {
            continue;
        };
        problems.push(Problem::new(Place::new(&file.path, name.span()), what, remedy));
    }
}

/// A time zone that there is not, such as `London`.
pub(super) fn zone(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.club {
        let Some(zone) = &file.raw.time_zone else { continue };
        let typed = zone.get_ref().as_str();
        let known = TimeZoneDatabase::bundled();
        let known: Vec<_> = known.available().map(|name| name.as_str().to_owned()).collect();
        let whole = || known.iter().map(String::as_str).filter(|n| n.contains('/') || *n == "UTC");
        if whole().any(|name| name == typed) {
            continue;
        }
        let city = |name: &str| name.rsplit('/').next().unwrap_or(name).replace('_', " ");
        let named = whole().find(|name| city(name).eq_ignore_ascii_case(typed));
        let cased = || whole().find(|name| name.eq_ignore_ascii_case(typed));
        let meant = named.or_else(cased).or_else(|| nearest(typed, whole()));
        let remedy = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write a continent and a city, such as `Europe/London`".to_owned(),
        };
        let what = format!("`{typed}` is no time zone");
        problems.push(Problem::new(Place::new(&file.path, zone.span()), what, remedy));
    }
}

/// Labels that code does not know.
pub(super) fn labels(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.topics {
        let label = &file.raw.intent;
        if !LABELS.contains(&label.get_ref().trim()) {
            let what = format!("unknown label `{}`", label.get_ref());
            let remedy = did_you_mean(label.get_ref(), LABELS.iter().copied());
            problems.push(Problem::new(Place::new(&file.path, label.span()), what, remedy));
        }
    }
}

/// Terms of combinations that are neither a red flag nor a fact.
pub(super) fn combinations(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.combinations {
        let terms = file.raw.combination.iter().flat_map(|row| &row.when);
        problems.extend(unknown_terms(set, &file.path, terms));
    }
}

/// Confirming terms that are neither a red flag nor a fact.
pub(super) fn confirmed_by(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.red_flags {
        problems.extend(unknown_terms(set, &file.path, file.raw.confirmed_by.iter()));
    }
}

fn unknown_terms<'t>(
    set: &Set<'_>,
    file: &Path,
    terms: impl Iterator<Item = &'t raw::Text>,
) -> Vec<Problem> {
    if set.raw.lacks("red_flags") {
        return Vec::new();
    }
    let core = Flag::VARIANTS.iter().map(|flag| flag.id());
    let own = set.raw.red_flags.iter().map(|file| file.id.as_str());
    let facts = Fact::VARIANTS.iter().map(|fact| fact.id());
    let known: BTreeSet<&str> =
        core.chain(own).chain(set.broken_in("red_flags")).chain(facts).collect();
    let unknown = terms.flat_map(parted).filter(|(_, term)| !known.contains(term));
    let problem = |(terms, term): (&raw::Text, &str)| {
        let what = format!("`{term}` is neither a red flag nor a fact");
        let otherwise = "write the name of a file in `red_flags/`, or of a fact in facts.toml";
        let remedy = did_you_mean_or(term, known.iter().copied(), otherwise);
        let at = terms.get_ref().find(term).unwrap_or(0);
        Problem::new(set.place_in(file, terms, at..at + term.len()), what, remedy)
    };
    unknown.map(problem).collect()
}

/// The terms of `a | b`, each with the text it stands in.
fn parted(terms: &raw::Text) -> impl Iterator<Item = (&raw::Text, &str)> {
    terms.get_ref().split('|').map(move |term| (terms, term.trim()))
}

/// Whether a name is that of a fact.
pub(super) fn is_fact(name: &str) -> bool {
    Fact::from_str(name).is_ok()
}
