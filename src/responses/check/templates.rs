//! Placeholders: each is one that code fills, none that is needed is missing.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use leon::{Item, Template};

use super::Set;
use super::set::{Kind, Said};
use crate::responses::fixed::GENERAL;
use crate::responses::problem::{Problem, did_you_mean, nearest};
use crate::responses::raw;
use crate::vocabulary::{Card, Question};

/// Whether a text stands for itself: most do, and need not be parsed.
pub(super) fn is_plain(text: &str) -> bool {
    !text.bytes().any(|byte| matches!(byte, b'{' | b'}' | b'\\'))
}

/// Whether the braces of a text fit together.
fn is_template(text: &str) -> bool {
    is_plain(text) || Template::parse(text).is_ok()
}

/// The placeholders of a text with their places; nothing when it is no template.
pub(super) fn placeholders(text: &str) -> Vec<(&str, Range<usize>)> {
    if is_plain(text) {
        return Vec::new();
    }
    let Ok(template) = Template::parse(text) else { return Vec::new() };
    let mut at = 0;
    let mut found = Vec::new();
    for item in template.items.iter() {
        let Item::Key(key) = item else { continue };
        let braced = text.get(at..).and_then(|rest| Some(at + rest.find('{')?)).unwrap_or(at);
        let end = text.get(braced..).and_then(|rest| Some(braced + rest.find('}')? + 1));
        at = end.unwrap_or(text.len());
        found.push((*key, braced..at));
    }
    found
}

/// What may stand in braces in a text.
fn allowed<'s>(set: &Set<'s>, said: &Said<'_>) -> Vec<&'s str> {
    let fills = !matches!(said.kind, Kind::Fragment | Kind::Label);
    let own = needed(set, said.file, said.text);
    let flag_question = said.file.starts_with("red_flags");
    let general = if fills && !flag_question { GENERAL } else { &[] };
    let plan = set.raw.plans.iter().filter(|plan| plan.path == said.file && fills);
    let counted = plan.flat_map(|plan| plan.raw.placeholders());
    own.iter().chain(general).copied().chain(counted).collect()
}

/// What must stand in braces in the text of a card or question.
fn needed(set: &Set<'_>, file: &Path, text: &raw::Text) -> &'static [&'static str] {
    let is_it = |path: &Path, own: &raw::Text| own.span() == text.span() && path == file;
    let card = set.raw.cards.iter().filter(|card| is_it(&card.path, &card.raw.text));
    let card = card.filter_map(|card| Card::from_str(&card.id).ok()).map(Card::placeholders);
    let question = set.raw.questions.iter().filter(|one| is_it(&one.path, &one.raw.text));
    let question = question.filter_map(|question| Question::from_str(&question.id).ok());
    card.chain(question.map(Question::placeholders)).next().unwrap_or_default()
}

/// Texts whose braces do not fit together.
pub(super) fn syntax(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for said in set.said() {
        let text: &str = said.text.get_ref();
        if !is_template(text) {
            let what = "this brace or backslash does not stand for anything";
            let remedy = "a placeholder is a name in braces, as in `{emergency}`; plain braces are written `\\\\{` and `\\\\}`";
            let place = set.place_in(said.file, said.text, fault(text));
            problems.push(Problem::new(place, what, remedy));
        }
    }
}

/// Where the first brace or backslash is that cannot be read.
fn fault(text: &str) -> Range<usize> {
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| Some(at + rest.find(['{', '}', '\\'])?)) {
        let rest = text.get(next..).unwrap_or_default();
        let escaped =
            rest.starts_with("\\\\") || rest.starts_with("\\{") || rest.starts_with("\\}");
        let name = rest.strip_prefix('{').and_then(|rest| Some(rest.split_once('}')?.0));
        let sound = name.is_some_and(|name| !name.trim().is_empty() && !name.contains(['\\', '{']));
        at = match name {
            _ if escaped => next + 2,
            Some(name) if sound => next + name.len() + 2,
            Some(_) | None => return next..next + 1,
        };
    }
    0..text.len().min(1)
}

/// Placeholders that code does not fill where they stand.
pub(super) fn known(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let strange = of_no_name(set);
    for said in set.said() {
        let there = placeholders(said.text.get_ref());
        if there.is_empty() || strange.contains(&said.file) {
            continue;
        }
        let allowed = allowed(set, &said);
        for (name, span) in there {
            if !allowed.contains(&name) {
                let what = format!("unknown placeholder `{{{name}}}`");
                let remedy = if allowed.is_empty() {
                    "no placeholder is filled in here: write the words".to_owned()
                } else {
                    did_you_mean(name, allowed.iter().copied())
                };
                problems.push(Problem::new(set.place_in(said.file, said.text, span), what, remedy));
            }
        }
    }
}

/// The files of cards and questions that code does not know, so that nothing can be said of their
/// placeholders.
fn of_no_name<'s>(set: &Set<'s>) -> Vec<&'s Path> {
    let cards = set.raw.cards.iter().filter(|card| Card::from_str(&card.id).is_err());
    let questions = set.raw.questions.iter().filter(|one| Question::from_str(&one.id).is_err());
    let (cards, questions) = (cards.map(|card| &card.path), questions.map(|one| &one.path));
    cards.chain(questions).map(PathBuf::as_path).collect()
}

/// Placeholders that must be there and are not. One that is only misspelt is not missing besides.
pub(super) fn missing(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for said in set.said().iter().filter(|said| matches!(said.kind, Kind::Body | Kind::Question)) {
        let text: &str = said.text.get_ref();
        let needed = needed(set, said.file, said.text);
        if needed.is_empty() || !is_template(text) {
            continue;
        }
        let there: Vec<&str> = placeholders(text).into_iter().map(|(name, _)| name).collect();
        let allowed = allowed(set, said);
        let strange = there.iter().filter(|name| !allowed.contains(*name));
        let meant: Vec<&str> =
            strange.filter_map(|name| nearest(name, allowed.iter().copied())).collect();
        for name in needed {
            if !there.contains(name) && !meant.contains(name) {
                let what = format!("placeholder `{{{name}}}` is missing");
                let remedy = format!("write `{{{name}}}` where {} belongs", meaning(name));
                problems.push(Problem::new(set.place(said.file, said.text), what, remedy));
            }
        }
    }
}

/// What a placeholder is filled with.
fn meaning(name: &str) -> &'static str {
    match name {
        "emergency" => "the emergency number",
        "nurse-line" => "the advice line",
        "sign" => "the danger sign",
        "first-aid" => "the first-aid line of the red flag",
        "until" => "what not to do until somebody has seen it",
        "reason" => "the reason of the red flag",
        "list-1" | "list-2" => "the list of danger signs",
        "question" => "the clearing question",
        _ => "the part of this name",
    }
}

/// Texts without a word.
pub(super) fn empty(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for said in set.said() {
        if !said.text.get_ref().contains(|c: char| c.is_alphanumeric() || c == '{') {
            let place = set.place(said.file, said.text);
            problems.push(Problem::new(
                place,
                "this text is empty",
                "write what members read here",
            ));
        }
    }
}
