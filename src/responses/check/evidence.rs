//! Evidence: every claim names its source, every source can be looked up, every number is dated.

use std::path::Path;

use super::Set;
use crate::message::Words;
use crate::responses::fixed::{LABELS, SMALL_TALK};
use crate::responses::problem::{Place, Problem};
use crate::responses::raw::Level;

/// Claims without a source.
pub(super) fn claims(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let mut fault = |file: &Path, text, what: &str| {
        let stands = set.row(file, "sources") != Place::whole(file);
        let remedy = if stands {
            "write a name from sources.toml into its `sources`"
        } else {
            "add `sources = [\"...\"]` with names from sources.toml"
        };
        problems.push(Problem::new(set.place(file, text), what, remedy));
    };
    for file in set.raw.topics.iter().filter(|f| !f.raw.chat && f.raw.sources.is_empty()) {
        let what = "this answer names no source (small talk is marked `chat = true`)";
        fault(&file.path, &file.raw.answer, what);
    }
    for file in set.raw.cards.iter().filter(|f| f.raw.sources.is_empty()) {
        let parts = file.raw.parts.values().flat_map(|cases| cases.values());
        let texts = [&file.raw.text].into_iter().chain(parts);
        for text in texts.filter(|text| has_figure(text.get_ref())).take(1) {
            fault(&file.path, text, "this card gives figures and names no source");
        }
    }
    for file in set.raw.red_flags.iter().filter(|f| f.raw.sources.is_empty()) {
        fault(&file.path, &file.raw.name, "this red flag names no source");
    }
    for file in set.raw.plans.iter().filter(|f| f.raw.sources.is_empty()) {
        fault(&file.path, &file.raw.name, "this plan names no source");
    }
    for file in &set.raw.combinations {
        for row in file.raw.combination.iter().filter(|row| row.sources.is_empty()) {
            fault(&file.path, &row.id, "this combination names no source");
        }
    }
}

/// Topics that are marked as small talk and are none: their label is that of a subject, or they give
/// figures of time or amount. What is said of Charley itself (`help`) may.
pub(super) fn small_talk(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in set.raw.topics.iter().filter(|file| file.raw.chat) {
        let raw = &file.raw;
        let label = raw.intent.get_ref().trim();
        if LABELS.contains(&label) && !SMALL_TALK.contains(&label) {
            let what = format!("a topic that counts as `{label}` is no small talk");
            let remedy = "take `chat = true` out, and name its sources";
            problems.push(Problem::new(set.place(&file.path, &raw.intent), what, remedy));
            continue;
        }
        if !raw.sources.is_empty() || label == "help" {
            continue;
        }
        let texts =
            [Some(&raw.answer), raw.more.as_ref(), raw.minor.as_ref(), raw.pregnant.as_ref()];
        let mut texts = texts.into_iter().flatten().chain(raw.follow_ups.values());
        let figure = texts.find_map(|text| Some((text, measure(text.get_ref())?)));
        if let Some((text, span)) = figure {
            let what = "this figure is a claim, which small talk does not make";
            let remedy = "add `sources = [\"...\"]` with names from sources.toml, or leave it out";
            problems.push(Problem::new(set.place_in(&file.path, text, span), what, remedy));
        }
    }
}

/// What is measured in figures.
const UNITS: &[&str] = &[
    "second", "minute", "min", "hour", "h", "day", "week", "month", "year", "mg", "g", "gram",
    "ml", "litre", "km", "mile", "percent", "degree", "time", "rep", "set",
];

/// The first figure of a text that measures something, with its unit: "20 minutes", "day 3".
fn measure(text: &str) -> Option<std::ops::Range<usize>> {
    let words = Words::of(text);
    let is_figure = |at: usize| {
        let word = words.at(at);
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_unit = |at: usize| {
        let word = words.at(at);
        UNITS.contains(&word.strip_suffix('s').unwrap_or(word))
    };
    let measures = |at: &usize| {
        is_figure(*at) && is_unit(at + 1) || words.at(*at) == "day" && is_figure(at + 1)
    };
    let at = (0..words.tokens().len()).find(measures)?;
    Some(words.source(at..at + 2))
}

/// Whether a text holds a figure that is not the number of a list item.
fn has_figure(text: &str) -> bool {
    let item = |line: &str| {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.starts_with(". ") { rest.to_owned() } else { line.to_owned() }
    };
    text.lines().map(str::trim).map(item).any(|line| line.contains(|c: char| c.is_ascii_digit()))
}

/// Sources without an address. Only the club's own articles and rules have none.
pub(super) fn addresses(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.sources {
        for (id, source) in &file.raw {
            let own = id.starts_with("article-") || id.starts_with("club-");
            let (place, what, remedy) = match &source.url {
                None if own && source.level == Level::Expert => continue,
                None if own => (
                    set.heading(&file.path, id),
                    format!("the club's own source `{id}` is no study"),
                    "write `level = \"expert\"`",
                ),
                None => (
                    set.heading(&file.path, id),
                    format!("the source `{id}` cannot be looked up"),
                    "add `url = \"https://...\"`; only the club's own texts (`article-...`, `club-...`) have none",
                ),
                Some(url) if !is_address(url.get_ref()) => (
                    set.place(&file.path, url),
                    format!("the address of `{id}` is none"),
                    "write the whole address, from `https://` on",
                ),
                Some(_) => continue,
            };
            problems.push(Problem::new(place, what, remedy));
        }
    }
}

fn is_address(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| host.contains('.') && !host.contains(char::is_whitespace))
}

