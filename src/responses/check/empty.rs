//! Lists without an entry where Charley would listen for nothing.

use super::Set;
use crate::responses::problem::{Place, Problem};

/// What the names of lists begin with that hold what may stand beside other words: those may be empty.
const BESIDE: &str = "beside_";

/// Word lists, facts, follow-ups and lists of plain words that hold nothing.
pub(super) fn lists(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let mut fault = |place, what: String, remedy: &str| {
        problems.push(Problem::new(place, what, remedy));
    };
    for file in set.raw.words.iter().filter(|file| file.raw.words.is_empty()) {
        let what = "this word list is empty, so no phrase that names it is ever found";
        let remedy = "write its words into `words`, or take the file out";
        fault(Place::whole(&file.path), what.to_owned(), remedy);
    }
    let add = "write at least one phrase into it";
    for file in &set.raw.facts {
        for (name, _) in file.raw.iter().filter(|(_, fact)| fact.phrases.is_empty()) {
            let what = format!("no phrase says the fact `{name}`, so it is never heard");
            fault(set.heading(&file.path, name), what, add);
        }
    }
    for file in &set.raw.follow_ups {
        for (name, _) in file.raw.iter().filter(|(_, row)| row.phrases.is_empty()) {
            let what = format!("no phrase asks the follow-up `{name}`, so it is never heard");
            fault(set.heading(&file.path, name), what, add);
        }
    }
    for file in set.raw.talk.iter().chain(&set.raw.answers) {
        let empty = file.raw.iter().filter(|(_, entries)| entries.is_empty());
        for (name, _) in empty.filter(|(name, _)| !name.starts_with(BESIDE)) {
            let what = format!("the list `{name}` is empty, so nothing is heard as that");
            fault(set.row(&file.path, name), what, "write at least one entry into it");
        }
    }
}
