//! Word lists: every entry can be found, and no list leads back to itself.

use std::collections::BTreeMap;

use super::Set;
use crate::phrases::Kinds;
use crate::phrases::syntax::{self, Part};
use crate::responses::problem::{Place, Problem};
use crate::responses::raw;
use crate::responses::read::File;

/// One entry that names another list.
struct Link<'s> {
    to: String,
    entry: &'s raw::Text,
    file: &'s File<raw::WordList>,
}

impl Link<'_> {
    fn place(&self) -> Place {
        Place::new(&self.file.path, self.entry.span())
    }
}

type Links<'s> = BTreeMap<&'s str, Vec<Link<'s>>>;

/// Word lists that bear the name of a built-in one: phrases would ask for that one.
pub(super) fn names(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let is_built_in = |id: &str| Kinds::NAMED.iter().any(|(name, _)| *name == id);
    for file in set.raw.words.iter().filter(|file| is_built_in(&file.id)) {
        let what = format!("the list `{}` is built in, so this one is never asked for", file.id);
        let remedy = "give the file another name, and write that one in phrases";
        problems.push(Problem::new(Place::whole(&file.path), what, remedy));
    }
}

/// Entries that are no words, and lists that lead back to themselves.
pub(super) fn entries(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let links = links(set);
    let circles: Vec<Vec<&Link<'_>>> =
        links.keys().filter_map(|list| circle(&links, list)).collect();
    problems.extend(circles.iter().filter_map(|circle| circle_fault(circle)));
    let in_circle = |place: &Place| circles.iter().flatten().any(|link| link.place() == *place);
    for file in &set.raw.words {
        for entry in &file.raw.words {
            let Some((what, remedy)) = entry_fault(&file.id, entry) else { continue };
            let place = Place::new(&file.path, entry.span());
            if !in_circle(&place) {
                problems.push(Problem::new(place, what, remedy));
            }
        }
    }
}

/// What each list's entries name. An entry that is nothing but its own list is reported where the
/// phrases are compiled.
fn links<'s>(set: &'s Set<'_>) -> Links<'s> {
    let of_entry = |file: &'s File<raw::WordList>, entry: &'s raw::Text| {
        let named_lists = entry.get_ref().contains('{');
        let choices = named_lists.then(|| syntax::patterns(entry.get_ref()).ok()).flatten();
        let Some(choices) = choices else { return Vec::new() };
        let names = choices.rows().flat_map(|parts| named(&file.id, &parts));
        names.map(move |to| Link { to, entry, file }).collect::<Vec<_>>()
    };
    let of_file = |file: &'s File<raw::WordList>| {
        let links = file.raw.words.iter().flat_map(|entry| of_entry(file, entry)).collect();
        (file.id.as_str(), links)
    };
    set.raw.words.iter().map(of_file).collect()
}

fn named(own: &str, parts: &[&Part<'_>]) -> Vec<String> {
    if matches!(parts, [Part::List(name)] if *name == own) {
        return Vec::new();
    }
    let name = |part: &&Part<'_>| match part {
        Part::List(name) => Some((*name).to_owned()),
        Part::Words(_) | Part::Quantity(_) | Part::Gap(_) | Part::Edge => None,
    };
    parts.iter().filter_map(name).collect()
}

/// The shortest way from a list back to itself. Each circle is given once: by the list of it that
/// comes first by name.
fn circle<'l>(links: &'l Links<'_>, list: &str) -> Option<Vec<&'l Link<'l>>> {
    let mut ways: Vec<Vec<&Link<'_>>> = vec![Vec::new()];
    let mut seen: Vec<&str> = Vec::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let end = way.last().map_or(list, |link| link.to.as_str());
            for link in links.get(end).into_iter().flatten() {
                let mut way = way.clone();
                way.push(link);
                if link.to == list {
                    let first = way.iter().all(|link| link.to.as_str() >= list);
                    return first.then_some(way);
                }
                if !seen.contains(&link.to.as_str()) {
                    seen.push(&link.to);
                    longer.push(way);
                }
            }
        }
        ways = longer;
    }
    None
}

fn circle_fault(circle: &[&Link<'_>]) -> Option<Problem> {
    let step = |link: &&Link<'_>| format!("`{}` names `{}`", link.file.id, link.to);
    let steps: Vec<String> = circle.iter().map(step).collect();
    let what = format!("word lists lead round in a circle: {}", steps.join(", "));
    let problem =
        Problem::new(circle.first()?.place(), what, "write the words themselves in one of them");
    Some(match circle.get(1) {
        Some(next) => problem.also(next.place(), "and round again here"),
        None => problem,
    })
}

/// What is wrong with an entry: it is found by a word of its own, or never.
fn entry_fault(list: &str, entry: &raw::Text) -> Option<(String, &'static str)> {
    let text: &str = entry.get_ref();
    if text.starts_with('/') && text.ends_with('/') {
        let what = format!("`{text}` is a regular expression in a word list");
        let remedy = "write words here; a regular expression stands in `phrases` or `unsure`";
        return Some((what, remedy));
    }
    if text.starts_with('^') || text.ends_with('$') {
        let what = format!("`{text}` names an end of the message in a word list");
        return Some((what, "take the `^` and the `$` out; they stand in phrases"));
    }
    if !text.contains('{') {
        return None;
    }
    let is_word = |part: &&Part<'_>| matches!(part, Part::Words(_));
    let own = |parts: &[&Part<'_>]| matches!(parts, [Part::List(name)] if *name == list);
    let lost = |parts: Vec<&Part<'_>>| !own(&parts) && !parts.iter().any(is_word);
    let choices = syntax::patterns(text).ok()?;
    choices.rows().any(lost).then(|| {
        let what = format!("the entry `{text}` holds no word of its own, so it is never found");
        let remedy = "write the words here; a phrase can take both lists: `({one}|{other})`";
        (what, remedy)
    })
}
