//! Evidence: every claim names its source, every source can be looked up, every number is dated.

use super::Set;
use crate::responses::problem::Problem;
use crate::responses::raw::Level;

/// Claims without a source.
pub(super) fn claims(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let remedy = "add `sources = [\"...\"]` with names from sources.toml";
    let mut fault = |place, what: &str| problems.push(Problem::new(place, what, remedy));
    for file in set.raw.topics.iter().filter(|f| !f.raw.chat && f.raw.sources.is_empty()) {
        let place = set.place(&file.path, &file.raw.answer);
        fault(place, "this answer names no source (small talk is marked `chat = true`)");
    }
    for file in set.raw.cards.iter().filter(|f| f.raw.sources.is_empty()) {
        let parts = file.raw.parts.values().flat_map(|cases| cases.values());
        let texts = [&file.raw.text].into_iter().chain(parts);
        for text in texts.filter(|text| has_figure(text.get_ref())).take(1) {
            fault(set.place(&file.path, text), "this card gives figures and names no source");
        }
    }
    for file in set.raw.red_flags.iter().filter(|f| f.raw.sources.is_empty()) {
        fault(set.place(&file.path, &file.raw.name), "this red flag names no source");
    }
    for file in set.raw.plans.iter().filter(|f| f.raw.sources.is_empty()) {
        fault(set.place(&file.path, &file.raw.name), "this plan names no source");
    }
    for file in &set.raw.combinations {
        for row in file.raw.combination.iter().filter(|row| row.sources.is_empty()) {
            fault(set.place(&file.path, &row.id), "this combination names no source");
        }
    }
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

/// Numbers without a digit, and rows without a date.
pub(super) fn numbers(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.numbers {
        let regions = file.raw.regions.values().map(|region| &region.emergency);
        for number in [&file.raw.fallback.emergency].into_iter().chain(regions) {
            if !number.get_ref().contains(|c: char| c.is_ascii_digit()) {
                let place = set.place(&file.path, number);
                let what = "this emergency number has no digits";
                problems.push(Problem::new(place, what, "write the number that is dialled"));
            }
        }
        let undated = file.raw.regions.iter().filter(|(_, region)| region.checked.date.is_none());
        for (id, _) in undated {
            let place = set.heading(&file.path, &format!("regions.{id}"));
            let what = format!("the numbers of `{id}` have no date");
            let remedy = "write the day on which they were checked: `checked = 2026-01-31`";
            problems.push(Problem::new(place, what, remedy));
        }
    }
}
