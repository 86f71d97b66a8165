//! Follow-ups: what code knows of them, and the topics they lead to.

use std::str::FromStr;

use strum::VariantArray;

use super::Set;
use crate::responses::problem::{Place, Problem, did_you_mean, nearest};
use crate::responses::raw;
use crate::vocabulary::Aspect;

fn known() -> impl Iterator<Item = &'static str> {
    Aspect::VARIANTS.iter().map(|aspect| aspect.id())
}

/// Rows of `follow_ups.toml` that are missing, and names that code does not know, there and in the
/// topics. A row that is only misspelt is not missing besides.
pub(super) fn names(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let is_unknown = |name: &&String| Aspect::from_str(name).is_err();
    let unknown = |name: &str, place: Place| {
        Problem::new(place, format!("unknown follow-up `{name}`"), did_you_mean(name, known()))
    };
    for file in &set.raw.follow_ups {
        let strange: Vec<&String> = file.raw.keys().filter(is_unknown).collect();
        let is_misspelt = |id: &str| strange.iter().any(|name| nearest(name, known()) == Some(id));
        for id in known().filter(|id| !file.raw.contains_key(*id) && !is_misspelt(id)) {
            let what = format!("the follow-up `{id}` is missing");
            let remedy = format!("add a table `[{id}]` with a line `phrases = [...]`");
            problems.push(Problem::new(Place::whole(&file.path), what, remedy));
        }
        problems.extend(strange.iter().map(|name| unknown(name, set.heading(&file.path, name))));
    }
    for file in &set.raw.topics {
        for (name, text) in file.raw.follow_ups.iter().filter(|(name, _)| is_unknown(name)) {
            problems.push(unknown(name, set.key_place(&file.path, name, text)));
        }
    }
}

/// Topics that answer where the topic before has nothing of its own, and are not there.
pub(super) fn topics(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let known = || {
        let topics = set.raw.topics.iter().map(|file| file.id.as_str());
        topics.chain(set.broken_in("topics"))
    };
    for file in &set.raw.follow_ups {
        let named = file.raw.values().filter_map(|row: &raw::FollowUp| row.otherwise.as_ref());
        for name in named.filter(|name| !known().any(|topic| topic == name.get_ref())) {
            let what = format!("unknown topic `{}`", name.get_ref());
            let remedy = did_you_mean(name.get_ref(), known());
            problems.push(Problem::new(Place::new(&file.path, name.span()), what, remedy));
        }
    }
}
