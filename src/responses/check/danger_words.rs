//! Words that a danger sign is told with: none of them counts for nothing beside a "no".

use std::path::Path;
use std::str::FromStr;

use rustc_hash::FxHashMap;

use super::Set;
use super::phrases::is_function_word;
use crate::message::Words;
use crate::phrases::{Found, PhraseId};
use crate::responses::compile::{Compiled, flag_order};
use crate::responses::problem::{Place, Problem};
use crate::responses::{Role, Sign, raw};
use crate::vocabulary::{Answering, Flag, FlagId};

/// Lists whose words say no, or that all is well, or count for nothing beside that: a danger sign
/// among them would not be heard.
const HEARD_AS_NO: &[Answering] = {
    use Answering::{
        AfterNo, BareNo, BeforeNo, BesideBetter, BesideGone, BesideNone, BesideYesOrNo, Better,
        Courtesy, Done, FirstNo, Fit, Gone, Harmless, No, None, OfLife, OfTheCramp, OfTheList,
        Signs, Small, Well, WentWell, Zero,
    };
    &[
        AfterNo,
        BareNo,
        BeforeNo,
        BesideBetter,
        BesideGone,
        BesideNone,
        BesideYesOrNo,
        Better,
        Courtesy,
        Done,
        FirstNo,
        Fit,
        Gone,
        Harmless,
        No,
        None,
        OfLife,
        OfTheCramp,
        OfTheList,
        Signs,
        Small,
        Well,
        WentWell,
        Zero,
    ]
};

/// Lists that are used at check-ins alone, where nobody answers the check lists: a word that only names
/// what a sign is about ("walking") tells of none there.
const AROUND_CHECK_INS: &[Answering] =
    &[Answering::BesideYesOrNo, Answering::BesideBetter, Answering::BesideGone];

/// The word list of what changes nothing of a message that is else one phrase.
const FILLER: &str = "filler";

/// What people say around a sign that hangs on one word.
const AROUND: &[(&str, &str)] =
    &[("my leg is ", ""), ("my foot ", ""), ("", " in the leg"), ("i feel ", "")];

/// Words that a red flag is told with, in a list that makes nothing of them.
pub(super) fn signs(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let Some(compiled) = set.compiled else { return };
    let (order, seen) = (flag_order(set.raw), FxHashMap::default());
    let mut search = Search { set, compiled, order, bare: bare(compiled), seen };
    for file in &set.raw.answers {
        for (name, entries) in &file.raw {
            let list = Answering::from_str(name).ok().filter(|list| HEARD_AS_NO.contains(list));
            let Some(list) = list else { continue };
            let counts = Counts {
                names: !AROUND_CHECK_INS.contains(&list),
                asked: list != Answering::Harmless,
            };
            problems.extend(search.faults(&file.path, name, entries, counts));
        }
    }
    for file in set.raw.words.iter().filter(|file| file.id == FILLER) {
        let counts = Counts { names: true, asked: true };
        problems.extend(search.faults(&file.path, FILLER, &file.raw.words, counts));
    }
}

/// What of a red flag counts as telling of it in a list, besides the phrases that raise it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Counts {
    /// Words that name it in answer to the check lists.
    names: bool,
    /// Phrases that are enough to ask: "just tired" may be no sign.
    asked: bool,
}

/// A red flag by its number, and the phrase that tells of it.
type Told = (u8, Option<Place>);

/// Looks for each word once.
struct Search<'s> {
    set: &'s Set<'s>,
    compiled: &'s Compiled,
    order: Vec<String>,
    /// Phrases that are found without any word to look for: what they find tells nothing of one.
    bare: Vec<PhraseId>,
    seen: FxHashMap<(String, Counts), Option<Told>>,
}

