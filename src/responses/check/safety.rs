//! Red flags: no edit may lower one, hide one, or leave one that cannot be cleared.

use std::str::FromStr;

use super::Set;
use crate::responses::fixed::level_of_list;
use crate::responses::problem::{Place, Problem};
use crate::responses::raw;
use crate::responses::read::File;
use crate::vocabulary::Flag;

/// Flags of the core list whose urgency is below their floor.
pub(super) fn floors(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.red_flags {
        let Ok(flag) = Flag::from_str(&file.id) else { continue };
        let urgency = *file.raw.urgency.get_ref();
        if urgency < flag.floor() {
            let floor = flag.floor().to_string().replace('_', "-");
            let what = format!("the red flag `{}` is below its floor", file.id);
            let remedy = format!("write `urgency = \"{floor}\"` or higher");
            problems.push(Problem::new(place(file, file.raw.urgency.span()), what, remedy));
        }
    }
}

/// Flags without the question that clears them.
pub(super) fn questions(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.red_flags {
        let asks = |text: &raw::Text| text.get_ref().trim_end().ends_with('?');
        let all = [&file.raw.question, &file.raw.question_if_told].into_iter().flatten();
        let fault = all.into_iter().find(|text| !asks(text));
        let (span, what) = match (&file.raw.question, fault) {
            (None, _) => (file.raw.name.span(), "this red flag has no clearing question"),
            (_, Some(text)) => (text.span(), "the clearing question does not ask"),
            (Some(_), None) => continue,
        };
        let remedy =
            "write `question = \"...?\"`, which is answered with yes when the sign is there";
        problems.push(Problem::new(place(file, span), what, remedy));
    }
}

/// Flags that should stand on a check list and do not, or at the wrong level.
pub(super) fn lists(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.red_flags {
        let fault = match (&file.raw.list, &file.raw.short) {
            (Some(list), Some(_)) => wrong_list(file, *list.get_ref()),
            (None, None) => not_listed(file),
            (Some(_), None) => Some((
                "a red flag on a check list needs its few words for it".to_owned(),
                "add a line `short = \"...\"`".to_owned(),
            )),
            (None, Some(_)) => Some((
                "`short` is shown on a check list only".to_owned(),
                "add `list = 1` or `list = 2`, or take `short` out".to_owned(),
            )),
        };
        let list = file.raw.list.as_ref().map(toml::Spanned::span);
        let short = file.raw.short.as_ref().map(toml::Spanned::span);
        let span = list.or(short).unwrap_or_else(|| file.raw.name.span());
        problems.extend(fault.map(|(what, remedy)| Problem::new(place(file, span), what, remedy)));
    }
}

fn wrong_list(file: &File<raw::RedFlag>, list: u8) -> Option<(String, String)> {
    let own = Flag::from_str(&file.id).ok().and_then(Flag::list);
    let urgency = *file.raw.urgency.get_ref();
    if !matches!(list, 1 | 2) {
        let what = format!("there is no check list {list}");
        return Some((
            what,
            "write `list = 1` (emergency) or `list = 2` (the same day)".to_owned(),
        ));
    }
    if let Some(own) = own.filter(|own| list > *own) {
        let what = format!("the red flag `{}` belongs on list {own}", file.id);
        return Some((what, format!("write `list = {own}`")));
    }
    (urgency != level_of_list(list) && own.is_none_or(|own| own != list)).then(|| {
        let level = level_of_list(list).to_string();
        let what = format!("list {list} is for signs of the level `{level}`");
        (what, "change `list` or `urgency` so that they agree".to_owned())
    })
}

fn not_listed(file: &File<raw::RedFlag>) -> Option<(String, String)> {
    let list = Flag::from_str(&file.id).ok()?.list()?;
    let what = format!("the red flag `{}` is missing from check list {list}", file.id);
    Some((what, format!("add `list = {list}` and `short = \"...\"`")))
}

/// Flags without messages to rehearse them with.
pub(super) fn examples(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in set.raw.red_flags.iter().filter(|file| file.raw.examples.is_empty()) {
        let what = "this red flag has no examples";
        let remedy = "add messages to `examples` that must raise it, as members would write them";
        problems.push(Problem::new(place(file, file.raw.name.span()), what, remedy));
    }
    for file in set.raw.topics.iter().filter(|file| file.raw.examples.is_empty()) {
        let what = "this topic has no examples";
        let remedy = "add messages to `examples` that ask for it: the model learns from them";
        problems.push(Problem::new(Place::new(&file.path, file.raw.title.span()), what, remedy));
    }
}

/// Combinations that would hold of everybody.
pub(super) fn combinations(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.combinations {
        for row in file.raw.combination.iter().filter(|row| row.when.is_empty()) {
            let what = "this combination has no condition, so it would always hold";
            let remedy = "add red flags or facts to `when`";
            problems.push(Problem::new(Place::new(&file.path, row.id.span()), what, remedy));
        }
    }
}

fn place(file: &File<raw::RedFlag>, span: std::ops::Range<usize>) -> Place {
    Place::new(&file.path, span)
}
