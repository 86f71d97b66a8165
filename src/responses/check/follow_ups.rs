//! Follow-ups: what code knows of them, and the topics they lead to.

use std::str::FromStr;

use strum::VariantArray;

use super::{Set, names};
use crate::responses::problem::{Place, Problem, did_you_mean};
use crate::responses::raw;
use crate::vocabulary::Aspect;

/// Rows of `follow_ups.toml` that are missing, and names that code does not know, there and in the
/// topics. A row that is only misspelt is not missing besides.
pub(super) fn names(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let is_unknown = |name: &&str| Aspect::from_str(name).is_err();
    let known: Vec<&str> = Aspect::VARIANTS.iter().map(|aspect| aspect.id()).collect();
    let unknown = |name: &str, place: Place| {
        let remedy = did_you_mean(name, known.iter().copied());
        Problem::new(place, format!("unknown follow-up `{name}`"), remedy)
    };
    for file in &set.raw.follow_ups {
        let there: Vec<&str> = file.raw.keys().map(String::as_str).collect();
        for id in names::missing(&known, &there) {
            let what = format!("the follow-up `{id}` is missing");
            let remedy = format!("add a table `[{id}]` with a line `phrases = [...]`");
            problems.push(Problem::new(Place::whole(&file.path), what, remedy));
        }
        let strange = there.into_iter().filter(is_unknown);
        problems.extend(strange.map(|name| unknown(name, set.heading(&file.path, name))));
    }
    for file in &set.raw.topics {
        for (name, text) in &file.raw.follow_ups {
            if is_unknown(&name.as_str()) {
                problems.push(unknown(name, set.key_place(&file.path, name, text)));
            }
        }
    }
}

/// Topics that answer where the topic before has nothing of its own, and are not there.
pub(super) fn topics(set: &Set<'_>, problems: &mut Vec<Problem>) {
    if set.raw.lacks("topics") {
        return;
    }
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
