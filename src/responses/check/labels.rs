//! Labels: no two buttons that may stand below one message read alike.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::Set;
use crate::responses::problem::{Place, Problem};
use crate::responses::{fixed, raw};

/// Buttons that Charley shows by itself, whatever the files say.
const FIXED: &[&str] = &[fixed::SOURCES, fixed::MORE, fixed::CHECKED];

/// The question whose choices stand below whatever a plan asks.
const REMINDER: &str = "reminder";

/// Labels that read like a button that may stand beside them: those of questions and plans, the words of
/// a sign on the check lists, and what Charley shows by itself.
pub(super) fn fixed(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let mut known = Known::default();
    let choices = |id: Option<&'static str>| {
        let files = set.raw.questions.iter().filter(move |file| id.is_none_or(|id| file.id == id));
        files.flat_map(|file| file.raw.choices.values().map(|label| (file.path.as_path(), label)))
    };
    for label in choices(None) {
        problems.extend(known.fault(label));
    }
    choices(Some(REMINDER)).for_each(|label| known.add(label));
    for file in &set.raw.plans {
        let path = file.path.as_path();
        let offers = file.raw.steps.iter().filter_map(|step| step.offer.as_ref());
        let offers: Vec<&raw::Text> = offers.collect();
        let of_questions = file.raw.questions.values();
        let mut lists: Vec<Vec<&raw::Text>> =
            of_questions.map(|question| question.choices.values().collect()).collect();
        lists.push(offers);
        for labels in lists {
            let mut own = known.clone();
            for label in labels {
                problems.extend(own.fault((path, label)));
                own.add((path, label));
            }
        }
    }
    choices(None).for_each(|label| known.add(label));
    for file in &set.raw.red_flags {
        let short = file.raw.short.iter().map(|short| (file.path.as_path(), short));
        problems.extend(short.filter_map(|label| known.fault(label)));
    }
    for file in &set.raw.red_flags {
        file.raw.short.iter().for_each(|short| known.add((file.path.as_path(), short)));
    }
    for file in &set.raw.plans {
        let path = file.path.as_path();
        let offers = file.raw.steps.iter().filter_map(|step| step.offer.as_ref());
        let choices = file.raw.questions.values().flat_map(|question| question.choices.values());
        offers.chain(choices).for_each(|label| known.add((path, label)));
    }
    for file in &set.raw.topics {
        problems.extend(known.fault((file.path.as_path(), &file.raw.title)));
    }
}

/// A label with the file it stands in.
type Label<'s> = (&'s Path, &'s raw::Text);

/// Labels that are taken, as they are compared.
#[derive(Clone, Default)]
struct Known<'s>(FxHashMap<String, Label<'s>>);

impl<'s> Known<'s> {
    fn add(&mut self, label: Label<'s>) {
        self.0.entry(folded(label.1.get_ref())).or_insert(label);
    }

    fn fault(&self, (file, label): Label<'_>) -> Option<Problem> {
        let text = folded(label.get_ref());
        let place = Place::new(file, label.span());
        let remedy = "give it other words: members tell buttons apart by them";
        if let Some(own) = FIXED.iter().find(|own| folded(own) == text) {
            let what = format!("this reads like the button \"{own}\" that Charley shows by itself");
            return Some(Problem::new(place, what, remedy));
        }
        let (path, other) = self.0.get(&text)?;
        let what = "this reads like a button that may stand beside it";
        let problem = Problem::new(place, what, remedy);
        Some(problem.also(Place::new(path, other.span()), "the other one"))
    }
}

/// A label without what nobody tells apart.
fn folded(label: &str) -> String {
    label.trim().to_lowercase()
}