/// Years of publication that are none, as `24` for 2024.
const FIRST_YEAR: u16 = 1800;

/// Numbers that were checked, and sources that were published, after the day on which this is read. At
/// some places it is tomorrow already, and journals are dated ahead.
pub(super) fn dates(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let tomorrow = set.today.and_then(|today| today.tomorrow().ok());
    for file in &set.raw.numbers {
        for (id, region) in &file.raw.regions {
            let Some(day) = region.checked.date.and_then(day) else { continue };
            if tomorrow.is_some_and(|tomorrow| day > tomorrow) {
                let what = format!("the numbers of `{id}` were checked on {day}, which is to come");
                let remedy = "write the day on which somebody last looked";
                let place = set.below(&file.path, &format!("regions.{id}"), "checked");
                problems.push(Problem::new(place, what, remedy));
            }
        }
    }
    for file in &set.raw.sources {
        for (id, source) in &file.raw {
            let Some(year) = source.year else { continue };
            let next = tomorrow.and_then(|day| u16::try_from(day.year() + 1).ok());
            let what = if next.is_some_and(|next| year > next) {
                format!("the source `{id}` is of the year {year}, which is to come")
            } else if year < FIRST_YEAR {
                format!("the source `{id}` is of the year {year}, which is long ago")
            } else {
                continue;
            };
            let remedy = "write the year in which it was published, with all four digits";
            problems.push(Problem::new(set.below(&file.path, id, "year"), what, remedy));
        }
    }
}

fn day(day: toml::value::Date) -> Option<jiff::civil::Date> {
    let (year, month) = (i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?);
    jiff::civil::Date::new(year, month, i8::try_from(day.day).ok()?).ok()
}

/// Numbers that cannot be dialled as they are written, words that do not go on behind "Call", and rows
/// without a date.
pub(super) fn numbers(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.numbers {
        let raw = &file.raw;
        let regions = raw.regions.values().map(|region| (&region.emergency, true));
        let lines = raw.regions.values().filter_map(|region| region.nurse_line.as_ref());
        let emergency = [(&raw.fallback.emergency, false)].into_iter().chain(regions);
        let faulty = emergency.filter_map(|(text, begins)| {
            let fault = unfit(text.get_ref()).or_else(|| undialled(text.get_ref(), begins));
            fault.map(|fault| (text, fault))
        });
        let lines = [&raw.fallback.nurse_line].into_iter().chain(lines);
        let lines = lines.filter_map(|text| Some((text, unfit(text.get_ref())?)));
        for (text, (what, remedy)) in faulty.chain(lines) {
            problems.push(Problem::new(set.place(&file.path, text), what, remedy));
        }
        let undated = raw.regions.iter().filter(|(_, region)| region.checked.date.is_none());
        for (id, _) in undated {
            let place = set.heading(&file.path, &format!("regions.{id}"));
            let what = format!("the numbers of `{id}` have no date");
            let remedy = "write the day on which they were checked: `checked = 2026-01-31`";
            problems.push(Problem::new(place, what, remedy));
        }
    }
}

/// What is wrong with words that complete "Call ... now".
fn unfit(text: &str) -> Option<(&'static str, &'static str)> {
    let text = text.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    if ["call", "dial", "ring", "phone"].iter().any(|word| first.eq_ignore_ascii_case(word)) {
        return Some(("Charley says \"Call\" before it already", "leave that word out"));
    }
    if text.ends_with(['.', '!', ',']) {
        return Some(("a sentence goes on behind it", "take the sign at its end out"));
    }
    text.contains(['{', '}']).then_some(("nothing is filled in here", "write the number itself"))
}

/// What is wrong with a number, which a country's row begins with.
fn undialled(text: &str, begins: bool) -> Option<(&'static str, &'static str)> {
    let remedy = "write the number that is dialled";
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Some(("this emergency number has no digits", remedy));
    }
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_dialled = first.chars().all(|c| c.is_ascii_digit() || "+#*()-".contains(c));
    let what = "an emergency number begins with what is dialled, in digits";
    (begins && !is_dialled).then_some((what, remedy))
}
