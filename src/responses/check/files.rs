//! Files: those that code needs are there, and there are no others.

use std::path::Path;
use std::str::FromStr;

use strum::VariantArray;

use super::{Set, names};
use crate::responses::fixed;
use crate::responses::problem::{Place, Problem, did_you_mean_or, nearest};
use crate::responses::read::File;
use crate::vocabulary::{Card, Fact, Flag, FlagId, Question};

/// Longest name of a topic: it travels in the id of a button, which holds 100 characters.
const LONGEST_TOPIC: usize = 58;

/// Longest name of a red flag: the question and the answer about it travel with it.
const LONGEST_FLAG: usize = 36;

fn ids<T>(files: &[File<T>]) -> Vec<&str> {
    files.iter().map(|file| file.id.as_str()).collect()
}

/// A folder whose files code knows by name.
struct Closed<'s> {
    folder: &'static str,
    what: &'static str,
    needed: Vec<&'static str>,
    /// Whether other names may stand there too.
    open: bool,
    there: Vec<&'s str>,
}

fn closed<'s>(set: &'s Set<'_>) -> [Closed<'s>; 6] {
    let raw = set.raw;
    let cards = Card::VARIANTS.iter().map(|card| card.id()).collect();
    let questions = Question::VARIANTS.iter().map(|question| question.id()).collect();
    let flags = Flag::VARIANTS.iter().map(|flag| flag.id()).collect();
    let lists = fixed::WORD_LISTS.to_vec();
    let topics = fixed::TOPICS.to_vec();
    let closed = |folder, what, needed, open, there| Closed { folder, what, needed, open, there };
    [
        closed("cards", "card", cards, false, ids(&raw.cards)),
        closed("questions", "question", questions, false, ids(&raw.questions)),
        closed("red_flags", "red flag", flags, true, ids(&raw.red_flags)),
        closed("topics", "topic", topics, true, ids(&raw.topics)),
        closed("words", "word list", lists, true, ids(&raw.words)),
        closed("plans", "plan", fixed::PLANS.to_vec(), true, ids(&raw.plans)),
    ]
}

impl Closed<'_> {
    fn is_known(&self, id: &str) -> bool {
        self.open || self.needed.contains(&id)
    }
}

/// Files and facts that are missing. One that is only misspelt is not missing besides.
pub(super) fn missing(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for closed in closed(set).into_iter().filter(|closed| !set.raw.lacks(closed.folder)) {
        let broken: Vec<&str> = set.broken_in(closed.folder).collect();
        let strange: Vec<&str> =
            closed.there.iter().copied().filter(|id| !closed.is_known(id)).collect();
        for id in &closed.needed {
            let there = closed.there.contains(id) || broken.contains(id);
            let misspelt =
                strange.iter().any(|s| nearest(s, closed.needed.iter().copied()) == Some(id));
            if !there && !misspelt {
                let path = format!("{}/{id}.toml", closed.folder);
                problems.push(missing_file(&path, closed.what, id));
            }
        }
    }
    single_files(set, problems);
    facts(set, problems);
}

fn missing_file(path: &str, what: &str, id: &str) -> Problem {
    let text = format!("the file of the {what} `{id}` is missing");
    let remedy = "add the file; it must be there, since code asks for it by this name";
    Problem::new(Place::whole(Path::new(path)), text, remedy)
}

fn single_files(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let raw = set.raw;
    let there = [
        ("combinations", raw.combinations.is_empty()),
        ("facts", raw.facts.is_empty()),
        ("follow_ups", raw.follow_ups.is_empty()),
        ("talk", raw.talk.is_empty()),
        ("answers", raw.answers.is_empty()),
        ("context", raw.context.is_empty()),
        ("sources", raw.sources.is_empty()),
        ("numbers", raw.numbers.is_empty()),
        ("club", raw.club.is_empty()),
    ];
    for (name, empty) in there {
        let path = format!("{name}.toml");
        if empty && !set.is_broken(&path) {
            let remedy = "add the file; see responses/README.md for what stands in it";
            let place = Place::whole(Path::new(&path));
            problems.push(Problem::new(place, format!("the file `{path}` is missing"), remedy));
        }
    }
}

fn facts(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let known = Fact::VARIANTS.iter().filter(|fact| !fact.is_derived()).map(|fact| fact.id());
    let known: Vec<&str> = known.collect();
    for file in &set.raw.facts {
        let there: Vec<&str> = file.raw.keys().map(String::as_str).collect();
        for id in names::missing(&known, &there) {
            let what = format!("the fact `{id}` is missing");
            let remedy = format!("add a table `[{id}]` with a line `phrases = [...]`");
            problems.push(Problem::new(Place::whole(&file.path), what, remedy));
        }
    }
}

/// Cards, questions and facts that code does not know.
pub(super) fn unknown(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for closed in closed(set) {
        for id in closed.there.iter().filter(|id| !closed.is_known(id)) {
            let path = format!("{}/{id}.toml", closed.folder);
            let what = format!("unknown {} `{id}`: nothing shows this file", closed.what);
            let otherwise = format!("no {} can be added: take the file out", closed.what);
            let remedy = did_you_mean_or(id, closed.needed.iter().copied(), otherwise);
            problems.push(Problem::new(Place::whole(Path::new(&path)), what, remedy));
        }
    }
    for file in &set.raw.facts {
        for name in file.raw.keys() {
            let (what, remedy) = match Fact::from_str(name) {
                Ok(fact) if fact.is_derived() => (
                    format!("the fact `{name}` is worked out by code and has no phrases"),
                    "take the table out".to_owned(),
                ),
                Ok(_) => continue,
                Err(_) => {
                    let phrased = Fact::VARIANTS.iter().filter(|fact| !fact.is_derived());
                    let otherwise = "no fact can be added: take the table out";
                    let remedy = did_you_mean_or(name, phrased.map(|f| f.id()), otherwise);
                    (format!("unknown fact `{name}`"), remedy)
                }
            };
            problems.push(Problem::new(set.heading(&file.path, name), what, remedy));
        }
    }
}

/// Names that do not fit into the id of a button.
pub(super) fn long_names(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let raw = set.raw;
    let topics = raw.topics.iter().map(|file| (&file.path, &file.id, LONGEST_TOPIC));
    let flags = raw.red_flags.iter().map(|file| (&file.path, &file.id, LONGEST_FLAG));
    for (path, id, longest) in topics.chain(flags).filter(|(_, id, most)| id.len() > *most) {
        let what = format!("the name is too long: {} characters", id.len());
        let remedy = format!("give the file a name of at most {longest} characters");
        problems.push(Problem::new(Place::whole(path), what, remedy));
    }
}

/// More red flags than a set of them can hold: what is left out would be missed.
pub(super) fn most_flags(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let own = set.raw.red_flags.iter().filter(|file| Flag::from_str(&file.id).is_err());
    let room = FlagId::MOST - Flag::VARIANTS.len();
    for file in own.skip(room) {
        let what = format!("more than {room} red flags of your own: `{}` would not count", file.id);
        let remedy = "put its phrases into a red flag that calls for the same";
        problems.push(Problem::new(Place::whole(&file.path), what, remedy));
    }
}
