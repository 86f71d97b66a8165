//! Lists of plain words that say opposite things: no word stands on both sides.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::Set;
use crate::message::plain_words;
use crate::responses::problem::{Place, Problem};
use crate::responses::raw;
use crate::responses::read::File;
use crate::responses::talk::RawLists;
use crate::vocabulary::{Answering, Talk};

/// Sides that share no word. A word that stands on two of them would be heard as either.
type Sides<L> = &'static [&'static [L]];

/// What is told apart in `answers.toml`.
const ANSWERS: &[Sides<Answering>] = {
    use Answering::{
        ALittle, ALot, Bad, BareNo, BeforeNo, Better, Courtesy, Done, Dreadful, FirstNo, Fit,
        Forgot, Gone, Hardly, Harmless, Help, Limps, Mild, Nearly, No, None, NotShouted, OfTheBody,
        OfTheCramp, Ouch, Puzzled, Quite, Small, Well, WentWell, Yes, Zero,
    };
    &[
        &[&[Yes, Done], &[No, FirstNo, None, BareNo, Zero], &[Forgot], &[Puzzled]],
        &[&[Well, WentWell, Better, Fit], &[Mild], &[Bad, Dreadful], &[Nearly]],
        &[&[Well, WentWell, Better, Gone, Fit], &[Limps]],
        &[&[Zero], &[Dreadful], &[ALot], &[Quite], &[ALittle], &[Hardly]],
        &[&[OfTheBody], &[Small, Courtesy, OfTheCramp, Harmless, BeforeNo]],
        &[&[Bad, Dreadful], &[Small, Courtesy, Harmless]],
        &[&[Ouch, Help], &[NotShouted, Harmless, Small]],
    ]
};

/// What is told apart in `talk.toml`.
const TALK: &[Sides<Talk>] = {
    use Talk::{
        Afternoon, AllRight, Declining, Directly, Evening, Fine, GoesOn, HalfStop, Here,
        LetsDaysIn, Morning, No, Noon, TakesDaysOut, Yes,
    };
    &[
        &[&[Yes, AllRight, Fine], &[No, Declining]],
        &[&[GoesOn], &[HalfStop, Declining]],
        &[&[Morning], &[Noon], &[Afternoon], &[Evening]],
        &[&[Directly], &[Here]],
        &[&[LetsDaysIn], &[TakesDaysOut]],
    ]
};

/// Words that stand in two lists of opposite meaning.
pub(super) fn words(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.answers {
        problems.extend(shared(file, ANSWERS));
    }
    for file in &set.raw.talk {
        problems.extend(shared(file, TALK));
    }
}

fn shared<L>(file: &File<RawLists>, apart: &'static [Sides<L>]) -> Vec<Problem>
where
    L: FromStr + PartialEq,
{
    let mut lists: Vec<(L, &str, &[raw::Text])> = Vec::new();
    for (name, entries) in &file.raw {
        lists.extend(L::from_str(name).ok().map(|list| (list, name.as_str(), entries.as_slice())));
    }
    let mut found = Vec::new();
    for sides in apart {
        let mut first: BTreeMap<Vec<String>, (usize, &str, &raw::Text)> = BTreeMap::new();
        for (side, own) in sides.iter().enumerate() {
            for (_, name, entries) in lists.iter().filter(|(list, ..)| own.contains(list)) {
                for entry in *entries {
                    let words = plain_words(entry.get_ref());
                    let (other, list, before) = first.entry(words).or_insert((side, name, entry));
                    if *other != side {
                        found.push(fault(file, (name, entry), (list, before)));
                    }
                }
            }
        }
    }
    found
}

fn fault(file: &File<RawLists>, here: (&str, &raw::Text), there: (&str, &raw::Text)) -> Problem {
    let ((name, entry), (other, before)) = (here, there);
    let what = format!("`{}` stands in `{name}` and in `{other}`", entry.get_ref());
    let remedy = "leave it in the one that it means: the two say what cannot be so at once";
    let problem = Problem::new(Place::new(&file.path, entry.span()), what, remedy);
    problem.also(Place::new(&file.path, before.span()), "the other one")
}