impl Search<'_> {
    fn faults(
        &mut self,
        path: &Path,
        list: &str,
        entries: &[raw::Text],
        counts: Counts,
    ) -> Vec<Problem> {
        let mut faults = Vec::new();
        for entry in entries {
            let Some((flag, phrase)) = self.sign(entry.get_ref(), counts) else { continue };
            let name = self.order.get(usize::from(flag)).map_or("", String::as_str);
            if self.is_of_look_alike(name, entry.get_ref(), entries) {
                continue;
            }
            let what = format!(
                "`{}` tells of the danger sign `{name}`, and words of `{list}` are heard as nothing",
                entry.get_ref(),
            );
            let remedy = "take it out: beside a \"no\" the sign would not be heard";
            let problem = Problem::new(Place::new(path, entry.span()), what, remedy);
            faults.push(match phrase {
                Some(place) => problem.also(place, "the sign is told so"),
                None => problem,
            });
        }
        faults
    }

    /// Whether a word stands in a list for a look-alike of the sign that is made of its words alone:
    /// "hay fever".
    fn is_of_look_alike(&self, flag: &str, entry: &str, entries: &[raw::Text]) -> bool {
        let file = self.set.raw.red_flags.iter().find(|file| file.id == flag);
        let mut nots = file.into_iter().flat_map(|file| &file.raw.not);
        nots.any(|phrase| {
            let words: Vec<&str> = phrase.get_ref().split(' ').collect();
            let stands = |word: &&str| entries.iter().any(|entry| entry.get_ref() == word);
            words.len() > 1 && words.contains(&entry) && words.iter().all(stands)
        })
    }

    /// The sign that a word tells of, alone or in one of a few sentences.
    fn sign(&mut self, entry: &str, counts: Counts) -> Option<Told> {
        if is_function_word(entry) {
            return None;
        }
        let key = (entry.to_owned(), counts);
        if let Some(seen) = self.seen.get(&key) {
            return seen.clone();
        }
        let apart = |around: &&(&str, &str)| {
            let mut words = around.0.split(' ').chain(around.1.split(' '));
            !words.any(|word| word == entry)
        };
        let around = AROUND.iter().filter(apart);
        let sentences = around.map(|(before, behind)| format!("{before}{entry}{behind}. "));
        let sentences: String = sentences.collect();
        let found = self.told(entry, counts).or_else(|| self.told(&sentences, counts));
        self.seen.insert(key, found.clone());
        found
    }

    fn told(&self, text: &str, counts: Counts) -> Option<Told> {
        let words = Words::of(text);
        let mut reading = self.compiled.phrases.read(&words);
        let found = self.compiled.phrases.find(&words, &mut reading);
        let tells = |sign: Sign| match sign {
            Sign::Flag(flag, Role::Says) => Some(flag),
            Sign::Flag(flag, role) if role.is_unsure() => Some(flag).filter(|_| counts.asked),
            Sign::Flag(flag, Role::Answer) => Some(flag).filter(|_| counts.names),
            _ => None,
        };
        let is_told =
            |hit: &&Found<Sign>| !self.bare.contains(&hit.phrase) && !hit.is_look_alike(&found);
        found.iter().filter(is_told).find_map(|hit| {
            let flag = tells(hit.owner).filter(|flag| !is_no_sign(*flag))?;
            Some((flag.0, self.compiled.place(hit.phrase).cloned()))
        })
    }
}

/// The phrases that are found in what people say around a sign.
fn bare(compiled: &Compiled) -> Vec<PhraseId> {
    let around = AROUND.iter().map(|(before, behind)| format!("{before}{behind}. "));
    let words = Words::of(&around.collect::<String>());
    let mut reading = compiled.phrases.read(&words);
    compiled.phrases.find(&words, &mut reading).iter().map(|hit| hit.phrase).collect()
}

/// Whether a red flag says who somebody is or how often it comes, and is no sign of something.
fn is_no_sign(flag: FlagId) -> bool {
    let often = matches!(flag.core(), Some(Flag::Recurrent | Flag::ClotRisk));
    often || flag.is_circumstance()
}
